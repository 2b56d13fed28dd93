//! Units that the text states once for several numerals.

use crate::grammar::{Amount, Rule, Scene};
use crate::lex::numeral::scale;
use crate::lexicon::terms::{Modifier, NumeralKind};
use crate::lexicon::words::Class;

use super::hedge;

/// Reads a numeral whose unit, or classifier, stands only at the last numeral of its list, `1409万、1305万人次`, `5、6和7家`; and a nought
/// whose unit stands at the value that it falls from: `由9.8%降至0`.
pub static RULE: Rule<Amount> = Rule {
    name: "elided-unit",
    reads: "a numeral whose unit stands at the last of its list: 1409万、1305万人次",
    apply,
};

/// What the unit of percentage points begins with.
const POINT: &str = "个";

fn apply(scene: &Scene, i: usize) -> Option<Amount> {
    let number = &scene.numbers[i];
    let (end, units) = scene.number_and_unit(i);
    let own = scene.unit_text(&units);
    let scale_only = own.chars().all(|c| scale(crate::lexicon::fold(c)).is_some());
    // 分别高5个和8个百分点
    let points = own == POINT;
    if number.unit.is_some() || !(scale_only || points) {
        return None;
    }
    if let Some(unit) = fallen_to_nought(scene, i) {
        return Some(Amount {
            start: number.start,
            end: number.end,
            value: number.value?,
            value_max: None,
            unit,
            modifier: Modifier::Exact,
            range_end: None,
            number_end: number.end,
        });
    }
    let mut j = i;
    let mut at = end;
    loop {
        if !matches!(scene.at(at), Some('、' | '和' | '及')) {
            return None;
        }
        j += 1;
        let next = scene.numbers.get(j).filter(|n| n.start == at + 1)?;
        if scene.kind(j) != Some(NumeralKind::Quantity) || next.script != number.script {
            return None;
        }
        let (next_end, next_units) = scene.number_and_unit(j);
        let unit = scene.unit_text(&next_units);
        if points && !(unit.starts_with(POINT) && unit.ends_with("点")) {
            return None;
        }
        let classifier: String = unit
            .chars()
            .skip_while(|&c| scale(crate::lexicon::fold(c)).is_some())
            .collect();
        if !classifier.is_empty() {
            let hedge = hedge::read(scene, i, end);
            let unit = if own.is_empty() || points {
                unit
            } else {
                own + &classifier
            };
            return Some(Amount {
                start: hedge.start,
                end: hedge.end,
                value: number.value?,
                value_max: None,
                unit,
                modifier: hedge.modifier,
                range_end: None,
                number_end: number.end,
            });
        }
        at = next_end;
    }
}

/// The unit of the value that a nought is what is left of: `由120件减少到0`.
fn fallen_to_nought(scene: &Scene, i: usize) -> Option<String> {
    let number = &scene.numbers[i];
    let bare = scene.unit_after(i).is_none() && scene.at(number.end).is_none_or(|c| !c.is_alphanumeric());
    number.value.filter(|value| bare && value.is_zero())?;
    let j = i
        .checked_sub(1)
        .filter(|&j| scene.kind(j) == Some(NumeralKind::Quantity))?;
    let (end, units) = scene.number_and_unit(j);
    let falls = scene
        .tokens_in(end, number.start)
        .all(|t| t.is(Class::DOWN.or(Class::TO).or(Class::REACH)));
    let unit = scene.numbers[j]
        .unit
        .map_or_else(|| scene.unit_text(&units), str::to_owned);
    (falls && end < number.start && !unit.is_empty()).then_some(unit)
}
