//! Why a publication failed, in words for the person who runs it.

use std::path::PathBuf;
use std::time::Duration;

use super::plan::Plan;

/// A failed publication. No message holds a token or a key.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder is no well-formed release.
    #[error("{}: {problem}", path.display())]
    Release { path: PathBuf, problem: String },
    /// The release says of itself what only examples say.
    #[error(
        "{}: {field}: expected the publisher's own, found the placeholder `{found}`; put the right one into the \
             pipeline file and build the release again (--placeholders publishes it as it is, to try a portal out)",
        path.display()
    )]
    Placeholder {
        path: PathBuf,
        field: &'static str,
        found: String,
    },
    /// An address, a token or an option is not usable.
    #[error("{0}")]
    Settings(String),
    /// The target said no, or answered something that is no answer.
    #[error("{target} answered {what} with {status}: {answer}{}", advice_after(advice))]
    Refused {
        target: String,
        what: String,
        status: u16,
        answer: String,
        advice: &'static str,
        /// Whether the same request may go through later.
        transient: bool,
    },
    /// No usable answer came.
    #[error("{what}: {target} can't be reached or broke off: {cause}")]
    Unreachable {
        target: String,
        what: String,
        cause: String,
    },
    /// The target asked to wait for longer than we wait.
    #[error("{target} asks to wait {} seconds before {what}; run the same command again then", wait.as_secs())]
    Busy {
        target: String,
        what: String,
        wait: Duration,
    },
    /// Someone else wrote between our reading and our writing.
    #[error("{what}: the dataset was changed by someone else at the same time; run the same command again")]
    Conflict { what: String },
    /// The plan has something that can't be done; nothing was written.
    #[error("nothing was published: {}", reasons(.0))]
    Blocked(Box<Plan>),
    /// The target holds other bytes than were sent.
    #[error("{subject}: sent with sha256 {expected}, read back with {found}; run the same command again")]
    Checksum {
        subject: String,
        expected: String,
        found: String,
    },
    /// The target accepted a change and did not keep it.
    #[error(
        "{subject}: the portal accepted the change and did not keep it ({fields}); \
             an extension of the portal may drop or rewrite these fields"
    )]
    NotKept { subject: String, fields: String },
    /// The object store failed.
    #[error("{what}: {cause}{}", advice_after(advice))]
    Store {
        what: String,
        cause: String,
        advice: &'static str,
        transient: bool,
    },
    /// A local file can't be read.
    #[error("{} can't be read", path.display())]
    Io { path: PathBuf, source: std::io::Error },
    /// A publication ended part-way.
    #[error(
        "stopped after {done} of {planned} steps; what was done stays done: run the same command again, it continues \
         from here"
    )]
    Stopped {
        done: usize,
        planned: usize,
        source: Box<Error>,
    },
}

impl Error {
    /// Whether reading the target again and continuing from there may help.
    pub(super) fn is_transient(&self) -> bool {
        match self {
            Self::Refused { transient, .. } | Self::Store { transient, .. } => *transient,
            Self::Unreachable { .. } | Self::Conflict { .. } | Self::Checksum { .. } => true,
            _ => false,
        }
    }
}

fn advice_after(advice: &str) -> String {
    if advice.is_empty() {
        String::new()
    } else {
        format!("; {advice}")
    }
}

fn reasons(plan: &Plan) -> String {
    let reasons: Vec<_> = plan
        .blocked
        .iter()
        .map(|remark| format!("{}: {}", remark.subject, remark.reason))
        .collect();
    reasons.join("; ")
}
