//! What came of a run, counted.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::fact::{Extraction, Finding, NumeralKind, Severity};
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

/// What reports yielded, counted report by report.
#[derive(Debug, Default)]
pub struct Counts {
    reports: usize,
    numerals: BTreeMap<NumeralKind, usize>,
    observations: usize,
    matched: usize,
    unmatched: BTreeMap<String, usize>,
}

impl Counts {
    /// Counts what one report yielded.
    pub fn of(extraction: &Extraction) -> Self {
        let matched = extraction
            .observations
            .iter()
            .filter(|row| row.indicator_code.is_some());
        let unmatched = normalise::unmatched(extraction).into_iter();
        Self {
            reports: 1,
            numerals: tally(extraction.numerals.iter().map(|row| row.kind)),
            observations: extraction.observations.len(),
            matched: matched.count(),
            unmatched: unmatched.map(|(name, count)| (name.to_owned(), count)).collect(),
        }
    }

    /// Adds what other reports yielded.
    pub fn add(&mut self, other: Self) {
        self.reports += other.reports;
        self.observations += other.observations;
        self.matched += other.matched;
        for (kind, count) in other.numerals {
            *self.numerals.entry(kind).or_default() += count;
        }
        for (name, count) in other.unmatched {
            *self.unmatched.entry(name).or_default() += count;
        }
    }

    /// How many reports were counted.
    pub const fn reports(&self) -> usize {
        self.reports
    }
}

impl FromIterator<Self> for Counts {
    fn from_iter<I: IntoIterator<Item = Self>>(counts: I) -> Self {
        let mut all = Self::default();
        counts.into_iter().for_each(|counts| all.add(counts));
        all
    }
}

impl Summary {
    /// Sums up what was counted, what the audit found, and the rows of each table.
    pub(super) fn new(
        folder: PathBuf,
        counts: Counts,
        findings: &[Finding],
        tables: impl IntoIterator<Item = (String, usize)>,
    ) -> Self {
        let findings = tally(findings.iter().map(|row| row.severity));
        let mut unmatched: Vec<_> = counts.unmatched.into_iter().collect();
        unmatched.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        Self {
            folder,
            reports: counts.reports,
            numerals: in_order(NumeralKind::ALL, &counts.numerals),
            observations: counts.observations,
            matched: counts.matched,
            findings: in_order(Severity::ALL, &findings),
            tables: tables.into_iter().collect(),
            unmatched,
            ..Self::default()
        }
    }
}

/// How often each code occurs.
fn tally<T: Ord>(items: impl Iterator<Item = T>) -> BTreeMap<T, usize> {
    let mut counts = BTreeMap::new();
    for item in items {
        *counts.entry(item).or_default() += 1;
    }
    counts
}

/// Counts in the order of a code list; those that don't occur are left out.
fn in_order<T: Copy + Ord>(codes: &[T], counts: &BTreeMap<T, usize>) -> Vec<(T, usize)> {
    let counted = codes.iter().filter_map(|code| Some((*code, *counts.get(code)?)));
    counted.collect()
}
