//! Doublings.

use crate::grammar::{Measured, Rule, Scene};
use crate::lexicon::terms::Measure;

use super::predicate;

/// Reads a number of doublings as a multiple: `比2020年翻一番`.
pub static RULE: Rule<Measured> = Rule {
    name: "doublings",
    reads: "a number of doublings as a multiple: 比2020年翻一番",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Measured> {
    let amount = scene.amount(i).filter(|a| a.unit == "番")?;
    let (comparison, reference) = predicate::comparison(scene, i);
    // 翻了近两番: the verb may stand apart.
    let verb = ["翻了", "翻"].iter().find(|v| scene.ends(amount.start, &[v]));
    let predicate = amount.start - verb.map_or(0, |v| v.chars().count());
    let start = reference.map_or(predicate, |(s, _)| s.saturating_sub(1)).min(predicate);
    Some(Measured {
        measure: Measure::Multiple,
        negative: false,
        comparison,
        reference,
        predicate: start,
    })
}
