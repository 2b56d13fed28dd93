//! What is to come.

use crate::fact::Status;
use crate::grammar::{Rule, Scene};

/// Reads a value whose period lies after the year under review as a target, wherever it stands: `到2030年…达到`.
pub static RULE: Rule<Status> = Rule {
    name: "future-period",
    reads: "a value whose period lies after the year under review: 到2030年",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Status> {
    let period = scene.periods[i].as_ref()?.value.0.as_deref()?;
    let last: i32 = period.rsplit('/').next()?.get(..4)?.parse().ok()?;
    let reviewed = scene.context.reviewed_year?;
    (last > reviewed && scene.context.part != crate::fact::Part::Plan).then_some(Status::Target)
}
