//! `pipeline extract`

use std::path::PathBuf;

use clap::ValueEnum;

use super::Outcome;
use super::output::Screen;
use super::progress::Bar;
use super::source_options::SourceOptions;
use super::summary;
use crate::pipeline::{self, ExtractOptions, Format, Known};

/// Read any reports and write their tables, without a pipeline file.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pipeline extract report.txt --output out
  pipeline extract reports/*.pdf 'more/*.docx' https://example.gov.cn/report.html --output out
  pipeline extract - --output out < report.txt
  pipeline extract report.txt --output out --place 高境镇 --level town --reviewed-year 2023

Writes DIR/<table>.csv and DIR/<table>.parquet. A report's report_id is its file's name without the extension.
DIR takes its new content in one step: a run that is killed leaves the old one. A DIR that holds other files too keeps
them, and takes its new tables one by one.")]
pub struct Args {
    /// Files, folders, patterns, addresses, or `-` for standard input.
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<String>,
    /// Folder for the tables.
    #[arg(long, short, value_name = "DIR")]
    output: PathBuf,
    /// Forms to write.
    #[arg(long, value_delimiter = ',', value_enum, default_values_t = [FormatArg::Csv, FormatArg::Parquet])]
    format: Vec<FormatArg>,
    /// Go on with the other inputs when one can't be read; the exit status is then 1.
    #[arg(long)]
    keep_going: bool,
    #[command(flatten)]
    source: SourceOptions,
    /// Number of threads. Default: one a core.
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    /// What to take where a report's text does not say it.
    #[command(flatten)]
    fallback: Fallback,
}

/// Facts about a report for when its text does not state them.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Where a text does not say it")]
pub struct Fallback {
    /// Title of the report.
    #[arg(long)]
    title: Option<String>,
    /// The place it is about: 上海市.
    #[arg(long)]
    place: Option<String>,
    /// Level of government.
    #[arg(long, value_enum)]
    level: Option<LevelArg>,
    /// The year that it looks back on.
    #[arg(long, value_name = "YEAR")]
    reviewed_year: Option<i32>,
    /// The year that it plans.
    #[arg(long, value_name = "YEAR")]
    planned_year: Option<i32>,
}

impl From<&Fallback> for Known {
    fn from(fallback: &Fallback) -> Self {
        Self {
            title: fallback.title.clone(),
            place: fallback.place.clone(),
            level: fallback.level.map(Into::into),
            reviewed_year: fallback.reviewed_year,
            planned_year: fallback.planned_year,
            ..Self::default()
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum LevelArg {
    State,
    Province,
    Prefecture,
    County,
    Town,
}

impl From<LevelArg> for crate::fact::Level {
    fn from(level: LevelArg) -> Self {
        match level {
            LevelArg::State => Self::State,
            LevelArg::Province => Self::Province,
            LevelArg::Prefecture => Self::Prefecture,
            LevelArg::County => Self::County,
            LevelArg::Town => Self::Town,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FormatArg {
    Csv,
    Parquet,
    Jsonl,
}

impl From<FormatArg> for Format {
    fn from(format: FormatArg) -> Self {
        match format {
            FormatArg::Csv => Self::Csv,
            FormatArg::Parquet => Self::Parquet,
            FormatArg::Jsonl => Self::Jsonl,
        }
    }
}

pub fn execute(args: &Args, screen: Screen) -> anyhow::Result<Outcome> {
    let options = ExtractOptions {
        formats: args.format.iter().copied().map(Into::into).collect(),
        keep_going: args.keep_going,
        access: (&args.source).into(),
        fallback: (&args.fallback).into(),
    };
    let bar = Bar::new(screen);
    let summary = pipeline::with_threads(args.jobs, || {
        pipeline::extract(&args.inputs, &args.output, &options, &bar)
    })??;
    drop(bar);
    screen.say(summary::text("extract", &summary, screen.verbose));
    Ok(Outcome::findings_if(!summary.failures.is_empty()))
}
