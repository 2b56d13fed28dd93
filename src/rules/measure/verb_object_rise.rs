//! A verb of increase, its object, and the amount.

use crate::grammar::{Measured, Rule, Scene};
use crate::lexicon::terms::{Comparison, Measure};
use crate::lexicon::words::Class;
use crate::rules::clause;

/// Reads an amount in its own unit after a verb of increase and its object as a change: `增产原煤300万吨`, `增加中央预算内投资100亿元`.
pub static RULE: Rule<Measured> = Rule {
    name: "verb-object-rise",
    reads: "an amount after a verb of increase and its object: 增产原煤300万吨",
    apply,
};

/// Verbs that say by how much, whatever stands between.
const VERBS: &[&str] = &["增产", "增收", "增加"];

fn apply(scene: &Scene, i: usize) -> Option<Measured> {
    let amount = scene.amount(i).filter(|a| !matches!(a.unit.as_str(), "" | "%" | "‰"))?;
    let (from, to) = clause::left(scene, i);
    let verb = scene
        .tokens_in(from, to)
        .rev()
        .find(|t| t.is(Class::UP) && scene.starts(t.start, VERBS))?;
    let tail = clause::trim_tail(scene, verb.end, to);
    let other = Class::EVENT
        .or(Class::TO)
        .or(Class::UP)
        .or(Class::DOWN)
        .or(Class::SHARE);
    let plain = tail > verb.end && !scene.starts(verb.end, &["了", "的"]) && !scene.has_word(verb.end, tail, other);
    plain.then_some(Measured {
        measure: Measure::Change,
        negative: false,
        comparison: Some(Comparison::Unspecified),
        reference: None,
        predicate: tail.min(amount.start),
    })
}
