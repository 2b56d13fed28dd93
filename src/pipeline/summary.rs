//! What came of a run, counted.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::assemble::Assembled;
use crate::fact::{NumeralKind, Severity};
use crate::normalise;

/// What came of a run, counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Where the tables are.
    pub folder: PathBuf,
    pub reports: usize,
    /// Rows of the ledger by kind, in the order of the code list; kinds without any are left out.
    pub numerals: Vec<(NumeralKind, usize)>,
    pub observations: usize,
    /// Observations whose indicator is in the code list.
    pub matched: usize,
    /// Findings of the audit by severity.
    pub findings: Vec<(Severity, usize)>,
    /// Rows of each table.
    pub tables: Vec<(String, usize)>,
    /// Indicators that the code list does not have, the most frequent first.
    pub unmatched: Vec<(String, usize)>,
    /// What readers noticed and worked around.
    pub notes: Vec<String>,
    /// Inputs that were left out, and why.
    pub failures: Vec<String>,
}

impl Summary {
    /// Counts what reports yielded.
    #[must_use]
    pub fn count(assembled: &Assembled, folder: PathBuf) -> Self {
        let Assembled {
            extractions,
            audit,
            tables,
        } = assembled;
        let observations = || extractions.iter().flat_map(|report| &report.observations);
        let mut unmatched = BTreeMap::<&str, usize>::new();
        for (indicator, count) in extractions.iter().flat_map(normalise::unmatched) {
            *unmatched.entry(indicator).or_default() += count;
        }
        let mut unmatched: Vec<_> = unmatched
            .into_iter()
            .map(|(name, count)| (name.to_owned(), count))
            .collect();
        unmatched.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        Self {
            folder,
            reports: extractions.len(),
            numerals: tally(
                NumeralKind::ALL,
                extractions.iter().flat_map(|it| &it.numerals).map(|row| row.kind),
            ),
            observations: observations().count(),
            matched: observations().filter(|row| row.indicator_code.is_some()).count(),
            findings: tally(Severity::ALL, audit.findings.iter().map(|row| row.severity)),
            tables: tables
                .iter()
                .map(|table| (table.name().to_owned(), table.len()))
                .collect(),
            unmatched,
            ..Self::default()
        }
    }
}

/// How often each code occurs; those that don't are left out.
fn tally<T: Copy + Ord>(codes: &[T], items: impl Iterator<Item = T>) -> Vec<(T, usize)> {
    let mut counts = BTreeMap::<T, usize>::new();
    for item in items {
        *counts.entry(item).or_default() += 1;
    }
    codes
        .iter()
        .filter_map(|code| Some((*code, *counts.get(code)?)))
        .collect()
}
