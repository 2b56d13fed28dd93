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
    let mut kinds = BTreeMap::<_, usize>::new();
    let mut rules = BTreeMap::<_, usize>::new();
    let mut close_calls = Vec::new();
    for numeral in rows.numerals {
        let kind = numeral.kind.as_str();
        let reason = numeral.reason.as_str();
        *kinds.entry(kind).or_default() += 1;
        *rules.entry((kind, reason)).or_default() += 1;
        if CLOSE_CALLS.contains(&reason) {
            close_calls.push(CloseCall {
                surface: numeral.surface.clone(),
                source_start: numeral.source_start,
                kind: kind.to_owned(),
                rule: numeral.reason.clone(),
            });
        }
    }
    let mut by_kind = BTreeMap::<String, BTreeMap<String, usize>>::new();
    for ((kind, reason), count) in rules {
        by_kind
            .entry(kind.to_owned())
            .or_default()
            .insert(reason.to_owned(), count);
    }
    Coverage {
        report_id: rows.report.report_id.clone(),
        numerals: rows.numerals.len(),
        kinds: kinds
            .into_iter()
            .map(|(kind, count)| (kind.to_owned(), count))
            .collect(),
        rules: by_kind,
        close_calls,
    }
}
