//! The page's charts, drawn as SVG when the release is built.

mod canvas;
mod coverage;
mod ledger;
mod targets;

use super::PageError;
use super::words::Vocabulary;
use crate::fact::Extraction;

/// A chart of one report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Chart {
    /// Targets beside the values they start from.
    Targets,
    /// Observations by theme and section.
    Coverage,
    /// What the numerals of the text are.
    Ledger,
}

/// The charts, in the order of the page.
pub(super) const ALL: [Chart; 3] = [Chart::Targets, Chart::Coverage, Chart::Ledger];

impl Chart {
    /// The last part of the keys of its words, and its class in the page.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Targets => "targets",
            Self::Coverage => "coverage",
            Self::Ledger => "ledger",
        }
    }

    /// Draws the chart of the report with the number `report_no` on the page; none when there is nothing to draw.
    pub(super) fn draw(
        self,
        report_no: usize,
        extraction: &Extraction,
        vocabulary: &Vocabulary<'_>,
    ) -> Result<Option<String>, PageError> {
        match self {
            Self::Targets => targets::draw(report_no, extraction, vocabulary),
            Self::Coverage => coverage::draw(report_no, extraction, vocabulary),
            Self::Ledger => ledger::draw(report_no, extraction, vocabulary),
        }
    }

    /// Identifiers of the sections that the chart's columns stand for.
    pub(super) fn columns(self, extraction: &Extraction) -> Vec<String> {
        match self {
            Self::Coverage => coverage::sections(extraction).ids,
            Self::Targets | Self::Ledger => Vec::new(),
        }
    }
}
