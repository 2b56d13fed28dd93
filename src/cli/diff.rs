//! `pipeline diff`

use std::io::Write;
use std::path::PathBuf;

use super::Outcome;
use super::output;
use crate::release::{self, Selection};

/// Compare two releases, or two folders of extracted tables, fact by fact.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pipeline diff old/gaojing-2024 output/gaojing-2024
  pipeline diff old new --report gaojing-2024 --theme economy
  pipeline diff old new --html > changes.html

Exit status 1 when something differs. To compare nothing (a missing table, a selection without rows) is an error.")]
pub struct Args {
    /// The release before.
    old: PathBuf,
    /// The release after.
    new: PathBuf,
    /// Compare these reports only.
    #[arg(long = "report", value_name = "REPORT_ID")]
    reports: Vec<String>,
    /// Compare observations of these themes only.
    #[arg(long = "theme", value_name = "THEME")]
    themes: Vec<String>,
    /// Print JSON.
    #[arg(long, conflicts_with = "html")]
    json: bool,
    /// Print a page of HTML.
    #[arg(long)]
    html: bool,
}

pub fn execute(args: &Args) -> anyhow::Result<Outcome> {
    let selection = Selection {
        reports: args.reports.clone(),
        themes: args.themes.clone(),
    };
    let changes = release::compare(
        &release::read_tables(&args.old)?,
        &release::read_tables(&args.new)?,
        &selection,
    )?;
    output::data(Outcome::findings_if(!changes.is_empty()), |out| {
        if args.json {
            serde_json::to_writer_pretty(&mut *out, &changes.json())?;
            writeln!(out)?;
        } else if args.html {
            out.write_all(changes.html()?.as_bytes())?;
        } else {
            writeln!(out, "{}", changes.text().trim_end())?;
        }
        Ok(())
    })
}
