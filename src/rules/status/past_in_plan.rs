//! The past in a plan.

use crate::grammar::{Rule, Scene};
use crate::lexicon::terms::{Part, Status};
use crate::rules::clause;

/// Reads a value of a plan whose period is past, or that the text says has been reached, as an actual: `从2010年的47.5%提高到…`, `去年已达…`.
pub static RULE: Rule<Status> = Rule {
    name: "past-in-plan",
    reads: "a value of a plan that is said of the past: 已达 去年",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Status> {
    if scene.context.part != Part::Plan || super::hoped::is_to_come(scene, i) {
        return None;
    }
    let (from, to) = clause::left(scene, i);
    let period = scene.periods[i].as_ref()?;
    let last = period
        .value
        .0
        .as_deref()
        .and_then(|p| p.rsplit('/').next()?.get(..4)?.parse::<i32>().ok());
    let past = last.zip(scene.context.reviewed_year).is_some_and(|(l, r)| l <= r);
    let from_value = period.rule == "from-value";
    let reached = scene
        .tokens_in(from, to)
        .any(|t| scene.is(t.start, t.end, &["已", "已经", "已达", "已达到"]));
    (past || from_value || reached).then_some(Status::Actual)
}
