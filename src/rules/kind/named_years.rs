//! Short names of plans and movements in quotation marks.

use crate::grammar::{Rule, Scene};
use crate::lexicon::terms::NumeralKind;

/// Reads a quotation that is numerals and nothing else: `“七五”计划`, `“八五”普法`, `“八七”扶贫`.
pub static RULE: Rule<NumeralKind> = Rule {
    name: "quoted-digits",
    reads: "a quotation that is numerals and nothing else: “七五”计划 “八五”普法",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<NumeralKind> {
    let number = &scene.numbers[i];
    let (start, end) = scene.quotation(number.start)?;
    scene.folded[start..end]
        .iter()
        .all(|&c| crate::lex::numeral::begins(c))
        .then_some(NumeralKind::Name)
}
