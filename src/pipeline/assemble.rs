//! Rows of many reports to the tables of a release.

use crate::fact::{Extraction, Finding};
use crate::lexicon::codes;
use crate::table::{Result, Table, Tables};

/// The tables that reports fill, in the order of a release.
///
/// # Errors
///
/// When a row does not fit its table.
pub fn report_tables(extractions: &[Extraction], findings: &[Finding]) -> Result<Tables> {
    Ok([
        Table::from_rows("reports", extractions.iter().map(|report| &report.report))?,
        Table::from_rows("sections", extractions.iter().flat_map(|report| &report.sections))?,
        Table::from_rows("footnotes", extractions.iter().flat_map(|report| &report.footnotes))?,
        Table::from_rows("numerals", extractions.iter().flat_map(|report| &report.numerals))?,
        Table::from_rows("observations", extractions.iter().flat_map(|report| &report.observations))?,
        Table::from_rows("members", extractions.iter().flat_map(|report| &report.members))?,
        Table::from_rows("findings", findings)?,
    ]
    .into_iter()
    .collect())
}

/// The code lists, in the order of a release.
///
/// # Errors
///
/// When an entry does not fit its table.
pub fn code_lists() -> Result<Tables> {
    Ok([
        Table::from_rows("indicators", codes::indicators())?,
        Table::from_rows("units", codes::units())?,
        Table::from_rows("themes", codes::themes())?,
        Table::from_rows("measures", codes::measures())?,
        Table::from_rows("modifiers", codes::modifiers())?,
        Table::from_rows("statuses", codes::statuses())?,
        Table::from_rows("places", codes::places())?,
    ]
    .into_iter()
    .collect())
}
