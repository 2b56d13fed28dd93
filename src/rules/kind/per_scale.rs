//! Scales after 每.

use crate::grammar::{Rule, Scene};
use crate::lexicon::terms::NumeralKind;

/// Reads a bare scale after 每, which belongs to the name of a rate: `每万人口高价值发明专利拥有量`, `每百户`.
pub static RULE: Rule<NumeralKind> = Rule {
    name: "per-scale",
    reads: "a bare scale in the name of a rate: 每万人口高价值发明专利拥有量",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<NumeralKind> {
    let number = &scene.numbers[i];
    let bare = scene.folded[number.start..number.end]
        .iter()
        .all(|&c| crate::lex::numeral::scale(c).is_some());
    (bare && scene.ends(number.start, &["每"])).then_some(NumeralKind::Name)
}
