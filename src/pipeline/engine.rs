//! One report through the rooms that read it: bytes to rows.

use rayon::prelude::*;

use super::Progress;
use super::correction::{self, Correction};
use super::error::{Error, Result};
use super::inputs::ReportInput;
use crate::fact::{Extraction, Report};
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

/// One report's rows, corrected and normalised.
///
/// # Errors
///
/// [`Error::Read`], [`Error::Correction`].
pub fn read_report(input: &ReportInput, fetched: &Fetched, corrections: &[Correction]) -> Result<ReadReport> {
    let name = input.input.name();
    let reading = read::read_with_type(
        &fetched.bytes,
        name,
        fetched.content_type.as_deref(),
        &Limits::default(),
    )?;
    let notes = reading
        .warnings
        .iter()
        .map(|note| format!("{}: {note}", input.report_id()))
        .collect();
    let mut extraction = facts(input, fetched, reading);
    correction::apply(corrections, &mut extraction)?;
    tracing::debug!(
        report = input.report_id(),
        observations = extraction.observations.len(),
        "read"
    );
    Ok(ReadReport { extraction, notes })
}

/// The rows of a report: of the facts room, once it is there.
fn facts(input: &ReportInput, fetched: &Fetched, reading: Reading) -> Extraction {
    let known = &input.fallback;
    Extraction {
        report: Report {
            report_id: input.report_id().to_owned(),
            title: known.title.clone(),
            place: known.place.clone(),
            place_code: known.place_code.clone(),
            level: known.level,
            reviewed_year: known.reviewed_year,
            planned_year: known.planned_year,
            delivered_on: known.delivered_on,
            assembly: known.assembly.clone(),
            speaker: known.speaker.clone(),
            source_uri: input.origin.clone(),
            source_sha256: fetched.sha256.clone(),
            media_type: reading.media_type.to_owned(),
            characters: i64::try_from(reading.text.chars().count()).unwrap_or(i64::MAX),
        },
        sections: Vec::new(),
        footnotes: Vec::new(),
        numerals: Vec::new(),
        observations: Vec::new(),
        members: Vec::new(),
        source_text: reading.text,
    }
}
