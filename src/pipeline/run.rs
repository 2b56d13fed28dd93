//! `pipeline run`: one release from its pipeline file.

use std::path::{Path, PathBuf};

use super::assemble::Assembled;
use super::config::{self, Pipeline};
use super::engine::{self, Done, ReadReport};
use super::error::{Error, Result};
use super::fingerprint::{self, Fingerprint, Record};
use super::inputs::{self, About, Access, ReportInput};
use super::place::Staging;
use super::summary::Summary;
use super::workspace::Workspace;
use super::{Progress, correction};
use crate::fact::Severity;
use crate::read::Reading;
use crate::release::{self, OldRelease};
use crate::source::Fetched;

/// What the user asked of a run.
#[derive(Debug, Clone, Default)]
pub struct RunOptions {
    /// Say what would be done, and write nothing.
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
    let inputs = inputs::of_pipeline(&pipeline, options.texts.as_deref())?;
    let report_ids: Vec<_> = inputs.iter().map(ReportInput::report_id).collect();
    correction::check_reports(&pipeline.file.corrections, &report_ids)?;

    progress.begin(&format!("{name}: fetching"), inputs.len());
    let access = Access {
        look_only: options.dry_run,
        ..options.access.for_pipeline(&pipeline)
    };
    let fetcher = access.fetcher();
    let inputs = engine::for_each(&inputs, options.keep_going, progress, |input| {
        Ok((input, engine::fetch(input, &fetcher)?))
    })?;

    let folder = workspace.output().join(name);
    let sums = inputs
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
    build(&pipeline, &inputs, made_from, &workspace.output(), options, progress)
}

/// Why the release must be made; empty if it need not be.
fn reasons(made_from: &Fingerprint, output: &Path, name: &str, force: bool) -> Vec<String> {
    let mut reasons = match Record::load(output, name) {
        None => vec!["it was not made here before".to_owned()],
        Some(record) => match record.changed_file(&output.join(name)) {
            Some(file) => vec![format!("{file} is not as it was made")],
            None => made_from.changes_since(&record.made_from),
        },
    };
    if force {
        reasons.push("--force".to_owned());
    }
    reasons
}

/// Reads the reports and makes the release.
fn build(
    pipeline: &Pipeline,
    inputs: &Done<(&ReportInput, Fetched)>,
    made_from: Fingerprint,
    output: &Path,
    options: &RunOptions,
    progress: &dyn Progress,
) -> Result<RunOutcome> {
    let Pipeline { name, file, text, .. } = pipeline;
    let folder = output.join(name);
    progress.begin(&format!("{name}: reading"), inputs.made.len());
    let read = engine::for_each(&inputs.made, options.keep_going, progress, |(input, fetched)| {
        engine::read_report(input, fetched, &file.corrections)
    })?;
    let (extractions, notes): (Vec<_>, Vec<_>) = read
        .made
        .into_iter()
        .map(|ReadReport { extraction, notes }| (extraction, notes))
        .unzip();

    progress.begin(&format!("{name}: writing"), 1);
    let mut assembled = Assembled::new(extractions, &file.audit.acknowledge)?;
    let errors = assembled.audit.count(Severity::Error);
    if options.strict && errors > 0 {
        return Ok(RunOutcome::Refused { errors });
    }
    assembled.add_release_tables(file)?;
    let earlier = earlier(&folder)?;
    let staging = Staging::beside(&folder)?;
    let written = assembled.write_release(file, text, earlier.as_ref(), staging.path())?;
    let release = fingerprint::sha256_of(&staging.path().join(fingerprint::SUMS))?;
    staging.finish_on_disk()?;
    Record { made_from, release }.save(output, name)?;

    let mut notes: Vec<String> = notes.into_iter().flatten().collect();
    let open = pipeline.for_a_person();
    if open > 0 {
        notes.push(format!(
            "lines of {} that a person has still to look at, marked `{}`: {open}",
            pipeline.folder.join(config::FILE_NAME).display(),
            config::PERSON
        ));
    }
    let unused = assembled.audit.unused_acknowledgements.iter();
    notes.extend(unused.map(|id| format!("no finding {id} to acknowledge any more")));
    notes.extend(
        written
            .proposed
            .map(|version| format!("what changed calls for version {version}")),
    );
    let failures = inputs
        .failures
        .iter()
        .chain(&read.failures)
        .map(ToString::to_string)
        .collect();
    Ok(RunOutcome::Built {
        summary: Summary {
            notes,
            failures,
            ..assembled.summary(folder)
        },
    })
}

/// The release that lies in a folder, if one does.
fn earlier(folder: &Path) -> Result<Option<OldRelease>> {
    if !folder.exists() {
        return Ok(None);
    }
    let read = OldRelease::open(folder);
    read.map(Some).map_err(|source| Error::Earlier {
        folder: folder.to_path_buf(),
        source: Box::new(source),
    })
}

/// Makes a release again, from its own record and source texts, in an empty folder: for `verify`.
///
/// # Errors
///
/// Any of [`Error`].
pub fn rebuild(release: &OldRelease, folder: &Path) -> Result<()> {
    let text = &release.record.pipeline.text;
    let file = config::parse(text).map_err(|message| Error::Config {
        path: release.folder.join("release.json"),
        message,
    })?;
    let mut extractions = Vec::new();
    for source in &release.record.sources {
        let path = release.folder.join(release::source_path(&source.report_id));
        let text = std::fs::read_to_string(&path).map_err(Error::io("read", &path))?;
        let reading = Reading {
            text,
            media_type: "text/plain",
            segments: Vec::new(),
            warnings: Vec::new(),
        };
        let about = About::of_recorded(source, &file.sources);
        let mut extraction = engine::rows(&about, &reading, &file.corrections)?;
        extraction.report.media_type.clone_from(&source.media_type);
        extractions.push(extraction);
    }
    let mut assembled = Assembled::new(extractions, &file.audit.acknowledge)?;
    assembled.add_release_tables(&file)?;
    assembled.write_release(&file, text, Some(release), folder)?;
    Ok(())
}
