//! What can go wrong between a pipeline file and a finished release.

use std::path::PathBuf;

/// An error of the pipeline. Its `source` says what lay beneath.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder could not be read or written.
    #[error("can't {action} {}", path.display())]
    Io {
        /// What was tried: `read`, `write`, `rename`, ….
        action: &'static str,
        path: PathBuf,
        source: std::io::Error,
    },
    /// A pipeline file does not have the form that `config` describes.
    #[error("{}: {message}", path.display())]
    Config { path: PathBuf, message: String },
    /// No pipeline of this name, with the names that there are.
    #[error("no pipeline named `{name}` under {}: found {found}", root.display())]
    UnknownPipeline { name: String, root: PathBuf, found: String },
    /// A source's bytes are not the pinned ones.
    #[error("{uri}: expected sha256 {expected}, found {found}; if the new text is right, pin it in the pipeline file")]
    Checksum { uri: String, expected: String, found: String },
    /// A correction no longer fits its source.
    #[error("correction {number} ({report}): {message}")]
    Correction { number: usize, report: String, message: String },
    /// Two inputs would get the same `report_id`.
    #[error("two sources would both be report `{report_id}`: {first} and {second}; rename one of the files")]
    DuplicateReport { report_id: String, first: String, second: String },
    /// There is nothing to work on.
    #[error("no input: {0}")]
    NoInput(String),
    /// One report failed; the error beneath says why.
    #[error("{report}")]
    Report { report: String, source: Box<dyn std::error::Error + Send + Sync> },
    /// `--strict`, and the audit has errors that nobody acknowledged.
    #[error("the audit has {0} unacknowledged error(s), and --strict was given")]
    Strict(usize),
    /// The pool of threads could not be made.
    #[error("can't start {jobs} threads")]
    Threads { jobs: usize, source: rayon::ThreadPoolBuildError },
}

/// Result of the pipeline's functions.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// Wraps an I/O error with what was tried and where; for `map_err`.
    pub(crate) fn io(action: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { action, path, source }
    }
}
