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
mod examined;
mod input;
mod interval;
mod message;
mod panel;
mod printed;
pub mod render;
mod report;
mod unit;
mod view;

use std::collections::BTreeMap;

use rayon::prelude::*;

pub use acknowledge::Acknowledgement;
pub use check::{CHECKS, Check, Citation};
pub use coverage::CLOSE_CALLS;
pub use examined::Examined;
pub use input::{Input, ReportRows};
pub use interval::Interval;
pub use message::Message;
pub use printed::{Reading, last_place};
pub use report::{Applied, AuditReport, CloseCall, Coverage};
pub use unit::Unit;

use crate::fact::Finding;
use examined::{Judged, finding_id, observation_ids};
use panel::{Panel, Record, by_place};

/// Runs every check over the reports.
#[must_use]
pub fn audit(input: &Input<'_>) -> AuditReport {
    let examined = input.reports.par_iter().map(|rows| Examined::of(*rows)).collect();
    AuditReport {
        coverage: input.reports.par_iter().map(coverage::coverage).collect(),
        ..conclude(examined, input.acknowledgements)
    }
}

/// Runs the checks that go beyond one report over what is left of reports that were examined one by one, and puts all that was said of
/// them together. The ledgers, which are gone, are not counted.
#[must_use]
pub fn conclude(examined: Vec<Examined>, acknowledgements: &[Acknowledgement]) -> AuditReport {
    let records: Vec<&Record> = examined.iter().map(|report| &report.record).collect();
    let places = by_place(&records);
    let compare = |place: &Vec<usize>| {
        let records: Vec<_> = place.iter().map(|at| records[*at]).collect();
        let panel = Panel::of(&records);
        let judge = |check: &Check| -> Vec<Judged> {
            let verdicts = check.compare(&panel).into_iter();
            // What goes beyond one report cites observations only.
            let judged = verdicts.map(|verdict| Judged {
                id: finding_id(&verdict, |_| String::new()),
                verdict,
            });
            judged.collect()
        };
        CHECKS.iter().map(judge).collect::<Vec<_>>()
    };
    let compared: Vec<_> = places.par_iter().map(compare).collect();
    let mut report = AuditReport {
        findings: Vec::new(),
        applied: Vec::new(),
        coverage: Vec::new(),
        unused_acknowledgements: Vec::new(),
    };
    let mut ids = BTreeMap::new();
    // Of each report the verdicts of the checks that are not dealt with yet.
    let mut open = Vec::new();
    for Examined { verdicts, .. } in examined {
        open.push(verdicts.into_iter().peekable());
    }
    for (place, compared) in places.iter().zip(compared) {
        for (check, beyond) in compared.into_iter().enumerate() {
            for at in place {
                let own = std::iter::from_fn(|| open[*at].next_if(|(of, _)| *of == check));
                own.for_each(|(_, judged)| report.add(judged, &mut ids));
            }
            for judged in beyond {
                report.add(judged, &mut ids);
            }
        }
    }
    acknowledge::apply(&mut report, acknowledgements);
    report
}

impl AuditReport {
    /// Adds a verdict, and the finding that it may be. `ids` says how many findings have an identifier: the same statement made again gets
    /// `-2`, `-3`.
    fn add(&mut self, Judged { verdict, id }: Judged, ids: &mut BTreeMap<String, usize>) {
        // The judged number is the last one cited; the finding belongs to its report.
        let last = verdict.citations.last();
        let report_id = last.map(|it| it.report_id.clone()).unwrap_or_default();
        let finding_id = verdict.severity.map(|_| {
            let same = ids.entry(id.clone()).or_default();
            *same += 1;
            if *same == 1 { id } else { format!("{id}-{same}") }
        });
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
}

/// A text that says something.
fn present(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}
