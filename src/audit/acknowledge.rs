//! Findings that a person has looked at and explained.

use serde::{Deserialize, Serialize};

use super::message::Message;
use super::report::AuditReport;
use crate::fact::{Finding, Severity};

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
                let id = Some(&acknowledgement.finding);
                let applied = report.applied.iter().find(|it| it.finding_id.as_ref() == id);
                finding.severity = Severity::Info;
                if let Some(applied) = applied {
                    finding.message = with_reason(&applied.message, &acknowledgement.reason);
                }
            }
            None => report.unused_acknowledgements.push(acknowledgement.finding.clone()),
        }
    }
}

/// A message that gives the reason in both languages' halves, so that whoever reads one of them sees it.
fn with_reason(message: &Message, reason: &str) -> String {
    let Message { zh, en } = message;
    Message::new(format!("{zh}（{reason}）"), format!("{en} ({reason})")).to_string()
}

/// The reason that the finding of an acknowledged message keeps.
pub(super) fn reason<'a>(finding: &'a Finding, message: &Message) -> Option<&'a str> {
    let after = finding.message.strip_prefix(&message.zh)?.strip_prefix('（')?;
    let (reason, _) = after.split_once(&format!("） / {} (", message.en))?;
    Some(reason)
}
