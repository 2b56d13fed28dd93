//! `pipeline new`

use std::path::{Path, PathBuf};

use super::Outcome;
use super::output::Screen;
use super::progress::Bar;
use super::source_options::SourceOptions;
use super::summary::count;
use crate::pipeline::{self, Workspace};

/// Write a pipeline file for reports that have none.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pipeline new anyang-2025 anyang.pdf
  pipeline new anyang anyang-2024.txt anyang-2025.txt
  pipeline new anyang-2025 https://www.anyang.gov.cn/report.html

Copies the files to pipelines/NAME/, pins them by sha256, and fills in what the texts say of themselves. What was
not found, and what only a person can decide, is marked with `PERSON:`. `pipeline run NAME` works at once (with the same
--snapshots, if that was given).")]
pub struct Args {
    /// Name of the pipeline and of its release: a-z, 0-9, `.`, `_` and `-`.
    name: String,
    /// Files, folders, patterns or addresses.
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<String>,
    #[command(flatten)]
    source: SourceOptions,
    /// Folder that holds `pipelines/`. Default: this one, or the nearest above it.
    #[arg(long, value_name = "DIR")]
    project: Option<PathBuf>,
}

pub fn execute(args: &Args, screen: Screen) -> anyhow::Result<Outcome> {
    // The first pipeline of a project is made where its user stands.
    let workspace = match Workspace::find(args.project.as_deref()) {
        Ok(workspace) => workspace,
        Err(_) => Workspace::at(args.project.as_deref().unwrap_or(Path::new("."))),
    };
    let bar = Bar::new(screen);
    let made = pipeline::new(&workspace, &args.name, &args.inputs, &(&args.source).into(), &bar)?;
    drop(bar);
    screen.say(format!(
        "{} written; {} of it for a person (PERSON:)",
        made.file.display(),
        count(made.for_a_person, "line")
    ));
    screen.say(format!("next: pipeline run {}", args.name));
    Ok(Outcome::Clean)
}
