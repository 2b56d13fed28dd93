//! `pipeline audit`

use std::io::{IsTerminal, Write};

use super::Outcome;
use super::output::{self, Screen};
use super::progress::Bar;
use super::source_options::SourceOptions;
use crate::audit::{self, ReportRows, render};
use crate::pipeline;

/// Check reports' numbers against each other.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pipeline audit output/gaojing-2024        a release
  pipeline audit out                        what `extract` wrote
  pipeline audit output/a output/b          two releases, also against each other
  pipeline audit report.txt other.pdf       reports as they are
  pipeline audit out --json | jq .findings  for a program
  pipeline audit --checks                   what is checked, and how

Exit status 1 when an error remains that no pipeline file acknowledges.")]
pub struct Args {
    /// Releases or folders of extracted tables; or files, patterns and addresses of reports.
    #[arg(required_unless_present = "checks", value_name = "DIR|INPUT")]
    inputs: Vec<String>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// Print what is checked, and how, and read nothing.
    #[arg(long, conflicts_with_all = ["inputs", "json"])]
    checks: bool,
    #[command(flatten)]
    source: SourceOptions,
}

pub fn execute(args: &Args, screen: Screen) -> anyhow::Result<Outcome> {
    if args.checks {
        return output::data(Outcome::Clean, |out| Ok(out.write_all(render::checks().as_bytes())?));
    }
    let bar = Bar::new(screen);
    let audited = pipeline::read(&args.inputs, &(&args.source).into(), &bar)?;
    drop(bar);
    let rows: Vec<_> = audited.extractions.iter().map(ReportRows::from).collect();
    let input = audit::Input {
        reports: &rows,
        acknowledgements: &audited.acknowledgements,
    };
    let report = audit::audit(&input);
    output::data(Outcome::findings_if(report.has_errors()), |out| {
        if args.json {
            writeln!(out, "{}", report.to_json()?)?;
            return Ok(());
        }
        let style = render::Style {
            colour: std::io::stdout().is_terminal(),
            ..render::Style::default()
        };
        out.write_all(render::text(&report, &input, style).as_bytes())?;
        if screen.verbose {
            out.write_all(render::passed(&report).as_bytes())?;
        }
        Ok(())
    })
}
