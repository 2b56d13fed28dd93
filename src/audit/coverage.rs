//! The ledger in figures: what became of every numeral, and by which rule.

use std::collections::BTreeMap;

use super::input::ReportRows;
use super::report::{CloseCall, Coverage};

/// Rules that weigh rather than recognise, so that their numerals could have been read otherwise: a small Chinese number is mostly no
/// count, a number without a unit is a value only by its neighbours, and what is left is nothing.
pub const CLOSE_CALLS: [&str; 3] = ["small-number", "lone-number", "no-unit"];

/// Counts the numerals of one report.
#[must_use]
pub fn coverage(rows: &ReportRows<'_>) -> Coverage {
    let mut kinds = BTreeMap::new();
    let mut rules: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    let mut close_calls = Vec::new();
    for numeral in rows.numerals {
        let kind = numeral.kind.to_string();
        *kinds.entry(kind.clone()).or_default() += 1;
        *rules
            .entry(kind.clone())
            .or_default()
            .entry(numeral.reason.clone())
            .or_default() += 1;
        if CLOSE_CALLS.contains(&numeral.reason.as_str()) {
            close_calls.push(CloseCall {
                surface: numeral.surface.clone(),
                source_start: numeral.source_start,
                kind,
                rule: numeral.reason.clone(),
            });
        }
    }
    Coverage {
        report_id: rows.report.report_id.clone(),
        numerals: rows.numerals.len(),
        kinds,
        rules,
        close_calls,
    }
}
