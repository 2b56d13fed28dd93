//! The rows.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Declares a closed list of codes: an enum whose text form is the code used in the tables.
macro_rules! codes {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $code)] $variant),+ }

        impl $name {
            /// Every code, in the order of the code list.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code as the tables write it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

codes! {
    /// Level of government that a report belongs to.
    Level { State = "state", Province = "province", Prefecture = "prefecture", County = "county", Town = "town" }
}
codes! {
    /// Part of a report, which decides whether it speaks of the past or of what is to come.
    Part {
        Opening = "opening", Review = "review", Problems = "problems", Plan = "plan", Closing = "closing",
    }
}
codes! {
    /// What a numeral is.
    NumeralKind {
        Quantity = "quantity",
        /// The second number of a range whose first number carries the observation.
        RangeEnd = "range_end",
        Date = "date", Ordinal = "ordinal",
        /// Part of a proper name or of a slogan.
        Name = "name",
        /// Heading number, list number or footnote mark.
        Marker = "marker",
        Other = "other",
    }
}
codes! {
    /// What kind of thing an observation's value is.
    Measure {
        Level = "level", GrowthRate = "growth_rate", Change = "change", Ratio = "ratio", Rank = "rank",
        Multiple = "multiple",
    }
}
codes! {
    /// What a growth rate or a change is compared with.
    Comparison {
        YearOnYear = "year_on_year", AnnualAverage = "annual_average", Since = "since", Unspecified = "unspecified",
    }
}
codes! {
    /// How the text hedges a value.
    Modifier {
        Exact = "exact", Approx = "approx", Over = "over", AtLeast = "at_least", Under = "under", AtMost = "at_most",
    }
}
codes! {
    /// Whether a value is said of what happened, expected of the year under review, or set for what is to come.
    Status { Actual = "actual", Estimate = "estimate", Target = "target" }
}
codes! {
    /// How grave a finding of the audit is.
    Severity { Error = "error", Warning = "warning", Info = "info" }
}

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
