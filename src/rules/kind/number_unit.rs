//! The ordinary case.

use crate::grammar::{Rule, Scene};
use crate::lex::TokenKind;
use crate::lex::numeral::Script;
use crate::lexicon::terms::NumeralKind;

/// Reads a numeral with a unit, a scale or a classifier: `8.37亿元`, `2554家`, `百分之八点一`, `13亿中国人`.
pub static RULE: Rule<NumeralKind> = Rule {
    name: "number-unit",
    reads: "a numeral with a unit, a scale or a classifier: 8.37亿元 2554家 百分之八点一",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<NumeralKind> {
    let number = &scene.numbers[i];
    let unit = scene.unit_after(i).is_some()
        || (scene
            .tokens
            .tokens
            .get(scene.number_token[i] + 2)
            .is_some_and(|t| t.kind == TokenKind::Unit)
            && scene.number_and_unit(i).0 > number.end);
    // A Chinese numeral of millions needs no classifier: 一亿二千万农户.
    let large = number.script == Script::Chinese && number.value.is_some_and(|v| v >= rust_decimal::Decimal::from(100));
    let zero_growth = scene.folded[number.start..number.end] == ['零'] && scene.starts(number.end, &["增长"]);
    let rate = crate::rules::amount::per_population(scene, i).is_some();
    (unit || rate || number.unit.is_some() || large || zero_growth).then_some(NumeralKind::Quantity)
}
