//! Heads that the text states once.

use crate::grammar::{Rule, Scene, Subject};
use crate::rules::clause;

use super::phrase;

/// Reads an item that is only an attribute with the head that another item of its list states: `1个市级美好社区项目…；5个区级`,
/// `2个国家级和22个省级区域医疗中心`.
pub static RULE: Rule<Subject> = Rule {
    name: "shared-head",
    reads: "an attribute whose head another item states: 1个市级美好社区项目；5个区级",
    apply,
};

/// What such an attribute ends in.
const MARK: char = '级';

fn apply(scene: &Scene, i: usize) -> Option<Subject> {
    scene.folded.contains(&MARK).then_some(())?;
    let (from, to) = phrase::object(scene, i)?;
    if to - from > 4 || scene.folded[to - 1] != MARK {
        return None;
    }
    let head = |j: usize| {
        let (start, end) = phrase::object(scene, j)?;
        let mark = (start..end).find(|&p| scene.folded[p] == MARK && p + 1 < end)?;
        Some((mark + 1, end))
    };
    let end = clause::end(scene, to);
    let next = (i + 1..scene.numbers.len())
        .take_while(|&j| scene.numbers[j].end <= end)
        .find_map(head);
    let shared = next.or_else(|| (0..i).rev().find_map(head))?;
    let (left, right) = phrase::left(scene, i);
    let verb = phrase::head_verb(scene, left, right).or_else(|| phrase::inherited_verb(scene, i));
    Some(Subject::stated(verb.into_iter().chain([(from, to), shared]).collect()))
}
