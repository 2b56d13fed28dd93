#![doc = include_str!("stated_twice.md")]

use super::{Check, Citation, Verdict};
use crate::audit::interval::plain;
use crate::audit::message::Message;
use crate::audit::panel::Panel;
use crate::audit::view::Quantity;
use crate::fact::{Measure, Modifier, Severity};

pub(super) const CHECK: Check = Check {
    name: "stated_twice",
    title_zh: "同一指标前后所述一致",
    title_en: "an indicator stated twice has one value",
    explanation: include_str!("stated_twice.md"),
    run,
};

/// A shorter indicator (企业, 面积) names too many things to tell that two statements are about one.
const SHORTEST_INDICATOR: usize = 4;

fn run(panel: &Panel<'_>, verdicts: &mut Vec<Verdict>) {
    for report in &panel.reports {
        let candidates: Vec<&Quantity<'_>> = report.quantities.iter().filter(|it| is_candidate(it)).collect();
        for (index, first) in candidates.iter().enumerate() {
            if let Some(second) = candidates[index + 1..].iter().find(|it| same_statement(first, it)) {
                verdicts.extend(judge(first, second));
            }
        }
    }
}

fn is_candidate(quantity: &Quantity<'_>) -> bool {
    quantity.row.period.is_some()
        && matches!(quantity.row.measure, Measure::Level | Measure::GrowthRate | Measure::Ratio)
        && quantity.key.chars().count() >= SHORTEST_INDICATOR
}

/// Whether two quantities claim to be the value of one thing. Two numbers of one sentence never do: there they are a from and a to,
/// or a whole and a part.
fn same_statement(a: &Quantity<'_>, b: &Quantity<'_>) -> bool {
    let (one, other) = (a.row, b.row);
    a.same_indicator(b)
        && one.measure == other.measure
        && one.comparison == other.comparison
        && one.period == other.period
        && one.status == other.status
        && one.reference == other.reference
        && a.unit.factor_to(&b.unit).is_some()
        && (one.paragraph_no, one.sentence_no) != (other.paragraph_no, other.sentence_no)
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
    let severity = if exact(first) && exact(second) && alike { Severity::Error } else { Severity::Warning };
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
