//! What is left.

use crate::grammar::{Rule, Scene, Subject};
use crate::lexicon::words::Class;
use crate::rules::clause;

/// Reads what the clause holds besides the amount, where no other rule finds a subject. A clause that names nothing states nothing.
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
    .filter(|&(s, e)| names_something(scene, s, e))
    .collect();
    (!pieces.is_empty()).then_some(Subject::stated(pieces))
}

/// Whether a range holds more than particles and marks.
fn names_something(scene: &Scene, from: usize, to: usize) -> bool {
    scene
        .tokens_in(from, to)
        .any(|t| scene.folded[t.start].is_alphabetic() && !t.is(Class::AUX))
}
