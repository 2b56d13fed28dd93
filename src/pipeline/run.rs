//! `pipeline run`: one release from its pipeline file.

use std::path::{Path, PathBuf};

use super::config::Pipeline;
use super::engine::{self, Done, ReadReport};
use super::error::Result;
use super::fingerprint::{Fingerprint, Record};
use super::inputs::{self, Access, ReportInput};
use super::place::Staging;
use super::summary::Summary;
use super::workspace::Workspace;
use super::{Progress, correction, tables};
use crate::fact::Extraction;
use crate::source::Fetched;

/// What the user asked of a run.
#[derive(Debug, Clone, Default)]
pub struct RunOptions {
    /// Say what would be done, and do nothing.
    pub dry_run: bool,
    /// Rebuild what is unchanged.
    pub force: bool,
    /// Make no release that holds an error nobody acknowledged.
    pub strict: bool,
    /// Leave out sources that fail.
    pub keep_going: bool,
    /// Folder of texts kept outside the project.
    pub texts: Option<PathBuf>,
    /// How sources are fetched.
    pub access: Access,
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RunOutcome {
    /// Nothing that the release is made from has changed.
    Unchanged { folder: PathBuf },
    /// The texts are kept elsewhere, and no folder was given.
    NeedsTexts,
    /// A dry run: the release would be made, for these reasons.
    WouldBuild { reasons: Vec<String> },
    /// A strict run: the audit found so many errors that nobody acknowledged, and the old release stands.
    Refused { errors: usize },
    /// The release was made.
    Built { summary: Summary },
}

/// Makes the release `name` if anything that it is made from has changed.
///
/// # Errors
///
/// Any of [`super::Error`]; the release that was there is then unharmed.
pub fn run(workspace: &Workspace, name: &str, options: &RunOptions, progress: &dyn Progress) -> Result<RunOutcome> {
    let pipeline = workspace.load(name)?;
    if options.texts.is_none() && pipeline.file.sources.iter().any(|source| source.in_texts) {
        return Ok(RunOutcome::NeedsTexts);
    }
    let inputs = inputs::of_pipeline(&pipeline, options.texts.as_deref())?;
    let report_ids: Vec<_> = inputs.iter().map(ReportInput::report_id).collect();
    correction::check_reports(&pipeline.file.corrections, &report_ids)?;

    progress.begin(&format!("{name}: fetching"), inputs.len());
    let fetcher = options.access.for_pipeline(&pipeline).fetcher();
    let fetched = engine::for_each(&inputs, options.keep_going, progress, |input| {
        Ok((input, engine::fetch(input, &fetcher)?))
    })?;

    let folder = workspace.output().join(name);
    let sums = fetched
        .made
        .iter()
        .map(|(input, it)| (input.report_id().to_owned(), it.sha256.clone()))
        .collect();
    let made_from = Fingerprint::new(&pipeline.text, sums)?;
    let reasons = reasons(&made_from, &workspace.output(), name, options.force);
    if reasons.is_empty() {
        return Ok(RunOutcome::Unchanged { folder });
    }
    tracing::info!(name, reasons = reasons.join("; "), "build");
    if options.dry_run {
        return Ok(RunOutcome::WouldBuild { reasons });
    }
    build(&pipeline, &fetched.made, &folder, options, progress)
}

/// Why the release must be made; empty if it need not be.
fn reasons(made_from: &Fingerprint, output: &Path, name: &str, force: bool) -> Vec<String> {
    let mut reasons = match Record::load(output, name) {
        None => vec!["it was not made here before".to_owned()],
        Some(record) if !record.is_of(&output.join(name)) => vec!["its files are not the ones made".to_owned()],
        Some(record) => made_from.changes_since(&record.made_from),
    };
    if force {
        reasons.push("--force".to_owned());
    }
    reasons
}

/// Reads the reports and makes the release.
fn build(
    pipeline: &Pipeline,
    fetched: &[(&ReportInput, Fetched)],
    folder: &Path,
    options: &RunOptions,
    progress: &dyn Progress,
) -> Result<RunOutcome> {
    progress.begin(&format!("{}: reading", pipeline.name), fetched.len());
    let Done { made, failures } = engine::for_each(fetched, options.keep_going, progress, |(input, fetched)| {
        engine::read_report(input, fetched, &pipeline.file.corrections)
    })?;
    let (extractions, notes): (Vec<Extraction>, Vec<_>) = made
        .into_iter()
        .map(|ReadReport { extraction, notes }| (extraction, notes))
        .unzip();
    let findings = Vec::new();
    let mut tables = tables::of_reports(&extractions, &findings)?;
    for table in tables.query(&pipeline.file.tables)? {
        tables.push(table);
    }
    let staging = Staging::beside(folder)?;
    staging.finish()?;
    let summary = Summary {
        folder: folder.to_path_buf(),
        tables: tables
            .iter()
            .map(|table| (table.name().to_owned(), table.len()))
            .collect(),
        notes: notes.into_iter().flatten().collect(),
        failures: failures.iter().map(ToString::to_string).collect(),
        ..Summary::count(&extractions, &findings)
    };
    Ok(RunOutcome::Built { summary })
}
