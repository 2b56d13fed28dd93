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
//!
//! The format is told from the content and, where the content can't tell, from the name's extension ([`Format`]).
//! What each format's reader does is in `docs/formats.md`.

mod decode;
mod docx;
mod error;
mod flow;
mod format;
mod html;
mod markdown;
mod pdf;
mod table;
mod tags;
mod text;

pub use error::ReadError;
pub use format::Format;

/// The text of one report as a reader produced it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The decoded text. Every offset of a release counts Unicode code points of this text.
    pub text: String,
    /// IANA media type of the bytes that were read, such as `text/plain` or `application/pdf`.
    pub media_type: &'static str,
    /// Where each line of the text comes from, by offset, without gaps between lines that hold text.
    pub segments: Vec<Segment>,
    /// What the reader noticed and worked around, for people.
    pub warnings: Vec<String>,
}

/// One line of a [`Reading`]'s text and its place in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// First code point of the line.
    pub start: usize,
    /// End of the line (without its line end), exclusive, in code points.
    pub end: usize,
    /// Where the file has it.
    pub origin: Origin,
}

/// A place in a file, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A line of a text file.
    Line(usize),
    /// A paragraph, heading, list item or table row of a Markdown, HTML or Word document.
    Block(usize),
    /// A page of a PDF.
    Page(usize),
}

/// How much a reader may take in and give out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub file_bytes: usize,
    /// Bytes that one compressed part of a file (a zip member, a PDF stream) may unpack to.
    pub part_bytes: usize,
    /// Bytes that all compressed parts of a file may unpack to together.
    pub unpacked_bytes: usize,
    /// Bytes of the text (as UTF-8) that a file may give: 16 MiB is more than two hundred of the longest reports.
    pub text_bytes: usize,
    /// Depth of nested elements (XML, HTML).
    pub depth: usize,
    /// Pages of a PDF.
    pub pages: usize,
}

impl Default for Limits {
    fn default() -> Self {
        const MIB: usize = 1 << 20;
        Self {
            file_bytes: 64 * MIB,
            part_bytes: 32 * MIB,
            unpacked_bytes: 256 * MIB,
            text_bytes: 16 * MIB,
            depth: 256,
            pages: 2_000,
        }
    }
}

/// Reads a file's bytes; `name` is the file's name or address, for its extension and for messages.
///
/// # Errors
///
/// See [`ReadError`]: the file is too large, of a format that can't be read, damaged, hostile, or has no text.
pub fn read(bytes: &[u8], name: &str, limits: &Limits) -> Result<Reading, ReadError> {
    read_with_type(bytes, name, None, limits)
}

/// Reads bytes that came with a `Content-Type`, whose charset then counts.
///
/// # Errors
///
/// As [`read`].
pub fn read_with_type(
    bytes: &[u8],
    name: &str,
    content_type: Option<&str>,
    limits: &Limits,
) -> Result<Reading, ReadError> {
    if bytes.len() > limits.file_bytes {
        return Err(ReadError::TooLarge {
            name: name.to_owned(),
            what: "file",
            bytes: bytes.len(),
            limit: limits.file_bytes,
        });
    }
    let reading = match Format::detect(bytes, name)? {
        Format::Text => text::read(bytes, name, content_type)?,
        Format::Markdown => markdown::read(bytes, name, content_type, limits)?,
        Format::Pdf => pdf::read(bytes, name, limits)?,
        Format::Docx => docx::read(bytes, name, limits)?,
        Format::Html => html::read(bytes, name, content_type, limits)?,
    };
    if reading.text.len() > limits.text_bytes {
        return Err(ReadError::TooLarge {
            name: name.to_owned(),
            what: "text",
            bytes: reading.text.len(),
            limit: limits.text_bytes,
        });
    }
    if reading.text.trim().is_empty() {
        return Err(ReadError::NoText { name: name.to_owned() });
    }
    Ok(reading)
}
