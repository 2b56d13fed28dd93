#![doc = include_str!("rate_bounds.md")]

use rust_decimal::Decimal;

use super::{Check, Citation, Run, Verdict};
use crate::audit::interval::plain;
use crate::audit::message::Message;
use crate::audit::view::{Quantity, ReportView};
use crate::fact::{Measure, Severity};
use crate::lexicon::audit::{List, mentions};

pub(super) const CHECK: Check = Check {
    name: "rate_bounds",
    title_zh: "比率在 0–100% 之间",
    title_en: "rates lie between 0 and 100 %",
    explanation: include_str!("rate_bounds.md"),
    run: Run::Report(run),
};

fn run(report: &ReportView<'_>, verdicts: &mut Vec<Verdict>) {
    for quantity in &report.quantities {
        if let Some((low, high)) = bounds(quantity) {
            verdicts.push(judge(quantity, low, high));
        }
    }
}

/// The least and the greatest value that a rate can have; no greatest for a growth.
fn bounds(quantity: &Quantity<'_>) -> Option<(Decimal, Option<Decimal>)> {
    if !quantity.unit.is_percent() {
        return None;
    }
    let says = |what| mentions(&quantity.key, List::Rate, what);
    match quantity.row.measure {
        Measure::GrowthRate if quantity.row.value.is_sign_negative() => Some((-Decimal::ONE_HUNDRED, None)),
        Measure::Ratio if says("bounded") && !says("unbounded") => Some((Decimal::ZERO, Some(Decimal::ONE_HUNDRED))),
        _ => None,
    }
}

fn judge(quantity: &Quantity<'_>, low: Decimal, high: Option<Decimal>) -> Verdict {
    let largest = quantity
        .row
        .value_max
        .unwrap_or(quantity.row.value)
        .max(quantity.row.value);
    let inside = quantity.row.value >= low && high.is_none_or(|high| largest <= high);
    let limits = match high {
        Some(high) => format!("{}–{}%", plain(low), plain(high)),
        None => format!("≥ {}%", plain(low)),
    };
    let citations = vec![Citation::of(quantity, "比率", "rate")];
    let (name, shown) = (&quantity.row.indicator, quantity.shown());
    if inside {
        let message = Message::new(
            format!("{name}：{shown} 在 {limits} 之内。"),
            format!("{name}: {shown} lies within {limits}."),
        );
        return Verdict::passed(&CHECK, citations, message);
    }
    let message = Message::new(
        format!("{name}：{shown} 超出 {limits}。"),
        format!("{name}: {shown} lies outside {limits}."),
    );
    Verdict::found(&CHECK, Severity::Error, citations, message).with_numbers(shown, limits, "")
}
