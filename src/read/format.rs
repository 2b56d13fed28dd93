//! Which format a file is in.

use super::ReadError;

/// A format that a reader exists for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text in any of the known encodings.
    Text,
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
        Ok(Self::Text)
    }
}
