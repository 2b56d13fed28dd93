//! Versions.

use crate::grammar::{Rule, Scene};
use crate::lexicon::terms::NumeralKind;

/// Reads the number of a version: `生物医药专项2.0版`, `工业4.0`.
pub static RULE: Rule<NumeralKind> = Rule {
    name: "version",
    reads: "the number of a version: 2.0版",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<NumeralKind> {
    let number = &scene.numbers[i];
    let round = number.end - number.start == 3 && scene.ends(number.end, &[".0"]);
    (scene.starts(number.end, &["版"])
        || (round && scene.unit_after(i).is_none() && !matches!(scene.at(number.end), Some('∶' | ':' | '：'))))
    .then_some(NumeralKind::Name)
}
