//! Bare rates after a topic.

use crate::grammar::{Rule, Scene, Subject};
use crate::lexicon::terms::{Measure, NumeralKind};
use crate::lexicon::words::{self, Class};
use crate::rules::clause;

use super::phrase;

/// Reads a bare rate or count as that of the line that the sentence is about, `完善12345市民服务热线…，累计受理工单5672件，实际解决率60.36%，满意率69.76%`,
/// and a bare rate as that of the things counted right before: `排查安全隐患560处，整改率100%`, `办理人大代表建议26件、政协委员提案18件，办复率和满意率均为100%`.
pub static RULE: Rule<Subject> = Rule {
    name: "topic-rate",
    reads: "a bare rate of the hotline that the sentence is about: 实际解决率60.36%",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Subject> {
    let (from, to) = phrase::left(scene, i);
    let bare = from < to
        && scene.folded[from..to]
            .split(|&c| matches!(c, '和' | '、'))
            .all(|word| words::find(word).is_some_and(|w| w.class.has(Class::RATE)));
    let count = from < to && scene.holds(from, to, &["工单", "来电", "诉求"]) && to - from <= 6;
    if !bare && !count {
        return None;
    }
    let topic = (0..i).rev().find_map(|j| {
        let named = scene.kinds[j]
            .as_ref()
            .is_some_and(|d| d.value == NumeralKind::Name && d.rule == "hotline-number");
        let start = scene.numbers[j].start;
        let end = (start..(start + 16).min(from))
            .find(|&p| scene.starts(p, &["热线", "平台"]))
            .map(|p| p + 2);
        named.then_some(end).flatten().map(|e| (start, e))
    });
    if topic.is_none()
        && bare
        && let Some(mut pieces) = counted(scene, i)
    {
        pieces.push((from, to));
        return Some(Subject::carried(pieces));
    }
    let topic = topic.or_else(|| {
        if bare && phrase::before(scene, i).is_none() {
            phrase::clause_before(scene, i).map(|(from, to)| {
                // 建立健全养老保险制度，参保率96%
                let verb = phrase::head_verb(scene, from, to).map_or(from, |it| it.1);
                (clause::trim_head(scene, verb, to), to)
            })
        } else {
            None
        }
    })?;
    Some(Subject::carried(vec![topic, (from, to)]))
}

/// What a count of people ends in that a rate of them is without.
const PEOPLE: &[&str] = &["参保人数", "人数", "人次"];

/// The things that the list right before counts, without what was done with them.
fn counted(scene: &Scene, i: usize) -> Option<Vec<(usize, usize)>> {
    let counts = |j: usize| {
        scene.measured(j).is_some_and(|it| it.measure == Measure::Level)
            && scene.amount(j).is_some_and(|it| {
                !it.unit.is_empty() && !phrase::measures(&it.unit) && !it.unit.ends_with(['天', '年', '月'])
            })
    };
    // 调处率100%，成功率98%: a further rate of the same things.
    let mut last = scene.amount_before(i)?;
    while scene.subjects[last].as_ref().is_some_and(|d| d.rule == "topic-rate") && !counts(last) {
        last = scene.amount_before(last)?;
    }
    counts(last).then_some(())?;
    let group = clause::group_start(scene, scene.amount(i)?.start);
    scene.amount(last).filter(|it| it.start >= group)?;
    let mut first = last;
    while let Some(j) = scene.amount_before(first).filter(|&j| {
        counts(j)
            && scene
                .amount(j)
                .is_some_and(|it| it.start >= group && scene.at(it.end) == Some('、'))
    }) {
        first = j;
    }
    let mut pieces = Vec::new();
    for j in (first..=last).filter(|&j| scene.amount(j).is_some()) {
        if !pieces.is_empty() {
            let mark = scene.amount(scene.amount_before(j)?)?.end;
            pieces.push((mark, mark + 1));
        }
        let own = &scene.subject(j)?.pieces;
        let &(start, mut end) = own.first()?;
        // 新增参保人数1561万人，参保率达93%
        if let Some(word) = PEOPLE.iter().find(|word| scene.ends(end, &[word])) {
            end -= word.chars().count();
        }
        // 医保参保4.2万人，参保率98%; 刑事案件立案86起，破案率83%
        let rate = phrase::left(scene, i).0;
        let said = ["立案".to_owned(), scene.string(rate, rate + 2)];
        if (end == start + 2 || phrase::tail_verb(scene, start, end).is_some_and(|it| it.0 >= start + 2))
            && said.contains(&scene.string(end - 2, end))
        {
            end -= 2;
        }
        let verb = phrase::head_verb(scene, start, end).map_or(start, |(_, verb_end)| verb_end);
        pieces.push((verb, end));
        // 26项完成，完成率92.9%: without what was said of them.
        let said = |it: &&(usize, usize)| phrase::is_predicate(scene, it.0, it.1);
        pieces.extend(own[1..].iter().filter(|it| !said(it)));
    }
    pieces.retain(|(start, end)| start < end);
    (!pieces.is_empty()).then_some(pieces)
}
