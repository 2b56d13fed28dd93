//! What can go wrong between a pipeline file and a finished release.

use std::path::PathBuf;

use crate::read::ReadError;
use crate::release;
use crate::source::SourceError;
use crate::table;

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
    /// A correction no longer fits its source.
    #[error("correction {number} ({report}): {message}")]
    Correction {
        number: usize,
        report: String,
        message: String,
    },
    /// Two inputs would get the same `report_id`.
    #[error("two sources would both be report `{report_id}`: {first} and {second}; leave one out, or rename a file")]
    DuplicateReport {
        report_id: String,
        first: String,
        second: String,
    },
    /// A pipeline of this name could not be released.
    #[error("name: expected {}, found `{}`", release::NAME_FORM, .0)]
    Name(String),
    /// No folder of pipelines is where one should be.
    #[error("expected a folder `pipelines` in {0}, found none")]
    NoProject(String),
    /// The texts of a pipeline are kept outside the project, and no folder was given.
    #[error("`{0}`: its texts are kept elsewhere: give --texts DIR")]
    NeedsTexts(String),
    /// There is nothing to work on.
    #[error("no input: {0}")]
    NoInput(String),
    /// A source could not be fetched.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// A source could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A table could not be made or written.
    #[error(transparent)]
    Table(#[from] table::Error),
    /// The release could not be made.
    #[error(transparent)]
    Release(#[from] release::Error),
    /// The release that is there can't be read.
    #[error("the release in {} can't be read, and its history would be lost; restore it, or remove it to begin anew", .folder.display())]
    Earlier {
        folder: PathBuf,
        source: Box<release::Error>,
    },
    /// What was to be explained is not there.
    #[error("{report}: no number at {which}: found {found}")]
    NoNumber {
        report: String,
        which: String,
        /// What is there instead, and the nearest numeral.
        found: String,
    },
    /// There is such a pipeline already, and its files are a person's work.
    #[error("{} exists already; choose another name or remove it", .0.display())]
    Exists(PathBuf),
    /// The template of a new pipeline file failed.
    #[error("can't write the pipeline file")]
    Template(#[from] minijinja::Error),
    /// The pool of threads could not be made.
    #[error("can't start {jobs} threads")]
    Threads {
        jobs: usize,
        source: rayon::ThreadPoolBuildError,
    },
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
