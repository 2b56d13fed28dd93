//! Rows of many reports to the tables of a release, and the release to its folder.

use std::path::Path;

use rayon::prelude::*;

use super::config::PipelineFile;
use super::error::Result;
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
        let panel = || (extractions.len() > 1).then(|| Table::from_rows("panel", panel(&extractions)));
        let (audit, (tables, panel)) = rayon::join(audit, || rayon::join(|| fact_tables(&extractions), panel));
        let mut tables = tables?;
        tables.push(Table::from_rows("findings", &audit.findings)?);
        if let Some(panel) = panel {
            tables.push(panel?);
        }
        Ok(Self {
            extractions,
            audit,
            tables,
        })
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

/// The tables of what the reports state, each made on its own.
fn fact_tables(reports: &[Extraction]) -> table::Result<Tables> {
    type Make = fn(&[Extraction]) -> table::Result<Table>;
    const TABLES: [Make; 6] = [
        |reports| Table::from_rows("reports", reports.iter().map(|report| &report.report)),
        |reports| Table::from_rows("sections", reports.iter().flat_map(|report| &report.sections)),
        |reports| Table::from_rows("footnotes", reports.iter().flat_map(|report| &report.footnotes)),
        |reports| Table::from_rows("numerals", reports.iter().flat_map(|report| &report.numerals)),
        |reports| Table::from_rows("observations", reports.iter().flat_map(|report| &report.observations)),
        |reports| Table::from_rows("members", reports.iter().flat_map(|report| &report.members)),
    ];
    let tables: table::Result<Vec<_>> = TABLES.par_iter().with_max_len(1).map(|make| make(reports)).collect();
    Ok(tables?.into_iter().collect())
}
