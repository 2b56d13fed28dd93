//! `release.json`: what made the release, and everything that it takes to make it again.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::files::Files;
use super::read::source_path;
use super::{Changelog, Content, Error, Previous, Result, is_file_name};
use crate::source::sha256_hex;
use crate::table::{TableSchema, Text};

/// Name of the file.
pub const FILE: &str = "release.json";

/// What made a release.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    pub name: String,
    pub version: String,
    pub released: Date,
    pub title: Text,
    /// Name, version and hash of the rules of the program that made it.
    pub program: RecordedProgram,
    /// The pipeline file.
    pub pipeline: RecordedFile,
    pub sources: Vec<RecordedSource>,
    /// The release before this one. Its hash covers every byte of that release, and so every release before it.
    pub previous: Option<Previous>,
    pub tables: Vec<RecordedTable>,
}

/// The program that made a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedProgram {
    pub name: String,
    pub version: String,
    pub rules_sha256: String,
}

/// A text with its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedFile {
    pub sha256: String,
    pub text: String,
}

/// Where a report came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedSource {
    pub report_id: String,
    pub uri: String,
    pub media_type: String,
    /// Hash of the bytes that were read.
    pub sha256: String,
    /// Path of the decoded text in the release.
    pub text: String,
}

/// A table with its number of rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecordedTable {
    pub rows: usize,
    pub schema: TableSchema,
}

impl Record {
    fn new(content: &Content<'_>, changelog: &Changelog) -> Self {
        let description = content.description;
        let source = |extraction: &crate::fact::Extraction| RecordedSource {
            report_id: extraction.report.report_id.clone(),
            uri: extraction.report.source_uri.clone(),
            media_type: extraction.report.media_type.clone(),
            sha256: extraction.report.source_sha256.clone(),
            text: source_path(&extraction.report.report_id),
        };
        Self {
            name: description.name.clone(),
            version: description.version.clone(),
            released: description.released,
            title: description.title.clone(),
            program: RecordedProgram {
                name: "gongkai".into(),
                version: content.program.version.clone(),
                rules_sha256: content.program.rules_sha256.clone(),
            },
            pipeline: RecordedFile {
                sha256: sha256_hex(content.pipeline_file.as_bytes()),
                text: content.pipeline_file.to_owned(),
            },
            sources: content.extractions.iter().map(source).collect(),
            previous: changelog.latest.previous.clone(),
            tables: content
                .tables
                .iter()
                .map(|table| RecordedTable {
                    rows: table.len(),
                    schema: TableSchema::clone(table.schema()),
                })
                .collect(),
        }
    }

    /// Reads the record of a release.
    ///
    /// # Errors
    /// When there is none, it is not one, or it names a file outside the release.
    pub fn read(folder: &Path) -> Result<Self> {
        let path = folder.join(FILE);
        let text = fs::read(&path).map_err(Error::io("read", &path))?;
        let fail = |expected, found| Error::Format {
            path: path.clone(),
            expected,
            found,
        };
        let record: Self = serde_json::from_slice(&text).map_err(|e| fail("the record of a release", e.to_string()))?;
        for source in &record.sources {
            if !is_file_name(&source.report_id) {
                return Err(fail("a report_id that is a plain file name", source.report_id.clone()));
            }
            if source.text != source_path(&source.report_id) {
                return Err(fail("a text at source/<report_id>.txt", source.text.clone()));
            }
        }
        if let Some(table) = record.tables.iter().find(|table| !is_file_name(&table.schema.name)) {
            return Err(fail("a table with a plain file name", table.schema.name.clone()));
        }
        Ok(record)
    }

    /// The schemas of the release's tables, in order.
    #[must_use]
    pub fn schemas(&self) -> Vec<Arc<TableSchema>> {
        self.tables.iter().map(|table| Arc::new(table.schema.clone())).collect()
    }
}

/// Writes the record.
pub(super) fn write(content: &Content<'_>, changelog: &Changelog, files: &mut Files) -> Result<()> {
    let record = serde_json::to_value(Record::new(content, changelog)).map_err(|e| Error::Make {
        file: FILE,
        message: e.to_string(),
    })?;
    files.add_json(
        FILE,
        Text {
            zh: "发布记录".into(),
            en: "What made the release".into(),
        },
        &record,
    )
}
