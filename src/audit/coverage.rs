//! The ledger in figures: what became of every numeral, and by which rule.

use std::collections::BTreeMap;

use super::input::ReportRows;
use super::report::{CloseCall, Coverage};
use crate::fact::Numeral;

/// Words in a rule's name that mark a decision by default, or one between two readings that were both open.
const CLOSE: [&str; 4] = ["default", "fallback", "unless", "weak"];

/// Counts the numerals of one report.
#[must_use]
pub fn coverage(rows: &ReportRows<'_>) -> Coverage {
    let mut kinds = BTreeMap::new();
    let mut rules: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for numeral in rows.numerals {
        let kind = numeral.kind.to_string();
        *rules.entry(kind.clone()).or_default().entry(numeral.reason.clone()).or_default() += 1;
        *kinds.entry(kind).or_default() += 1;
    }
    Coverage {
        report_id: rows.report.report_id.clone(),
        numerals: rows.numerals.len(),
        kinds,
        rules,
        close_calls: rows.numerals.iter().filter(|it| is_close(it)).map(close_call).collect(),
    }
}

fn is_close(numeral: &Numeral) -> bool {
    CLOSE.iter().any(|word| numeral.reason.contains(word))
}

fn close_call(numeral: &Numeral) -> CloseCall {
    CloseCall {
        surface: numeral.surface.clone(),
        source_start: numeral.source_start,
        kind: numeral.kind.to_string(),
        reason: numeral.reason.clone(),
    }
}
