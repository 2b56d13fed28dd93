//! Telephone numbers that are names.

use crate::grammar::{Rule, Scene};
use crate::lex::numeral::Script;
use crate::lexicon::terms::NumeralKind;

/// Reads the number of a line that people call: `12345市民服务热线`, `12315平台`, `110报警`.
pub static RULE: Rule<NumeralKind> = Rule {
    name: "hotline-number",
    reads: "the number of a line that people call: 12345市民服务热线",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<NumeralKind> {
    let number = &scene.numbers[i];
    let whole = number.script == Script::Arabic
        && (3..=6).contains(&(number.end - number.start))
        && number.resolution == rust_decimal::Decimal::ONE;
    if !whole || scene.folded[number.start..number.end].contains(&',') {
        return None;
    }
    let limit = (number.end + 12).min(scene.folded.len());
    let stop = (number.end..limit)
        .find(|&p| matches!(scene.folded[p], '，' | '。' | '；' | '、'))
        .unwrap_or(limit);
    (scene.unit_after(i).is_none() && scene.holds(number.end, stop, &["热线", "平台", "报警", "举报", "电话", "专线"]))
        .then_some(NumeralKind::Name)
}
