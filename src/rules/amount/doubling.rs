//! Doublings.

use crate::grammar::{Amount, Rule, Scene};

use super::hedge;

/// Reads a number of doublings: `翻番`, `翻一番`, `翻两番`.
pub static RULE: Rule<Amount> = Rule {
    name: "doubling",
    reads: "a number of doublings: 翻番 翻一番 翻两番",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Amount> {
    let number = &scene.numbers[i];
    if number.unit != Some("番") {
        return None;
    }
    let hedge = hedge::read(scene, i, number.end);
    Some(Amount {
        start: hedge.start,
        end: hedge.end,
        value: number.value?,
        value_max: None,
        unit: "番".to_owned(),
        modifier: hedge.modifier,
        range_end: None,
        number_end: number.end,
    })
}
