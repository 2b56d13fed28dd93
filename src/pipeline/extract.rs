//! `pipeline extract`: the tables of any reports, without a pipeline file.

use std::fs;
use std::path::Path;

use super::Progress;
use super::assemble::{FACT_TABLES, fact_tables};
use super::config::Known;
use super::engine::{self, ReadReport};
use super::error::{Error, Result};
use super::files::{Format, Rows, TableFiles};
use super::inputs::{self, Access, ReportInput};
use super::place::Staging;
use super::summary::{Counts, Summary};
use crate::audit::{self, Examined, ReportRows};
use crate::normalise::panel::Panel;
use crate::table::{self, Table, TableSchema};

/// Folder of the decoded texts, which the tables' offsets point into.
const SOURCE: &str = "source";

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

/// What one report gave; its rows are gone.
struct Made {
    rows: Vec<Rows>,
    counts: Counts,
    panel: Panel,
    examined: Examined,
    notes: Vec<String>,
}

impl Made {
    fn of(read: ReadReport, formats: &[Format]) -> table::Result<Self> {
        let ReadReport { extraction, notes } = read;
        let mut panel = Panel::default();
        panel.add(&extraction);
        let counts = Counts::of(&extraction);
        let examined = Examined::of(ReportRows::from(&extraction)).findings_only();
        let tables = fact_tables(std::slice::from_ref(&extraction))?;
        drop(extraction);
        let rows = tables.into_iter().map(|table| Rows::of(table, formats));
        Ok(Self {
            rows: rows.collect::<table::Result<_>>()?,
            counts,
            panel,
            examined,
            notes,
        })
    }
}

/// Writes `<folder>/<table>.<extension>` for the reports that `specs` name.
///
/// # Errors
///
/// Any of [`Error`]; what was in the folder is then unharmed.
pub fn extract(specs: &[String], folder: &Path, options: &ExtractOptions, progress: &dyn Progress) -> Result<Summary> {
    let inputs = inputs::of_command_line(specs, &options.fallback)?;
    let fetcher = options.access.fetcher();
    let staging = Staging::beside(folder)?;
    let sources = staging.path().join(SOURCE);
    fs::create_dir(&sources).map_err(Error::io("make", &sources))?;
    let step = |input: &ReportInput| {
        let read = engine::read_report(input, &engine::fetch(input, &fetcher)?, &[])?;
        let path = sources.join(format!("{}.txt", input.report_id()));
        fs::write(&path, &read.extraction.source_text).map_err(Error::io("write", &path))?;
        Ok(Made::of(read, &options.formats)?)
    };
    let mut files = TableFiles::new(staging.path(), &options.formats);
    for table in FACT_TABLES.iter().filter_map(|name| TableSchema::find(name)) {
        files.begin(table)?;
    }
    let (mut counts, mut panel) = (Counts::default(), Panel::default());
    let (mut examined, mut notes) = (Vec::new(), Vec::new());
    progress.begin("reading", inputs.len());
    let failures = engine::for_each_in_turn(&inputs, options.keep_going, progress, step, |made: Made| {
        made.rows.iter().try_for_each(|rows| files.append(rows))?;
        counts.add(made.counts);
        panel.merge(made.panel);
        examined.push(made.examined);
        notes.extend(made.notes);
        Ok(())
    })?;

    let findings = audit::conclude(examined, &[]).findings;
    let mut rest = vec![Table::from_rows("findings", &findings)?];
    if counts.reports() > 1 {
        rest.push(Table::from_rows("panel", panel.into_rows())?);
    }
    for table in rest {
        files.append(&Rows::of(table, &options.formats)?)?;
    }
    let tables = files.finish()?;
    let summary = Summary {
        notes,
        failures: failures.iter().map(ToString::to_string).collect(),
        ..Summary::new(folder.to_path_buf(), counts, &findings, tables)
    };
    put_in_place(staging, folder)?;
    Ok(summary)
}
/// Puts what was written in its place, and removes the tables of an earlier run that this one did not make: they would pass for its own.
fn put_in_place(staging: Staging, folder: &Path) -> Result<()> {
    let old = Old::look(folder)?;
    if !old.has_others {
        return staging.finish();
    }
    let gone: Vec<_> = old
        .tables
        .iter()
        .filter(|name| !staging.path().join(name).exists())
        .collect();
    staging.finish_into()?;
    for name in gone {
        let path = folder.join(name);
        fs::remove_file(&path).map_err(Error::io("remove", &path))?;
    }
    Ok(())
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
