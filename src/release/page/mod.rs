//! `index.html`: the report to read, each number tied to its row, in one file that needs no network.
//!
//! The text, its marks, the charts, the findings and the links are HTML when the file is written, so that the page can
//! be read, searched and printed without its script. The script (`page.js`) adds what needs a reader's hand: details
//! of a number, filters, switches of language and colours. It reads the rows from a JSON element and puts text into
//! the page as text alone, never as markup.

mod chart;
mod data;
mod html;
mod input;
mod text;
mod view;
mod words;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};
use sha2::{Digest as _, Sha256};

pub use input::{Bilingual, CodeEntry, CodeList, Download, Licence, PageInput};

const TEMPLATE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
/// Sets colours and language before the first paint.
const EARLY_SCRIPT: &str = include_str!("early.js");
const SCRIPT: &str = include_str!("page.js");

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
    /// The text of `schema.jsonld` is not JSON.
    #[error("expected json in schema.jsonld: {0}")]
    JsonLd(serde_json::Error),
    /// A chart could not be drawn.
    #[error("chart {chart}: {message}")]
    Chart { chart: &'static str, message: String },
    /// Rows could not be written as JSON, or the page's words could not be read.
    #[error("json of the page: {0}")]
    Json(#[from] serde_json::Error),
    /// The page's template failed.
    #[error("template of the page: {0}")]
    Template(#[from] minijinja::Error),
}

/// Renders the page of a release: the text of `index.html`, the same for the same input.
///
/// # Errors
///
/// When there is no report, when offsets do not fit the text, when `schema.jsonld` is not JSON, or when a chart, the
/// data or the template fails.
pub fn render(input: &PageInput<'_>) -> Result<String, PageError> {
    if input.reports.is_empty() {
        return Err(PageError::NoReport);
    }
    serde_json::from_str::<serde::de::IgnoredAny>(input.schema_jsonld).map_err(PageError::JsonLd)?;
    let words = words::all()?;
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let page = environment.render_str(
        TEMPLATE,
        context! {
            words => Serde(&words),
            style => STYLE,
            style_hash => source_hash(STYLE),
            early_script => EARLY_SCRIPT,
            script => SCRIPT,
            script_hashes => format!("{} {}", source_hash(EARLY_SCRIPT), source_hash(SCRIPT)),
            json_ld => html::script_json(input.schema_jsonld),
            data => html::script_json(&data::payload(input, &words)?),
            title => Serde(input.title),
            description => Serde(input.description),
            version => input.version,
            released_on => input.released_on,
            licence => Serde(input.licence),
            stats => Serde(view::stats(input)),
            reports => Serde(view::reports(input, &words)?),
            downloads => Serde(view::downloads(input.downloads)),
        },
    )?;
    Ok(page)
}

/// What a content security policy calls an inline script or style.
fn source_hash(source: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(source.as_bytes())))
}
