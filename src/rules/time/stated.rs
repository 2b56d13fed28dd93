//! Periods that the sentence states.

use crate::grammar::{Dated, Period, Rule, Scene};
use crate::lexicon::terms::NumeralKind;
use crate::rules::clause;

use super::{calendar, span};

/// Reads the period that the sentence states before the value, the nearest first: `1987年达到`, `到2030年`, `去年`, `五年来`, `2026年…目标是`.
pub static RULE: Rule<Period> = Rule {
    name: "stated-period",
    reads: "the period that the sentence states before the value: 1987年达到 到2030年 五年来",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Period> {
    let amount = scene.amount(i)?;
    let group = clause::group_start(scene, amount.start);
    let whens = calendar::all(scene);
    // 去年开工的8个项目上半年竣工，新开工12个: a part of a year in the middle of a clause dates that clause alone.
    let clause_start = clause::start(scene, amount.start);
    let holds = |w: &&Dated| !w.period.contains('-') || w.start >= clause_start || heads_clause(scene, w.start);
    let before = |w: &&Dated| w.end <= amount.start && holds(w);
    // In its own group of clauses; or else the one that opens the sentence.
    let nearest = whens
        .iter()
        .rev()
        .find(|w| before(w) && w.start >= group && !dates_from_value(scene, i, w));
    let opening = || {
        whens
            .iter()
            .find(|w| before(w) && opens(scene, w.start) && !dates_from_value(scene, i, w))
    };
    let when = nearest.or_else(opening)?;
    if when.period.is_empty() {
        // 多年来 dates what happened in those years, not how things stand.
        let happened = span::within(scene, i, "0/1").contains('/');
        return happened.then_some(Period(None));
    }
    let period = if when.span {
        span::within(scene, i, &when.period)
    } else {
        span::average(scene, i, &when.period)
    };
    Some(Period(Some(period)))
}

/// Whether an expression dates the value that the one at `i` changes from: 从2020年的38.2%提高到41.5%.
fn dates_from_value(scene: &Scene, i: usize, when: &Dated) -> bool {
    (0..i).any(|j| {
        scene.periods[j].as_ref().is_some_and(|d| d.rule == "from-value")
            && scene.amount(j).is_some_and(|a| when.end <= a.start)
            && clause::left(scene, j).0 <= when.start
    })
}

/// Whether an expression stands at the head of its clause.
fn heads_clause(scene: &Scene, start: usize) -> bool {
    let from = clause::start(scene, start);
    start <= from + 1 || scene.ends(start, &["截至", "截止", "到", "至"])
}

/// Whether an expression stands at the head of the sentence.
fn opens(scene: &Scene, start: usize) -> bool {
    (0..start).all(|p| !matches!(scene.folded[p], '，' | '；'))
        && scene
            .kinds
            .iter()
            .enumerate()
            .all(|(k, d)| scene.numbers[k].end > start || d.as_ref().is_none_or(|d| d.value != NumeralKind::Quantity))
}
