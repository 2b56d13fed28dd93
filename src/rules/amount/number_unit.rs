//! The ordinary amount.

use crate::grammar::{Amount, Rule, Scene};

use super::hedge;

/// Reads a numeral with the unit after it: `8.37亿元`, `310余场`, `3万余人次`, `百分之八点一`.
pub static RULE: Rule<Amount> = Rule {
    name: "number-with-unit",
    reads: "a numeral with the unit after it: 8.37亿元 310余场",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Amount> {
    let number = &scene.numbers[i];
    let (end, units) = scene.number_and_unit(i);
    let hedge = hedge::read(scene, i, end);
    Some(Amount {
        start: hedge.start,
        end: hedge.end,
        value: number.value?,
        value_max: None,
        unit: number.unit.map_or_else(|| scene.unit_text(&units), str::to_owned),
        modifier: hedge.modifier,
        range_end: None,
        number_end: number.end,
    })
}
