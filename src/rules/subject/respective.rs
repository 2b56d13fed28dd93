//! Respective lists.

use crate::grammar::{Rule, Scene, Subject};
use crate::lexicon::words::{self, Class};
use crate::rules::clause;

use super::phrase;

/// Reads the n-th value of a list as that of the n-th subject: `基础设施、制造业投资分别增长9.4%、9.1%`, `城镇和农村居民人均可支配收入分别增长…`,
/// `城乡居民人均可支配收入分别增长4.4%、5.6%`. What the last subject ends in belongs to all.
pub static RULE: Rule<Subject> = Rule {
    name: "respective",
    reads: "the n-th value of a list as that of the n-th subject: A、B投资分别增长9.4%、9.1%",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Subject> {
    let (first, count) = list(scene, i)?;
    let n = i_in_list(scene, first, i);
    // The word 分别 stands before the first value, or before the first value of an earlier list of the same sentence (从A、B增加到C、D).
    let amount = scene.amount(first)?;
    let (from, to) = clause::left(scene, first);
    if !scene.has_word(from, to, Class::RESPECTIVE)
        && let Some(subject) = second_list(scene, first, count, n)
    {
        return Some(subject);
    }
    let (head, tail) = phrase::left(scene, first);
    let tail = scene
        .tokens_in(head, tail)
        .find(|t| t.is(Class::RESPECTIVE))
        .map_or(tail, |t| clause::trim_tail(scene, head, t.start));
    let (head, tail) = if head < tail {
        (head, tail)
    } else {
        // The subjects may stand in the clause before: A、B稳步增长，分别达到…
        let before = clause::start(scene, from.saturating_sub(1));
        if from == 0 || before >= from - 1 {
            return carried_list(scene, first, n);
        }
        let h = clause::trim_head(scene, before, from - 1);
        (h, clause::trim_tail(scene, h, from - 1))
    };
    if scene
        .amount_before(first)
        .and_then(|j| scene.amount(j))
        .is_some_and(|a| a.start >= head && a.end <= amount.start && a.start < tail)
    {
        return None;
    }
    let pieces = split(scene, head, tail, count)?;
    Some(Subject {
        pieces: pieces.into_iter().nth(n)?,
        carried: false,
    })
}

/// `吞吐量分别达到A、B，分别增长C、D`: the second list has the subjects of the first.
fn carried_list(scene: &Scene, first: usize, n: usize) -> Option<Subject> {
    let before = scene.amount_before(first)?;
    let (other, _) = list(scene, before)?;
    let j = other + n;
    (j <= before)
        .then(|| scene.subject(j).cloned())
        .flatten()
        .map(|s| Subject { carried: true, ..s })
}

/// A list without 分别 right after a list of as many values with it: `分别从771家、481家增加到1076家、636家`.
fn second_list(scene: &Scene, first: usize, count: usize, n: usize) -> Option<Subject> {
    let before = scene.amount_before(first)?;
    let (other, other_count) = list(scene, before)?;
    let (from, to) = clause::left(scene, other);
    let (head, tail) = phrase::left(scene, first);
    if other_count != count || head < tail || !scene.has_word(from, to, Class::RESPECTIVE) {
        return None;
    }
    scene
        .subject(other + n)
        .cloned()
        .map(|s| Subject { carried: true, ..s })
}

/// The first amount of the list that `i` is in, and the number of its values.
fn list(scene: &Scene, i: usize) -> Option<(usize, usize)> {
    let joined = |a: usize, b: usize| -> bool {
        let (Some(x), Some(y)) = (scene.amount(a), scene.amount(b)) else {
            return false;
        };
        let between = &scene.folded[x.end..y.start.max(x.end)];
        !between.is_empty()
            && between.len() <= 2
            && between.iter().all(|&c| matches!(c, '、' | '和' | '及' | '与' | '，'))
    };
    let mut first = i;
    while let Some(j) = scene.amount_before(first).filter(|&j| joined(j, first)) {
        first = j;
    }
    let mut last = i;
    while let Some(j) = scene.amount_after(last).filter(|&j| joined(last, j)) {
        last = j;
    }
    let count = (first..=last).filter(|&k| scene.amount(k).is_some()).count();
    (count >= 2).then_some((first, count))
}

fn i_in_list(scene: &Scene, first: usize, i: usize) -> usize {
    (first..i).filter(|&k| scene.amount(k).is_some()).count()
}

/// Cuts a list of subjects into `count` subjects, each as pieces, with the part that they share.
fn split(scene: &Scene, from: usize, to: usize, count: usize) -> Option<Vec<Vec<(usize, usize)>>> {
    for marks in [&['、'][..], &['、', '和', '及', '与'][..], &['和', '与', '及'][..]] {
        let mut cuts = vec![from];
        let mut depth = 0;
        for p in from..to {
            match scene.folded[p] {
                '（' | '“' => depth += 1,
                '）' | '”' => depth -= 1,
                c if depth == 0 && marks.contains(&c) && conjunction_at(scene, p) => cuts.push(p + 1),
                _ => {}
            }
        }
        if cuts.len() == count {
            let ends = cuts[1..].iter().map(|c| c - 1).chain([to]);
            let items: Vec<(usize, usize)> = cuts
                .iter()
                .copied()
                .zip(ends)
                .map(|(s, e)| {
                    (
                        s,
                        if scene.folded.get(e.wrapping_sub(1)) == Some(&'以') {
                            e - 1
                        } else {
                            e
                        },
                    )
                })
                .collect();
            return Some(share_tail(scene, &items));
        }
    }
    compound(scene, from, to, count)
}

/// Whether a conjunction character stands for itself, not inside a longer word.
fn conjunction_at(scene: &Scene, p: usize) -> bool {
    scene.token_at(p) < scene.tokens.tokens.len() && {
        let token = scene.tokens.tokens[scene.token_at(p)];
        token.end - token.start == 1 || (token.is(Class::CONJUNCTION))
    }
}

/// Gives every item but the last the tail that the last one ends in.
fn share_tail(scene: &Scene, items: &[(usize, usize)]) -> Vec<Vec<(usize, usize)>> {
    let &(last_start, last_end) = items.last().unwrap_or(&(0, 0));
    let tail = tail_start(scene, items, last_start, last_end);
    items
        .iter()
        .enumerate()
        .map(|(n, &(s, e))| {
            let s = clause::trim_head(scene, s, e);
            let own_head = ends_in_head(scene, s, e);
            if n + 1 == items.len() || own_head || tail >= last_end {
                vec![(s, e)]
            } else {
                vec![(s, e), (tail, last_end)]
            }
        })
        .collect()
}

/// Where the shared tail begins in the last item: after a modifier of the length of the first item's (城镇 and 农村), or at the
/// longest closing noun of the list of such nouns.
fn tail_start(scene: &Scene, items: &[(usize, usize)], start: usize, end: usize) -> usize {
    let first = items[0];
    let length = first.1 - first.0;
    let after = start + length;
    let head = (start + 1..end).find(|&p| words::find(&scene.folded[p..end]).is_some_and(|w| w.class.has(Class::HEAD)));
    let parallel = length <= 2 && after < end;
    match head {
        Some(p) if !parallel => p,
        _ if parallel => after,
        Some(p) => p,
        None => end,
    }
}

/// Whether an item is complete by itself.
fn ends_in_head(scene: &Scene, from: usize, to: usize) -> bool {
    /// What a noun that is complete by itself ends in: 起数, 死亡人数, 合格率.
    const ENDS: &[char] = &['数', '率', '量', '额', '值', '度', '次', '费', '价', '比'];
    to > from && ENDS.contains(&scene.folded[to - 1])
        || (from + 1..to).any(|p| words::find(&scene.folded[p..to]).is_some_and(|w| w.class.has(Class::HEAD)))
}

/// A word that holds both subjects: 城乡居民, 一二三产, 进出口.
fn compound(scene: &Scene, from: usize, to: usize, count: usize) -> Option<Vec<Vec<(usize, usize)>>> {
    const COMPOUNDS: &[&str] = &["城乡", "进出口", "一二三产", "一二三次产业", "二三产", "供排水"];
    let (word, at) = COMPOUNDS
        .iter()
        .find_map(|w| (from..to).find(|&p| scene.starts(p, &[w])).map(|p| (*w, p)))?;
    let n = match word {
        "一二三产" | "一二三次产业" => 3,
        _ => 2,
    };
    if n != count {
        return None;
    }
    Some(
        (0..n)
            .map(|k| {
                vec![(from, at), (at + k, at + k + 1), (at + n, to)]
                    .into_iter()
                    .filter(|(s, e)| e > s)
                    .collect()
            })
            .collect(),
    )
}
