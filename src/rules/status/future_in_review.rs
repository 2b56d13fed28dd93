//! What is to come.

use crate::grammar::{Rule, Scene};
use crate::lexicon::terms::{Part, Status};

/// Reads a value whose period lies after the year under review as a target, wherever it stands: `到2030年…达到`.
pub static RULE: Rule<Status> = Rule {
    name: "future-period",
    reads: "a value whose period lies after the year under review: 到2030年",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Status> {
    let period = scene.periods[i].as_ref()?.value.0.as_deref()?;
    let year = |text: Option<&str>| text?.get(..4)?.parse::<i32>().ok();
    let (first, last) = (year(period.split('/').next())?, year(period.rsplit('/').next())?);
    let reviewed = scene.context.reviewed_year?;
    let ahead = matches!(scene.context.part, Part::Plan | Part::Closing);
    // 今年一月至五月: a review tells of months that are past.
    let months =
        period.contains('-') && last == reviewed + 1 && scene.context.this_year.is_none_or(|year| year == last);
    // Of a span that has begun, a review tells what was done so far.
    let begun = first <= reviewed && first < last;
    (last > reviewed && !months && !begun && !ahead).then_some(Status::Target)
}
