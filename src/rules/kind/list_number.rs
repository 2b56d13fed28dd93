//! The number that heads a paragraph, and a bracketed or circled number inside one.

use crate::grammar::{Rule, Scene};
use crate::lexicon::terms::NumeralKind;

/// Reads the number of a heading or of a list: `一、2023年工作回顾`, `（三）突出民生优先`, `（１）关于社会主义革命；（２）…`.
pub static RULE: Rule<NumeralKind> = Rule {
    name: "list-number",
    reads: "the number of a heading or of a list item: 一、 （三） 1. （１）",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<NumeralKind> {
    let number = &scene.numbers[i];
    let heads = number.end <= scene.context.label_end;
    let bracketed = matches!(scene.before(number.start), Some('（' | '('))
        && matches!(scene.at(number.end), Some('）' | ')'))
        && number.end - number.start <= 3;
    (heads || bracketed).then_some(NumeralKind::Marker)
}
