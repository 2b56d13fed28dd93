//! What can go wrong when a file is read.

/// Why a file gave no text. Every message names the file and, where there is one, the place in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// More bytes than [`Limits`](super::Limits) allow.
    #[error("{name}: {what} has {bytes} bytes, more than the limit of {limit}")]
    TooLarge {
        /// The file.
        name: String,
        /// What is too large: `file` or `text`.
        what: &'static str,
        /// Its size.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// A format that no reader knows.
    #[error("{name}: expected text, Markdown, HTML, DOCX or PDF, found {found}")]
    Unsupported {
        /// The file.
        name: String,
        /// What it looks like, and what to do about it.
        found: &'static str,
    },
    /// Bytes that are no text in any of the known encodings.
    #[error("{name}: not text: {reason} at byte {offset}")]
    NotText {
        /// The file.
        name: String,
        /// First byte that is wrong.
        offset: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// A file that breaks its format's rules.
    #[error("{name}: damaged {format}, {place}: {reason}")]
    Damaged {
        /// The file.
        name: String,
        /// Format of the file.
        format: &'static str,
        /// Part, byte, page or element.
        place: String,
        /// What was expected and what was found.
        reason: String,
    },
    /// A file that unpacks to, nests or repeats more than [`Limits`](super::Limits) allow.
    #[error("{name}: {format} over its limit, {place}: more than {limit} {what}")]
    OverLimit {
        /// The file.
        name: String,
        /// Format of the file.
        format: &'static str,
        /// Part, byte, page or element.
        place: String,
        /// The limit.
        limit: usize,
        /// What is counted.
        what: &'static str,
    },
    /// A page that is a picture.
    #[error("{name}: page {page} is a scan without text: run OCR on it first")]
    ScannedPage {
        /// The file.
        name: String,
        /// The page, counted from 1.
        page: usize,
    },
    /// A page whose fonts don't say which characters they print.
    #[error("{name}: page {page} has fonts without a map to Unicode: run OCR on it first")]
    UnmappedPage {
        /// The file.
        name: String,
        /// The page, counted from 1.
        page: usize,
    },
    /// A PDF that opens only with a password.
    #[error("{name}: the PDF needs a password: save it without one")]
    Encrypted {
        /// The file.
        name: String,
    },
    /// A file that is well formed and empty.
    #[error("{name}: no text in the file")]
    NoText {
        /// The file.
        name: String,
    },
}
