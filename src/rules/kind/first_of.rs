//! 首.

use crate::grammar::{Rule, Scene};
use crate::lexicon::terms::NumeralKind;

/// Reads 首 where it is no rank: `首批`, `首个`, `首次`, `首期`.
pub static RULE: Rule<NumeralKind> = Rule {
    name: "first-of",
    reads: "首 that is no rank: 首批 首个 首次",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<NumeralKind> {
    (scene.at(scene.numbers[i].start) == Some('首')).then_some(NumeralKind::Other)
}
