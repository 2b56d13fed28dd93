//! Which year of a span a value belongs to. Not a rule: the rules of the stage share it.

use crate::fact::{Comparison, Measure};
use crate::grammar::Scene;
use crate::lexicon::words::Class;

/// The period of a value that is said within a span of years: the whole span for what happens in the course of it (growth, change, counts of
/// events), its last year for the state of a thing.
pub fn within(scene: &Scene, i: usize, period: &str) -> String {
    let Some((_, last)) = period.split_once('/') else {
        return period.to_owned();
    };
    let Some(measured) = scene.measured(i) else {
        return period.to_owned();
    };
    let whole = match measured.measure {
        Measure::GrowthRate | Measure::Change => true,
        Measure::Multiple => measured.comparison != Some(Comparison::Since),
        Measure::Rank | Measure::Ratio => false,
        Measure::Level => is_flow(scene, i),
    };
    if whole { period.to_owned() } else { last.to_owned() }
}

/// Whether a level counts events: its indicator has a verb of counting, or names a flow.
pub fn is_flow(scene: &Scene, i: usize) -> bool {
    let Some(subject) = scene.subject(i) else { return false };
    let verb = |&(start, end): &(usize, usize)| {
        scene
            .tokens_in(start, end)
            .any(|t| t.is(Class::EVENT) && !t.is(Class::NOUN))
            || scene.holds(start, end, &["新增", "累计", "就业", "减税", "投入", "补助"])
    };
    let Some(amount) = scene.amount(i) else { return false };
    let left = crate::rules::clause::left(scene, i).0;
    subject.pieces.iter().any(verb) || scene.holds(left, amount.start, &["累计", "年均", "平均每年", "新增", "共"])
}
