//! Numerals that name no number.

use crate::grammar::{Rule, Scene};
use crate::lexicon::terms::NumeralKind;

/// Reads a numeral without a value: `几年来`, `数十家`, `多元主体`.
pub static RULE: Rule<NumeralKind> = Rule {
    name: "vague-number",
    reads: "a numeral that names no number: 几年来 数十家 多元",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<NumeralKind> {
    let number = &scene.numbers[i];
    if number.value.is_some() {
        return None;
    }
    let span = scene.starts(
        number.end,
        &["年来", "年间", "年前", "年以来", "个月来", "年的", "年时间", "年"],
    );
    Some(if span { NumeralKind::Date } else { NumeralKind::Other })
}
