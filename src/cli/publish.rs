//! `pipeline publish`

use std::io::Write;
use std::path::PathBuf;

use super::Outcome;
use super::output::{self, Screen};
use crate::publish::{self, Change, Options};

/// Put a release on a portal, safely and again and again.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pipeline publish output/gaojing-2024 --to https://data.example.gov.cn             what would be done
  pipeline publish output/gaojing-2024 --to https://data.example.gov.cn --apply     do it
  pipeline publish output/gaojing-2024 --to s3://open-data/reports --apply          a static portal
  pipeline publish output/gaojing-2024 --to file:///srv/open-data --apply           a static portal in a folder

The CKAN token comes from CKAN_API_TOKEN or --token-file; the object store's from the AWS_ variables.
Without --apply nothing is written, and the exit status is 1 if anything would change.")]
pub struct Args {
    /// The release.
    #[arg(value_name = "DIR")]
    release: PathBuf,
    /// Where to: `https://…` is a CKAN portal, `s3://bucket/prefix` and `file:///folder` are static portals.
    #[arg(long, value_name = "URL")]
    to: String,
    /// Do what the plan says.
    #[arg(long)]
    apply: bool,
    /// CKAN organisation that owns a new dataset. Default: the only one in which the user may create datasets.
    #[arg(long, value_name = "NAME")]
    organization: Option<String>,
    /// File that holds the CKAN token.
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// Fill the CKAN DataStore too, with the types of the schema.
    #[arg(long)]
    datastore: bool,
    /// Largest file that the portal takes, in bytes.
    #[arg(long, value_name = "BYTES")]
    max_upload: Option<u64>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub fn execute(args: &Args, screen: Screen) -> anyhow::Result<Outcome> {
    let options = Options {
        organization: args.organization.clone(),
        token_file: args.token_file.clone(),
        datastore: args.datastore,
        max_upload: args.max_upload,
        ..Options::new(&args.release, &args.to)
    };
    let (text, json, outcome) = if args.apply {
        let mut said = |change: &Change| screen.say(change.to_text());
        let applied = publish::apply(&options, &mut said)?;
        (applied.to_text(), applied.to_json(), Outcome::Clean)
    } else {
        let plan = publish::plan(&options)?;
        let outcome = Outcome::findings_if(!plan.is_empty() || plan.is_blocked());
        (plan.to_text(), plan.to_json(), outcome)
    };
    let mut out = output::stdout();
    writeln!(out, "{}", if args.json { json } else { text }.trim_end())?;
    out.flush()?;
    Ok(outcome)
}
