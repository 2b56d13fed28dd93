//! `pipeline explain`

use std::io::Write;

use super::Outcome;
use super::extract::Fallback;
use super::output;
use super::source_options::SourceOptions;
use crate::fact::Explanation;
use crate::pipeline::{self, Which};

/// Show why a number is what it is: its sentence, its tokens, and each rule that decided.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pipeline explain report.txt --at 370
  pipeline explain report.txt --id report-1f0c3ab57d9e2b64
  pipeline explain report.txt --at 370 --json

Offsets are those of the tables: code points of the source text. Observations have the identifiers of `extract`.")]
pub struct Args {
    /// The report: a file, an address, or `-`.
    report: String,
    /// Offset of the number in the source text; of something else, it is the next number of its sentence.
    #[arg(long, value_name = "OFFSET", required_unless_present = "id")]
    at: Option<usize>,
    /// Identifier of the number's observation.
    #[arg(long, value_name = "OBSERVATION", conflicts_with = "at")]
    id: Option<String>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    fallback: Fallback,
    #[command(flatten)]
    source: SourceOptions,
}

pub fn execute(args: &Args) -> anyhow::Result<Outcome> {
    let which = match (&args.id, args.at) {
        (Some(id), _) => Which::Observation(id.clone()),
        (None, offset) => Which::At(offset.unwrap_or_default()),
    };
    let explanation = pipeline::explain(&args.report, &which, &(&args.fallback).into(), &(&args.source).into())?;
    output::data(Outcome::Clean, |out| {
        if args.json {
            serde_json::to_writer_pretty(&mut *out, &explanation)?;
            writeln!(out)?;
            return Ok(());
        }
        print(out, &explanation)
    })
}

fn print(out: &mut impl Write, it: &Explanation) -> anyhow::Result<()> {
    writeln!(
        out,
        "{} [{}..{}] “{}”",
        it.report_id, it.source_start, it.source_end, it.surface
    )?;
    let (before, after) = (it.at.0, it.at.1);
    let characters: Vec<char> = it.sentence.chars().collect();
    let part = |from: usize, to: usize| characters[from..to].iter().collect::<String>();
    let sentence = format!("{}【{}】{}", part(0, before), it.surface, part(after, characters.len()));
    writeln!(out, "\nsentence   {}", sentence.trim())?;
    if let (Some(section), Some(part)) = (&it.section_id, it.part) {
        write!(out, "section    {section} ({part})")?;
    }
    if let Some(period) = &it.passage_period {
        write!(out, ", which speaks of {period}")?;
    }
    let tokens: Vec<_> = it
        .tokens
        .iter()
        .map(|token| format!("{}·{}", token.text, token.kind))
        .collect();
    if !tokens.is_empty() {
        writeln!(out, "\ntokens     {}", tokens.join("  "))?;
    }
    writeln!(out, "\nrules, in the order in which they decided")?;
    for (number, step) in (1..).zip(&it.steps) {
        writeln!(
            out,
            "{number:>3}. {:<8} {:<20} → {}",
            step.stage, step.rule, step.decision
        )?;
        writeln!(out, "     {:<8} {}", "", step.reads)?;
    }
    for (rule, kind) in &it.other_readings {
        writeln!(out, "     but for these, {rule} would have read a {kind}")?;
    }
    if let Some(row) = &it.observation {
        writeln!(out, "\nrow")?;
        if let serde_json::Value::Object(columns) = serde_json::to_value(row)? {
            for (column, value) in columns.iter().filter(|(_, value)| !value.is_null()) {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                writeln!(out, "  {column:<16} {text}")?;
            }
        }
    }
    Ok(())
}
