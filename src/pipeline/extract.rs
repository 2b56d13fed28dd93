//! `pipeline extract`: the tables of any reports, without a pipeline file.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use rayon::prelude::*;

use super::Progress;
use super::assemble::Assembled;
use super::config::Known;
use super::engine::{self, Done, ReadReport};
use super::error::{Error, Result};
use super::inputs::{self, Access};
use super::place::Staging;
use super::summary::Summary;
use crate::table::{self, Table, TableSchema, Tables};

/// Folder of the decoded texts, which the tables' offsets point into.
const SOURCE: &str = "source";

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
    let assembled = Assembled::new(extractions, &[])?;
    let summary = Summary {
        notes: notes.into_iter().flatten().collect(),
        failures: failures.iter().map(ToString::to_string).collect(),
        ..Summary::count(&assembled, folder.to_path_buf())
    };
    let Assembled {
        extractions, tables, ..
    } = assembled;
    // The tables hold what the rows do, whose memory writing can have.
    let texts: Vec<_> = extractions
        .into_par_iter()
        .map(|extraction| (extraction.report.report_id, extraction.source_text))
        .collect();
    write(&tables, &texts, folder, &options.formats, progress)?;
    Ok(summary)
}

/// Bytes of a table that are written at a time.
const BUFFER: usize = 1 << 18;

/// Writes every table in every form and every source text, and puts them in their place together.
fn write(
    tables: &Tables,
    texts: &[(String, String)],
    folder: &Path,
    formats: &[Format],
    progress: &dyn Progress,
) -> Result<()> {
    let staging = Staging::beside(folder)?;
    let files: Vec<_> = tables
        .iter()
        .flat_map(|table| formats.iter().map(move |format| (table, *format)))
        .collect();
    progress.begin("writing", files.len());
    let write_table = |(table, format): &(&Table, Format)| {
        let path = staging.path().join(file_name(table.name(), *format));
        let file = File::create(&path).map_err(Error::io("write", &path))?;
        let mut file = BufWriter::with_capacity(BUFFER, file);
        format.write(table, &mut file)?;
        file.flush().map_err(Error::io("write", &path))?;
        progress.advance();
        Ok::<_, Error>(())
    };
    let sources = staging.path().join(SOURCE);
    fs::create_dir(&sources).map_err(Error::io("make", &sources))?;
    let write_text = |(report_id, text): &(String, String)| {
        let path = sources.join(format!("{report_id}.txt"));
        fs::write(&path, text).map_err(Error::io("write", &path))
    };
    let (tables, texts) = rayon::join(
        || files.par_iter().with_max_len(1).try_for_each(write_table),
        || texts.par_iter().try_for_each(write_text),
    );
    tables.and(texts)?;
    let old = Old::look(folder)?;
    if !old.has_others {
        return staging.finish();
    }
    let made: Vec<_> = files
        .iter()
        .map(|(table, format)| file_name(table.name(), *format))
        .collect();
    staging.finish_into()?;
    // A table of the earlier run that this one did not make would pass for one of this.
    for name in old.tables.iter().filter(|name| !made.contains(name)) {
        let path = folder.join(name);
        fs::remove_file(&path).map_err(Error::io("remove", &path))?;
    }
    Ok(())
}

fn file_name(table: &str, format: Format) -> String {
    format!("{table}.{}", format.extension())
}

/// What is in the folder before its tables are written.
#[derive(Debug, Default)]
struct Old {
    /// The tables of an earlier extraction.
    tables: Vec<String>,
    /// Whether there is anything else: then the folder can't be exchanged whole.
    has_others: bool,
}

impl Old {
    fn look(folder: &Path) -> Result<Self> {
        if !folder.exists() {
            return Ok(Self::default());
        }
        let mut names = Vec::new();
        for entry in fs::read_dir(folder).map_err(Error::io("read", folder))? {
            let entry = entry.map_err(Error::io("read", folder))?;
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
        let is_table = |name: &String| {
            let known = |(table, form): (&str, &str)| {
                let form = Format::ALL.iter().any(|known| known.extension() == form);
                form && TableSchema::find(table).is_some()
            };
            name.rsplit_once('.').is_some_and(known)
        };
        let (tables, others): (Vec<_>, Vec<_>) = names.into_iter().partition(is_table);
        if !tables.iter().any(|name| name.starts_with("reports.")) {
            // No extraction: what looks like a table is somebody's own.
            return Ok(Self {
                has_others: !tables.is_empty() || !others.is_empty(),
                ..Self::default()
            });
        }
        Ok(Self {
            has_others: others.iter().any(|name| name != SOURCE),
            tables,
        })
    }
}
