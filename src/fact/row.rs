//! The rows.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::lexicon::terms::{Comparison, Level, Measure, Modifier, NumeralKind, Part, Severity, Status};

/// One report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    pub report_id: String,
    pub title: Option<String>,
    pub place: Option<String>,
    pub place_code: Option<String>,
    pub level: Option<Level>,
    pub reviewed_year: Option<i32>,
    pub planned_year: Option<i32>,
    pub delivered_on: Option<Date>,
    pub assembly: Option<String>,
    pub speaker: Option<String>,
    pub source_uri: String,
    pub source_sha256: String,
    pub media_type: String,
    /// Length of the decoded text in Unicode code points.
    pub characters: i64,
}

/// One section of a report's outline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    pub report_id: String,
    /// Position in the outline, such as `1.3.2`.
    pub section_id: String,
    pub parent_id: Option<String>,
    pub depth: i32,
    /// Number as printed (`一、`, `（一）`), null for a run-in heading.
    pub label: Option<String>,
    pub title: Option<String>,
    pub part: Part,
    pub source_start: i64,
    pub source_end: i64,
}

/// One footnote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Footnote {
    pub report_id: String,
    pub footnote_no: i32,
    pub text: String,
    pub marked_section_id: Option<String>,
    /// Offset of the mark in the body.
    pub mark_start: Option<i64>,
    pub source_start: i64,
    pub source_end: i64,
}

/// One numeral of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numeral {
    pub report_id: String,
    pub source_start: i64,
    pub source_end: i64,
    pub surface: String,
    pub kind: NumeralKind,
    /// Name of the rule that decided the kind.
    pub reason: String,
    pub observation_id: Option<String>,
}

/// One quantitative statement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    pub observation_id: String,
    pub report_id: String,
    pub section_id: String,
    pub footnote_no: Option<i32>,
    /// Numbers of the notes marked in the sentence, joined by `;`.
    pub footnote_refs: Option<String>,
    pub paragraph_no: i32,
    pub sentence_no: i32,
    pub indicator: String,
    pub indicator_code: Option<String>,
    pub theme: Option<String>,
    pub measure: Measure,
    pub comparison: Option<Comparison>,
    pub value: Decimal,
    pub value_max: Option<Decimal>,
    pub value_text: String,
    pub unit: String,
    pub unit_code: Option<String>,
    pub value_base: Option<Decimal>,
    pub modifier: Modifier,
    pub status: Status,
    pub period: Option<String>,
    pub period_start: Option<Date>,
    pub period_end: Option<Date>,
    pub reference: Option<String>,
    pub place: Option<String>,
    pub place_code: Option<String>,
    pub source_start: i64,
    pub source_end: i64,
    pub sentence: String,
    pub rule: String,
}

/// One name enumerated for a counted observation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    pub report_id: String,
    pub observation_id: String,
    /// Counted from 1.
    pub position: i32,
    pub name: String,
    pub footnote_no: Option<i32>,
    pub source_start: i64,
    pub source_end: i64,
}

/// One thing that the audit found. It never alters a stated value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    pub finding_id: String,
    pub report_id: String,
    pub check: String,
    pub severity: Severity,
    /// Observations it cites, joined by `;`.
    pub observation_ids: String,
    pub stated: Option<String>,
    pub computed: Option<String>,
    pub difference: Option<String>,
    /// The arithmetic, in Chinese and English.
    pub message: String,
}
