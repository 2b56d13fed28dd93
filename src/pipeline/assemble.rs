//! Rows of many reports to the tables of a release, and the release to its folder.

use std::path::{Path, PathBuf};

use super::config::PipelineFile;
use super::error::Result;
use super::summary::{Counts, Summary};
use crate::audit::{self, Acknowledgement, AuditReport, ReportRows};
use crate::fact::Extraction;
use crate::lexicon::codes;
use crate::normalise::panel::panel;
use crate::release::{self, Content, OldRelease, Program, Written};
use crate::table::{self, Table, Tables};

/// Reports with their audit and their tables.
#[derive(Debug)]
pub struct Assembled {
    pub extractions: Vec<Extraction>,
    pub audit: AuditReport,
    /// The tables that reports fill, in the order of a release.
    pub tables: Tables,
}

impl Assembled {
    /// Audits reports and makes their tables. Several reports also give a `panel`.
    ///
    /// # Errors
    ///
    /// When a row does not fit its table.
    pub fn new(extractions: Vec<Extraction>, acknowledgements: &[Acknowledgement]) -> table::Result<Self> {
        let audit = || {
            let rows: Vec<_> = extractions.iter().map(ReportRows::from).collect();
            audit::audit(&audit::Input {
                reports: &rows,
                acknowledgements,
            })
        };
        let (audit, tables) = rayon::join(audit, || fact_tables(&extractions));
        let mut tables = tables?;
        tables.push(Table::from_rows("findings", &audit.findings)?);
        if extractions.len() > 1 {
            tables.push(Table::from_rows("panel", panel(&extractions))?);
        }
        Ok(Self {
            extractions,
            audit,
            tables,
        })
    }

    /// Counts what the reports yielded.
    #[must_use]
    pub fn summary(&self, folder: PathBuf) -> Summary {
        let tables = self.tables.iter().map(|table| (table.name().to_owned(), table.len()));
        let counts = self.extractions.iter().map(Counts::of).collect();
        Summary::new(folder, counts, &self.audit.findings, tables)
    }

    /// Adds the code lists and the thematic tables of a pipeline.
    ///
    /// # Errors
    ///
    /// When a query fails.
    pub fn add_release_tables(&mut self, file: &PipelineFile) -> table::Result<()> {
        for table in [
            Table::from_rows("indicators", codes::indicators())?,
            Table::from_rows("units", codes::units())?,
            Table::from_rows("themes", codes::themes())?,
            Table::from_rows("measures", codes::measures())?,
            Table::from_rows("modifiers", codes::modifiers())?,
            Table::from_rows("statuses", codes::statuses())?,
            Table::from_rows("places", codes::places())?,
        ] {
            self.tables.push(table);
        }
        for table in self.tables.query(&file.tables)? {
            self.tables.push(table);
        }
        Ok(())
    }

    /// Writes a release into an empty folder. `pipeline_file` is the text of `file`; `earlier` is the release that this
    /// one takes the place of.
    ///
    /// # Errors
    ///
    /// Those of [`release::write`].
    pub fn write_release(
        &self,
        file: &PipelineFile,
        pipeline_file: &str,
        earlier: Option<&OldRelease>,
        folder: &Path,
    ) -> Result<Written> {
        let program = Program {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            rules_sha256: env!("GONGKAI_RULES_SHA256").to_owned(),
        };
        let content = Content {
            description: &file.release,
            tables: &self.tables,
            extractions: &self.extractions,
            findings: &self.audit.findings,
            program: &program,
            pipeline_file,
        };
        Ok(release::write(&content, earlier, folder)?)
    }
}

/// The tables that [`fact_tables`] makes.
pub const FACT_TABLES: [&str; 6] = [
    "reports",
    "sections",
    "footnotes",
    "numerals",
    "observations",
    "members",
];

/// The tables of what the reports state.
///
/// # Errors
///
/// When a row does not fit its table.
pub fn fact_tables(reports: &[Extraction]) -> table::Result<Tables> {
    let all = || reports.iter();
    let [reports, sections, footnotes, numerals, observations, members] = FACT_TABLES;
    let tables = [
        Table::from_rows(reports, all().map(|it| &it.report))?,
        Table::from_rows(sections, all().flat_map(|it| &it.sections))?,
        Table::from_rows(footnotes, all().flat_map(|it| &it.footnotes))?,
        Table::from_rows(numerals, all().flat_map(|it| &it.numerals))?,
        Table::from_rows(observations, all().flat_map(|it| &it.observations))?,
        Table::from_rows(members, all().flat_map(|it| &it.members))?,
    ];
    Ok(tables.into_iter().collect())
}
