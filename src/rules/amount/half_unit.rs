//! A half after the unit.

use rust_decimal::Decimal;

use crate::grammar::{Amount, Rule, Scene};

use super::hedge;

/// Reads a half after the unit into the value: `一亩半` is 1.5 亩, `两个半小时` 2.5.
pub static RULE: Rule<Amount> = Rule {
    name: "half-unit",
    reads: "a half after the unit: 一亩半 is 1.5 亩",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Amount> {
    let number = &scene.numbers[i];
    let (end, units) = scene.number_and_unit(i);
    let &[(unit_start, unit_end)] = &units[..] else {
        return None;
    };
    let half = scene
        .numbers
        .get(i + 1)
        .filter(|n| n.start == end && scene.folded[n.start..n.end] == ['半'])?;
    // 两个半小时: the unit follows the half.
    let (end, later) = scene.number_and_unit(i + 1);
    let unit = match later[..] {
        [] => (unit_start, unit_end),
        [(first, _), ..] => (first, end),
    };
    let hedge = hedge::read(scene, i, end);
    Some(Amount {
        start: hedge.start,
        end: hedge.end,
        value: number.value?.checked_add(Decimal::new(5, 1))?,
        value_max: None,
        unit: scene.unit_text(&[unit]),
        modifier: hedge.modifier,
        range_end: None,
        number_end: half.end,
    })
}
