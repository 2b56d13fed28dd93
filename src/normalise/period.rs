//! Periods to their first and last days.

use jiff::ToSpan;
use jiff::civil::Date;

/// The first and last day of `period`: `2023`, `2023-H1`, `2023-Q1`, `2023-11`, `2023-11-05`, or two of these joined by `/`, such as
/// `2021/2025`. `None` if it is none of these or runs backwards.
#[must_use]
pub fn days(period: &str) -> Option<(Date, Date)> {
    let (first, last) = period.split_once('/').unwrap_or((period, period));
    let (start, _) = simple(first)?;
    let (_, end) = simple(last)?;
    (start <= end).then_some((start, end))
}

/// The first and last day of a period without `/`.
fn simple(period: &str) -> Option<(Date, Date)> {
    let mut parts = period.split('-');
    let year = number(parts.next()?, 4)?;
    let (month, months) = match (parts.next(), parts.next(), parts.next()) {
        (None, None, None) => (1, 12),
        (Some("H1"), None, None) => (1, 6),
        (Some("H2"), None, None) => (7, 6),
        (Some("Q1"), None, None) => (1, 3),
        (Some("Q2"), None, None) => (4, 3),
        (Some("Q3"), None, None) => (7, 3),
        (Some("Q4"), None, None) => (10, 3),
        (Some(month), None, None) => (number(month, 2)?, 1),
        (Some(month), Some(day), None) => {
            let date = date(year, number(month, 2)?, number(day, 2)?)?;
            return Some((date, date));
        }
        _ => return None,
    };
    let start = date(year, month, 1)?;
    let end = start.checked_add(months.months()).ok()?.yesterday().ok()?;
    Some((start, end))
}

/// A number of exactly so many digits.
fn number(text: &str, digits: usize) -> Option<i16> {
    (text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
