//! Periods that the report's structure implies.

use crate::grammar::{Period, Rule, Scene};
use crate::lexicon::terms::Part;

use super::span;

/// Reads the period of the passage or section, or else the year under review, or in the plan the year planned.
pub static RULE: Rule<Period> = Rule {
    name: "period-of-the-part",
    reads: "the period of the passage, or the year of the part of the report",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Period> {
    let context = scene.context;
    if let Some(period) = &context.period {
        let period = if period.contains('/') {
            span::within(scene, i, period)
        } else {
            span::average(scene, i, period)
        };
        return Some(Period(Some(period)));
    }
    let year = match context.part {
        Part::Plan | Part::Closing => context.planned_year,
        _ => context.reviewed_year,
    };

    Some(Period(year.map(|y| span::average(scene, i, &y.to_string()))))
}
