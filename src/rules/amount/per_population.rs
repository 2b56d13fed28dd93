//! Rates in so many thousands.

use rust_decimal::Decimal;

use crate::grammar::{Amount, Rule, Scene};

use super::hedge;

/// Reads a rate that is written with a stroke: `孕产妇死亡率8.2/10万` is 8.2 of the unit /10万.
pub static RULE: Rule<Amount> = Rule {
    name: "per-population",
    reads: "a rate that is written with a stroke: 8.2/10万",
    apply,
};

/// Numerals after the stroke.
const BASES: &[&str] = &["10万", "十万", "万", "千"];

/// The value of such a rate, the end of its own numeral and the end of the whole.
#[must_use]
pub fn per_population(scene: &Scene, i: usize) -> Option<(Decimal, usize, usize)> {
    let number = &scene.numbers[i];
    let inside = (number.start..number.end).find(|&p| scene.folded[p] == '/');
    let stroke = inside.or_else(|| (scene.at(number.end) == Some('/')).then_some(number.end))?;
    let base = BASES.iter().find(|base| scene.starts(stroke + 1, &[base]))?;
    let value = scene.string(number.start, stroke).parse().ok()?;
    Some((value, stroke, stroke + 1 + base.chars().count()))
}

fn apply(scene: &Scene, i: usize) -> Option<Amount> {
    let (value, number_end, end) = per_population(scene, i)?;
    let hedge = hedge::read(scene, i, end);
    Some(Amount {
        start: hedge.start,
        end: hedge.end,
        value,
        value_max: None,
        unit: scene.text[number_end..end].iter().collect(),
        modifier: hedge.modifier,
        range_end: None,
        number_end,
    })
}
