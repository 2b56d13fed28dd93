//! `README.md`: what the release is, how it was made, what to beware of, and how to use it.

use std::collections::BTreeMap;

use minijinja::Environment;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use serde::Serialize;
use serde_json::json;

use super::files::{Files, table_path};
use super::{Changelog, Content, Error, Result, portal};
use crate::fact::{NumeralKind, Severity, Status};
use crate::table::{Column, Table, Text};

const FILE: &str = "README.md";

/// A table as the data dictionary shows it.
#[derive(Serialize)]
struct TableEntry<'a> {
    name: &'a str,
    rows: usize,
    csv: String,
    title: &'a Text,
    description: &'a Text,
    primary_key: &'a [String],
    foreign_keys: Vec<String>,
    columns: &'a [Column],
}

/// A number with what it counts.
#[derive(Serialize)]
struct Count {
    what: &'static str,
    count: usize,
}

/// One report in the table of what the release covers.
#[derive(Serialize)]
struct ReportEntry {
    id: String,
    title: String,
    delivered: String,
    characters: i64,
    numerals: usize,
    quantities: usize,
    observations: usize,
    members: usize,
    uri: String,
}

/// Writes the README.
pub(super) fn write(content: &Content<'_>, catalogue: &Table, changelog: &Changelog, files: &mut Files) -> Result<()> {
    let fail = |e: minijinja::Error| Error::Make {
        file: FILE,
        message: format!("{e:#}"),
    };
    let description = content.description;
    let observations = || {
        content
            .extractions
            .iter()
            .flat_map(|extraction| &extraction.observations)
    };
    let numerals = || content.extractions.iter().flat_map(|extraction| &extraction.numerals);
    let tables: Vec<TableEntry> = content
        .tables
        .iter()
        .map(|table| table_entry("data", table))
        .chain([table_entry(portal::FOLDER, catalogue)])
        .collect();
    let kinds: Vec<Count> = NumeralKind::ALL
        .iter()
        .map(|kind| Count {
            what: kind.as_str(),
            count: numerals().filter(|row| row.kind == *kind).count(),
        })
        .collect();
    let statuses: Vec<Count> = Status::ALL
        .iter()
        .map(|status| Count {
            what: status.as_str(),
            count: observations().filter(|row| row.status == *status).count(),
        })
        .collect();
    let severities: BTreeMap<&str, usize> = Severity::ALL
        .iter()
        .map(|severity| {
            (
                severity.as_str(),
                content
                    .findings
                    .iter()
                    .filter(|finding| finding.severity == *severity)
                    .count(),
            )
        })
        .collect();
    let grave = content
        .findings
        .iter()
        .filter(|finding| finding.severity != Severity::Info)
        .collect::<Vec<_>>();
    let title = Text {
        zh: "说明".into(),
        en: "Read me".into(),
    };
    let values = json!({
        "d": description,
        "contact": description.contact(),
        "citation": description.citation(),
        "frequency": description.frequency.title(),
        "program": content.program.version,
        "rules": content.program.rules_sha256,
        "summary": changelog.latest.summary(),
        "tables": tables,
        "reports": content.extractions.iter().map(report_entry).collect::<Vec<_>>(),
        "kinds": kinds,
        "statuses": statuses,
        "observations": observations().count(),
        "targets": observations().filter(|row| row.status == Status::Target).count(),
        "numerals": numerals().count(),
        "severities": severities,
        "findings": grave,
        "sources": files.entries().iter().filter(|file| file.path.starts_with("source/")).map(|file| &file.path)
            .collect::<Vec<_>>(),
    });
    let mut environment = Environment::new();
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build();
    environment.set_syntax(syntax.map_err(fail)?);
    environment.add_filter("cell", |text: String| text.replace('|', "\\|").replace('\n', " "));
    environment
        .add_template(FILE, include_str!("readme.md"))
        .map_err(fail)?;
    let text = environment
        .get_template(FILE)
        .and_then(|template| template.render(Serde(values)))
        .map_err(fail)?;
    files.add(FILE, title, text.as_bytes())
}

fn table_entry<'a>(folder: &str, table: &'a Table) -> TableEntry<'a> {
    let schema = table.schema();
    let key = |key: &crate::table::ForeignKey| {
        format!(
            "{} → {}.{}",
            key.columns.join(", "),
            key.table,
            key.references.join(", ")
        )
    };
    TableEntry {
        name: &schema.name,
        rows: table.len(),
        csv: table_path(folder, &schema.name, "csv"),
        title: &schema.title,
        description: &schema.description,
        primary_key: &schema.primary_key,
        foreign_keys: schema.foreign_keys.iter().map(key).collect(),
        columns: &schema.columns,
    }
}

fn report_entry(extraction: &crate::fact::Extraction) -> ReportEntry {
    let report = &extraction.report;
    ReportEntry {
        id: report.report_id.clone(),
        title: report.title.clone().unwrap_or_default(),
        delivered: report.delivered_on.map(|date| date.to_string()).unwrap_or_default(),
        characters: report.characters,
        numerals: extraction.numerals.len(),
        quantities: extraction
            .numerals
            .iter()
            .filter(|row| row.kind == NumeralKind::Quantity)
            .count(),
        observations: extraction.observations.len(),
        members: extraction.members.len(),
        uri: report.source_uri.clone(),
    }
}
