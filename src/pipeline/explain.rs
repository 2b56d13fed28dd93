//! `pipeline explain`: why one number of a report is what it is.

use super::config::Known;
use super::engine;
use super::error::{Error, Result};
use super::inputs::{self, Access};
use crate::fact::{self, Explanation};

/// Which number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// The one at this code point of the source text.
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
    let observations = engine::rows(&about, &reading, &[])?.observations;
    let missing = || Error::NoNumber {
        report: spec.to_owned(),
        which: which.to_string(),
    };
    let offset = match which {
        Which::At(offset) => *offset,
        Which::Observation(id) => {
            let row = observations
                .iter()
                .find(|row| row.observation_id == *id)
                .ok_or_else(missing)?;
            usize::try_from(row.source_start).map_err(|_| missing())?
        }
    };
    let mut explanation = fact::explain(&reading, &about.origin, &about.hints(&reading), offset).ok_or_else(missing)?;
    // The row as the tables have it, with its codes.
    let start = explanation.source_start;
    explanation.observation = observations
        .into_iter()
        .find(|row| usize::try_from(row.source_start) == Ok(start));
    Ok(explanation)
}

impl std::fmt::Display for Which {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::At(offset) => write!(f, "offset {offset}"),
            Self::Observation(id) => write!(f, "observation {id}"),
        }
    }
}
