//! One report through the rooms that read it: bytes to rows.

use super::correction::{self, Correction};
use super::error::{Error, Result};
use super::fingerprint::sha256;
use super::inputs::{Input, Loaded};
use crate::fact::Extraction;
use crate::read;

/// What one input gave.
#[derive(Debug)]
pub struct Read {
    pub extraction: Extraction,
    /// What the reader noticed, each with the report's name.
    pub notes: Vec<String>,
}

/// Reads one report and normalises its rows.
///
/// # Errors
///
/// [`Error::Report`] with the reader's error; [`Error::Correction`].
pub fn read_report(input: &Input, loaded: &Loaded, corrections: &[Correction]) -> Result<Read> {
    let failed = |source: Box<dyn std::error::Error + Send + Sync>| Error::Report {
        report: input.report_id.clone(),
        source,
    };
    let reading = read::read_with_type(&loaded.bytes, &loaded.name, loaded.content_type.as_deref(), &read::Limits::default())
        .map_err(|e| failed(e.into()))?;
    let notes = reading.warnings.iter().map(|note| format!("{}: {note}", input.report_id)).collect();
    todo!()
}
