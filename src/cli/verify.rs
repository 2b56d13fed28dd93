//! `pipeline verify`

use std::io::Write;
use std::path::{Path, PathBuf};

use super::Outcome;
use super::output::{self, Screen};
use super::summary::count;
use crate::pipeline;
use crate::release::{self, OldRelease};

/// Prove that a release is what it says it is.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pipeline verify output/gaojing-2024
  pipeline verify output/gaojing-2024 --previous ../archive/gaojing-2024-1.0.0
  pipeline verify output/gaojing-2024 --json

Checks checksums, schemas, keys, offsets and the chain of releases, and rebuilds the release from its own source texts,
which must give the same bytes. Exit status 1 when something differs.")]
pub struct Args {
    /// The release.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The release before this one, whose hash this one names.
    #[arg(long, value_name = "DIR")]
    previous: Option<PathBuf>,
    /// Leave out the rebuild: for a release that another version of the program made.
    #[arg(long)]
    no_rebuild: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub fn execute(args: &Args, screen: Screen) -> anyhow::Result<Outcome> {
    let rebuild = |release: &OldRelease, folder: &Path| {
        pipeline::rebuild(release, folder).map_err(|error| format!("{:#}", anyhow::Error::from(error)))
    };
    let rebuild = (!args.no_rebuild).then_some(&rebuild as &release::Rebuild);
    let verified = release::verify(&args.folder, args.previous.as_deref(), rebuild)?;
    output::data(Outcome::findings_if(!verified.is_ok()), |out| {
        if args.json {
            serde_json::to_writer_pretty(&mut *out, &verified)?;
            writeln!(out)?;
            return Ok(());
        }
        for problem in &verified.problems {
            writeln!(out, "{}: {}: {}", problem.check, problem.file, problem.message)?;
        }
        for (check, what) in &verified.checks {
            screen.say(format!("{check}: {what}"));
        }
        screen.say(match verified.problems.len() {
            0 => format!("{}: all is as it should be", args.folder.display()),
            problems => format!("{}: {}", args.folder.display(), count(problems, "problem")),
        });
        Ok(())
    })
}
