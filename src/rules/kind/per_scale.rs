//! Scales after 每.

use rust_decimal::Decimal;

use crate::grammar::{Rule, Scene};
use crate::lexicon::terms::NumeralKind;

/// Reads a scale after 每, or after the stroke of a rate, which belongs to the name or unit of a rate: `每万人口高价值发明专利拥有量`, `每百户`,
/// `每10万人`, `12/10万`.
pub static RULE: Rule<NumeralKind> = Rule {
    name: "per-scale",
    reads: "a scale in the name or unit of a rate: 每万人口高价值发明专利拥有量 每10万人 12/10万",
    apply,
};

/// Units that an interval is measured in: 每10分钟一班.
const INTERVALS: &[&str] = &[
    "天", "日", "年", "月", "周", "个", "小时", "分钟", "秒", "公里", "米", "次",
];

fn apply(scene: &Scene, i: usize) -> Option<NumeralKind> {
    let number = &scene.numbers[i];
    let bare = scene.folded[number.start..number.end]
        .iter()
        .all(|&c| crate::lex::numeral::scale(c).is_some());
    let round = number.value.is_some_and(is_power_of_ten);
    let per = scene.ends(number.start, &["每"]) && (bare || round && !scene.starts(number.end, INTERVALS));
    let stroke = round
        && scene.before(number.start) == Some('/')
        && i > 0
        && scene.numbers[i - 1].end + 1 == number.start
        && scene.starts(number.end, &["万"]);
    (per || stroke).then_some(NumeralKind::Name)
}

/// Whether a value is ten, a hundred, a thousand and so on.
fn is_power_of_ten(value: Decimal) -> bool {
    let mut rest = value;
    while rest >= Decimal::TEN && (rest % Decimal::TEN).is_zero() {
        rest /= Decimal::TEN;
    }
    rest == Decimal::ONE && value >= Decimal::TEN
}
