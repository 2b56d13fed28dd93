//! The phrase before an amount.

use crate::grammar::{Rule, Scene, Subject};
use crate::lexicon::words::Class;

use super::{counted_object, phrase};

/// Reads the phrase before an amount and its predicate: `地方财政收入8.37亿元`, `就业困难人员安置率达100%`, `召开镇长办公会19次`; a list hands its
/// verb on: `新增…2家、…企业1家`.
pub static RULE: Rule<Subject> = Rule {
    name: "subject-before",
    reads: "the phrase before an amount: 地方财政收入8.37亿元",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Subject> {
    let (from, to) = phrase::left(scene, i);
    if from >= to {
        return None;
    }
    if let Some((end, whole)) = phrase::scope(scene, i, from, to) {
        return Some(Subject {
            spelled: Some((1, phrase::SHARE)),
            carries: Some(1),
            ..Subject::stated(vec![(from, end), whole])
        });
    }
    // 每10万人刑事案件数
    if let Some(base) = scene.amount_before(i).and_then(|j| scene.amount(j))
        && base.end == from
        && scene.ends(base.start, &["每"])
    {
        return Some(Subject {
            verbatim: true,
            ..Subject::stated(vec![(base.start - 1, to)])
        });
    }
    let mut pieces = Vec::new();
    // 为120名困难群众发放救助金36万元
    if let Some(j) = scene.amount_before(i)
        && scene.amount(j).is_some_and(|it| it.end == from)
        && phrase::has_verb(scene, from, to)
    {
        pieces.extend(counted_object::beneficiary(scene, j));
    }
    if phrase::head_verb(scene, from, to).is_none() && !is_sum_beside_counts(scene, i, to) {
        pieces.extend(phrase::inherited_verb(scene, i));
    }
    pieces.extend(phrase::named(scene, from, to));
    Some(Subject::stated(pieces))
}

/// Whether a phrase names a sum or a rate, and the item before it counts things: 接待游客860万人次、旅游收入62亿元.
fn is_sum_beside_counts(scene: &Scene, i: usize, to: usize) -> bool {
    let sum = |unit: &str| unit.ends_with('元') || unit == "%";
    let names_one = scene
        .token_before(to)
        .is_some_and(|t| t.is(Class::HEAD.or(Class::RATE).or(Class::BARE_HEAD)));
    let before = scene.amount_before(i).and_then(|j| scene.amount(j));
    names_one && scene.amount(i).is_some_and(|a| sum(&a.unit)) && before.is_some_and(|a| !sum(&a.unit))
}
