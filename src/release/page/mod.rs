//! `index.html`: the report to read, each number tied to its row, in one file that needs no network.

mod input;

pub use input::{Bilingual, CodeEntry, CodeList, Download, Licence, PageInput};

/// Why a page could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// A page needs a report to show.
    #[error("expected at least one report, found none")]
    NoReport,
    /// A row's offsets do not fit the source text, or two numerals overlap.
    #[error("{report}: expected {what} within the source text and after the one before it, found {start}..{end}")]
    Offsets {
        report: String,
        what: &'static str,
        start: i64,
        end: i64,
    },
    /// A chart could not be drawn.
    #[error("chart {chart}: {message}")]
    Chart { chart: &'static str, message: String },
    /// Rows could not be written as JSON.
    #[error("expected rows that can be written as json: {0}")]
    Json(#[from] serde_json::Error),
    /// The page's template failed.
    #[error("template of the page: {0}")]
    Template(#[from] minijinja::Error),
}

/// Renders the page of a release: the text of `index.html`, the same for the same input.
///
/// # Errors
///
/// When there is no report, when offsets do not fit the text, or when a chart, the data or the template fails.
pub fn render(input: &PageInput<'_>) -> Result<String, PageError> {
    if input.reports.is_empty() {
        return Err(PageError::NoReport);
    }
    Ok(String::new())
}
