//! `pipeline extract`: the tables of any reports, without a pipeline file.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use rayon::prelude::*;

use super::config::Known;
use super::engine::{self, Done, ReadReport};
use super::error::{Error, Result};
use super::inputs::{self, Access};
use super::place::Staging;
use super::summary::Summary;
use super::{Progress, tables};
use crate::table::{self, Table, Tables};

/// A form that a table is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Csv,
    Parquet,
    /// One JSON object a line.
    Jsonl,
}

impl Format {
    /// Every form.
    pub const ALL: &'static [Self] = &[Self::Csv, Self::Parquet, Self::Jsonl];

    /// Ending of its files' names.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Parquet => "parquet",
            Self::Jsonl => "jsonl",
        }
    }

    fn write(self, table: &Table, to: impl Write + Send) -> table::Result<()> {
        match self {
            Self::Csv => table.write_csv(to),
            Self::Parquet => table.write_parquet(to),
            Self::Jsonl => table.write_jsonl(to),
        }
    }
}

/// What the user asked of an extraction.
#[derive(Debug, Clone)]
pub struct ExtractOptions {
    /// Forms to write.
    pub formats: Vec<Format>,
    /// Leave out inputs that fail.
    pub keep_going: bool,
    /// How sources are fetched.
    pub access: Access,
    /// What to take where a text does not say it.
    pub fallback: Known,
}

/// Writes `<folder>/<table>.<extension>` for the reports that `specs` name.
///
/// # Errors
///
/// Any of [`Error`]; what was in the folder is then unharmed.
pub fn extract(specs: &[String], folder: &Path, options: &ExtractOptions, progress: &dyn Progress) -> Result<Summary> {
    let inputs = inputs::of_command_line(specs, &options.fallback)?;
    let fetcher = options.access.fetcher();
    progress.begin("reading", inputs.len());
    let Done { made, failures } = engine::for_each(&inputs, options.keep_going, progress, |input| {
        engine::read_report(input, &engine::fetch(input, &fetcher)?, &[])
    })?;
    let (extractions, notes): (Vec<_>, Vec<_>) = made
        .into_iter()
        .map(|ReadReport { extraction, notes }| (extraction, notes))
        .unzip();

    let findings = Vec::new();
    let tables = tables::of_reports(&extractions, &findings)?;
    write(&tables, folder, &options.formats, progress)?;

    Ok(Summary {
        folder: folder.to_path_buf(),
        tables: tables
            .iter()
            .map(|table| (table.name().to_owned(), table.len()))
            .collect(),
        notes: notes.into_iter().flatten().collect(),
        failures: failures.iter().map(ToString::to_string).collect(),
        ..Summary::count(&extractions, &findings)
    })
}

/// Writes every table in every form, and puts them in their place together.
fn write(tables: &Tables, folder: &Path, formats: &[Format], progress: &dyn Progress) -> Result<()> {
    let staging = Staging::beside(folder)?;
    let files: Vec<_> = tables
        .iter()
        .flat_map(|table| formats.iter().map(move |format| (table, *format)))
        .collect();
    progress.begin("writing", files.len());
    files.par_iter().try_for_each(|(table, format)| {
        let path = staging.path().join(format!("{}.{}", table.name(), format.extension()));
        let file = File::create(&path).map_err(Error::io("write", &path))?;
        let mut file = BufWriter::new(file);
        format.write(table, &mut file)?;
        file.flush().map_err(Error::io("write", &path))?;
        progress.advance();
        Ok::<_, Error>(())
    })?;
    if holds_only_tables(folder)? {
        staging.finish()
    } else {
        staging.finish_into()
    }
}

/// Whether a folder holds nothing that a person would miss: it may then be exchanged as a whole.
fn holds_only_tables(folder: &Path) -> Result<bool> {
    if !folder.exists() {
        return Ok(true);
    }
    for entry in fs::read_dir(folder).map_err(Error::io("read", folder))? {
        let name = entry.map_err(Error::io("read", folder))?.file_name();
        let name = Path::new(&name);
        let known_form = Format::ALL
            .iter()
            .any(|form| name.extension().is_some_and(|it| it == form.extension()));
        let known_table = name
            .file_stem()
            .and_then(|stem| stem.to_str())
            .and_then(table::TableSchema::find);
        if !known_form || known_table.is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}
