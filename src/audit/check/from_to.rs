#![doc = include_str!("from_to.md")]

use rust_decimal::Decimal;

use super::compound::compound;
use super::transition::{Direction, Stated, Transition, transitions};
use super::{Check, Citation, Computation, Run, Verdict, change_factor};
use crate::audit::interval::{self, Interval, plain};
use crate::audit::message::Message;
use crate::audit::printed::Reading;
use crate::audit::view::ReportView;
use crate::fact::{Measure, Severity};

pub(super) const CHECK: Check = Check {
    name: "from_to",
    title_zh: "“由甲到乙”与所说的变化一致",
    title_en: "from–to agrees with its verb and with the stated change",
    explanation: include_str!("from_to.md"),
    run: Run::Report(run),
};

fn run(report: &ReportView<'_>, verdicts: &mut Vec<Verdict>) {
    for transition in transitions(report) {
        verdicts.extend(direction(&transition));
        let Some(stated) = &transition.stated else { continue };
        let unit = &stated.quantity.unit;
        let verdict = if unit.is_multiple() {
            None // for `doubling`
        } else if stated.yearly {
            average(&transition, stated)
        } else if !unit.is_percent() {
            change(&transition, stated)
        } else if transition.to.unit.is_percent() {
            None // for `percentage_points`
        } else {
            growth(&transition, stated)
        };
        verdicts.extend(verdict);
    }
}

/// Checks the verb against the order of the two values.
fn direction(pair: &Transition<'_, '_>) -> Option<Verdict> {
    let from = pair.from.read_in(Reading::Measured, &pair.to.unit)?;
    let to = pair.to.read(Reading::Measured);
    // Grades and classes rise to smaller numbers as often as to larger ones (水质由五类提升到三类).
    if ["级", "类", "等", "档"].contains(&pair.to.row.unit.as_str()) {
        return None;
    }
    let rank =
        pair.to.row.measure == Measure::Rank || ["位", "名"].contains(&pair.to.row.unit.as_str()) && pair.ordinal;
    let (smaller, larger) = if (pair.direction == Direction::Up) == rank {
        (to, from)
    } else {
        (from, to)
    };
    let citations = vec![
        Citation::of(pair.from, "前值", "before"),
        Citation::of(pair.to, "后值", "after"),
    ];
    let (name, verb) = (&pair.to.row.indicator, &pair.verb);
    let values = format!("{} → {}", pair.from.shown(), pair.to.shown());
    if !larger.below(smaller) {
        let message = Message::new(
            format!("{name}：{values}，与“{verb}”的方向相符。"),
            format!("{name}: {values}, the way that “{verb}” says."),
        );
        return Some(Verdict::passed(&CHECK, citations, message));
    }
    let message = Message::new(
        format!("{name}：{values}，与“{verb}”的方向相反。"),
        format!("{name}: {values}, the other way from what “{verb}” says."),
    );
    Some(Verdict::found(&CHECK, Severity::Error, citations, message).with_numbers(verb.clone(), values, ""))
}

/// Checks `to ÷ from − 1` against a growth rate.
fn growth(pair: &Transition<'_, '_>, stated: &Stated<'_, '_>) -> Option<Verdict> {
    let from = pair.from.read_in(Reading::Measured, &pair.to.unit)?;
    let (from_value, to_value) = (pair.from.value_in(&pair.to.unit)?, pair.to.row.value);
    let interval = pair.to.read(Reading::Measured).growth_from(from)?;
    let value = interval::growth(to_value, from_value)?;
    let sum = format!("{} ÷ {} − 1 = {}%", plain(to_value), plain(from_value), plain(value));
    Some(judge(pair, stated, sum, value, interval))
}

/// Checks `to − from` against an absolute change.
fn change(pair: &Transition<'_, '_>, stated: &Stated<'_, '_>) -> Option<Verdict> {
    let factor = change_factor(&pair.to.unit, &stated.quantity.unit)?;
    let from = pair.from.read_in(Reading::Measured, &pair.to.unit)?;
    let interval = pair.to.read(Reading::Measured).minus(from)?.scaled(factor)?;
    let value = pair
        .to
        .row
        .value
        .checked_sub(pair.from.value_in(&pair.to.unit)?)?
        .checked_mul(factor)?;
    let unit = &stated.quantity.row.unit;
    let sum = format!("{} − {} = {}{unit}", pair.to.shown(), pair.from.shown(), plain(value));
    Some(judge(pair, stated, sum, value, interval))
}

fn judge(
    pair: &Transition<'_, '_>,
    stated: &Stated<'_, '_>,
    sum: String,
    value: Decimal,
    interval: Interval,
) -> Verdict {
    let citations = vec![
        Citation::of(pair.from, "前值", "before"),
        Citation::of(pair.to, "后值", "after"),
        Citation::of(stated.quantity, "变化", "change"),
    ];
    // A fall may be printed as a positive number behind its verb (下降5%).
    let (value, interval) = if stated.carries_sign() {
        (value, interval)
    } else {
        (-value, interval.negated())
    };
    let computation = Computation {
        judged: stated.quantity,
        name: &pair.to.row.indicator,
        sum,
        value,
        interval,
    };
    if interval.meets(stated.quantity.read(Reading::Measured)) {
        computation.agrees(&CHECK, citations)
    } else {
        computation.differs(&CHECK, Severity::Error, citations, &Message::default())
    }
}

/// Checks a yearly average: `from × (1 + g)^n` against `to`.
fn average(pair: &Transition<'_, '_>, stated: &Stated<'_, '_>) -> Option<Verdict> {
    // 五年年均增长: a span, the rate's own or the later value's, runs from the first grown year to the last.
    let span = [stated.quantity.years, pair.to.years]
        .into_iter()
        .flatten()
        .find(|(first, last)| first < last);
    let years = match (pair.from.year(), pair.to.year(), span) {
        (Some(first), Some(last), _) => last - first,
        (_, _, Some((first, last))) => last - first + 1,
        _ => return None,
    };
    compound(
        &CHECK,
        (pair.from, pair.to),
        (stated.quantity, !stated.carries_sign()),
        years,
    )
}
