//! Findings that a person has looked at and explained.

use serde::{Deserialize, Serialize};

use super::report::AuditReport;
use crate::fact::Severity;

/// One entry of a pipeline file's `[[audit.acknowledge]]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acknowledgement {
    /// The `finding_id` of the finding.
    pub finding: String,
    /// Why it stands, for the readers of the release.
    pub reason: String,
}

/// Turns acknowledged findings into information that keeps the reason, and names the acknowledgements that match nothing.
pub(super) fn apply(report: &mut AuditReport, acknowledgements: &[Acknowledgement]) {
    for acknowledgement in acknowledgements {
        let known = report
            .findings
            .iter_mut()
            .find(|finding| finding.finding_id == acknowledgement.finding);
        match known {
            Some(finding) => {
                finding.severity = Severity::Info;
                finding.message = format!("{} ({})", finding.message, acknowledgement.reason);
            }
            None => report.unused_acknowledgements.push(acknowledgement.finding.clone()),
        }
    }
}
