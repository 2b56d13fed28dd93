//! `pipeline schema`

use std::io::Write;

use super::Outcome;
use super::output;
use crate::table::{Column, Error, TableSchema};

/// Print the data dictionary.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pipeline schema                what tables there are
  pipeline schema observations   the columns of one table
  pipeline schema --json         everything, for a program")]
pub struct Args {
    /// The table. Default: a list of all tables.
    table: Option<String>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub fn execute(args: &Args) -> anyhow::Result<Outcome> {
    let tables: Vec<&TableSchema> = match &args.table {
        None => TableSchema::all().iter().map(AsRef::as_ref).collect(),
        Some(name) => {
            vec![TableSchema::find(name).ok_or_else(|| Error::UnknownTable(name.clone()))?]
        }
    };
    output::data(Outcome::Clean, |out| {
        if args.json {
            serde_json::to_writer_pretty(&mut *out, &tables)?;
            writeln!(out)?;
        } else if args.table.is_none() {
            for table in tables {
                writeln!(out, "{:<14}{} {}", table.name, table.title.zh, table.title.en)?;
                writeln!(out, "{:14}{}", "", table.description.en)?;
            }
        } else {
            for table in tables {
                print_table(out, table)?;
            }
        }
        Ok(())
    })
}

fn print_table(out: &mut impl Write, table: &TableSchema) -> std::io::Result<()> {
    writeln!(out, "{} · {} · {}", table.name, table.title.zh, table.title.en)?;
    writeln!(out, "{}\n{}\n", table.description.zh, table.description.en)?;
    for column in &table.columns {
        print_column(out, column)?;
    }
    if !table.primary_key.is_empty() {
        writeln!(out, "primary key: {}", table.primary_key.join(", "))?;
    }
    for key in &table.foreign_keys {
        let (columns, references) = (key.columns.join(", "), key.references.join(", "));
        writeln!(out, "foreign key: {columns} → {} ({references})", key.table)?;
    }
    Ok(())
}

fn print_column(out: &mut impl Write, column: &Column) -> std::io::Result<()> {
    let required = if column.required { ", required" } else { "" };
    let unit = column
        .unit
        .as_ref()
        .map(|unit| format!(", in {unit}"))
        .unwrap_or_default();
    writeln!(
        out,
        "{} ({}{required}{unit}) · {} · {}",
        column.name,
        column.kind.as_str(),
        column.title.zh,
        column.title.en
    )?;
    writeln!(out, "    {}\n    {}", column.description.zh, column.description.en)?;
    for code in &column.codes {
        writeln!(out, "    {:<16}{} {}", code.code, code.zh, code.en)?;
    }
    Ok(())
}
