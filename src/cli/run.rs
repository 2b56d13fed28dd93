//! `pipeline run`

use std::path::PathBuf;

use super::Outcome;
use super::output::Screen;
use super::progress::Bar;
use super::source_options::SourceOptions;
use super::summary;
use crate::pipeline::{self, RunOptions, RunOutcome, Workspace};

/// Rebuild releases; skips what is unchanged.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pipeline run                                  every release that changed
  pipeline run gaojing-2024 --force             this one, changed or not
  pipeline run --dry-run                        what would be done, and why
  pipeline run reports-panel --texts ../texts   a panel whose texts are kept elsewhere

A release is made from its sources, its pipeline file and this program (with its schemas and lexicon).
When the content of none of them has changed, nothing is done.")]
pub struct Args {
    /// Pipelines to run: folders under `pipelines/`. Default: all.
    names: Vec<String>,
    /// Say what would be done, and why, and write nothing. Sources are read to see whether they changed.
    #[arg(long)]
    dry_run: bool,
    /// Rebuild even what is unchanged.
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    source: SourceOptions,
    /// Fail when the audit finds an error that the pipeline file does not acknowledge.
    #[arg(long)]
    strict: bool,
    /// Leave out a source that can't be read, say so at the end, and exit with 1.
    #[arg(long)]
    keep_going: bool,
    /// Number of threads. Default: one a core.
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    /// Folder of the texts that a pipeline keeps outside the project.
    #[arg(long, value_name = "DIR")]
    texts: Option<PathBuf>,
    /// Folder that holds `pipelines/` and `output/`. Default: this one, or the nearest above it.
    #[arg(long, value_name = "DIR")]
    project: Option<PathBuf>,
}

pub fn execute(args: &Args, screen: Screen) -> anyhow::Result<Outcome> {
    let workspace = Workspace::find(args.project.as_deref())?;
    let options = RunOptions {
        dry_run: args.dry_run,
        force: args.force,
        access: (&args.source).into(),
        strict: args.strict,
        keep_going: args.keep_going,
        texts: args.texts.clone(),
    };
    let names = if args.names.is_empty() {
        workspace.names()?
    } else {
        args.names.clone()
    };
    pipeline::with_threads(args.jobs, || {
        let mut outcome = Outcome::Clean;
        for name in &names {
            let bar = Bar::new(screen);
            let result = pipeline::run(&workspace, name, &options, &bar);
            drop(bar);
            let ended = match result {
                // Who runs all pipelines need not have the texts of each.
                Err(error @ pipeline::Error::NeedsTexts(_)) if args.names.is_empty() => {
                    screen.say(format!("left out: {error}"));
                    continue;
                }
                result => result?,
            };
            match ended {
                RunOutcome::Unchanged { folder } => {
                    screen.say(format!("{name}: nothing changed, {} is up to date", folder.display()));
                }
                RunOutcome::WouldBuild { reasons } => {
                    screen.say(format!("{name}: would be built: {}", reasons.join("; ")));
                }
                RunOutcome::Refused { errors } => {
                    screen.say(format!(
                        "{name}: not released, the audit has {}",
                        summary::count(errors, "unacknowledged error")
                    ));
                    outcome = Outcome::Findings;
                }
                RunOutcome::Built { summary } => {
                    screen.say(summary::text(name, &summary, screen.verbose));
                    if !summary.failures.is_empty() {
                        outcome = Outcome::Findings;
                    }
                }
            }
        }
        Ok(outcome)
    })?
}
