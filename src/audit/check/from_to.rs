#![doc = include_str!("from_to.md")]

use rust_decimal::Decimal;

use super::transition::{Direction, Stated, Transition, transitions};
use super::{Check, Citation, Computation, Verdict, change_factor};
use crate::audit::interval::{self, Interval, plain};
use crate::audit::message::Message;
use crate::audit::panel::Panel;
use crate::audit::printed::Reading;
use crate::fact::{Measure, Severity};

pub(super) const CHECK: Check = Check {
    name: "from_to",
    title_zh: "“由甲到乙”与所说的变化一致",
    title_en: "from–to agrees with its verb and with the stated change",
    explanation: include_str!("from_to.md"),
    run,
};

fn run(panel: &Panel<'_>, verdicts: &mut Vec<Verdict>) {
    for report in &panel.reports {
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
}

/// Checks the verb against the order of the two values.
fn direction(pair: &Transition<'_, '_>) -> Option<Verdict> {
    let from = pair.from.read_in(Reading::Measured, &pair.to.unit)?;
    let to = pair.to.read(Reading::Measured);
    let rank = pair.to.row.measure == Measure::Rank;
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
    let (first, last) = (pair.from.year(), pair.to.year());
    // 五年年均增长: a span, the rate's own or the later value's, runs from the first grown year to the last.
    let span = [stated.quantity.years, pair.to.years]
        .into_iter()
        .flatten()
        .find(|(first, last)| first < last);
    let years = match (first, last, span) {
        (Some(first), Some(last), _) => u64::try_from(last - first).ok()?,
        (_, _, Some((first, last))) => u64::try_from(last - first + 1).ok()?,
        _ => return None,
    };
    if !stated.quantity.unit.is_percent() {
        return None;
    }
    if !(2..=60).contains(&years) {
        return None;
    }
    let from = pair.from.read_in(Reading::Measured, &pair.to.unit)?;
    let from_value = pair.from.value_in(&pair.to.unit)?;
    let to = pair.to.read(Reading::Measured);
    let sign = if stated.carries_sign() {
        Decimal::ONE
    } else {
        Decimal::NEGATIVE_ONE
    };
    let said = stated.quantity.read(Reading::Measured);
    let rate = if stated.carries_sign() { said } else { said.negated() };
    let factors = rate.scaled(Decimal::new(1, 2))?.plus(Interval::point(Decimal::ONE))?;
    let reached = |years: u64| from.times(power(factors, years)?);
    let citations = vec![
        Citation::of(pair.from, "前值", "before"),
        Citation::of(pair.to, "后值", "after"),
        Citation::of(stated.quantity, "年均增速", "yearly average"),
    ];
    let printed = stated.quantity.row.value.checked_mul(sign)?;
    let factor = printed.checked_div(Decimal::ONE_HUNDRED)?.checked_add(Decimal::ONE)?;
    let value = from_value.checked_mul(power(Interval::point(factor), years)?.low?)?;
    let computation = Computation {
        judged: pair.to,
        name: &pair.to.row.indicator,
        sum: format!(
            "{} × (1 + {}%)^{years} = {}",
            plain(from_value),
            plain(printed),
            plain(value)
        ),
        value,
        interval: reached(years)?,
    };
    if computation.interval.meets(to) {
        return Some(computation.agrees(&CHECK, citations));
    }
    let other = [years - 1, years + 1]
        .into_iter()
        .find(|years| reached(*years).is_some_and(|it| it.meets(to)));
    Some(match other {
        Some(years) => {
            let remark = Message::new(
                format!("按 {years} 年计算才相符。"),
                format!("It agrees if the years are counted as {years}."),
            );
            computation.differs(&CHECK, Severity::Warning, citations, &remark)
        }
        None => computation.differs(&CHECK, Severity::Error, citations, &Message::default()),
    })
}

/// An interval of factors multiplied with itself `years` times.
fn power(factor: Interval, years: u64) -> Option<Interval> {
    (1..years).try_fold(factor, |product, _| product.times(factor))
}
