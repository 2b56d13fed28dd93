//! What a release is made from.

use super::Description;
use crate::fact::{Extraction, Finding};
use crate::table::Tables;

/// All that a release is made from.
#[derive(Debug, Clone, Copy)]
pub struct Content<'a> {
    pub description: &'a Description,
    /// Every table of the release, in its order: the contract's, the code lists, the thematic ones.
    pub tables: &'a Tables,
    /// The reports, in the order of the table `reports`.
    pub extractions: &'a [Extraction],
    /// The rows of the table `findings`.
    pub findings: &'a [Finding],
    pub program: &'a Program,
    /// Text of the pipeline file. The release carries it, so that it can be rebuilt from itself.
    pub pipeline_file: &'a str,
}

/// What made the release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// Version of the program.
    pub version: String,
    /// Hash of the rules and word lists compiled into it, in hexadecimal.
    pub rules_sha256: String,
}
