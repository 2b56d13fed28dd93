//! Further values of a list.

use crate::grammar::{Measured, Rule, Scene};
use crate::lexicon::terms::Measure;
use crate::lexicon::words::Class;
use crate::rules::clause;

/// Reads a further value of a list as what the first value is: `分别增长8.3%、7.9%`, `再提高30元和5元`.
pub static RULE: Rule<Measured> = Rule {
    name: "listed-value",
    reads: "a further value of a list: 分别增长8.3%、7.9%",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Measured> {
    let amount = scene.amount(i)?;
    if let Some(rate) = restated(scene, i) {
        return Some(rate);
    }
    let j = continues(scene, i)?;
    let before = scene.measured(j)?;
    let first = scene.amount(j)?;
    (first.unit == amount.unit || (first.unit.ends_with(|c| amount.unit.ends_with(c)))).then(|| Measured {
        predicate: amount.start,
        ..before.clone()
    })
}

/// A change stated again as a rate: `增产二千二百万吨，即百分之七点八`.
fn restated(scene: &Scene, i: usize) -> Option<Measured> {
    let amount = scene.amount(i).filter(|a| a.unit == "%")?;
    let j = scene.amount_before(i)?;
    let between = scene.string(scene.amount(j)?.end, amount.start);
    let before = scene.measured(j).filter(|m| m.measure == Measure::Change)?;
    matches!(between.as_str(), "，即" | "即" | "，折合").then(|| Measured {
        measure: Measure::GrowthRate,
        predicate: amount.start,
        ..before.clone()
    })
}

/// The amount before `i` in its list, if nothing but a list mark stands between them.
pub fn continues(scene: &Scene, i: usize) -> Option<usize> {
    let amount = scene.amount(i)?;
    let j = scene.amount_before(i)?;
    let (from, to) = (scene.amount(j)?.end, amount.start);
    let marks = from < to
        && to - from <= 3
        && scene.folded[from..to]
            .iter()
            .all(|&c| matches!(c, '、' | '和' | '及' | '与' | '以' | '，'))
        && (scene.folded[from] != '，');
    (marks && !scene.has_word(from, to, Class::EVENT) && clause::right(scene, i).0 <= scene.folded.len()).then_some(j)
}
