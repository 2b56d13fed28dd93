//! `pipeline publish`

use std::io::Write;
use std::path::PathBuf;

use anyhow::bail;

use super::Outcome;
use super::output::{self, Screen};
use crate::publish::{self, Options};

/// Put a release on a portal: show the plan, or carry it out.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pipeline publish output/gaojing-2024 --to https://data.example.gov.cn          what would change
  pipeline publish output/gaojing-2024 --to https://data.example.gov.cn --apply  change it
  pipeline publish output/gaojing-2024 --to s3://bucket/open --apply             a static portal
  pipeline publish output/gaojing-2024 --to file:///srv/open --apply             the same in a folder

A CKAN portal needs a token, in the variable CKAN_API_TOKEN or in a file; s3: needs the AWS variables.
Without --apply nothing is written, and exit status 1 says that something would change.
With --apply every file is read back; after an interruption the same command continues.")]
pub struct Args {
    /// The release.
    release: PathBuf,
    /// The portal: the address of a CKAN portal, of a bucket (s3:) or of a folder (file:).
    #[arg(long, value_name = "URL")]
    to: String,
    /// Carry the plan out.
    #[arg(long)]
    apply: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// The CKAN organisation of a new dataset, where the user may use several.
    #[arg(long, value_name = "NAME")]
    organization: Option<String>,
    /// Read the CKAN token from a file instead of from the environment.
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// Fill the portal's data store from the tables, with the types of their schemas.
    #[arg(long)]
    datastore: bool,
    /// Publish although the homepage or the publisher is an example (`.example`), to a target that is not on this machine:
    /// to try a portal out.
    #[arg(long)]
    placeholders: bool,
    /// Largest file that the portal takes, in mebibytes, to be told beforehand which files are larger.
    #[arg(long, value_name = "MIB")]
    max_upload: Option<u64>,
}

pub fn execute(args: &Args, screen: Screen) -> anyhow::Result<Outcome> {
    let options = Options {
        organization: args.organization.clone(),
        token_file: args.token_file.clone(),
        datastore: args.datastore,
        placeholders: args.placeholders,
        max_upload: args.max_upload.map(|limit| limit.saturating_mul(1 << 20)),
        ..Options::new(&args.release, &args.to)
    };
    if args.apply {
        let applied = publish::apply(&options, &mut |step| screen.say(step.to_text()))?;
        let text = if args.json {
            applied.to_json()
        } else {
            applied.to_text()
        };
        return output::data(Outcome::Clean, |out| Ok(out.write_all(text.as_bytes())?));
    }
    let plan = publish::plan(&options)?;
    let text = if args.json { plan.to_json() } else { plan.to_text() };
    let outcome = output::data(Outcome::findings_if(!plan.is_empty()), |out| {
        Ok(out.write_all(text.as_bytes())?)
    })?;
    if plan.is_blocked() {
        bail!("the release can't be published as things are");
    }
    Ok(outcome)
}
