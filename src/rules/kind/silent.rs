//! Numerals outside the speech.

use crate::grammar::{Rule, Scene};
use crate::lexicon::terms::NumeralKind;

/// Reads a numeral of the page around the report, which states nothing: `来源：…`, `时间：07时41分`.
pub static RULE: Rule<NumeralKind> = Rule {
    name: "outside-the-report",
    reads: "a numeral of the page around the report, where nothing is stated",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<NumeralKind> {
    if !scene.context.silent {
        return None;
    }
    let number = &scene.numbers[i];
    let ordinal = scene.ends(number.start, &["第"]) || scene.starts(number.end, &["届"]);
    Some(if ordinal {
        NumeralKind::Ordinal
    } else {
        NumeralKind::Other
    })
}
