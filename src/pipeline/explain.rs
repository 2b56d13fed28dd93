//! `pipeline explain`: why one number of a report is what it is.

use super::config::Known;
use super::engine;
use super::error::{Error, Result};
use super::inputs::{self, Access};
use crate::fact::{self, Explanation, Extraction, Numeral};

/// Which number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// The one at this code point of the source text, or else the next one of the sentence there.
    At(usize),
    /// The one behind this observation.
    Observation(String),
}

/// Explains one number of the report that `spec` names.
///
/// # Errors
///
/// [`Error::NoNumber`] if there is none; those of fetching and reading.
pub fn explain(spec: &str, which: &Which, fallback: &Known, access: &Access) -> Result<Explanation> {
    let inputs = inputs::of_command_line(&[spec.to_owned()], fallback)?;
    let [input] = inputs.as_slice() else {
        return Err(Error::NoInput(format!(
            "expected one report, found {} in {spec}",
            inputs.len()
        )));
    };
    let fetched = engine::fetch(input, &access.fetcher())?;
    let reading = engine::read_text(input, &fetched)?;
    let about = input.about(&fetched);
    let extraction = engine::rows(&about, &reading, &[])?;
    let missing = |found| Error::NoNumber {
        report: spec.to_owned(),
        which: which.to_string(),
        found,
    };
    let offset = match which {
        Which::At(offset) => *offset,
        Which::Observation(id) => {
            let mut rows = extraction.observations.iter();
            let row = rows.find(|row| row.observation_id == *id).ok_or_else(|| {
                let count = extraction.observations.len();
                missing(format!("{count} observations, none with this identifier"))
            })?;
            usize::try_from(row.source_start).unwrap_or_default()
        }
    };
    fact::explain(&reading, &about.hints(&reading), &extraction, offset)
        .ok_or_else(|| missing(found_at(&extraction, offset)))
}

/// What stands at an offset where no numeral does, and the nearest numeral.
fn found_at(extraction: &Extraction, offset: usize) -> String {
    const SHOWN: usize = 12;
    let text: String = extraction.source_text.chars().skip(offset).take(SHOWN).collect();
    let text = match text.lines().next() {
        None => format!(
            "the end of the text, which has {} characters",
            extraction.report.characters
        ),
        Some(line) => format!("`{line}`"),
    };
    let distance = |row: &&Numeral| row.source_start.abs_diff(offset as i64);
    match extraction.numerals.iter().min_by_key(distance) {
        None => format!("{text}, and the text has no numeral"),
        Some(row) => format!(
            "{text}; the nearest numeral is `{}` at offset {}",
            row.surface, row.source_start
        ),
    }
}

impl std::fmt::Display for Which {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::At(offset) => write!(f, "offset {offset}"),
            Self::Observation(id) => write!(f, "observation {id}"),
        }
    }
}
