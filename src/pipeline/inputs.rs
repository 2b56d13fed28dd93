//! Which reports a pipeline has, and what is known of each beforehand.

use std::path::{Path, PathBuf};

use super::config::{Known, Pipeline, SourceEntry};
use super::error::{Error, Result};
use crate::document;
use crate::fact::Origin;
use crate::read::Reading;
use crate::release::RecordedSource;
use crate::source::{self, FetchOptions, Fetched, Fetcher, Input, PrivateAddresses, Snapshots};

/// Folder in a pipeline's folder where copies of what came over a network are kept.
pub const SNAPSHOTS: &str = "snapshots";

/// One report to read.
#[derive(Debug, Clone)]
pub struct ReportInput {
    pub input: Input,
    /// What `reports.source_uri` says.
    pub origin: String,
    pub overrides: Known,
    pub fallback: Known,
}

impl ReportInput {
    /// The report's identifier.
    #[must_use]
    pub fn report_id(&self) -> &str {
        &self.input.report_id
    }

    /// What is known of the report apart from its text.
    #[must_use]
    pub fn about(&self, fetched: &Fetched) -> About {
        About {
            origin: Origin {
                report_id: self.input.report_id.clone(),
                source_uri: self.origin.clone(),
                source_sha256: fetched.sha256.clone(),
            },
            overrides: self.overrides.clone(),
            fallback: self.fallback.clone(),
        }
    }
}

/// What is known of a report apart from its text.
#[derive(Debug, Clone)]
pub struct About {
    pub origin: Origin,
    /// What is true whatever the text says.
    pub overrides: Known,
    /// What is true where the text does not say.
    pub fallback: Known,
}

impl About {
    /// What a release's record and pipeline file say of one of its reports.
    #[must_use]
    pub fn of_recorded(source: &RecordedSource, sources: &[SourceEntry]) -> Self {
        let entry = sources
            .iter()
            .find(|entry| entry.names(source))
            .cloned()
            .unwrap_or_default();
        Self {
            origin: Origin {
                report_id: source.report_id.clone(),
                source_uri: source.uri.clone(),
                source_sha256: source.sha256.clone(),
            },
            overrides: entry.overrides,
            fallback: entry.fallback,
        }
    }

    /// What is known goes before what the text says, and that before the fallback.
    #[must_use]
    pub fn hints(&self, reading: &Reading) -> Known {
        let known = self.overrides.clone();
        if self.fallback.is_empty() {
            return known;
        }
        document::read(reading, &known).front.or(self.fallback.clone())
    }
}

impl SourceEntry {
    /// Whether the report came from this entry.
    fn names(&self, source: &RecordedSource) -> bool {
        let is = |field: &Option<String>| field.as_ref() == Some(&source.uri);
        let matches = |pattern: &String| glob::Pattern::new(pattern).is_ok_and(|pattern| pattern.matches(&source.uri));
        match &self.report_id {
            Some(report_id) => *report_id == source.report_id,
            None => is(&self.origin) || is(&self.path) || is(&self.url) || self.glob.as_ref().is_some_and(matches),
        }
    }
}

/// The reports of a pipeline, in the order of its file. `texts` is the folder of those kept elsewhere.
///
/// # Errors
///
/// [`Error::NeedsTexts`] if texts are kept elsewhere and no folder is given; [`Error::Source`] if a source names nothing;
/// [`Error::DuplicateReport`].
pub fn of_pipeline(pipeline: &Pipeline, texts: Option<&Path>) -> Result<Vec<ReportInput>> {
    let mut inputs = Vec::new();
    for entry in &pipeline.file.sources {
        let folder = match (entry.in_texts, texts) {
            (false, _) => &pipeline.folder,
            (true, Some(texts)) => texts,
            (true, None) => return Err(Error::NeedsTexts(pipeline.name.clone())),
        };
        inputs.extend(of_entry(entry, folder)?);
    }
    for (at, input) in inputs.iter().enumerate() {
        if let Some(first) = inputs[..at]
            .iter()
            .find(|earlier| earlier.report_id() == input.report_id())
        {
            return Err(Error::DuplicateReport {
                report_id: input.report_id().to_owned(),
                first: first.origin.clone(),
                second: input.origin.clone(),
            });
        }
    }
    Ok(inputs)
}

fn of_entry(entry: &SourceEntry, folder: &Path) -> Result<Vec<ReportInput>> {
    let spec = match (&entry.url, entry.path.as_ref().or(entry.glob.as_ref())) {
        (Some(url), _) => url.clone(),
        (None, Some(local)) => folder.join(local).to_string_lossy().into_owned(),
        (None, None) => return Ok(Vec::new()),
    };
    let found = source::resolve(&[spec])?;
    Ok(found.into_iter().map(|input| of_input(entry, folder, input)).collect())
}

fn of_input(entry: &SourceEntry, folder: &Path, mut input: Input) -> ReportInput {
    if let Some(report_id) = &entry.report_id {
        input.report_id.clone_from(report_id);
    }
    input.sha256.clone_from(&entry.sha256);
    let origin = entry.origin.clone().unwrap_or_else(|| below(&input.uri, folder));
    ReportInput {
        input,
        origin,
        overrides: entry.overrides.clone(),
        fallback: entry.fallback.clone(),
    }
}

/// A path as written from `folder`, so that no path of this machine gets into a release.
fn below(uri: &str, folder: &Path) -> String {
    Path::new(uri)
        .strip_prefix(folder)
        .map_or_else(|_| uri.to_owned(), |path| path.to_string_lossy().into_owned())
}

/// The reports that a command line names, with one fallback for all.
///
/// # Errors
///
/// [`Error::Source`] if one names nothing or two have one name.
pub fn of_command_line(specs: &[String], fallback: &Known) -> Result<Vec<ReportInput>> {
    let of_input = |input: Input| ReportInput {
        origin: input.uri.clone(),
        input,
        overrides: Known::default(),
        fallback: fallback.clone(),
    };
    Ok(source::resolve(specs)?.into_iter().map(of_input).collect())
}

/// How sources are fetched.
#[derive(Debug, Clone, Default)]
pub struct Access {
    /// Ask no server.
    pub offline: bool,
    /// Connect to private and loopback addresses too.
    pub allow_private: bool,
    /// Where copies of what came over a network are kept.
    pub snapshots: Option<PathBuf>,
    /// Keep no copy of what comes over a network.
    pub look_only: bool,
}

impl Access {
    /// The same with the pipeline's own folder of snapshots, unless another is given.
    #[must_use]
    pub fn for_pipeline(&self, pipeline: &Pipeline) -> Self {
        let snapshots = self
            .snapshots
            .clone()
            .unwrap_or_else(|| pipeline.folder.join(SNAPSHOTS));
        Self {
            snapshots: Some(snapshots),
            ..self.clone()
        }
    }

    /// What gets the bytes.
    #[must_use]
    pub fn fetcher(&self) -> Fetcher {
        let private_addresses = if self.allow_private {
            PrivateAddresses::Allowed
        } else {
            PrivateAddresses::default()
        };
        Fetcher::new(FetchOptions {
            offline: self.offline,
            private_addresses,
            snapshots: self.snapshots.as_ref().map(Snapshots::new),
            look_only: self.look_only,
            ..FetchOptions::default()
        })
    }
}
