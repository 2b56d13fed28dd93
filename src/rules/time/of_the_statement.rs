//! Periods of ranks and runs.

use crate::grammar::{Period, Rule, Scene};
use crate::lexicon::terms::Measure;
use crate::rules::clause;

/// Reads a rank that is said of the statement before it as of that statement's period, and a run of years as of its last year:
/// `保供煤炭超35亿吨、居全国首位`, `连续21年居全国首位`.
pub static RULE: Rule<Period> = Rule {
    name: "period-of-the-statement",
    reads: "a rank has the period of the statement it is said of, a run of years its last year: 连续21年居全国首位",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Period> {
    let amount = scene.amount(i)?;
    let group = clause::group_start(scene, amount.start);
    let subject = scene.subjects[i].as_ref()?;
    if subject.rule == "run-of-years" {
        let period = scene.context.period.as_deref()?;
        return Some(Period(Some(period.rsplit('/').next()?.to_owned())));
    }
    let rank = scene.measured(i).is_some_and(|m| m.measure == Measure::Rank);
    let j = scene
        .amount_before(i)
        .filter(|&j| rank && subject.value.carried && scene.amount(j).is_some_and(|a| a.start >= group))?;
    // 由第12位上升到第5位: where it comes from says nothing of where it is.
    scene.periods[j]
        .as_ref()
        .filter(|d| d.rule != super::from_value::RULE.name)
        .map(|d| d.value.clone())
}
