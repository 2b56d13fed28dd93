//! What a page is made from: borrowed rows and strings, nothing read from disk, clock or locale.

use serde::Serialize;

use crate::fact::{Extraction, Finding};

/// A text in the two languages of a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Bilingual<'a> {
    pub zh: &'a str,
    pub en: &'a str,
}

/// All that `index.html` shows.
#[derive(Debug, Clone, Copy)]
pub struct PageInput<'a> {
    /// Title of the release, not of one report.
    pub title: Bilingual<'a>,
    pub description: Bilingual<'a>,
    pub version: &'a str,
    /// Date of the release as `YYYY-MM-DD`, if the pipeline file gives one.
    pub released_on: Option<&'a str>,
    pub licence: Licence<'a>,
    /// At least one report, in the order of the reports table.
    pub reports: &'a [Extraction],
    /// The audit's findings about all reports, in the order of the findings table.
    pub findings: &'a [Finding],
    /// The code lists that observations refer to, under the names of their tables (`themes`, `measures`, …). A code
    /// without an entry is shown as it is.
    pub code_lists: &'a [CodeList<'a>],
    /// Files of the release that the page links to, in the order in which they are listed.
    pub downloads: &'a [Download<'a>],
    /// Text of `schema.jsonld`.
    pub schema_jsonld: &'a str,
}

/// The licence of a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Licence<'a> {
    /// Name as people write it, such as `CC-BY-4.0`.
    pub name: &'a str,
    pub url: &'a str,
}

/// One code list: what its codes are called.
#[derive(Debug, Clone, Copy)]
pub struct CodeList<'a> {
    /// Name of the table, such as `themes`.
    pub name: &'a str,
    pub entries: &'a [CodeEntry<'a>],
}

/// One code and its names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeEntry<'a> {
    pub code: &'a str,
    pub name: Bilingual<'a>,
}

/// One file of the release that the page links to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Download<'a> {
    /// Path relative to the release folder, with `/`, such as `data/observations.csv`.
    pub path: &'a str,
    /// What the file holds.
    pub title: Bilingual<'a>,
    /// Size in bytes; null for a file that is written after the page.
    pub bytes: Option<u64>,
}
