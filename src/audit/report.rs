//! What the audit gives back.

use std::collections::BTreeMap;

use serde::Serialize;

use super::check::{CHECKS, Citation};
use super::message::Message;
use crate::fact::{Finding, Severity};

/// The outcome of an audit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AuditReport {
    /// What does not add up: the rows of the `findings` table, place by place and in the order of the checks.
    pub findings: Vec<Finding>,
    /// Everything that a check applied to, passed or not, in the same order.
    pub applied: Vec<Applied>,
    /// What became of every numeral, a report each.
    pub coverage: Vec<Coverage>,
    /// Acknowledgements that no finding answers to: the report, or the check, has changed since.
    pub unused_acknowledgements: Vec<String>,
}

/// One application of a check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Applied {
    pub check: &'static str,
    pub report_id: String,
    /// The numbers it rests on.
    pub citations: Vec<Citation>,
    /// What was checked, with the arithmetic.
    pub message: Message,
    /// The finding, where the numbers disagree.
    pub finding_id: Option<String>,
}

/// The ledger of one report in figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Coverage {
    pub report_id: String,
    /// How many numerals the report has.
    pub numerals: usize,
    /// How many of each kind.
    pub kinds: BTreeMap<String, usize>,
    /// How many each rule decided, by kind.
    pub rules: BTreeMap<String, BTreeMap<String, usize>>,
    /// Numerals whose kind was decided by one of the rules of [`CLOSE_CALLS`](super::CLOSE_CALLS).
    pub close_calls: Vec<CloseCall>,
}

/// A numeral that could have been read otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CloseCall {
    pub surface: String,
    pub source_start: i64,
    pub kind: String,
    pub rule: String,
}

impl AuditReport {
    /// How many findings are of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    }

    /// Whether an error remains that nobody has acknowledged: then `pipeline audit` exits with 1, and `run --strict` fails.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// Of each check: how often it applied and how often it passed, in the order of the checks.
    #[must_use]
    pub fn tally(&self) -> Vec<(&'static str, usize, usize)> {
        CHECKS
            .iter()
            .map(|check| {
                let applied = self.applied.iter().filter(|it| it.check == check.name);
                (
                    check.name,
                    applied.clone().count(),
                    applied.filter(|it| it.finding_id.is_none()).count(),
                )
            })
            .collect()
    }

    /// The report as JSON, with the tally of the checks.
    ///
    /// # Errors
    ///
    /// None that its types allow; the signature is the serialiser's.
    pub fn to_json(&self) -> serde_json::Result<String> {
        #[derive(Serialize)]
        struct Tally {
            check: &'static str,
            applied: usize,
            passed: usize,
        }
        #[derive(Serialize)]
        struct Whole<'a> {
            checks: Vec<Tally>,
            #[serde(flatten)]
            report: &'a AuditReport,
        }
        let checks = self
            .tally()
            .into_iter()
            .map(|(check, applied, passed)| Tally { check, applied, passed })
            .collect();
        serde_json::to_string_pretty(&Whole { checks, report: self })
    }
}
