//! The pipeline file: `pipelines/<name>/pipeline.toml`, all that a person decides about one release.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::correction::Correction;
use super::error::{Error, Result};
use crate::audit::Acknowledgement;
pub use crate::document::Known;
use crate::release::Description;
use crate::table::{Query, TableSchema};

/// Name of a pipeline file in its folder.
pub const FILE_NAME: &str = "pipeline.toml";
/// What marks a place of a pipeline file that a person has to look at.
pub const PERSON: &str = "# PERSON:";

/// A pipeline file, as read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PipelineFile {
    /// What the release says of itself.
    pub release: Description,
    /// The reports, in the order of the tables.
    pub sources: Vec<SourceEntry>,
    /// Mistakes of the extraction, mended by hand and guarded.
    #[serde(default)]
    pub corrections: Vec<Correction>,
    /// Thematic tables: queries over the canonical tables.
    #[serde(default)]
    pub tables: Vec<Query>,
    /// What people have decided about the audit's findings.
    #[serde(default)]
    pub audit: AuditDecisions,
}

/// Where one report, or several of one form, are.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceEntry {
    /// A file, from the pipeline's folder, or below the folder of `--texts` where `in_texts` is set.
    pub path: Option<String>,
    /// Several files: a pattern such as `*.txt`, from the same folder; each file is a report.
    pub glob: Option<String>,
    /// An address: `https://…` or `s3://…`.
    pub url: Option<String>,
    /// Sum of the bytes; needed for `path` and `url` that are to be rebuilt without doubt.
    pub sha256: Option<String>,
    /// The texts stay out of the project: their folder is given with `--texts DIR`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_texts: bool,
    /// Where the text was published, for `reports.source_uri`. Default: the path or the address.
    pub origin: Option<String>,
    /// Identifier in every table. Default: the file name without its extension.
    pub report_id: Option<String>,
    /// What is true of the report whatever its text says.
    #[serde(default, rename = "override", skip_serializing_if = "Known::is_empty")]
    pub overrides: Known,
    /// What is true of the report where its text does not say.
    #[serde(default, skip_serializing_if = "Known::is_empty")]
    pub fallback: Known,
}

/// What people have decided about the audit's findings.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuditDecisions {
    #[serde(default)]
    pub acknowledge: Vec<Acknowledgement>,
}

/// A pipeline: its file and where it lies.
#[derive(Debug, Clone)]
pub struct Pipeline {
    /// Name of the folder, which is the name of the release.
    pub name: String,
    pub folder: PathBuf,
    pub file: PipelineFile,
    /// The pipeline file's own bytes, a part of the fingerprint.
    pub text: String,
}

impl Pipeline {
    /// Reads the pipeline in `folder`.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if there is no readable pipeline file; [`Error::Config`] if it is not one, naming the key, the
    /// nearest valid key and the line.
    pub fn load(folder: &Path) -> Result<Self> {
        let path = folder.join(FILE_NAME);
        let text = std::fs::read_to_string(&path).map_err(Error::io("read", &path))?;
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let file = parse(&text).map_err(|message| Error::Config {
            path: path.clone(),
            message,
        })?;
        let pipeline = Self {
            name,
            folder: folder.to_path_buf(),
            file,
            text,
        };
        pipeline.check().map_err(|message| Error::Config { path, message })?;
        Ok(pipeline)
    }

    /// What the file alone can't say.
    fn check(&self) -> Result<(), String> {
        if self.file.release.name != self.name {
            return Err(format!(
                "release.name: expected `{}`, the name of the folder, found `{}`",
                self.name, self.file.release.name
            ));
        }
        Ok(())
    }

    /// How many places of the file are still marked for a person.
    #[must_use]
    pub fn for_a_person(&self) -> usize {
        self.text.matches(PERSON).count()
    }
}

impl PipelineFile {
    /// What the form alone can't say.
    fn check(&self) -> Result<(), String> {
        if self.sources.is_empty() {
            return Err("sources: expected at least one".into());
        }
        for (number, source) in (1..).zip(&self.sources) {
            source
                .check()
                .map_err(|message| format!("sources, entry {number}: {message}"))?;
        }
        for (at, table) in self.tables.iter().enumerate() {
            let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            if table.name.is_empty() || !table.name.chars().all(good) {
                return Err(format!(
                    "tables: expected a name of a-z, 0-9 and _, found `{}`",
                    table.name
                ));
            }
            if TableSchema::find(&table.name).is_some() {
                return Err(format!(
                    "tables: expected a name of its own, found `{}`, which is a table of every release",
                    table.name
                ));
            }
            if self.tables[..at].iter().any(|earlier| earlier.name == table.name) {
                return Err(format!("tables: `{}` is there twice", table.name));
            }
        }
        Ok(())
    }
}

impl SourceEntry {
    fn check(&self) -> Result<(), String> {
        let places = [&self.path, &self.glob, &self.url].into_iter().flatten().count();
        if places != 1 {
            return Err(format!("expected one of `path`, `glob` and `url`, found {places}"));
        }
        if self.glob.is_some() && (self.sha256.is_some() || self.report_id.is_some()) {
            return Err("`sha256` and `report_id` belong to one file, and a `glob` may find several".into());
        }
        if let Some(sha256) = &self.sha256
            && (sha256.len() != 64 || !sha256.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')))
        {
            return Err(format!("sha256: expected 64 digits of 0-9 and a-f, found `{sha256}`"));
        }
        Ok(())
    }
}

/// Reads the text of a pipeline file.
///
/// # Errors
///
/// What is wrong, where, and what was likely meant.
pub fn parse(text: &str) -> Result<PipelineFile, String> {
    let file: PipelineFile = toml::from_str(text).map_err(|error| {
        let mut message = error.to_string().trim_end().to_owned();
        if let Some((unknown, nearest)) = nearest_key(error.message()) {
            message = format!("unknown key `{unknown}`, did you mean `{nearest}`?\n{message}");
        }
        message
    })?;
    file.check()?;
    Ok(file)
}

/// The unknown key and the valid key nearest to it, out of serde's message
/// ``unknown field `a`, expected one of `b`, `c` ``.
fn nearest_key(message: &str) -> Option<(&str, &str)> {
    let mut quoted = message.strip_prefix("unknown field ")?.split('`').skip(1).step_by(2);
    let unknown = quoted.next()?;
    let nearest =
        quoted.max_by(|a, b| strsim::jaro_winkler(unknown, a).total_cmp(&strsim::jaro_winkler(unknown, b)))?;
    Some((unknown, nearest))
}

/// Every pipeline under `root`, by name.
///
/// # Errors
///
/// [`Error::Io`] if `root` can't be read.
pub fn list(root: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(root).map_err(Error::io("read", root))? {
        let entry = entry.map_err(Error::io("read", root))?;
        if entry.path().join(FILE_NAME).is_file() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}
