#![doc = include_str!("missing_unit.md")]

use super::{Check, Citation, Run, Verdict};
use crate::audit::message::Message;
use crate::audit::view::{Quantity, ReportView};
use crate::fact::{Measure, Severity};

pub(super) const CHECK: Check = Check {
    name: "missing_unit",
    title_zh: "同类数字都有单位",
    title_en: "numbers of one kind all have their unit",
    explanation: include_str!("missing_unit.md"),
    run: Run::Report(run),
};

fn run(report: &ReportView<'_>, verdicts: &mut Vec<Verdict>) {
    for sentence in &report.sentences {
        for index in sentence.start + 1..sentence.end {
            verdicts.extend(judge(report, index));
        }
    }
}

fn judge(report: &ReportView<'_>, index: usize) -> Option<Verdict> {
    let (with, number) = (&report.quantities[index - 1], &report.quantities[index]);
    if with.row.unit.is_empty() || !is_level(with) || !is_level(number) || head(with)? != head(number)? {
        return None;
    }
    let judged = Citation::of(number, "数字", "number");
    let (one, other) = (with.shown(), number.shown());
    let (name, like) = (&number.row.indicator, &with.row.indicator);
    if !number.row.unit.is_empty() {
        with.unit.factor_to(&number.unit)?;
        let message = Message::new(
            format!("{like} {one}、{name} {other}：都有单位。"),
            format!("{like} {one} and {name} {other} both have a unit."),
        );
        return Some(Verdict::passed(&CHECK, vec![judged], message));
    }
    let citations = vec![Citation::of(with, "有单位的数字", "number with its unit"), judged];
    let unit = &with.row.unit;
    let message = Message::new(
        format!("{name} {other} 没有单位，而同句的{like} {one} 有。"),
        format!("{name} {other} has no unit, unlike {like} {one} in the same sentence."),
    );
    Some(
        Verdict::found(&CHECK, Severity::Warning, citations, message).with_numbers(
            other.clone(),
            format!("{other}{unit}"),
            "",
        ),
    )
}

fn is_level(quantity: &Quantity<'_>) -> bool {
    quantity.row.measure == Measure::Level
}

/// The word that an indicator ends in: what kind of thing it is.
fn head(quantity: &Quantity<'_>) -> Option<[char; 2]> {
    let mut characters = quantity.key.chars().rev();
    let (last, before) = (characters.next()?, characters.next()?);
    Some([before, last])
}
