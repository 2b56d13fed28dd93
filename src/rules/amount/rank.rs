//! The amount of a rank.

use crate::grammar::{Amount, Rule, Scene};
use crate::lexicon::terms::Modifier;

/// Reads the place and its unit: `第5位`, `首位`, `前8位`, `全国第一`.
pub static RULE: Rule<Amount> = Rule {
    name: "rank-amount",
    reads: "the place in an order and its unit: 第5位 首位 前8位",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Amount> {
    let number = &scene.numbers[i];
    // 五年前120家: only what the stage before read as a place in an order.
    if scene.kinds[i].as_ref()?.rule != "rank" {
        return None;
    }
    let first = scene.at(number.start) == Some('首');
    let unit_end = if scene.starts(number.end, &["位", "名", "强"]) {
        number.end + 1
    } else {
        number.end
    };
    Some(Amount {
        start: if first { number.start } else { number.start - 1 },
        end: unit_end,
        value: number.value?,
        value_max: None,
        unit: scene.text[number.end..unit_end].iter().collect(),
        modifier: Modifier::Exact,
        range_end: None,
        number_end: number.end,
    })
}
