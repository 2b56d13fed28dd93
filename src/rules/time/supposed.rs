//! Periods of what is only supposed.

use crate::grammar::{Period, Rule, Scene};
use crate::rules::status::is_supposed;

/// Reads what is only supposed as of no year: `如果每亩增产50斤，全县就可以增产1200万斤`.
pub static RULE: Rule<Period> = Rule {
    name: "of-no-year",
    reads: "what is only supposed is of no year: 如果每亩增产50斤",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Period> {
    is_supposed(scene, i).then_some(Period(None))
}
