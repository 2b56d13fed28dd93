//! Subjects carried over.

use crate::grammar::{Rule, Scene, Subject};
use crate::lex::numeral;
use crate::lexicon::terms::Measure;
use crate::lexicon::words::Class;
use crate::rules::clause;

use super::{owned_head, phrase};

/// Reads an amount without a phrase of its own as the subject of the statement before it, or of the clause before it:
/// `A达到X、增长Y%`, `由A提高到B`, `农民人均纯收入，1982年为270元`.
pub static RULE: Rule<Subject> = Rule {
    name: "carried-subject",
    reads: "an amount whose subject was named before: A达到X、增长Y%",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Subject> {
    if let Some(piece) = record_before(scene, i) {
        // 单产创历史新高，达到502公斤
        let owner = owned_head::measured_before(scene, i).filter(|_| owned_head::is_owned(scene, piece.0, piece.1));
        return Some(Subject::carried(owner.into_iter().flatten().chain([piece]).collect()));
    }
    if let Some((j, subject)) = phrase::before(scene, i) {
        let mut pieces = subject.pieces.clone();
        // Of a run of years only what runs: 规模连续4年居大陆首位.
        if scene.subjects[j].as_ref().is_some_and(|d| d.rule == "run-of-years") {
            if pieces.len() > 1 && pieces.first().is_some_and(|&(s, e)| scene.is(s, e, &["连续"])) {
                // 连续7年提高基本养老金水平，年均增长10%: what was raised.
                pieces.remove(0);
                if let Some(first) = pieces.first_mut()
                    && let Some(verb) = scene
                        .token_from(first.0)
                        .filter(|t| t.is(Class::UP.or(Class::DOWN).or(Class::EVENT)))
                {
                    first.0 = verb.end.min(first.1);
                }
            }
            let runs = pieces
                .iter()
                .position(|&(s, e)| scene.is(s, e, &["连续"]))
                .filter(|&n| n > 0);
            pieces.truncate(runs.unwrap_or(1));
        }
        // 新建绿道137公里、累计达到2136公里: the stock of what was added.
        let (from, to) = clause::left(scene, i);
        let total = scene.holds(from, to, &["累计", "总数", "总量达"]);
        if (total || arrives(scene, i, j) && was_added(scene, &pieces))
            && let Some(first) = pieces.first_mut()
        {
            if let Some((_, end)) = phrase::head_verb(scene, first.0, first.1) {
                first.0 = end;
            }
            // 省际通道新增16条、达到54条
            if let Some(last) = pieces.last_mut()
                && let Some((start, _)) = phrase::tail_verb(scene, last.0, last.1).filter(|it| it.0 > last.0)
            {
                last.1 = start;
            }
            pieces.retain(|(s, e)| s < e);
        }
        if pieces.is_empty() {
            pieces.clone_from(&subject.pieces);
        }
        pieces.extend(completed(scene, i, j));
        return Some(Subject {
            spelled: subject.spelled,
            carries: subject.carries.filter(|&n| n < pieces.len()),
            verbatim: subject.verbatim,
            ..Subject::carried(pieces)
        });
    }
    phrase::clause_before(scene, i).map(|piece| Subject::carried(vec![piece]))
}

/// The verb by which a count says how many of the things counted before are done: `重点任务118项，已完成96项`.
fn completed(scene: &Scene, i: usize, j: usize) -> Option<(usize, usize)> {
    const DONE: &str = "完成";
    let (amount, before) = (scene.amount(i)?, scene.amount(j)?);
    let same = amount.unit == before.unit
        && !phrase::measures(&amount.unit)
        && clause::start(scene, amount.start) > before.end;
    let verb = scene.token_before(amount.start)?;
    let level = scene.measured(i).is_some_and(|m| m.measure == Measure::Level);
    (same && level && scene.is(verb.start, verb.end, &[DONE])).then_some((verb.start, verb.end))
}

/// Whether an amount says how many there are now of what an amount before counted.
fn arrives(scene: &Scene, i: usize, j: usize) -> bool {
    let (from, to) = clause::left(scene, i);
    let same = scene
        .amount(i)
        .zip(scene.amount(j))
        .is_some_and(|(now, then)| of_one(&now.unit) == of_one(&then.unit));
    // 新增1700公里、突破7000公里: the mark is a hedge, part of the amount.
    let passes = scene.ends(scene.numbers[i].start, &["突破", "超过", "超"]);
    same && (passes || scene.holds(from, to, &["达到", "达", "增至", "增加到", "升至"]))
}

/// A unit without the scale before it: 公里 of 万公里.
fn of_one(unit: &str) -> &str {
    unit.trim_start_matches(|c| numeral::scale(c).is_some())
}

/// Whether a count is of what was added: 新增企业, 企业净增.
fn was_added(scene: &Scene, pieces: &[(usize, usize)]) -> bool {
    const ADDED: &[&str] = &["新", "净增", "增设"];
    const TAILS: &[&str] = &["新增", "净增", "增加"];
    let head = pieces.first().is_some_and(|&(start, _)| scene.starts(start, ADDED));
    let tail = pieces.last().is_some_and(|&(_, end)| scene.ends(end, TAILS));
    head || tail
}

/// The noun of the clause right before, if it says of another thing than the statements before it that it reached a record:
/// `…增长9%，进出口总额创历史新高，达到5379亿元`.
fn record_before(scene: &Scene, i: usize) -> Option<(usize, usize)> {
    let (from, _) = clause::left(scene, i);
    let end = from.checked_sub(1)?;
    let start = clause::start(scene, end);
    let bare = scene
        .amount_before(i)
        .and_then(|j| scene.amount(j))
        .is_some_and(|a| a.end <= start);
    let record = (start..end).find(|&p| {
        scene.starts(
            p,
            &[
                "创历史新高",
                "再创新高",
                "创新高",
                "屡创新高",
                "再创历史新高",
                "创下历史新高",
            ],
        )
    })?;
    let head = clause::trim_head(scene, start, record);
    let tail = clause::trim_tail(scene, head, record);
    (bare && tail >= head + 2).then_some((head, tail))
}
