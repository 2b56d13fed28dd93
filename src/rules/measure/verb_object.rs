//! A verb of decline at the head, its object, and the amount.

use crate::grammar::{Measured, Rule, Scene};
use crate::lexicon::terms::{Comparison, Measure};
use crate::lexicon::words::Class;
use crate::rules::clause;

/// Reads an amount after a verb of decline and its object as a fall: `降低企业运营成本近200万元`, `减轻农民负担超过1335亿元`,
/// `为企业降低成本3亿元`.
pub static RULE: Rule<Measured> = Rule {
    name: "verb-object-fall",
    reads: "an amount after a verb of decline and its object: 降低企业运营成本近200万元",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Measured> {
    let amount = scene.amount(i)?;
    let (from, to) = clause::left(scene, i);
    let head = clause::trim_head(scene, from, to);
    let at_head = scene.token_from(head).filter(|t| t.is(Class::DOWN));
    // 为企业降低成本: whom it is done for stands before the verb.
    let for_whom = || {
        let whom = (from..to).any(|p| scene.starts(p, &["为", "给", "帮助"]) && p <= head);
        let falls = |t: &&crate::lex::Token| t.is(Class::DOWN) && !t.is(Class::NOUN.or(Class::EVENT));
        scene.tokens_in(head, to).find(falls).filter(|_| whom)
    };
    let verb = at_head.or_else(for_whom).filter(|t| t.end < amount.start)?;
    let tail = clause::trim_tail(scene, verb.end, to);
    // 减少收入的农户只占10%
    let share = scene.has_word(verb.end, to, Class::SHARE);
    if share || tail <= verb.end || scene.tokens_in(verb.end, tail).any(|t| t.is(Class::TO)) {
        return None;
    }
    let measure = if amount.unit == "%" {
        Measure::GrowthRate
    } else {
        Measure::Change
    };
    Some(Measured {
        measure,
        negative: true,
        comparison: Some(Comparison::Unspecified),
        reference: None,
        predicate: tail,
    })
}
