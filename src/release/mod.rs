//! A release folder: data, metadata for machines, pages for people.
//!
//! [`write`] makes all files of a release from its [`Content`] in an empty folder. Everything in them comes from the
//! content: no clock, no locale, no address of this machine, so that the same content gives the same bytes.

mod changelog;
mod citation;
mod content;
mod description;
mod diff;
mod files;
mod metadata;
pub mod page;
mod portal;
mod read;
mod readme;
mod record;
mod verify;
mod version;
mod workbook;

use std::path::PathBuf;

pub use changelog::{Changelog, Entry};
pub use content::{Content, Program};
pub use description::{
    Catalogue, Contact, Description, Frequency, Keywords, Licence, NAME_FORM, Portal, Previous, Publisher,
    PublisherKind, Spatial, Temporal, is_name,
};
pub use diff::{Changes, ColumnChange, Event, Kind, Row, RowChange, Selection, TableChange, TableState, compare};
pub use files::FileEntry;
pub use read::{OldRelease, read_extractions, read_tables, source_path};
pub use record::{Record, RecordedFile, RecordedProgram, RecordedSource, RecordedTable};
pub use verify::{Problem, Rebuild, Verified, verify};
pub use version::{Change, Version};

use files::Files;

/// Why a release could not be written, read or compared.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{action} {path}: {source}")]
    Io {
        action: &'static str,
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("release description: {0}")]
    Description(String),
    #[error(transparent)]
    Table(#[from] crate::table::Error),
    #[error("{path}: expected {expected}, found {found}")]
    Format {
        path: PathBuf,
        expected: &'static str,
        found: String,
    },
    #[error("{file}: {message}")]
    Make { file: &'static str, message: String },
    #[error("index.html: {0}")]
    Page(#[from] page::PageError),
    #[error("nothing to compare: {0}")]
    NothingToCompare(String),
    #[error("version {new}: the release that is there has version {old}, which is later")]
    Backwards { old: Version, new: Version },
    #[error("the previous release's SHA256SUMS: the pipeline file says {stated}, found {found}")]
    Chain { stated: String, found: String },
    #[error("rebuild: {0}")]
    Rebuild(String),
}

/// Result of the release stage.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// Turns an I/O error into one that says what was done to which file.
    pub(crate) fn io(action: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { action, path, source }
    }
}

/// What became of a release that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Every file but `SHA256SUMS`, in the order of that file.
    pub files: Vec<FileEntry>,
    /// The version that the changes since the earlier release call for, if this release has a lower one.
    pub proposed: Option<Version>,
    /// What the changelog says of the release.
    pub summary: String,
}

/// Writes every file of a release into a folder, which must be empty.
///
/// `earlier` is the release that lies where this one is to go: the changelog continues its changelog.
///
/// # Errors
/// When the description is wrong, the earlier release can't be read or is later than this one, or writing fails. The
/// folder is then to be thrown away.
pub fn write(content: &Content<'_>, earlier: Option<&OldRelease>, folder: &std::path::Path) -> Result<Written> {
    content.description.check().map_err(Error::Description)?;
    check_report_ids(content).map_err(Error::Description)?;
    let changelog = Changelog::next(content, earlier)?;
    let proposed = proposed(content, earlier)?;
    let catalogue = portal::catalogue(content.description, content.tables)?;
    let mut files = Files::new(folder);

    for table in content.tables {
        files.table("data", table)?;
    }
    files.table(portal::FOLDER, &catalogue)?;
    for extraction in content.extractions {
        let report = &extraction.report;
        let title = report.title.as_deref().unwrap_or(&report.report_id);
        let title = crate::table::Text {
            zh: format!("{title}（来源文本）"),
            en: format!("{title} (source text)"),
        };
        files.add(
            &read::source_path(&report.report_id),
            title,
            extraction.source_text.as_bytes(),
        )?;
    }
    workbook::write(content, &catalogue, &mut files)?;
    metadata::write(content, &catalogue, &changelog, &mut files)?;
    readme::write(content, &catalogue, &changelog, &mut files)?;
    citation::write(content.description, &mut files)?;
    changelog.write(&mut files)?;
    record::write(content, &changelog, &mut files)?;
    files.page(content)?;

    Ok(Written {
        proposed,
        summary: changelog.latest.summary().en,
        files: files.finish()?,
    })
}

/// Report identifiers are names of files, and parts of addresses.
fn check_report_ids(content: &Content<'_>) -> std::result::Result<(), String> {
    for extraction in content.extractions {
        let id = &extraction.report.report_id;
        if !is_file_name(id) {
            return Err(format!("report_id: expected a plain file name, found `{id}`"));
        }
    }
    Ok(())
}

/// Whether a text names a file in a folder and nothing outside it.
fn is_file_name(name: &str) -> bool {
    let odd = |c: char| c.is_control() || matches!(c, '/' | '\\' | '?' | '#' | '%');
    !name.is_empty() && !name.starts_with('.') && !name.contains(odd)
}

/// The version that the changes since the earlier release call for, if this release has a lower one.
fn proposed(content: &Content<'_>, earlier: Option<&OldRelease>) -> Result<Option<Version>> {
    let Some(earlier) = earlier else { return Ok(None) };
    let changes = diff::changes(&earlier.tables, content.tables)?;
    let wanted = earlier.version()?.after(changes.change());
    Ok((Version::parse(&content.description.version) < Some(wanted)).then_some(wanted))
}
