//! Corrections: mistakes of the extraction that a person mended in the pipeline file.
//!
//! A correction is guarded twice. It names the words of the source that it is about, which must stand there exactly
//! once, and the value that it replaces, which must be what the extraction says. When the report or the rules have
//! changed, it fails and says so. It changes a column of a row, never the source text and no offset.

use serde::Deserialize;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::error::{Error, Result};
use crate::fact::Extraction;

/// One correction, as the pipeline file has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// The report that it is about.
    pub report: String,
    /// Words of the source text that hold the numeral; they must stand there exactly once.
    pub expect: String,
    /// The numeral within those words, as the text has it; its observation is the one corrected.
    pub numeral: String,
    /// The column to set, one of [`COLUMNS`].
    pub column: String,
    /// What the extraction says, as the tables write it; empty for null.
    pub from: String,
    /// What is right; empty for null.
    pub to: String,
    /// Why, for whoever reads the release.
    pub reason: String,
}

/// Columns of `observations` that may be corrected: those that reading decides. The rest follows from them.
pub const COLUMNS: &[&str] = &[
    "indicator",
    "measure",
    "comparison",
    "value",
    "value_max",
    "unit",
    "modifier",
    "status",
    "period",
    "reference",
    "place",
];

/// Applies the corrections meant for this report, in order.
///
/// # Errors
///
/// [`Error::Correction`] if one does not fit any more.
pub fn apply(corrections: &[Correction], extraction: &mut Extraction) -> Result<()> {
    let report_id = extraction.report.report_id.clone();
    for (at, correction) in corrections.iter().enumerate().filter(|(_, c)| c.report == report_id) {
        correction.apply(extraction).map_err(|message| Error::Correction {
            number: at + 1,
            report: report_id.clone(),
            message,
        })?;
    }
    Ok(())
}

/// Checks that every correction is meant for a report that there is.
///
/// # Errors
///
/// [`Error::Correction`] for the first that is not.
pub fn check_reports(corrections: &[Correction], report_ids: &[&str]) -> Result<()> {
    for (at, correction) in corrections.iter().enumerate() {
        if !report_ids.contains(&correction.report.as_str()) {
            return Err(Error::Correction {
                number: at + 1,
                report: correction.report.clone(),
                message: format!("no such report; there are: {}", report_ids.join(", ")),
            });
        }
    }
    Ok(())
}

impl Correction {
    fn apply(&self, extraction: &mut Extraction) -> Result<(), String> {
        if !COLUMNS.contains(&self.column.as_str()) {
            return Err(format!(
                "column: expected one of {}, found `{}`",
                COLUMNS.join(", "),
                self.column
            ));
        }
        let start = self.numeral_offset(&extraction.source_text)?;
        let row = extraction
            .observations
            .iter_mut()
            .find(|row| row.source_start == start)
            .ok_or_else(|| format!("`{}` in `{}` is no observation", self.numeral, self.expect))?;
        set(row, &self.column, &self.from, &self.to)
    }

    /// Where the numeral stands, in code points.
    fn numeral_offset(&self, source_text: &str) -> Result<i64, String> {
        let words = only_match(source_text, &self.expect, "the source")?;
        let within = only_match(&self.expect, &self.numeral, "`expect`")?;
        let characters = source_text[..words + within].chars().count();
        i64::try_from(characters).map_err(|_| "the text is too long".to_owned())
    }
}

/// Byte offset of `needle`, which must stand in `text` exactly once.
fn only_match(text: &str, needle: &str, place: &str) -> Result<usize, String> {
    match text.matches(needle).count() {
        1 if !needle.is_empty() => Ok(text.find(needle).unwrap_or_default()),
        count => Err(format!(
            "expected `{needle}` exactly once in {place}, found it {count} times"
        )),
    }
}

/// Sets one column of a row by its name, if it holds what is expected.
fn set<T: Serialize + DeserializeOwned>(row: &mut T, column: &str, from: &str, to: &str) -> Result<(), String> {
    let mut fields = serde_json::to_value(&*row).map_err(|e| e.to_string())?;
    let held = match &fields[column] {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    if held != from {
        return Err(format!("{column}: expected `{from}`, found `{held}`"));
    }
    fields[column] = if to.is_empty() {
        Value::Null
    } else {
        Value::String(to.to_owned())
    };
    *row = serde_json::from_value(fields).map_err(|e| format!("{column}: `{to}` is no value of it: {e}"))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_needle_must_stand_exactly_once() {
        assert_eq!(only_match("一二三", "二", "x"), Ok(3));
        assert!(only_match("一二二", "二", "x").unwrap_err().contains("2 times"));
        assert!(only_match("一", "二", "x").unwrap_err().contains("0 times"));
        assert!(only_match("一", "", "x").is_err());
    }
}
