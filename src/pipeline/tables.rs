//! Rows of many reports to the tables of the contract.

use crate::fact::{Extraction, Finding};
use crate::table::{Result, Table, Tables};

/// The tables of reports and findings, in the order of a release.
///
/// # Errors
///
/// When a row does not fit its table.
pub fn of_reports(extractions: &[Extraction], findings: &[Finding]) -> Result<Tables> {
    Ok([
        Table::from_rows("reports", extractions.iter().map(|report| &report.report))?,
        Table::from_rows("sections", extractions.iter().flat_map(|report| &report.sections))?,
        Table::from_rows("footnotes", extractions.iter().flat_map(|report| &report.footnotes))?,
        Table::from_rows("numerals", extractions.iter().flat_map(|report| &report.numerals))?,
        Table::from_rows(
            "observations",
            extractions.iter().flat_map(|report| &report.observations),
        )?,
        Table::from_rows("members", extractions.iter().flat_map(|report| &report.members))?,
        Table::from_rows("findings", findings)?,
    ]
    .into_iter()
    .collect())
}
