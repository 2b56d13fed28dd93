//! Counts before the thing counted.

use crate::grammar::{Rule, Scene, Subject};
use crate::lexicon::words::Class;
use crate::rules::clause;

use super::phrase;

/// Reads the noun after a count, with the verb before it: `建成5座湿垃圾资源化处理设施`, `2人当选中国工程院院士`, `89.4%的公园实现24小时开放`,
/// `1223户70岁以上独居老人`.
pub static RULE: Rule<Subject> = Rule {
    name: "counted-object",
    reads: "the noun after a count, with the verb before it: 建成5座湿垃圾资源化处理设施",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Subject> {
    let object = phrase::object(scene, i)?;
    let (from, to) = phrase::left(scene, i);
    let (clause_from, clause_to) = clause::left(scene, i);
    let attribute = scene.ends(clause_to, &["的"]) && clause_to == scene.amount(i)?.start;
    let mut pieces = Vec::new();
    if from < to && !attribute {
        if let Some(verb) = phrase::tail_verb(scene, from, to) {
            pieces.push(verb);
        } else if !serves(scene, clause_from, scene.amount(i)?.start) {
            pieces.push((from, to));
        }
    } else if from >= to {
        pieces.extend(phrase::inherited_verb(scene, i));
    }
    pieces.push(object);
    Some(Subject { pieces, carried: false })
}

/// Whether the phrase before the amount ends in a preposition, so that it belongs to what follows: 为1223户…提供.
fn serves(scene: &Scene, from: usize, to: usize) -> bool {
    scene
        .token_before(to)
        .is_some_and(|t| t.start >= from && t.is(Class::PREPOSITION) && !t.is(Class::EVENT))
}
