//! Rows of many reports to the tables of a release, and the release to its folder.

use std::path::Path;

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
        let rows: Vec<_> = extractions.iter().map(ReportRows::from).collect();
        let mut audit = audit::audit(&audit::Input {
            reports: &rows,
            acknowledgements,
        });
        // A difference begins with a minus sign, not with the hyphen that a spreadsheet takes for a formula: so it need
        // not be quoted, and is the same text in every form of the table.
        for difference in audit.findings.iter_mut().filter_map(|row| row.difference.as_mut()) {
            *difference = difference.replace('-', "−");
        }
        let mut tables: Tables = [
            Table::from_rows("reports", extractions.iter().map(|report| &report.report))?,
            Table::from_rows("sections", extractions.iter().flat_map(|report| &report.sections))?,
            Table::from_rows("footnotes", extractions.iter().flat_map(|report| &report.footnotes))?,
            Table::from_rows("numerals", extractions.iter().flat_map(|report| &report.numerals))?,
            Table::from_rows(
                "observations",
                extractions.iter().flat_map(|report| &report.observations),
            )?,
            Table::from_rows("members", extractions.iter().flat_map(|report| &report.members))?,
            Table::from_rows("findings", &audit.findings)?,
        ]
        .into_iter()
        .collect();
        if extractions.len() > 1 {
            tables.push(Table::from_rows("panel", panel(&extractions))?);
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
