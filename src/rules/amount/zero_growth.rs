//! Zero growth.

use crate::grammar::{Amount, Rule, Scene};
use crate::lexicon::terms::Modifier;

/// Reads 零增长 as 0 %.
pub static RULE: Rule<Amount> = Rule {
    name: "zero-growth",
    reads: "零增长 as 0 %",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Amount> {
    let number = &scene.numbers[i];
    (scene.folded[number.start..number.end] == ['零'] && scene.starts(number.end, &["增长"])).then(|| Amount {
        start: number.start,
        end: number.end + 2,
        value: rust_decimal::Decimal::ZERO,
        value_max: None,
        unit: "%".to_owned(),
        modifier: Modifier::Exact,
        range_end: None,
        number_end: number.end,
    })
}
