//! Yearly averages: a level that grows by the same rate for some years.

use rust_decimal::Decimal;

use super::{Check, Citation, Computation, Verdict};
use crate::audit::interval::{Interval, plain};
use crate::audit::message::Message;
use crate::audit::printed::{Reading, rounded};
use crate::audit::view::Quantity;
use crate::fact::Severity;

/// Checks `from × (1 + rate)^years` against `to`, in the name of `check`. The rate comes with whether its sign must be turned (a fall
/// that is printed as a positive number).
///
/// It is a warning if one year more or less would agree, since reports count 五年来 both ways.
pub(super) fn compound(
    check: &Check,
    (from, to): (&Quantity<'_>, &Quantity<'_>),
    (rate, turned): (&Quantity<'_>, bool),
    years: i32,
) -> Option<Verdict> {
    let years = u64::try_from(years)
        .ok()
        .filter(|years| (2..=60).contains(years) && rate.unit.is_percent())?;
    let base = from.read_in(Reading::Measured, &to.unit)?;
    let said = rate.read(Reading::Measured);
    let signed = if turned { said.negated() } else { said };
    let factors = signed.scaled(Decimal::new(1, 2))?.plus(Interval::point(Decimal::ONE))?;
    let reached = |years: u64| base.times(power(factors, years)?);
    let printed = if turned { -rate.row.value } else { rate.row.value };
    let factor = printed.checked_div(Decimal::ONE_HUNDRED)?.checked_add(Decimal::ONE)?;
    let base_value = from.value_in(&to.unit)?;
    let value = base_value.checked_mul(power(Interval::point(factor), years)?.low?)?;
    let computation = Computation {
        judged: to,
        name: &to.row.indicator,
        sum: format!(
            "{} × (1 + {}%)^{years} = {}",
            plain(base_value),
            plain(printed),
            plain(value)
        ),
        value,
        interval: reached(years)?,
    };
    let citations = vec![
        Citation::of(from, "前值", "before"),
        Citation::of(rate, "年均增速", "yearly average"),
        Citation::of(to, "后值", "after"),
    ];
    let stated = to.read(Reading::Measured);
    if computation.interval.meets(stated) {
        return Some(computation.agrees(check, citations));
    }
    let other = [years - 1, years + 1]
        .into_iter()
        .find(|years| reached(*years).is_some_and(|it| it.meets(stated)));
    let (severity, remark) = match other {
        Some(years) => (
            Severity::Warning,
            Message::new(
                format!("按 {years} 年计算才相符。"),
                format!("It agrees if the years are counted as {years}."),
            ),
        ),
        None => (Severity::Error, fitting(to.row.value.checked_div(base_value)?, years)),
    };
    Some(computation.differs(check, severity, citations, &remark))
}

/// The yearly average that a ratio of levels comes to, found by halving.
fn fitting(ratio: Decimal, years: u64) -> Message {
    const STEPS: usize = 40;
    let product = |factor: Decimal| power(Interval::point(factor), years).and_then(|it| it.low);
    let (mut low, mut high) = (Decimal::ZERO, ratio.max(Decimal::ONE));
    for _ in 0..STEPS {
        let middle = (low + high) / Decimal::TWO;
        match product(middle) {
            Some(reached) if reached <= ratio => low = middle,
            _ => high = middle,
        }
    }
    let average = rounded((low - Decimal::ONE) * Decimal::ONE_HUNDRED, Decimal::new(1, 1));
    Message::new(
        format!("前后两值相当于年均 {average}%。"),
        format!("The two levels make a yearly average of {average}%."),
    )
}

/// An interval of factors multiplied with itself `years` times.
fn power(factor: Interval, years: u64) -> Option<Interval> {
    (1..years).try_fold(factor, |product, _| product.times(factor))
}
