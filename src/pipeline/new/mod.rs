//! `pipeline new`: a pipeline file for reports that have none, with everything that can be detected filled in.

use std::fs;
use std::path::PathBuf;

use minijinja::value::Serde;
use minijinja::{Environment, Value, context};
use serde::Serialize;

use super::Progress;
use super::config::{self, Known};
use super::engine::{self, ReadReport};
use super::error::{Error, Result};
use super::inputs::{self, Access, SNAPSHOTS};
use super::place::Staging;
use super::workspace::Workspace;
use crate::fact::Report;
use crate::release;
use crate::source::{Fetched, Location};

/// What `pipeline new` made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPipeline {
    /// The pipeline file.
    pub file: PathBuf,
    /// Lines of it that a person has to look at.
    pub for_a_person: usize,
}

/// Writes `pipelines/<name>/` with a pipeline file and the pinned sources, so that `run` works at once.
///
/// # Errors
///
/// [`Error::Name`] if no release may be called so; [`Error::Exists`] if there is such a pipeline; [`Error::NoInput`] for standard input, which can't be read again; the
/// errors of fetching and reading.
pub fn new(
    workspace: &Workspace,
    name: &str,
    specs: &[String],
    access: &Access,
    progress: &dyn Progress,
) -> Result<NewPipeline> {
    if !release::is_name(name) {
        return Err(Error::Name(name.to_owned()));
    }
    let folder = workspace.pipeline(name);
    if folder.exists() {
        return Err(Error::Exists(folder));
    }
    let inputs = inputs::of_command_line(specs, &Known::default())?;
    if inputs.iter().any(|input| input.input.location == Location::Stdin) {
        return Err(Error::NoInput(
            "standard input can't be read again; give a file or an address".into(),
        ));
    }
    let staging = Staging::beside(&folder)?;
    // Copies go to the folder that was named, or else into the pipeline; offline there are none there yet.
    let own = (!access.offline).then(|| staging.path().join(SNAPSHOTS));
    let access = Access {
        snapshots: access.snapshots.clone().or(own),
        ..access.clone()
    };
    let fetcher = access.fetcher();
    progress.begin("reading", inputs.len());
    let read = engine::for_each(&inputs, false, progress, |input| {
        let bytes = engine::fetch(input, &fetcher)?;
        let ReadReport { extraction, .. } = engine::read_report(input, &bytes, &[])?;
        Ok((input, bytes, extraction.report))
    })?;

    let mut sources = Vec::new();
    for (input, fetched, report) in &read.made {
        let (kind, place) = match &input.input.location {
            Location::Path(_) => {
                let file = input.input.name();
                let path = staging.path().join(file);
                fs::write(&path, &fetched.bytes).map_err(Error::io("write", &path))?;
                ("path", file.to_owned())
            }
            _ => ("url", input.input.uri.clone()),
        };
        sources.push(SourceLines::new(kind, place, fetched, report));
    }
    let reports: Vec<_> = read.made.iter().map(|(_, _, report)| report).collect();
    let text = render(name, &reports, &sources)?;
    let path = staging.path().join(config::FILE_NAME);
    fs::write(&path, &text).map_err(Error::io("write", &path))?;
    staging.finish_on_disk()?;
    Ok(NewPipeline {
        file: folder.join(config::FILE_NAME),
        for_a_person: text.matches(config::PERSON).count(),
    })
}

/// One `[[sources]]` entry of the file.
#[derive(Debug, Serialize)]
struct SourceLines {
    /// Key that says where it is: `path` or `url`.
    kind: &'static str,
    place: String,
    sha256: String,
    known: Vec<KnownLine>,
}

/// One thing about a report: found in its text, or an example for a person to replace.
#[derive(Debug, Serialize)]
struct KnownLine {
    key: &'static str,
    found: bool,
    value: Value,
}

impl SourceLines {
    fn new(kind: &'static str, place: String, fetched: &Fetched, report: &Report) -> Self {
        let text = |value: &Option<String>| value.clone().map(Value::from);
        let year = |value: Option<i32>| value.map(Value::from);
        let known = [
            ("title", text(&report.title), "政府工作报告".into()),
            ("place", text(&report.place), "某某市".into()),
            ("place_code", text(&report.place_code), "310113".into()),
            (
                "level",
                report.level.map(|level| level.as_str().into()),
                "county".into(),
            ),
            ("reviewed_year", year(report.reviewed_year), 2023.into()),
            ("planned_year", year(report.planned_year), 2024.into()),
            (
                "delivered_on",
                report.delivered_on.map(|day| day.to_string().into()),
                "2024-01-10".into(),
            ),
            (
                "assembly",
                text(&report.assembly),
                "某某市第八届人民代表大会第六次会议".into(),
            ),
            ("speaker", text(&report.speaker), "某某".into()),
        ];
        let known = known
            .into_iter()
            .map(|(key, value, example)| KnownLine {
                key,
                found: value.is_some(),
                value: value.unwrap_or(example),
            })
            .collect();
        Self {
            kind,
            place,
            sha256: fetched.sha256.clone(),
            known,
        }
    }
}

/// The text of the pipeline file.
fn render(name: &str, reports: &[&Report], sources: &[SourceLines]) -> Result<String> {
    let years = || {
        reports
            .iter()
            .flat_map(|report| [report.reviewed_year, report.planned_year])
            .flatten()
    };
    let (first_year, last_year) = (years().min(), years().max());
    // The day of delivery, or else today, for a person to look at.
    let today = || {
        jiff::Timestamp::now()
            .to_string()
            .chars()
            .take("2024-01-10".len())
            .collect()
    };
    let released = reports.iter().filter_map(|report| report.delivered_on).max();
    let released = released.map_or_else(today, |day| day.to_string());
    // A release about several places has no place of its own.
    let place = match reports {
        [one, rest @ ..] if rest.iter().all(|report| report.place == one.place) => one.place.clone(),
        _ => None,
    };
    let whose = place.clone().unwrap_or_default();
    let mut environment = Environment::new();
    environment.add_filter("toml", toml_literal);
    environment
        .render_str(
            include_str!("template.toml.j2"),
            context! {
                name,
                released,
                title_zh => format!("{whose}政府工作报告数据集"),
                title_en => format!("Government work report of {whose}, as data"),
                place,
                first_year,
                last_year,
                sources => Serde(sources),
            },
        )
        .map_err(Error::Template)
}

/// A value as TOML writes it: a number bare, a string quoted.
fn toml_literal(value: &Value) -> String {
    if value.is_number() {
        value.to_string()
    } else {
        toml::Value::String(value.to_string()).to_string()
    }
}
