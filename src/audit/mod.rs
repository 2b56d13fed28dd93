//! A report's numbers checked against each other.
//!
//! Nothing that a report states is altered: what does not add up becomes a [`Finding`] that cites every number it rests on and spells
//! the arithmetic out, so that a reader can follow it with a pencil.
//!
//! Three ideas carry the room:
//!
//! * A number stands for what its printing leaves open: [`Interval`]. Tolerances come from there, never from a constant.
//! * A check is one module under `check/`; the list of them is [`CHECKS`], and each explains itself.
//! * What a check applied to is reported whether or not it agrees: [`AuditReport::applied`].
//!
//! ```
//! use gongkai::audit::{Input, audit};
//!
//! let report = audit(&Input { reports: &[], acknowledgements: &[] });
//! assert!(!report.has_errors());
//! ```

mod acknowledge;
mod check;
mod coverage;
mod input;
mod interval;
mod message;
mod panel;
mod printed;
pub mod render;
mod report;
mod unit;
mod view;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

pub use acknowledge::Acknowledgement;
pub use check::{CHECKS, Check, Citation};
pub use coverage::CLOSE_CALLS;
pub use input::{Input, ReportRows};
pub use interval::Interval;
pub use message::Message;
pub use printed::{Reading, last_place};
pub use report::{Applied, AuditReport, CloseCall, Coverage};
pub use unit::Unit;

use crate::fact::Finding;
use check::Verdict;
use panel::{Panel, by_place};

/// Runs every check over the reports.
#[must_use]
pub fn audit(input: &Input<'_>) -> AuditReport {
    let judge = |reports: &Vec<ReportRows<'_>>| {
        let panel = Panel::of(reports);
        let verdicts = CHECKS.par_iter().flat_map_iter(|check| check.judge(&panel));
        verdicts.collect::<Vec<_>>()
    };
    // A place is prepared only when its turn comes: all of them together would take as much memory as the texts again.
    let verdicts: Vec<_> = by_place(input.reports).par_iter().map(judge).collect();
    let mut report = AuditReport {
        findings: Vec::new(),
        applied: Vec::new(),
        coverage: input.reports.par_iter().map(coverage::coverage).collect(),
        unused_acknowledgements: Vec::new(),
    };
    for verdict in verdicts.into_iter().flatten() {
        report.add(verdict, input);
    }
    acknowledge::apply(&mut report, input.acknowledgements);
    report
}

impl AuditReport {
    /// Adds a verdict, and the finding that it may be.
    fn add(&mut self, verdict: Verdict, input: &Input<'_>) {
        // The judged number is the last one cited; the finding belongs to its report.
        let report_id = verdict
            .citations
            .last()
            .map(|it| it.report_id.clone())
            .unwrap_or_default();
        let finding_id = verdict.severity.map(|_| self.free_id(finding_id(&verdict, input)));
        if let (Some(severity), Some(id)) = (verdict.severity, &finding_id) {
            self.findings.push(Finding {
                finding_id: id.clone(),
                report_id: report_id.clone(),
                check: verdict.check.to_owned(),
                severity,
                observation_ids: observation_ids(&verdict).join(";"),
                stated: present(verdict.stated),
                computed: present(verdict.computed),
                // A minus sign, not the hyphen that a spreadsheet takes for a formula: so the cell need not be quoted, and is the same
                // text in every form of the table.
                difference: present(verdict.difference).map(|it| it.replace('-', "−")),
                message: verdict.message.to_string(),
            });
        }
        self.applied.push(Applied {
            check: verdict.check,
            report_id,
            citations: verdict.citations,
            message: verdict.message,
            finding_id,
        });
    }

    /// An identifier that no finding has yet: the same statement made again gets `-2`, `-3`.
    fn free_id(&self, id: String) -> String {
        let same = self
            .findings
            .iter()
            .filter(|it| it.finding_id.split('-').next() == Some(&id))
            .count();
        if same == 0 { id } else { format!("{id}-{}", same + 1) }
    }
}

/// Observations that a verdict cites, in its order.
fn observation_ids(verdict: &Verdict) -> Vec<String> {
    verdict
        .citations
        .iter()
        .filter_map(|it| it.observation_id.clone())
        .collect()
}

/// Identifies a finding by its check and what it cites: observations by their identifiers, other places by their text. So it does not
/// change when another part of the report does.
fn finding_id(verdict: &Verdict, input: &Input<'_>) -> String {
    const BYTES: usize = 6;
    let mut hash = Sha256::new();
    hash.update(verdict.check);
    for citation in &verdict.citations {
        hash.update(b"\0");
        hash.update(&citation.report_id);
        hash.update(b"\0");
        match &citation.observation_id {
            Some(id) => hash.update(id),
            None => hash.update(cited_text(citation, input)),
        }
    }
    hash.finalize()
        .iter()
        .take(BYTES)
        .fold(String::new(), |id, byte| id + &format!("{byte:02x}"))
}

/// The verbatim text of a citation.
fn cited_text(citation: &Citation, input: &Input<'_>) -> String {
    let rows = input
        .reports
        .iter()
        .find(|rows| rows.report.report_id == citation.report_id);
    let length = citation.end.saturating_sub(citation.start);
    rows.map(|rows| rows.source_text.chars().skip(citation.start).take(length).collect())
        .unwrap_or_default()
}

/// A text that says something.
fn present(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}
