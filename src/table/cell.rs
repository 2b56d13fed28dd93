//! Cells: the values of a column, one at a time, whatever the Arrow type.

use std::borrow::Cow;

use arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, Date32Array, DictionaryArray, Float64Array, Int64Array, StringArray,
};
use arrow::datatypes::{DataType, Date32Type, Float64Type, Int32Type, Int64Type};
use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::lexicon::is_ideograph;

/// One value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    Null,
    Text(&'a str),
    Integer(i64),
    Number(f64),
    Date(Date),
    Boolean(bool),
}

impl<'a> Cell<'a> {
    /// The text of a text cell.
    #[must_use]
    pub const fn as_str(&self) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// As CSV writes it: nothing for null, the shortest digits that give the number back, ISO 8601 dates.
impl std::fmt::Display for Cell<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Null => Ok(()),
            Self::Text(text) => f.write_str(text),
            Self::Integer(value) => write!(f, "{value}"),
            Self::Number(value) => write!(f, "{value}"),
            Self::Date(value) => write!(f, "{value}"),
            Self::Boolean(value) => write!(f, "{value}"),
        }
    }
}

/// The values of one column.
#[derive(Debug, Clone, Copy)]
pub enum Cells<'a> {
    Text(&'a StringArray),
    Codes(&'a DictionaryArray<Int32Type>, &'a StringArray),
    Integers(&'a Int64Array),
    Numbers(&'a Float64Array),
    Dates(&'a Date32Array),
    Booleans(&'a BooleanArray),
}

impl<'a> Cells<'a> {
    /// The cells of an array of one of the types that a [`super::Column`] can have.
    pub(super) fn of(array: &'a ArrayRef) -> Self {
        match array.data_type() {
            DataType::Utf8 => Self::Text(array.as_string()),
            DataType::Dictionary(..) => {
                let codes = array.as_dictionary::<Int32Type>();
                Self::Codes(codes, codes.values().as_string())
            }
            DataType::Int64 => Self::Integers(array.as_primitive::<Int64Type>()),
            DataType::Float64 => Self::Numbers(array.as_primitive::<Float64Type>()),
            DataType::Date32 => Self::Dates(array.as_primitive::<Date32Type>()),
            DataType::Boolean => Self::Booleans(array.as_boolean()),
            other => unreachable!("a table's columns have the types of its schema, not {other}"),
        }
    }

    /// The value in a row.
    #[must_use]
    pub fn get(&self, row: usize) -> Cell<'a> {
        match self {
            Self::Text(array) if array.is_valid(row) => Cell::Text(array.value(row)),
            Self::Codes(codes, values) => codes.key(row).map_or(Cell::Null, |key| Cell::Text(values.value(key))),
            Self::Integers(array) if array.is_valid(row) => Cell::Integer(array.value(row)),
            Self::Numbers(array) if array.is_valid(row) => Cell::Number(array.value(row)),
            Self::Dates(array) if array.is_valid(row) => Cell::Date(from_days(array.value(row))),
            Self::Booleans(array) if array.is_valid(row) => Cell::Boolean(array.value(row)),
            _ => Cell::Null,
        }
    }
}

const EPOCH: Date = date(1970, 1, 1);

/// Days since 1 January 1970, as Arrow counts them.
pub(super) fn to_days(date: Date) -> i32 {
    EPOCH
        .until(date)
        .expect("days between two dates of the calendar are few")
        .get_days()
}

/// The date that many days after 1 January 1970; the last date of the calendar if there is none.
pub(super) fn from_days(days: i32) -> Date {
    EPOCH.saturating_add(days.days())
}

/// A text as it stands in the files that people open in a spreadsheet, CSV and XLSX. Parquet and JSON Lines hold it as
/// it is.
///
/// A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@` (also full-width, also after spaces) or with a tab
/// or a line end, so such a cell gets an apostrophe in front, as does one that already begins so; numbers stay as they
/// are. What only begins with a number does not: `-2+3+cmd|'…'!A0` is a formula. Control characters become spaces and
/// U+FFFD, what is left of undecodable bytes, becomes `□`.
///
/// No file can be both safe in a spreadsheet and equal, cell by cell, to one that holds `=1+1`. A validator that compares the
/// forms of a table reports each such cell; it has nothing to report where no text begins so.
#[must_use]
pub fn harmless(text: &str) -> Cow<'_, str> {
    // What nearly every text is.
    let plain = |c: char| c.is_ascii_alphanumeric() || is_ideograph(c);
    if text.starts_with(plain) && !holds_odd(text) {
        return Cow::Borrowed(text);
    }
    let odd = |c: char| matches!(c, '\u{0}'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}' | '\u{fffd}');
    let mut safe = Cow::Borrowed(text);
    if holds_odd(text) {
        safe = text
            .replace("\r\n", "\n")
            .chars()
            .map(|c| match c {
                '\u{fffd}' => '□',
                c if odd(c) => ' ',
                c => c,
            })
            .collect::<String>()
            .into();
    }
    if runs(safe.trim_start_matches('\'')) {
        Cow::Owned(format!("'{safe}"))
    } else {
        safe
    }
}

/// Whether a text may hold a control character or U+FFFD. Every byte is looked at, several at a time: hardly any text holds one.
fn holds_odd(text: &str) -> bool {
    let control = |byte: u8| byte < b' ' || byte == 0x7f;
    let replaced = |first: u8, second: u8| first == 0xbf && second == 0xbd;
    let Some((last, rest)) = text.as_bytes().split_last() else {
        return false;
    };
    let pairs = rest.iter().zip(&text.as_bytes()[1..]);
    pairs.fold(control(*last), |any, (&first, &second)| {
        any | control(first) | replaced(first, second)
    })
}

/// The text that [`harmless`] was given, up to control characters.
#[must_use]
pub fn original(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if runs(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}

/// Whether a spreadsheet would run the text.
fn runs(text: &str) -> bool {
    if text.starts_with(['\t', '\n', '\r']) {
        return true;
    }
    let start = text.trim_start_matches([' ', '\u{a0}', '\u{3000}']);
    start.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) && !is_number(start.trim())
}

/// Whether the text is a plain number, a percent sign allowed.
fn is_number(text: &str) -> bool {
    let text = text.strip_suffix('%').unwrap_or(text);
    text.parse::<f64>().is_ok() && text.ends_with(|c: char| c.is_ascii_digit() || c == '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_would_run_is_made_harmless_and_read_back() {
        let cases = [
            ("=1+1", "'=1+1"),
            ("'=1+1", "''=1+1"),
            ("＋3", "'＋3"),
            (" @home", "' @home"),
            ("-inf", "'-inf"),
            ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
            ("-0.04亿元", "'-0.04亿元"),
            ("−0.04亿元", "−0.04亿元"),
            ("\tx", "'\tx"),
            ("-7.4", "-7.4"),
            ("+5%", "+5%"),
            ("'quoted'", "'quoted'"),
            ("2023年", "2023年"),
            ("", ""),
        ];
        for (text, cell) in cases {
            assert_eq!(harmless(text), cell);
            assert_eq!(original(cell), text);
        }
        assert_eq!(harmless("a\u{c}b\u{fffd}\r\nc"), "a b□\nc");
    }

    #[test]
    fn dates_are_counted_from_1970() {
        for (date, days) in [
            (date(1970, 1, 1), 0),
            (date(2024, 1, 10), 19732),
            (date(1957, 6, 26), -4572),
        ] {
            assert_eq!((to_days(date), from_days(days)), (days, date));
        }
    }
}
