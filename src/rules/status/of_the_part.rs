//! The ordinary case.

use crate::grammar::{Rule, Scene};
use crate::lexicon::terms::{Part, Status};

/// Reads a value of the plan as a target, any other as an actual.
pub static RULE: Rule<Status> = Rule {
    name: "status-of-the-part",
    reads: "a value of the plan is a target, any other an actual",
    apply,
};

fn apply(scene: &Scene, _: usize) -> Option<Status> {
    Some(match scene.context.part {
        Part::Plan | Part::Closing => Status::Target,
        _ => Status::Actual,
    })
}
