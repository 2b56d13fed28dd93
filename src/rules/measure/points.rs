//! Percentage points.

use crate::grammar::{Measured, Rule, Scene};
use crate::lexicon::terms::{Comparison, Measure};
use crate::lexicon::words::Class;
use crate::rules::clause;

use super::predicate::{self, Way};

/// Reads percentage points as a change: `比重提高2.3个百分点`, `下降0.5个百分点`, `高于全国1.2个百分点`.
pub static RULE: Rule<Measured> = Rule {
    name: "percentage-points",
    reads: "percentage points as a change: 提高2.3个百分点",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Measured> {
    let amount = scene
        .amount(i)
        .filter(|a| a.unit.contains("百分点") || a.unit.contains("基点") || a.unit.contains("千分点"))?;
    let predicate = predicate::read(scene, i);
    let (from, to) = clause::left(scene, i);
    // 高于全国1.2个百分点: compared with another place, not with another time.
    if let Some(token) = scene
        .tokens_in(from, to)
        .find(|t| t.is(Class::ABOVE.or(Class::BELOW)) && t.end < to)
    {
        return Some(Measured {
            measure: Measure::Change,
            negative: token.is(Class::BELOW),
            comparison: Some(Comparison::Unspecified),
            reference: Some((token.end, to)),
            predicate: token.start,
        });
    }
    let down = match predicate.way {
        Way::By { down } => down,
        _ => scene.has_word(from, to, Class::DOWN) && !scene.has_word(from, to, Class::UP),
    };
    let (comparison, reference) = predicate::comparison(scene, i);
    let start = reference.map_or(predicate.start, |(s, _)| {
        s.saturating_sub(1).max(from).min(predicate.start)
    });
    Some(Measured {
        measure: Measure::Change,
        negative: down,
        comparison,
        reference,
        predicate: start.min(amount.start),
    })
}
