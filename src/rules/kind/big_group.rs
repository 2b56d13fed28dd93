//! N大 and a noun.

use crate::grammar::{Rule, Scene};
use crate::lexicon::terms::NumeralKind;

/// Reads the number of a fixed group: `四大优势产业`, `7大产业集群`, `二十大`, `五类社区合伙人`.
pub static RULE: Rule<NumeralKind> = Rule {
    name: "big-group",
    reads: "the number of a fixed group: 四大优势产业 7大产业集群 二十大",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<NumeralKind> {
    let end = scene.numbers[i].end;
    let big = scene.starts(end, &["大"]) && !scene.starts(end, &["大型", "大中", "大批", "大量", "大部", "大规模"]);
    (big).then_some(NumeralKind::Name)
}
