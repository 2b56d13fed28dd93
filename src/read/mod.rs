//! Bytes to text: one reader a file format.
//!
//! Every reader gives the same thing, a [`Reading`]: the plain text of the report in one set of conventions, so that
//! the steps after it do not know which format the report came in:
//!
//! * one paragraph or heading a line, in reading order; blank lines carry no meaning;
//! * the mark of footnote 12 is the superscript `¹²` right after the word it marks;
//! * the text of footnote 12 is a line of its own, wherever it stands, that begins with `¹²` and a space;
//! * page furniture (running heads, page numbers, navigation) is left out where the format lets the reader know it;
//! * a table row is a line of its own, one statement a cell: `row header` `column header` `value`;
//! * bold is `**…**` where a run-in heading may depend on it.

/// The text of one report as a reader produced it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The decoded text. Every offset of a release counts Unicode code points of this text.
    pub text: String,
    /// IANA media type of the bytes that were read, such as `text/plain` or `application/pdf`.
    pub media_type: &'static str,
    /// What the reader noticed and worked around, for people.
    pub warnings: Vec<String>,
}
