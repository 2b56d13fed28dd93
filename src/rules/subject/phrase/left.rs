//! The phrase to the left of an amount.

use super::object::is_among;
use super::verb::is_verb;
use crate::grammar::Scene;
use crate::lex::TokenKind;
use crate::lexicon::terms::NumeralKind;
use crate::lexicon::words::Class;
use crate::rules::clause;

/// The phrase to the left of an amount and its predicate, without the words that may be left out at either end.
pub fn left(scene: &Scene, i: usize) -> (usize, usize) {
    *scene.phrases[i].get_or_init(|| read_left(scene, i))
}

fn read_left(scene: &Scene, i: usize) -> (usize, usize) {
    let (from, to) = clause::left(scene, i);
    let predicate = scene.measured(i).map_or(to, |m| m.predicate).clamp(from, to);
    let head = clause::trim_head(scene, after_causative(scene, from, predicate), predicate);
    let head = after_purpose(scene, from, head, predicate);
    let tail = clause::trim_tail(scene, head, predicate);
    // 在五年计划的前三年共增加…: a time, which names nothing.
    let dated = |n: usize| scene.kind(n) == Some(NumeralKind::Date);
    if scene.ends(head, &["在"])
        && (0..scene.numbers.len())
            .any(|n| scene.numbers[n].start >= tail && scene.numbers[n].end <= predicate && dated(n))
    {
        return (head, head);
    }
    let tail = tail.max(head);
    (head, tail - usize::from(is_among(scene, head, tail)))
}

/// The verb of a phrase that begins with what the deed is for: 围绕产业需求布局建设5条专线.
fn after_purpose(scene: &Scene, from: usize, head: usize, to: usize) -> usize {
    const FOR: &[&str] = &["围绕", "聚焦", "针对", "立足", "着眼"];
    if !scene.tokens_in(from, head).any(|t| scene.is(t.start, t.end, FOR)) {
        return head;
    }
    let verb = scene
        .tokens_in(head, to)
        .skip(1)
        .find(|t| is_verb(t))
        .map_or(head, |t| t.start);
    if verb < to { verb } else { head }
}

/// What a clause begins with whose object is what is measured.
const CAUSES: &[&str] = &[
    "把",
    "使",
    "使得",
    "确保",
    "建成后",
    "投产后",
    "达产后",
    "建成投产后",
    "全部达产后",
    "完工后",
    "投用后",
    "达效后",
    "达产达效后",
    "建成达产后",
    "建成达效后",
];

/// Start of the object of a causative verb, which is what is measured: `把我国人口控制在12亿`, `使国民生产总值达到…`. What 实现 has before it
/// owns what is measured: `规上工业企业实现产值12亿元`.
pub(super) fn after_causative(scene: &Scene, from: usize, to: usize) -> usize {
    if !scene.holds(from, to, CAUSES) && !scene.holds(from, to, &[ACHIEVES]) {
        return from;
    }
    scene
        .tokens_in(from, to)
        .filter(|t| {
            let causes = scene.is(t.start, t.end, CAUSES);
            let reaches = scene.is(t.start, t.end, &[ACHIEVES]) && !owns(scene, from, t.start);
            (causes || reaches) && clause::trim_tail(scene, t.end, to) > t.end
        })
        .map(|t| t.end)
        .next_back()
        .unwrap_or(from)
}

/// Whether what stands before a verb is the name of an owner.
pub(super) fn owns(scene: &Scene, from: usize, to: usize) -> bool {
    let from = clause::trim_head(scene, from, to);
    let to = clause::trim_tail(scene, from, to);
    from < to
        && scene.tokens_in(from, to).all(|t| match t.kind {
            TokenKind::Text | TokenKind::Number(_) | TokenKind::Unit => true,
            TokenKind::Word(_) => {
                // 国有及国有控股企业
                t.is(Class::HEAD.or(Class::EVENT).or(Class::GUARD))
                    || t.is(Class::CONJUNCTION) && t.start > from && t.end < to
                    || t.is(Class::NOUN) && !t.is(Class::TO)
            }
            TokenKind::Punctuation(_) => false,
        })
}

/// The verb between an owner and what is measured of it.
const ACHIEVES: &str = "实现";

/// What says nothing between an agent and its verb: 图书馆全年接待群众.
const YEAR: &str = "全年";

/// A phrase in the pieces that name something: without the verb between an owner and its measure, and without words of time and intent.
pub fn named(scene: &Scene, from: usize, to: usize) -> Vec<(usize, usize)> {
    const LEFT_OUT: &[&str] = &["拟", "累计", "还将", "了", "已", "已经", "大约", "仍然", "共有"];
    let mut pieces = Vec::new();
    let mut start = from;
    for token in scene.tokens_in(from, to) {
        if token.start == start || token.end == to || scene.quotation(token.start).is_some() {
            continue;
        }
        if scene.is(token.start, token.end, &[ACHIEVES]) {
            pieces.push((start, clause::trim_tail(scene, start, token.start)));
            start = clause::trim_head(scene, token.end, to);
        } else if scene.at(token.start) == Some('拟') && token.end > token.start + 1 {
            // 拟安排
            pieces.push((start, token.start));
            start = token.start + 1;
        } else if scene.is(token.start, token.end, LEFT_OUT)
            || scene.is(token.start, token.end, &[YEAR])
                && !scene.starts(token.end, &["的"])
                && !scene.ends(token.start, &["的"])
        {
            pieces.push((start, token.start));
            start = token.end;
        }
    }
    pieces.push((start, to));
    pieces.retain(|(start, end)| start < end);
    pieces
}
