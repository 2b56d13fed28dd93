//! Units that the text states once for several numerals.

use crate::grammar::{Amount, Rule, Scene};
use crate::lex::numeral::scale;
use crate::lexicon::terms::NumeralKind;

use super::hedge;

/// Reads a numeral whose unit, or classifier, stands only at the last numeral of its list: `1409万、1305万人次`, `5、6和7家`.
pub static RULE: Rule<Amount> = Rule {
    name: "elided-unit",
    reads: "a numeral whose unit stands at the last of its list: 1409万、1305万人次",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Amount> {
    let number = &scene.numbers[i];
    let (end, units) = scene.number_and_unit(i);
    let own = scene.unit_text(&units);
    let scale_only = own.chars().all(|c| scale(crate::lexicon::fold(c)).is_some());
    if number.unit.is_some() || !scale_only {
        return None;
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
        let classifier: String = unit
            .chars()
            .skip_while(|&c| scale(crate::lexicon::fold(c)).is_some())
            .collect();
        if !classifier.is_empty() {
            let hedge = hedge::read(scene, i, end);
            let unit = if own.is_empty() { unit } else { own + &classifier };
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
