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
    let j = continues(scene, i).or_else(|| outdoes(scene, i))?;
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

/// The amount before `i` that this one is hoped to go beyond: `增长8.5%左右、力争9%以上`.
fn outdoes(scene: &Scene, i: usize) -> Option<usize> {
    let amount = scene.amount(i)?;
    let j = scene.amount_before(i)?;
    let (from, to) = (scene.amount(j)?.end, amount.start);
    let marks = matches!(scene.at(from), Some('、' | '，')) && from + 1 < to;
    let mut hopes = scene.tokens_in(from + 1, to);
    (marks
        && hopes.all(|t| t.is(Class::TARGET.or(Class::REACH)) && !t.is(Class::UP.or(Class::DOWN)))
        && scene.has_word(from + 1, to, Class::TARGET))
    .then_some(j)
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
