//! PDF: from positioned glyphs back to text.
//!
//! `lopdf` reads the file's objects; what this module adds is what the objects mean for text: [`font`] maps codes to
//! characters, [`content`] runs a page's drawing operators for the positions of its glyphs, [`line`] joins glyphs to
//! lines, [`layout`] leaves out page furniture and puts lines in reading order, [`paragraph`] joins lines to
//! paragraphs and notes.

mod content;
mod font;
mod layout;
mod line;
mod paragraph;
mod radicals;

use lopdf::{DecompressError, Dictionary, Document, Error, LoadOptions, Object, ObjectId};

use super::{Limits, ReadError, Reading};

/// Most drawing operators of a document, those of forms counted each time they are drawn.
const MOST_OPERATORS: usize = 5_000_000;
/// Most characters of a document. The longest reports have a hundred thousand.
const MOST_GLYPHS: usize = 2_000_000;
/// Share of a page's characters that may lack a map to Unicode before the page is unreadable.
const UNMAPPED_SHARE: f64 = 0.2;
/// Share of a page that a picture must cover to make a page without text a scan.
const SCAN_SHARE: f64 = 0.3;

/// Reads a PDF.
///
/// # Errors
///
/// [`ReadError::Damaged`], [`ReadError::OverLimit`], [`ReadError::Encrypted`], [`ReadError::ScannedPage`],
/// [`ReadError::UnmappedPage`].
pub(super) fn read(bytes: &[u8], name: &str, limits: &Limits) -> Result<Reading, ReadError> {
    let source = Source { name, limits };
    let options = LoadOptions::with_max_decompressed_size(limits.part_bytes);
    let document = Document::load_mem_with_options(bytes, options).map_err(|error| source.failed("file", &error))?;
    if document.is_encrypted() {
        return Err(ReadError::Encrypted { name: name.to_owned() });
    }
    let mut fonts = font::Fonts::new(&document, limits.part_bytes);
    let mut budget = content::Budget {
        operators: MOST_OPERATORS,
        glyphs: MOST_GLYPHS,
    };
    let mut pages = Vec::new();
    let mut warnings = Vec::new();
    let mut unmapped_pages = Vec::new();
    for (index, id) in document.page_iter().enumerate() {
        let number = index + 1;
        if number > limits.pages {
            return Err(source.over("file".to_owned(), limits.pages, "pages"));
        }
        let page = content::read_page(&document, id, &mut fonts, &mut budget, limits.part_bytes)
            .map_err(|error| source.page_failed(number, error))?;
        let printed = page.glyphs.iter().filter(|glyph| !glyph.is_blank()).count();
        if printed == 0 && page.image_share >= SCAN_SHARE {
            return Err(ReadError::ScannedPage {
                name: name.to_owned(),
                page: number,
            });
        }
        #[expect(clippy::cast_precision_loss, reason = "a share needs no more than 52 bits")]
        if page.unmapped as f64 > printed as f64 * UNMAPPED_SHARE {
            return Err(ReadError::UnmappedPage {
                name: name.to_owned(),
                page: number,
            });
        }
        if page.unmapped > 0 {
            unmapped_pages.push(number.to_string());
        }
        pages.push(page);
    }
    if pages.is_empty() {
        return Err(source.failed("page tree", &"no pages"));
    }
    if !unmapped_pages.is_empty() {
        warnings.push(format!(
            "characters without a map to Unicode on page {}",
            unmapped_pages.join(", ")
        ));
    }
    let columns = layout::columns(&pages);
    let mut flow = paragraph::flow(&columns);
    flow.lift_notes();
    let (text, segments) = flow.write();
    Ok(Reading {
        text,
        media_type: "application/pdf",
        segments,
        warnings,
    })
}

/// What stops the reading of a page.
pub(super) enum PageError {
    /// The file is damaged.
    Damaged(Error),
    /// More operators than allowed.
    Operators,
    /// More characters than allowed.
    Glyphs,
}

impl From<Error> for PageError {
    fn from(error: Error) -> Self {
        Self::Damaged(error)
    }
}

/// The file, for messages.
struct Source<'a> {
    name: &'a str,
    limits: &'a Limits,
}

impl Source<'_> {
    fn page_failed(&self, page: usize, error: PageError) -> ReadError {
        let place = format!("page {page}");
        match error {
            PageError::Damaged(Error::Decompress(DecompressError::MemoryLimitExceeded { .. })) => {
                self.over(place, self.limits.part_bytes, "bytes unpacked")
            }
            PageError::Damaged(error) => self.failed(&place, &error),
            PageError::Operators => self.over(place, MOST_OPERATORS, "drawing operators"),
            PageError::Glyphs => self.over(place, MOST_GLYPHS, "characters"),
        }
    }

    fn failed(&self, place: &str, error: &(impl std::fmt::Display + std::any::Any)) -> ReadError {
        let name = self.name.to_owned();
        match (error as &dyn std::any::Any).downcast_ref() {
            Some(Error::InvalidPassword | Error::Decryption(_)) => ReadError::Encrypted { name },
            Some(Error::Decompress(DecompressError::MemoryLimitExceeded { .. })) => {
                self.over(place.to_owned(), self.limits.part_bytes, "bytes unpacked")
            }
            _ => ReadError::Damaged {
                name,
                format: "PDF",
                place: place.to_owned(),
                reason: error.to_string(),
            },
        }
    }

    fn over(&self, place: String, limit: usize, what: &'static str) -> ReadError {
        ReadError::OverLimit {
            name: self.name.to_owned(),
            format: "PDF",
            place,
            limit,
            what,
        }
    }
}

/// The object that `key` holds or refers to.
pub(super) fn get<'a>(document: &'a Document, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    dictionary.get_deref(key, document).ok()
}

/// The numbers in an array.
pub(super) fn numbers(array: &Object) -> Option<Vec<f64>> {
    array
        .as_array()
        .ok()?
        .iter()
        .map(|number| number.as_float().ok().map(f64::from))
        .collect()
}

/// The value of a page's `key`, inherited from the page tree if the page has none.
pub(super) fn inherited<'a>(document: &'a Document, page: ObjectId, key: &[u8]) -> Option<&'a Object> {
    /// Deeper page trees are damaged or hostile.
    const DEEPEST: usize = 64;
    let mut node = document.get_dictionary(page).ok()?;
    for _ in 0..DEEPEST {
        if let Some(value) = get(document, node, key) {
            return Some(value);
        }
        node = get(document, node, b"Parent")?.as_dict().ok()?;
    }
    None
}
