//! One report through the rooms that read it: bytes to rows.

use rayon::prelude::*;

use super::Progress;
use super::correction::{self, Correction};
use super::error::{Error, Result};
use super::inputs::{About, ReportInput};
use crate::fact::{self, Extraction};
use crate::normalise;
use crate::read::{self, Limits, Reading};
use crate::source::{Fetched, Fetcher};

/// What a step made of each of its items, in their order, and what failed; nothing has, unless the run keeps going.
#[derive(Debug)]
pub struct Done<T> {
    pub made: Vec<T>,
    pub failures: Vec<Error>,
}

/// Takes one step for every item, several at a time, and keeps their order.
///
/// # Errors
///
/// One of the items' errors, unless `keep_going`: then all are among the failures.
pub fn for_each<'a, I: Sync, T: Send>(
    items: &'a [I],
    keep_going: bool,
    progress: &dyn Progress,
    step: impl Fn(&'a I) -> Result<T> + Sync,
) -> Result<Done<T>> {
    let step = |item: &'a I| {
        let result = step(item);
        progress.advance();
        result
    };
    if !keep_going {
        let made = items.par_iter().map(step).collect::<Result<_>>()?;
        return Ok(Done {
            made,
            failures: Vec::new(),
        });
    }
    let results: Vec<_> = items.par_iter().map(step).collect();
    let mut done = Done {
        made: Vec::new(),
        failures: Vec::new(),
    };
    for result in results {
        match result {
            Ok(item) => done.made.push(item),
            Err(failure) => done.failures.push(failure),
        }
    }
    Ok(done)
}

/// What one report gave.
#[derive(Debug)]
pub struct ReadReport {
    pub extraction: Extraction,
    /// What the reader noticed and worked around.
    pub notes: Vec<String>,
}

/// The bytes of an input.
///
/// # Errors
///
/// [`Error::Source`].
pub fn fetch(input: &ReportInput, fetcher: &Fetcher) -> Result<Fetched> {
    tracing::debug!(report = input.report_id(), uri = input.input.uri, "fetch");
    Ok(fetcher.fetch(&input.input)?)
}

/// The text of an input.
///
/// # Errors
///
/// [`Error::Read`].
pub fn read_text(input: &ReportInput, fetched: &Fetched) -> Result<Reading> {
    let content_type = fetched.content_type.as_deref();
    Ok(read::read_with_type(
        &fetched.bytes,
        input.input.name(),
        content_type,
        &Limits::default(),
    )?)
}

/// One report's rows, corrected and normalised.
///
/// # Errors
///
/// [`Error::Read`], [`Error::Correction`].
pub fn read_report(input: &ReportInput, fetched: &Fetched, corrections: &[Correction]) -> Result<ReadReport> {
    let reading = read_text(input, fetched)?;
    let notes = reading
        .warnings
        .iter()
        .map(|note| format!("{}: {note}", input.report_id()))
        .collect();
    let extraction = rows(&input.about(fetched), &reading, corrections)?;
    Ok(ReadReport { extraction, notes })
}

/// The rows of a text about which this much is known, corrected and normalised.
///
/// # Errors
///
/// [`Error::Correction`].
pub fn rows(about: &About, reading: &Reading, corrections: &[Correction]) -> Result<Extraction> {
    let mut extraction = fact::extract(reading, &about.origin, &about.hints(reading));
    correction::apply(corrections, &mut extraction)?;
    normalise::normalise(&mut extraction);
    tracing::debug!(
        report = about.origin.report_id,
        observations = extraction.observations.len(),
        "read"
    );
    Ok(extraction)
}
