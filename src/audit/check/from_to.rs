#![doc = include_str!("from_to.md")]

use rust_decimal::Decimal;

use super::transition::{Direction, Stated, Transition, transitions};
use super::{Check, Citation, Verdict};
use crate::audit::interval::{Interval, plain};
use crate::audit::message::Message;
use crate::audit::panel::Panel;
use crate::audit::printed::{Reading, rounded};
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
            let verdict = match stated.quantity.row.measure {
                // A per cent between two percentages is for `percentage_points`, a multiple for `doubling`.
                Measure::GrowthRate if transition.to.unit.is_percent() && !stated.yearly => None,
                Measure::GrowthRate if stated.yearly => average(&transition, stated),
                Measure::GrowthRate => growth(&transition, stated),
                Measure::Change => change(&transition, stated),
                _ => None,
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
    let (smaller, larger) = if (pair.direction == Direction::Up) == rank { (to, from) } else { (from, to) };
    let citations = vec![Citation::of(pair.from, "前值", "before"), Citation::of(pair.to, "后值", "after")];
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
    let from_value = pair.from.value_in(&pair.to.unit)?;
    let one = Interval::point(Decimal::ONE);
    let computed = pair.to.read(Reading::Measured).over(from)?.minus(one)?.scaled(Decimal::ONE_HUNDRED)?;
    let value = pair.to.row.value.checked_div(from_value)?.checked_sub(Decimal::ONE)?.checked_mul(Decimal::ONE_HUNDRED)?;
    let sum = format!("{} ÷ {} − 1 = {}%", plain(pair.to.row.value), plain(from_value), plain(value));
    judge(pair, stated, computed, value, &sum)
}

/// Checks `to − from` against an absolute change.
fn change(pair: &Transition<'_, '_>, stated: &Stated<'_, '_>) -> Option<Verdict> {
    let factor = if stated.quantity.unit.is_point() && pair.to.unit.is_percent() {
        Decimal::ONE
    } else {
        pair.to.unit.factor_to(&stated.quantity.unit)?
    };
    let from = pair.from.read_in(Reading::Measured, &pair.to.unit)?;
    let from_value = pair.from.value_in(&pair.to.unit)?;
    let computed = pair.to.read(Reading::Measured).minus(from)?.scaled(factor)?;
    let value = pair.to.row.value.checked_sub(from_value)?.checked_mul(factor)?;
    let unit = &stated.quantity.row.unit;
    let sum = format!("{} − {} = {}{unit}", pair.to.shown(), pair.from.shown(), plain(value));
    judge(pair, stated, computed, value, &sum)
}

fn judge(
    pair: &Transition<'_, '_>,
    stated: &Stated<'_, '_>,
    computed: Interval,
    value: Decimal,
    sum: &str,
) -> Option<Verdict> {
    let quantity = stated.quantity;
    let said = signed(stated);
    let citations = vec![
        Citation::of(pair.from, "前值", "before"),
        Citation::of(pair.to, "后值", "after"),
        Citation::of(quantity, "变化", "change"),
    ];
    let name = &pair.to.row.indicator;
    if computed.meets(said) {
        let message = Message::new(
            format!("{name}：{sum}，与 {} 相符。", quantity.shown()),
            format!("{name}: {sum}, which agrees with {}.", quantity.shown()),
        );
        return Some(Verdict::passed(&CHECK, citations, message));
    }
    let message = Message::new(
        format!("{name}：{sum}（{computed}），不是 {}。", quantity.shown()),
        format!("{name}: {sum} ({computed}), not {}.", quantity.shown()),
    );
    let (place, unit) = (quantity.last_place(), &quantity.row.unit);
    let difference = quantity.row.value.abs().checked_sub(value.abs())?;
    Some(Verdict::found(&CHECK, Severity::Error, citations, message).with_numbers(
        quantity.shown(),
        format!("{}{unit}", rounded(value, place)),
        format!("{}{unit}", rounded(difference, place)),
    ))
}

/// Checks a yearly average: `from × (1 + g)^n` against `to`.
fn average(pair: &Transition<'_, '_>, stated: &Stated<'_, '_>) -> Option<Verdict> {
    let (first, last) = (pair.from.year(), pair.to.year());
    let years = match (first, last, stated.quantity.years) {
        (Some(first), Some(last), _) => u64::try_from(last - first).ok()?,
        // 五年年均增长: the rate's own period runs from the first grown year to the last.
        (_, _, Some((first, last))) if first < last => u64::try_from(last - first + 1).ok()?,
        _ => return None,
    };
    if !(2..=60).contains(&years) {
        return None;
    }
    let from = pair.from.read_in(Reading::Measured, &pair.to.unit)?;
    let from_value = pair.from.value_in(&pair.to.unit)?;
    let to = pair.to.read(Reading::Measured);
    let rate = signed(stated).scaled(Decimal::new(1, 2))?.plus(Interval::point(Decimal::ONE))?;
    let reached = |years: u64| from.times(power(rate, years)?);
    let agrees = reached(years)?.meets(to);
    let citations = vec![
        Citation::of(pair.from, "前值", "before"),
        Citation::of(pair.to, "后值", "after"),
        Citation::of(stated.quantity, "年均增速", "yearly average"),
    ];
    let name = &pair.to.row.indicator;
    let factor = stated.quantity.row.value.checked_div(Decimal::ONE_HUNDRED)?.checked_add(Decimal::ONE)?;
    let value = from_value.checked_mul(power(Interval::point(factor), years)?.low?)?;
    let sum = format!("{} × (1 + {})^{years} = {}", plain(from_value), stated.quantity.shown(), plain(value));
    if agrees {
        let message = Message::new(
            format!("{name}：{sum}，与 {} 相符。", pair.to.shown()),
            format!("{name}: {sum}, which agrees with {}.", pair.to.shown()),
        );
        return Some(Verdict::passed(&CHECK, citations, message));
    }
    let other = [years - 1, years + 1].into_iter().find(|years| reached(*years).is_some_and(|it| it.meets(to)));
    let (severity, zh, en) = match other {
        Some(years) => (
            Severity::Warning,
            format!("按 {years} 年计算才相符。"),
            format!("It agrees if the years are counted as {years}."),
        ),
        None => (Severity::Error, String::new(), String::new()),
    };
    let interval = reached(years)?;
    let message = Message::new(
        format!("{name}：{sum}（{interval}），不是 {}。{zh}", pair.to.shown()),
        format!("{name}: {sum} ({interval}), not {}. {en}", pair.to.shown()).trim_end().to_owned(),
    );
    let (place, unit) = (pair.to.last_place(), &pair.to.row.unit);
    let difference = pair.to.row.value.checked_sub(value)?;
    Some(Verdict::found(&CHECK, severity, citations, message).with_numbers(
        pair.to.shown(),
        format!("{}{unit}", rounded(value, place)),
        format!("{}{unit}", rounded(difference, place)),
    ))
}

/// The stated difference with the sign that its verb gives it, whether or not the row's value carries it.
fn signed(stated: &Stated<'_, '_>) -> Interval {
    let read = stated.quantity.read(Reading::Measured);
    let negative = stated.quantity.row.value.is_sign_negative();
    if (stated.direction == Direction::Down) == negative { read } else { read.negated() }
}

/// An interval of factors multiplied with itself `years` times.
fn power(factor: Interval, years: u64) -> Option<Interval> {
    (1..years).try_fold(factor, |product, _| product.times(factor))
}
