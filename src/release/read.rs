//! Reading a release folder, or a folder of extracted tables, back.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::files::{SUMS, table_path};
use super::{Changelog, Error, Record, Result, Version};
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

/// Path of a report's source text.
pub(super) fn source_path(report_id: &str) -> String {
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

/// The tables of a release folder, or those of the contract that lie in a folder of extracted tables.
///
/// # Errors
/// When a table can't be read, or the folder holds none.
pub fn read_tables(folder: &Path) -> Result<Tables> {
    if folder.join(super::record::FILE).is_file() {
        return tables_of(folder, &Record::read(folder)?.schemas());
    }
    let mut tables = Tables::default();
    for schema in TableSchema::all() {
        let found = ["parquet", "csv"].map(|ending| folder.join(format!("{}.{ending}", schema.name)));
        if let Some(path) = found.iter().find(|path| path.is_file()) {
            tables.push(read_table(schema, path)?);
        }
    }
    if tables.iter().next().is_none() {
        return Err(Error::NothingToCompare(format!("{} holds no table", folder.display())));
    }
    Ok(tables)
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
