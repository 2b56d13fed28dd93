//! Facts that no plan changes.

use crate::fact::Status;
use crate::grammar::{Rule, Scene};

/// Reads the number of the people, and what each of them has, as an actual even in a plan: `13亿中国人`, `我国人均只有一亩半耕地`.
pub static RULE: Rule<Status> = Rule {
    name: "standing-fact",
    reads: "the number of the people is an actual even in a plan: 13亿中国人",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Status> {
    (scene.subjects[i].as_ref()?.rule == "population").then_some(Status::Actual)
}
