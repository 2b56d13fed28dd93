//! Terms of a ratio.

use crate::grammar::{Rule, Scene};
use crate::lex::numeral::Script;
use crate::lexicon::terms::NumeralKind;

/// Reads the terms of a ratio: `2：1`, `4.0∶37.7∶58.3`.
pub static RULE: Rule<NumeralKind> = Rule {
    name: "ratio-pair",
    reads: "the terms of a ratio: 2：1 4.0∶37.7∶58.3",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<NumeralKind> {
    let number = &scene.numbers[i];
    let colon = |at: Option<usize>| {
        at.and_then(|p| scene.at(p))
            .is_some_and(|c| matches!(c, '：' | ':' | '∶'))
    };
    let left = colon(number.start.checked_sub(1)) && i > 0 && scene.numbers[i - 1].end + 1 == number.start;
    let right = colon(Some(number.end)) && scene.numbers.get(i + 1).is_some_and(|n| n.start == number.end + 1);
    (number.script == Script::Arabic && (left || right)).then_some(NumeralKind::Quantity)
}
