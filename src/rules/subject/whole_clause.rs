//! What is left.

use crate::grammar::{Rule, Scene, Subject};
use crate::rules::clause;

/// Reads what the clause holds besides the amount, where no other rule finds a subject, so that no observation is without one.
pub static RULE: Rule<Subject> = Rule {
    name: "whole-clause",
    reads: "what the clause holds besides the amount",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Subject> {
    let amount = scene.amount(i)?;
    let start = clause::start(scene, amount.start);
    let end = clause::end(scene, amount.end);
    let after = clause::trim_tail(scene, amount.end, end);
    let before = clause::trim_head(scene, start, amount.start);
    let pieces: Vec<(usize, usize)> = [
        (before, amount.start),
        (clause::trim_head(scene, amount.end, after), after),
    ]
    .into_iter()
    .filter(|(s, e)| e > s)
    .collect();
    if !pieces.is_empty() {
        return Some(Subject { pieces, carried: false });
    }
    // Nothing but the amount: the sentence without its marks.
    let whole = (0, scene.folded.len());
    Some(Subject {
        pieces: vec![whole],
        carried: false,
    })
}
