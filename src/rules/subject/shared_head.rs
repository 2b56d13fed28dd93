//! Heads that the text states once.

use crate::grammar::{Rule, Scene, Subject};

use super::phrase;

/// Reads an item that is only an attribute with the head of the item before it: `1个市级美好社区项目…；5个区级`.
pub static RULE: Rule<Subject> = Rule {
    name: "shared-head",
    reads: "an attribute whose head the item before states: 1个市级美好社区项目；5个区级",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Subject> {
    let (from, to) = phrase::object(scene, i)?;
    if to - from > 3 || scene.folded[to - 1] != '级' {
        return None;
    }
    (0..i).rev().find_map(|j| {
        let (start, end) = phrase::object(scene, j)?;
        let mark = (start..end).find(|&p| scene.folded[p] == '级' && p + 1 < end)?;
        Some(Subject {
            pieces: vec![(from, to), (mark + 1, end)],
            carried: false,
        })
    })
}
