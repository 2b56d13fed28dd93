//! How things stand when a plan is read.

use crate::grammar::{Rule, Scene};
use crate::lexicon::terms::{Part, Status};
use crate::rules::time::is_present;

/// Reads what a plan says of the present as an actual: `目前，全县已有养老机构32家`, `13亿中国人`.
pub static RULE: Rule<Status> = Rule {
    name: "present-fact",
    reads: "what a plan says of the present is an actual: 目前已有养老机构32家 13亿中国人",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Status> {
    (matches!(scene.context.part, Part::Plan | Part::Closing) && is_present(scene, i)).then_some(Status::Actual)
}
