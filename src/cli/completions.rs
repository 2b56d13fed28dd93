//! `pipeline completions`

use clap::CommandFactory;
use clap_complete::Shell;

use super::output;
use super::{Cli, Outcome};

/// Print a completion script for a shell.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  pipeline completions bash > ~/.local/share/bash-completion/completions/pipeline")]
pub struct Args {
    shell: Shell,
}

pub fn execute(args: &Args) -> anyhow::Result<Outcome> {
    use std::io::Write;
    // The generator panics if its writer fails, so it writes to memory.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "pipeline", &mut script);
    output::data(Outcome::Clean, |out| Ok(out.write_all(&script)?))
}
