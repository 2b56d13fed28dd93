//! Reports for looking at: out of files, or out of a folder of tables.

use std::collections::BTreeMap;
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
#[derive(Debug, Default)]
pub struct Opened {
    pub extractions: Vec<Extraction>,
    pub acknowledgements: Vec<Acknowledgement>,
}

/// Whether a folder is a release or what `extract` wrote, rather than a folder of reports.
fn holds_tables(folder: &Path) -> bool {
    ["release.json", "reports.parquet", "reports.csv"]
        .iter()
        .any(|file| folder.join(file).is_file())
}

/// Reads a release or the output of `extract`, with its source texts.
///
/// # Errors
///
/// [`Error::Release`] if a table or a text is missing or broken; [`Error::Config`] for the release's pipeline file.
fn open(folder: &Path) -> Result<Opened> {
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

/// Reads releases, folders of extracted tables, and reports from wherever they are, without writing anything. Those
/// of folders of tables come first.
///
/// # Errors
///
/// Those of [`open`], of fetching and of reading; [`Error::DuplicateReport`] if two inputs hold one report.
pub fn read(specs: &[String], access: &Access, progress: &dyn Progress) -> Result<Opened> {
    let (folders, reports): (Vec<_>, Vec<_>) = specs.iter().cloned().partition(|spec| holds_tables(Path::new(spec)));
    let mut all = Opened::default();
    let mut origins = BTreeMap::new();
    for folder in folders {
        all.add(open(Path::new(&folder))?, &folder, &mut origins)?;
    }
    if !reports.is_empty() {
        all.add(
            read_reports(&reports, access, progress)?,
            &reports.join(" "),
            &mut origins,
        )?;
    }
    Ok(all)
}

impl Opened {
    /// Adds what `origin` holds; `origins` is where each report so far came from.
    fn add(&mut self, other: Self, origin: &str, origins: &mut BTreeMap<String, String>) -> Result<()> {
        for extraction in &other.extractions {
            let report_id = extraction.report.report_id.clone();
            if let Some(first) = origins.insert(report_id.clone(), origin.to_owned()) {
                return Err(Error::DuplicateReport {
                    report_id,
                    first,
                    second: origin.to_owned(),
                });
            }
        }
        self.extractions.extend(other.extractions);
        self.acknowledgements.extend(other.acknowledgements);
        Ok(())
    }
}

fn read_reports(specs: &[String], access: &Access, progress: &dyn Progress) -> Result<Opened> {
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
