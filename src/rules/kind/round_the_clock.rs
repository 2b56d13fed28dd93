//! 24小时.

use rust_decimal::Decimal;

use crate::grammar::{Rule, Scene};
use crate::lexicon::terms::NumeralKind;

/// Reads the hours of a service that never closes: `24小时开放`, `24小时在线`.
pub static RULE: Rule<NumeralKind> = Rule {
    name: "round-the-clock",
    reads: "the hours of a service that never closes: 24小时开放",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<NumeralKind> {
    let number = &scene.numbers[i];
    let closes = scene.at(number.end + 2).is_none_or(|c| !c.is_alphabetic())
        || scene.starts(number.end + 2, &["内", "以内", "之内"]);
    (number.value == Some(Decimal::from(24)) && scene.starts(number.end, &["小时"]) && !closes)
        .then_some(NumeralKind::Other)
}
