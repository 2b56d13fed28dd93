//! One report through the rooms that read it: bytes to rows.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

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
/// The first of the items' errors, unless `keep_going`: then all are among the failures.
pub fn for_each<'a, I: Sync, T: Send>(
    items: &'a [I],
    keep_going: bool,
    progress: &dyn Progress,
    step: impl Fn(&'a I) -> Result<T> + Sync,
) -> Result<Done<T>> {
    let mut made = Vec::with_capacity(items.len());
    let failures = for_each_in_turn(items, keep_going, progress, step, |item| {
        made.push(item);
        Ok(())
    })?;
    Ok(Done { made, failures })
}

/// Takes one step for every item, several at a time, and hands what they made over in the items' order, one after the other, as soon as it
/// is their turn: what waits is no more than what others overtook. Gives the items' failures.
///
/// # Errors
///
/// The first of the items' errors, unless `keep_going`; the first error of `take`.
pub fn for_each_in_turn<'a, I: Sync, T: Send>(
    items: &'a [I],
    keep_going: bool,
    progress: &dyn Progress,
    step: impl Fn(&'a I) -> Result<T> + Sync,
    take: impl FnMut(T) -> Result<()> + Send,
) -> Result<Vec<Error>> {
    let next = AtomicUsize::new(0);
    let end = || next.store(items.len(), Ordering::Relaxed);
    let waiting = Mutex::new(BTreeMap::new());
    let taker = Mutex::new(Taker {
        turn: 0,
        take,
        keep_going,
        outcome: Ok(Vec::new()),
    });
    // Whoever finds the taker free hands over all whose turn it is; nobody waits for another to do so.
    let hand_over = || {
        while let Ok(mut taker) = taker.try_lock() {
            let Some(result) = lock(&waiting).remove(&taker.turn) else {
                break;
            };
            if !taker.takes(result) {
                end();
                break;
            }
        }
    };
    rayon::scope(|scope| {
        for _ in 0..rayon::current_num_threads() {
            scope.spawn(|_| {
                while let at = next.fetch_add(1, Ordering::Relaxed)
                    && let Some(item) = items.get(at)
                {
                    let result = step(item);
                    progress.advance();
                    if result.is_err() && !keep_going {
                        end();
                    }
                    lock(&waiting).insert(at, result);
                    hand_over();
                }
            });
        }
    });
    hand_over();
    taker.into_inner().unwrap_or_else(PoisonError::into_inner).outcome
}

/// Takes results in their turn.
struct Taker<F> {
    /// Position of the item whose turn it is.
    turn: usize,
    take: F,
    keep_going: bool,
    /// The failures so far, or the error that ended all.
    outcome: Result<Vec<Error>>,
}

impl<F> Taker<F> {
    /// Takes the result whose turn it is, and says whether there is any use in going on.
    fn takes<T>(&mut self, result: Result<T>) -> bool
    where
        F: FnMut(T) -> Result<()>,
    {
        self.turn += 1;
        let Ok(failures) = &mut self.outcome else {
            return false;
        };
        match result.map(&mut self.take) {
            Ok(Ok(())) => {}
            Err(failure) if self.keep_going => failures.push(failure),
            Ok(Err(error)) | Err(error) => self.outcome = Err(error),
        }
        self.outcome.is_ok()
    }
}

/// Locks what another thread may have left in a panic, which ends this one too.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
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
