//! What the audit reads: borrowed rows, and the text that their offsets point into.

use crate::fact::{Extraction, Footnote, Member, Numeral, Observation, Report, Section};

/// The rows of one report.
#[derive(Debug, Clone, Copy)]
pub struct ReportRows<'a> {
    pub report: &'a Report,
    pub sections: &'a [Section],
    pub footnotes: &'a [Footnote],
    pub numerals: &'a [Numeral],
    /// By offset.
    pub observations: &'a [Observation],
    pub members: &'a [Member],
    /// The decoded source text.
    pub source_text: &'a str,
}

impl<'a> From<&'a Extraction> for ReportRows<'a> {
    fn from(extraction: &'a Extraction) -> Self {
        Self {
            report: &extraction.report,
            sections: &extraction.sections,
            footnotes: &extraction.footnotes,
            numerals: &extraction.numerals,
            observations: &extraction.observations,
            members: &extraction.members,
            source_text: &extraction.source_text,
        }
    }
}

/// The reports to audit. Reports of one place are also checked against each other.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    pub reports: &'a [ReportRows<'a>],
    /// Findings that a person has looked at and explained.
    pub acknowledgements: &'a [super::Acknowledgement],
}
