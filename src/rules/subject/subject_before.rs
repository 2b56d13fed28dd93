//! The phrase before an amount.

use crate::grammar::{Rule, Scene, Subject};

use super::phrase;

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
    let mut pieces = Vec::new();
    if phrase::head_verb(scene, from, to).is_none() {
        pieces.extend(phrase::inherited_verb(scene, i));
    }
    pieces.push((from, to));
    Some(Subject { pieces, carried: false })
}
