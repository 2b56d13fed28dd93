#![doc = include_str!("stated_twice.md")]

use rust_decimal::Decimal;

use super::{Check, Citation, Run, Verdict};
use crate::audit::interval::plain;
use crate::audit::message::Message;
use crate::audit::view::{ByName, Quantity, ReportView};
use crate::fact::{Measure, Modifier, Severity};
use crate::lexicon::audit::{List, words};

pub(super) const CHECK: Check = Check {
    name: "stated_twice",
    title_zh: "同一指标前后所述一致",
    title_en: "an indicator stated twice has one value",
    explanation: include_str!("stated_twice.md"),
    run: Run::Report(run),
};

/// A shorter indicator (企业, 面积) names too many things to tell that two statements are about one.
const SHORTEST_INDICATOR: usize = 4;

fn run(report: &ReportView<'_>, verdicts: &mut Vec<Verdict>) {
    let candidates = || report.quantities.iter().enumerate().filter(|(_, it)| is_candidate(it));
    let by_name = ByName::of(candidates());
    for (first, quantity) in candidates() {
        let like = by_name.like(quantity, first + 1);
        let again = like.iter().find(|it| same_statement(report, first, **it));
        verdicts.extend(again.and_then(|second| judge(quantity, &report.quantities[*second])));
    }
}

fn is_candidate(quantity: &Quantity<'_>) -> bool {
    quantity.row.period.is_some()
        && matches!(
            quantity.row.measure,
            Measure::Level | Measure::GrowthRate | Measure::Ratio | Measure::Rank
        )
        && quantity.key.chars().count() >= SHORTEST_INDICATOR
}

/// Whether two quantities claim to be the value of one thing.
fn same_statement(report: &ReportView<'_>, first: usize, second: usize) -> bool {
    let (a, b) = (&report.quantities[first], &report.quantities[second]);
    let (one, other) = (a.row, b.row);
    a.same_indicator(b)
        && one.measure == other.measure
        && one.comparison == other.comparison
        && one.period == other.period
        && one.status == other.status
        && one.reference == other.reference
        // In one paragraph, as in one sentence, they are a list of like things, a from and a to, or a whole and a part.
        && one.paragraph_no != other.paragraph_no
        && scope(report, first) == scope(report, second)
        && are_near(a, b).unwrap_or(false)
}

/// Words before a number that say over what it is taken.
fn scope(report: &ReportView<'_>, index: usize) -> Vec<&'static str> {
    let lead = report.lead(index);
    words(List::Scope, "").filter(|word| lead.contains(word)).collect()
}

/// Whether the larger value is at most half as much again as the smaller: numbers further apart are of different scope (a year and
/// five years, a town and its district) rather than one number misprinted.
fn are_near(a: &Quantity<'_>, b: &Quantity<'_>) -> Option<bool> {
    let (first, second) = (a.value_in(&b.unit)?, b.row.value);
    let (small, large) = (first.abs().min(second.abs()), first.abs().max(second.abs()));
    Some(first.is_sign_negative() == second.is_sign_negative() && large <= small.checked_mul(Decimal::new(15, 1))?)
}

/// Whether the sentence names the year of its number, which else is the one that its part of the report speaks of.
fn states_year(quantity: &Quantity<'_>) -> bool {
    quantity
        .row
        .period
        .as_deref()
        .and_then(|period| period.get(..4))
        .is_some_and(|year| quantity.row.sentence.contains(year))
}

fn judge(first: &Quantity<'_>, second: &Quantity<'_>) -> Option<Verdict> {
    let earlier = first.interval().scaled(first.unit.factor_to(&second.unit)?)?;
    let citations = vec![
        Citation::of(first, "前文", "stated before"),
        Citation::of(second, "后文", "stated again"),
    ];
    let name = &second.row.indicator;
    let (before, again) = (first.shown(), second.shown());
    if earlier.meets(second.interval()) {
        let message = Message::new(
            format!("{name}：前文 {before} 与后文 {again} 相符。"),
            format!("{name}: {before} and, later, {again} agree."),
        );
        return Some(Verdict::passed(&CHECK, citations, message));
    }
    let exact = |it: &Quantity<'_>| it.row.modifier == Modifier::Exact && it.row.value_max.is_none();
    let alike = first.row.unit == second.row.unit && first.last_place() == second.last_place();
    let dated = states_year(first) && states_year(second);
    let severity = if exact(first) && exact(second) && alike && dated {
        Severity::Error
    } else {
        Severity::Warning
    };
    let message = Message::new(
        format!("{name}：前文为 {before}，后文为 {again}。"),
        format!("{name}: stated as {before} and, later, as {again}."),
    );
    let difference = second.row.value.checked_sub(first.value_in(&second.unit)?)?;
    Some(Verdict::found(&CHECK, severity, citations, message).with_numbers(
        again,
        before,
        format!("{}{}", plain(difference), second.row.unit),
    ))
}
