//! Reading a release folder, or a folder of extracted tables, back.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::files::{SUMS, table_path};
use super::{Changelog, Error, Record, Result, Version, is_file_name};
use crate::fact::{Extraction, Footnote, Member, Numeral, Observation, Report, Section};
use crate::source::sha256_hex;
use crate::table::{Table, TableSchema, Tables};

/// A release that lies in a folder.
#[derive(Debug, Clone, PartialEq)]
pub struct OldRelease {
    pub folder: PathBuf,
    /// `release.json`
    pub record: Record,
    /// `changelog.json`
    pub changelog: Changelog,
    pub tables: Tables,
    /// Hash of its `SHA256SUMS`.
    pub sums_sha256: String,
}

impl OldRelease {
    /// Reads a release.
    ///
    /// # Errors
    /// When a file of the release is missing or is not what it should be.
    pub fn open(folder: &Path) -> Result<Self> {
        let record = Record::read(folder)?;
        let tables = tables_of(folder, &record.schemas())?;
        let sums = folder.join(SUMS);
        let sums = fs::read(&sums).map_err(Error::io("read", sums))?;
        Ok(Self {
            folder: folder.to_path_buf(),
            changelog: Changelog::read(folder)?,
            record,
            tables,
            sums_sha256: sha256_hex(&sums),
        })
    }

    /// The version of the release.
    ///
    /// # Errors
    /// When `release.json` has none.
    pub fn version(&self) -> Result<Version> {
        Version::parse(&self.record.version).ok_or_else(|| Error::Format {
            path: self.folder.join(super::record::FILE),
            expected: "a version of three numbers",
            found: self.record.version.clone(),
        })
    }

    /// The reports with their rows and source texts.
    ///
    /// # Errors
    /// When a table or a source text is missing.
    pub fn extractions(&self) -> Result<Vec<Extraction>> {
        extractions(&self.tables, &self.folder)
    }
}

/// Endings of the files of tables that are read, the exact form first.
const ENDINGS: [&str; 2] = ["parquet", "csv"];

/// Path of a report's source text.
#[must_use]
pub fn source_path(report_id: &str) -> String {
    format!("source/{report_id}.txt")
}

/// The rows of tables and the texts in the folder, report by report.
fn extractions(tables: &Tables, folder: &Path) -> Result<Vec<Extraction>> {
    let reports: Vec<Report> = tables.rows("reports")?;
    let mut sections: Vec<Section> = tables.rows("sections")?;
    let mut footnotes: Vec<Footnote> = tables.rows("footnotes")?;
    let mut numerals: Vec<Numeral> = tables.rows("numerals")?;
    let mut observations: Vec<Observation> = tables.rows("observations")?;
    let mut members: Vec<Member> = tables.rows("members")?;
    let extraction = |report: Report| {
        let id = report.report_id.clone();
        let path = folder.join(source_path(&id));
        if !is_file_name(&id) {
            return Err(Error::Format {
                path,
                expected: "a report_id that is a plain file name",
                found: id,
            });
        }
        Ok(Extraction {
            source_text: fs::read_to_string(&path).map_err(Error::io("read", path))?,
            report,
            sections: sections.extract_if(.., |row| row.report_id == id).collect(),
            footnotes: footnotes.extract_if(.., |row| row.report_id == id).collect(),
            numerals: numerals.extract_if(.., |row| row.report_id == id).collect(),
            observations: observations.extract_if(.., |row| row.report_id == id).collect(),
            members: members.extract_if(.., |row| row.report_id == id).collect(),
        })
    };
    reports.into_iter().map(extraction).collect()
}

/// The tables of a release folder, or those that lie in a folder of tables: the thematic ones too, where the record of the
/// release lies above it. What nothing describes is left out with a warning.
///
/// # Errors
/// When a table can't be read, or the folder holds none.
pub fn read_tables(folder: &Path) -> Result<Tables> {
    if folder.join(super::record::FILE).is_file() {
        return tables_of(folder, &Record::read(folder)?.schemas());
    }
    let above = folder.join("..");
    let schemas = if above.join(super::record::FILE).is_file() {
        Record::read(&above)?.schemas()
    } else {
        TableSchema::all().to_vec()
    };
    let mut tables = Tables::default();
    for schema in &schemas {
        let found = ENDINGS.map(|ending| folder.join(format!("{}.{ending}", schema.name)));
        if let Some(path) = found.iter().find(|path| path.is_file()) {
            tables.push(read_table(schema, path)?);
        }
    }
    if tables.iter().next().is_none() {
        return Err(Error::NothingToCompare(format!("{} holds no table", folder.display())));
    }
    for path in undescribed(folder, &tables)? {
        tracing::warn!(
            "{}: left out, expected a table that schemas/ or a release.json above describes",
            path.display()
        );
    }
    Ok(tables)
}

/// The files of tables that are not among those read, by path.
fn undescribed(folder: &Path, tables: &Tables) -> Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(Error::io("read", folder))? {
        let path = entry.map_err(Error::io("read", folder))?.path();
        let part = |part: Option<&OsStr>| part.and_then(OsStr::to_str).unwrap_or_default().to_owned();
        let (name, ending) = (part(path.file_stem()), part(path.extension()));
        if ENDINGS.contains(&ending.as_str()) && tables.get(&name).is_none() {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// The reports in a folder of extracted tables, with their rows and source texts.
///
/// # Errors
/// When a table or a source text is missing or broken.
pub fn read_extractions(folder: &Path) -> Result<Vec<Extraction>> {
    extractions(&read_tables(folder)?, folder)
}

fn tables_of(folder: &Path, schemas: &[Arc<TableSchema>]) -> Result<Tables> {
    schemas
        .iter()
        .map(|schema| read_table(schema, &folder.join(table_path("data", &schema.name, "parquet"))))
        .collect()
}

/// A table from its CSV or Parquet file.
pub(super) fn read_table(schema: &Arc<TableSchema>, path: &Path) -> Result<Table> {
    let file = File::open(path).map_err(Error::io("read", path))?;
    let csv = path.extension().is_some_and(|ending| ending == "csv");
    Ok(if csv {
        Table::read_csv(schema, file)?
    } else {
        Table::read_parquet(schema, file)?
    })
}
