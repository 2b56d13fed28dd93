//! Reports for looking at: out of files, or out of a folder of tables.

use std::path::Path;

use super::Progress;
use super::config;
use super::engine::{self, ReadReport};
use super::error::{Error, Result};
use super::inputs::{self, Access};
use crate::audit::Acknowledgement;
use crate::fact::Extraction;
use crate::release::{self, OldRelease};

/// Reports, and what people have decided about their findings.
#[derive(Debug)]
pub struct Opened {
    pub extractions: Vec<Extraction>,
    pub acknowledgements: Vec<Acknowledgement>,
}

/// Whether a folder is a release or what `extract` wrote, rather than a folder of reports.
#[must_use]
pub fn holds_tables(folder: &Path) -> bool {
    ["release.json", "reports.parquet", "reports.csv"]
        .iter()
        .any(|file| folder.join(file).is_file())
}

/// Reads a release or the output of `extract`, with its source texts.
///
/// # Errors
///
/// [`Error::Release`] if a table or a text is missing or broken; [`Error::Config`] for the release's pipeline file.
pub fn open(folder: &Path) -> Result<Opened> {
    if !folder.join("release.json").is_file() {
        return Ok(Opened {
            extractions: release::read_extractions(folder)?,
            acknowledgements: Vec::new(),
        });
    }
    let release = OldRelease::open(folder)?;
    let file = config::parse(&release.record.pipeline.text).map_err(|message| Error::Config {
        path: folder.join("release.json"),
        message,
    })?;
    Ok(Opened {
        extractions: release.extractions()?,
        acknowledgements: file.audit.acknowledge,
    })
}

/// Reads reports from wherever they are, without writing anything.
///
/// # Errors
///
/// Those of fetching and reading.
pub fn read(specs: &[String], access: &Access, progress: &dyn Progress) -> Result<Opened> {
    let inputs = inputs::of_command_line(specs, &config::Known::default())?;
    let fetcher = access.fetcher();
    progress.begin("reading", inputs.len());
    let read = engine::for_each(&inputs, false, progress, |input| {
        engine::read_report(input, &engine::fetch(input, &fetcher)?, &[])
    })?;
    let extractions = read
        .made
        .into_iter()
        .map(|ReadReport { extraction, .. }| extraction)
        .collect();
    Ok(Opened {
        extractions,
        acknowledgements: Vec::new(),
    })
}
