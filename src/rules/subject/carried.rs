//! Subjects carried over.

use crate::grammar::{Rule, Scene, Subject};
use crate::rules::clause;

use super::phrase;

/// Reads an amount without a phrase of its own as the subject of the statement before it, or of the clause before it:
/// `A达到X、增长Y%`, `由A提高到B`, `农民人均纯收入，1982年为270元`.
pub static RULE: Rule<Subject> = Rule {
    name: "carried-subject",
    reads: "an amount whose subject was named before: A达到X、增长Y%",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Subject> {
    if let Some((_, subject)) = phrase::before(scene, i) {
        return Some(Subject {
            carried: true,
            ..subject.clone()
        });
    }
    let mut from = clause::left(scene, i).0;
    // Clause by clause to the left, as far as the group goes.
    let group = clause::group_start(scene, from);
    while from > group {
        let start = clause::start(scene, from - 1);
        let head = clause::trim_head(scene, start, from - 1);
        let tail = clause::trim_tail(scene, head, from - 1);
        if head < tail && tail - head >= 2 {
            return Some(Subject {
                pieces: vec![(head, tail)],
                carried: true,
            });
        }
        if start >= from {
            break;
        }
        from = start;
    }
    None
}
