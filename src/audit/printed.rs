//! What a printed number stands for: its precision, and the interval that its wording leaves open.

use rust_decimal::{Decimal, RoundingStrategy};

use super::interval::{Interval, plain};
use crate::fact::{Modifier, Observation};
use crate::lex::numeral;
use crate::lexicon::fold;

/// How to read a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Somebody measured and rounded: 8.37 stands for 8.365 to 8.375.
    Measured,
    /// Somebody decided: 6 % is 6 %.
    Decided,
}

/// The interval that an observation's number stands for, in its own unit.
///
/// | printed | measured | decided |
/// |---|---|---|
/// | 8.37 | 8.365–8.375 | 8.37 |
/// | 8.37左右 | 8.36–8.38 | 8.365–8.375 |
/// | 超过8, 8以上 | ≥ 8 | ≥ 8 |
/// | 近8, 8以内 | ≤ 8 | ≤ 8 |
/// | 6–6.5 | 5.95–6.55 | 6–6.5 |
///
/// A fall is a negative number, and its hedge speaks of its size: 降低近200 is −200 or nearer to zero.
#[must_use]
pub fn interval(row: &Observation, reading: Reading) -> Interval {
    let place = last_place(&row.value_text, row.value);
    let half = place / Decimal::TWO;
    let size = match row.modifier {
        Modifier::Over | Modifier::AtLeast => Interval::from(row.value.abs()),
        Modifier::Under | Modifier::AtMost => Interval::up_to(row.value.abs()),
        Modifier::Exact | Modifier::Approx => {
            let (low, high) = match row.value_max {
                Some(max) => (row.value.abs().min(max.abs()), row.value.abs().max(max.abs())),
                None => (row.value.abs(), row.value.abs()),
            };
            let slack = match (reading, row.modifier) {
                (Reading::Decided, Modifier::Exact) => Decimal::ZERO,
                (Reading::Measured, Modifier::Approx) => last_figure(place, row.value),
                _ => half,
            };
            Interval {
                low: low.checked_sub(slack),
                high: high.checked_add(slack),
            }
        }
    };
    if row.value.is_sign_negative() {
        size.negated()
    } else {
        size
    }
}

/// The worth of the last place that was printed: 0.01 for `8.37`, 10000 for `二千零四十六万`, 0.1 for `百分之八点一`.
///
/// `value` decides where the numeral's text can't be read: its own last decimal.
///
/// ```
/// use gongkai::audit::last_place;
/// use rust_decimal::Decimal;
///
/// assert_eq!(last_place("１６．８０", Decimal::new(1680, 2)), Decimal::new(1, 2));
/// assert_eq!(last_place("2,554", Decimal::new(2554, 0)), Decimal::ONE);
/// assert_eq!(last_place("九成", Decimal::new(90, 0)), Decimal::new(10, 0));
/// assert_eq!(last_place("四亿八千三百万", Decimal::new(483_000_000, 0)), Decimal::new(1_000_000, 0));
/// ```
#[must_use]
pub fn last_place(value_text: &str, value: Decimal) -> Decimal {
    let own = Decimal::new(1, value.scale());
    match place_of(value_text) {
        // A numeral and its value may be in different units (千分之二十九 as 2.9 %); then the text tells nothing.
        Some(place) if value.checked_rem(place).is_some_and(|rest| rest.is_zero()) => place,
        _ => own,
    }
}

/// Reads the last printed place off a numeral: its last decimal, times the scale words that close it.
///
/// The numeral's own resolution won't do: 八千三百万 is said in millions, though it is a whole number of 万.
fn place_of(text: &str) -> Option<Decimal> {
    let numeral = text.rsplit("分之").next().unwrap_or(text);
    let mut place = Decimal::ONE;
    let mut decimals = None;
    for character in numeral.chars().map(fold) {
        if let Some(power) = numeral::scale(character) {
            place = place.checked_mul(Decimal::from(10_i64.checked_pow(power)?))?;
        } else if character.is_ascii_digit() || numeral::digit(character).is_some() {
            decimals = decimals.map(|count| count + 1);
            place = Decimal::ONE;
        } else if matches!(character, '.' | '点') {
            decimals = Some(0);
            place = Decimal::ONE;
        } else if character == '成' {
            place = place.checked_mul(Decimal::TEN)?;
        } else if character != ',' {
            return None;
        }
    }
    match decimals {
        Some(count) => Decimal::try_new(1, count).ok()?.checked_mul(place),
        None => Some(place),
    }
}

/// The worth of the last figure that is not zero: 1000 for `2000` said with 约.
fn last_figure(place: Decimal, value: Decimal) -> Decimal {
    let ten = Decimal::TEN;
    let mut figure = place;
    while !value.is_zero() {
        match figure.checked_mul(ten) {
            Some(next) if value.checked_rem(next).is_some_and(|rest| rest.is_zero()) => figure = next,
            _ => break,
        }
    }
    figure
}

/// `value` rounded to the place `place`, half away from zero, as a clerk rounds, and written with its decimals.
#[must_use]
pub fn rounded(value: Decimal, place: Decimal) -> String {
    if place >= Decimal::ONE {
        let steps = value
            .checked_div(place)
            .map(|steps| steps.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero))
            .and_then(|steps| steps.checked_mul(place));
        return plain(steps.unwrap_or(value));
    }
    let mut shown = value.round_dp_with_strategy(place.scale(), RoundingStrategy::MidpointAwayFromZero);
    shown.rescale(place.scale());
    shown.to_string()
}
