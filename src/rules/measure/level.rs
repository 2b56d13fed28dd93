//! Levels.

use crate::grammar::{Measured, Rule, Scene};
use crate::lexicon::terms::Measure;

use super::predicate;

/// Reads any other amount as a level: an amount, stock, flow, count or price in its own unit.
pub static RULE: Rule<Measured> = Rule {
    name: "level",
    reads: "an amount, stock, flow, count or price in its own unit: 8.37亿元 新增2家",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Measured> {
    Some(Measured {
        measure: Measure::Level,
        negative: false,
        comparison: None,
        reference: None,
        predicate: predicate::read(scene, i).start,
    })
}
