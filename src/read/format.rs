//! Which format a file is in.

use super::{ReadError, html, markdown};

/// A format that a reader exists for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text in any of the known encodings.
    Text,
    /// Markdown.
    Markdown,
    /// HTML.
    Html,
    /// A Word document since 2007 (or any other zip archive, which its reader refuses).
    Docx,
    /// PDF.
    Pdf,
}

/// First bytes of formats that can't be read, and what to tell the user.
const UNREADABLE: &[(&[u8], &str)] = &[
    (
        b"\xD0\xCF\x11\xE0",
        "an Office file from before 2007 (.doc): save it as .docx",
    ),
    (b"{\\rtf", "RTF: save it as .docx"),
    (b"\x89PNG", "a PNG image: run OCR on it first"),
    (b"\xFF\xD8\xFF", "a JPEG image: run OCR on it first"),
    (b"GIF8", "a GIF image: run OCR on it first"),
    (b"II*\0", "a TIFF image: run OCR on it first"),
    (b"MM\0*", "a TIFF image: run OCR on it first"),
    (b"\x1F\x8B", "a gzip archive: unpack it first"),
    (b"7z\xBC\xAF", "a 7z archive: unpack it first"),
    (b"Rar!", "a RAR archive: unpack it first"),
    (b"\x7FELF", "a program"),
    (b"MZ\x90", "a program"),
];

/// How far into a PDF its header may stand: readers have always allowed junk before it.
const PDF_HEADER: usize = 1024;
/// Bytes looked at for what only a beginning shows.
const BEGINNING: usize = 4096;

impl Format {
    /// Tells the format from the content and, where the content can't tell, from the extension of `name`.
    ///
    /// # Errors
    ///
    /// [`ReadError::Unsupported`] when the content is of a known format that has no reader.
    pub fn detect(bytes: &[u8], name: &str) -> Result<Self, ReadError> {
        if let Some((_, found)) = UNREADABLE.iter().find(|(magic, _)| bytes.starts_with(magic)) {
            return Err(ReadError::Unsupported {
                name: name.to_owned(),
                found,
            });
        }
        if bytes[..bytes.len().min(PDF_HEADER)]
            .windows(5)
            .any(|window| window == b"%PDF-")
        {
            return Ok(Self::Pdf);
        }
        if bytes.starts_with(b"PK\x03\x04") {
            return Ok(Self::Docx);
        }
        let beginning = ascii(&bytes[..bytes.len().min(BEGINNING)]);
        let extension = name
            .rsplit_once('.')
            .map_or("", |(_, extension)| extension)
            .to_ascii_lowercase();
        if html::is_html(&beginning) || (matches!(&*extension, "html" | "htm") && beginning.contains('<')) {
            return Ok(Self::Html);
        }
        let is_markdown =
            matches!(&*extension, "md" | "markdown") || bytes.contains(&b'^') && markdown::has_footnotes(&ascii(bytes));
        Ok(if is_markdown { Self::Markdown } else { Self::Text })
    }
}

/// The ASCII characters of text in any of the known encodings, other characters as `?`.
fn ascii(bytes: &[u8]) -> String {
    let bytes = bytes.iter().filter(|byte| **byte != 0);
    bytes
        .map(|byte| if byte.is_ascii() { char::from(*byte) } else { '?' })
        .collect()
}
