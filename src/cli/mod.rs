//! The command line over the library: one file a command.
//!
//! Data goes to standard output, everything else to standard error. A command ends in one of three ways, [`Outcome`]
//! or an error, which `main` turns into the exit status 0, 1 or 2.

mod audit;
mod completions;
mod diff;
mod explain;
mod extract;
mod logging;
mod new;
mod output;
mod progress;
mod publish;
mod run;
mod schema;
mod source_options;
mod summary;
mod verify;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Open data out of Chinese government work reports: every figure, tied to its sentence.
#[derive(Debug, Parser)]
#[command(name = "pipeline", version, propagate_version = true, max_term_width = 100, after_help = EXAMPLES)]
pub struct Cli {
    /// Print nothing but data and errors.
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Say more on standard error; twice for each step.
    #[arg(long, short, global = true, action = clap::ArgAction::Count)]
    verbose: u8,
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  pipeline run                                        rebuild every release under pipelines/
  pipeline extract report.pdf other.txt --output out  the tables of any reports
  pipeline explain report.txt --at 812                why the number at offset 812 is what it is
  pipeline audit out                                  what does not add up
  pipeline schema observations                        what the columns mean

Exit status: 0 done, 1 findings or differences, 2 the program failed.";

#[derive(Debug, Subcommand)]
enum Command {
    Run(run::Args),
    Extract(extract::Args),
    Explain(explain::Args),
    Audit(audit::Args),
    Verify(verify::Args),
    Diff(diff::Args),
    Publish(publish::Args),
    Schema(schema::Args),
    New(new::Args),
    Completions(completions::Args),
}

/// How a command ended that did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Done, and nothing to report: exit status 0.
    Clean,
    /// Done, with findings or differences: exit status 1.
    Findings,
}

impl Outcome {
    fn findings_if(some: bool) -> Self {
        if some { Self::Findings } else { Self::Clean }
    }
}

/// Runs the command line of this process.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    logging::start(cli.quiet, cli.verbose);
    let screen = output::Screen {
        quiet: cli.quiet,
        verbose: cli.verbose > 0,
    };
    let result = match cli.command {
        Command::Run(args) => run::execute(&args, screen),
        Command::Extract(args) => extract::execute(&args, screen),
        Command::Explain(args) => explain::execute(&args),
        Command::Audit(args) => audit::execute(&args, screen),
        Command::Verify(args) => verify::execute(&args, screen),
        Command::Diff(args) => diff::execute(&args),
        Command::Publish(args) => publish::execute(&args, screen),
        Command::Schema(args) => schema::execute(&args),
        Command::New(args) => new::execute(&args, screen),
        Command::Completions(args) => completions::execute(&args),
    };
    match result {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(error) => {
            output::print_error(&error);
            ExitCode::from(2)
        }
    }
}
