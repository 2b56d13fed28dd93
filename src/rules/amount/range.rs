//! Ranges.

use crate::grammar::{Amount, Rule, Scene};
use crate::lexicon::terms::NumeralKind;

use super::hedge;

/// Reads a range as one amount: `6%—6.5%`, `2-3家`, `提高5到7元`, `25%到40%`, and a pair of neighbouring digits: `两三年`.
pub static RULE: Rule<Amount> = Rule {
    name: "range",
    reads: "a range as one amount: 6%—6.5% 2-3家 5到7元",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Amount> {
    let number = &scene.numbers[i];
    let (own_end, own_units) = scene.number_and_unit(i);
    if let Some(max) = number.max {
        let hedge = hedge::read(scene, i, own_end);
        return Some(Amount {
            start: hedge.start,
            end: hedge.end,
            value: number.value?,
            value_max: Some(max),
            unit: scene.unit_text(&own_units),
            modifier: hedge.modifier,
            range_end: None,
            number_end: number.end,
        });
    }
    // 第…位至第…位 and terms of a ratio are no ranges.
    let mut at = own_end;
    while scene
        .at(at)
        .is_some_and(|c| matches!(c, '—' | '-' | '–' | '－' | '~' | '～' | '至' | '到'))
    {
        at += 1;
    }
    let next = scene.numbers.get(i + 1).filter(|n| n.start == at && at > own_end)?;
    // 百分之六到七
    let elided = number.unit.is_some() && next.unit.is_none() && scene.unit_after(i + 1).is_none();
    if scene.kind(i + 1) != Some(NumeralKind::Quantity) && !elided
        || next.value <= number.value
        || next.unit != number.unit && number.unit.is_some() && !elided
    {
        return None;
    }
    let (end, units) = scene.number_and_unit(i + 1);
    let (first, second) = (scene.unit_text(&own_units), scene.unit_text(&units));
    if !first.is_empty() && first != second {
        return None;
    }
    let unit = number.unit.map_or(second, str::to_owned);
    let hedge = hedge::read(scene, i + 1, end);
    let before = hedge::read(scene, i, own_end);
    Some(Amount {
        start: before.start,
        end: hedge.end,
        value: number.value?,
        value_max: next.value,
        unit,
        modifier: if hedge.end > end {
            hedge.modifier
        } else {
            before.modifier
        },
        range_end: Some(i + 1),
        number_end: number.end,
    })
}
