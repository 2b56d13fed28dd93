//! Fonts: from the codes in a page's strings to characters and widths.

use std::collections::BTreeMap;
use std::rc::Rc;

use hayro_cmap::{BfString, CMap, CMapName, CidFamily, load_embedded};
use lopdf::{Dictionary, Document, Encoding, Object, Stream};
use ttf_parser::Face;

use super::{get, numbers};

/// Width of a glyph without one, in thousandths of the font size: that of a Latin letter.
const LATIN_WIDTH: f64 = 500.0;
/// Width of a Chinese character, in thousandths of the font size.
const FULL_WIDTH: f64 = 1000.0;

/// A font of a document.
#[derive(Debug)]
pub(super) struct Font {
    codes: Codes,
    /// `ToUnicode`, by code.
    to_unicode: Option<CMap>,
    /// Widths by code or, for a composite font, by CID; in thousandths of the font size.
    widths: BTreeMap<u32, f64>,
    default_width: f64,
    /// Whether its name or description says that it is bold.
    pub bold: bool,
}

/// How strings are cut into codes, and what a code means when there is no `ToUnicode`.
#[derive(Debug)]
enum Codes {
    /// One byte a code; characters by code.
    Simple(Vec<String>),
    /// Codes of one to four bytes, by a map to CIDs.
    Composite {
        /// Codes to CIDs.
        encoding: Box<CMap>,
        /// CIDs to characters, by the font's character collection.
        collection: Option<Box<CMap>>,
        /// CIDs to characters, by the `cmap` table of the embedded font.
        embedded: BTreeMap<u32, char>,
    },
}

/// One code of a string.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Code {
    /// Its characters; none if nothing says which.
    pub text: Option<String>,
    /// Its width, as a multiple of the font size.
    pub width: f64,
    /// Whether it is the one-byte space, which word spacing widens.
    pub is_space: bool,
}

/// The fonts of a document that have been used.
pub(super) struct Fonts<'a> {
    document: &'a Document,
    part_bytes: usize,
    /// By the address of their dictionary, which stays where it is as long as the document does.
    read: BTreeMap<usize, Rc<Font>>,
}

impl<'a> Fonts<'a> {
    /// No font yet; streams that unpack to more than `part_bytes` are left out.
    pub fn new(document: &'a Document, part_bytes: usize) -> Self {
        Self {
            document,
            part_bytes,
            read: BTreeMap::new(),
        }
    }

    /// The font that `dictionary` describes.
    pub fn font(&mut self, dictionary: &'a Dictionary) -> Rc<Font> {
        let key = std::ptr::from_ref(dictionary) as usize;
        if let Some(font) = self.read.get(&key) {
            return Rc::clone(font);
        }
        let font = Rc::new(self.read_font(dictionary));
        self.read.insert(key, Rc::clone(&font));
        font
    }

    fn read_font(&self, dictionary: &'a Dictionary) -> Font {
        let to_unicode = self
            .stream(dictionary, b"ToUnicode")
            .and_then(|data| CMap::parse(&data, load_embedded));
        match dictionary.get(b"Subtype").and_then(Object::as_name) {
            Ok(b"Type0") => self.composite(dictionary, to_unicode),
            subtype => self.simple(dictionary, to_unicode, matches!(subtype, Ok(b"Type3"))),
        }
    }

    fn simple(&self, dictionary: &'a Dictionary, to_unicode: Option<CMap>, is_type3: bool) -> Font {
        let encoding = dictionary
            .get_font_encoding_with_limit(self.document, self.part_bytes)
            .unwrap_or(Encoding::SimpleEncoding(b"WinAnsiEncoding"));
        let characters = (0..=u8::MAX)
            .map(|code| encoding.bytes_to_string(&[code]).unwrap_or_default())
            .collect();
        // A Type 3 font states its widths in a space of its own.
        let scale = is_type3
            .then(|| get(self.document, dictionary, b"FontMatrix").and_then(numbers))
            .flatten()
            .and_then(|matrix| matrix.first().copied())
            .map_or(1.0, |scale| scale * 1000.0);
        let first = get(self.document, dictionary, b"FirstChar")
            .and_then(|first| first.as_i64().ok())
            .unwrap_or(0);
        let first = u32::try_from(first).unwrap_or(0);
        let widths = get(self.document, dictionary, b"Widths")
            .and_then(numbers)
            .unwrap_or_default();
        let descriptor = get(self.document, dictionary, b"FontDescriptor").and_then(|object| object.as_dict().ok());
        let missing = descriptor.and_then(|descriptor| number(self.document, descriptor, b"MissingWidth"));
        Font {
            codes: Codes::Simple(characters),
            to_unicode,
            widths: (first..)
                .zip(widths)
                .map(|(code, width)| (code, width * scale))
                .collect(),
            default_width: missing.filter(|width| *width > 0.0).unwrap_or(LATIN_WIDTH),
            bold: self.is_bold(dictionary, descriptor),
        }
    }

    fn composite(&self, dictionary: &'a Dictionary, to_unicode: Option<CMap>) -> Font {
        let encoding = match get(self.document, dictionary, b"Encoding") {
            Some(Object::Name(name)) if name.as_slice() == b"Identity-V" => Some(CMap::identity_v()),
            Some(Object::Name(name)) => {
                load_embedded(CMapName::from_bytes(name)).and_then(|data| CMap::parse(data, load_embedded))
            }
            Some(Object::Stream(stream)) => self.unpack(stream).and_then(|data| CMap::parse(&data, load_embedded)),
            _ => None,
        };
        let encoding = Box::new(encoding.unwrap_or_else(CMap::identity_h));
        let descendant = get(self.document, dictionary, b"DescendantFonts")
            .and_then(|fonts| fonts.as_array().ok()?.first())
            .and_then(|font| self.document.dereference(font).ok()?.1.as_dict().ok());
        let descriptor = descendant
            .and_then(|font| get(self.document, font, b"FontDescriptor"))
            .and_then(|object| object.as_dict().ok());
        let collection = descendant.and_then(|font| self.collection(font)).or_else(|| {
            let stated = encoding.metadata().character_collection.as_ref();
            stated.and_then(|stated| family_map(&stated.family))
        });
        let embedded = match (&to_unicode, &collection, descendant) {
            (None, None, Some(font)) => self.embedded_characters(font, descriptor),
            _ => BTreeMap::new(),
        };
        Font {
            codes: Codes::Composite {
                encoding,
                collection: collection.map(Box::new),
                embedded,
            },
            to_unicode,
            widths: descendant.map(|font| self.composite_widths(font)).unwrap_or_default(),
            default_width: descendant
                .and_then(|font| number(self.document, font, b"DW"))
                .unwrap_or(FULL_WIDTH),
            bold: self.is_bold(dictionary, descriptor),
        }
    }

    /// CIDs to characters by the collection that a descendant font names, such as Adobe-GB1.
    fn collection(&self, font: &'a Dictionary) -> Option<CMap> {
        let info = get(self.document, font, b"CIDSystemInfo")?.as_dict().ok()?;
        let registry = get(self.document, info, b"Registry")?.as_str().ok()?;
        let ordering = get(self.document, info, b"Ordering")?.as_str().ok()?;
        family_map(&CidFamily::from_registry_ordering(registry, ordering))
    }

    /// CIDs to characters by the embedded font's own table, for want of anything better.
    fn embedded_characters(&self, font: &'a Dictionary, descriptor: Option<&'a Dictionary>) -> BTreeMap<u32, char> {
        let file = descriptor.and_then(|descriptor| {
            self.stream(descriptor, b"FontFile2")
                .or_else(|| self.stream(descriptor, b"FontFile3"))
        });
        let Some(glyphs) = file.as_deref().and_then(glyph_characters) else {
            return BTreeMap::new();
        };
        match self.stream(font, b"CIDToGIDMap") {
            None => glyphs,
            Some(map) => {
                let glyph_of = |pair: &[u8]| u32::from(u16::from_be_bytes([pair[0], pair[1]]));
                let cids = (0..).zip(map.chunks_exact(2).map(glyph_of));
                cids.filter_map(|(cid, glyph)| Some((cid, *glyphs.get(&glyph)?)))
                    .collect()
            }
        }
    }

    /// Widths by CID, from `[first [w w …] first last w …]`.
    fn composite_widths(&self, font: &'a Dictionary) -> BTreeMap<u32, f64> {
        /// A CID has two bytes.
        const LAST: u32 = u16::MAX as u32;
        /// Ranges that overlap again and again are hostile.
        const MOST_WIDTHS: usize = 4 << 16;
        let mut widths = BTreeMap::new();
        let mut count = 0;
        let array = get(self.document, font, b"W").and_then(|array| array.as_array().ok());
        let mut items = array
            .into_iter()
            .flatten()
            .filter_map(|item| Some(self.document.dereference(item).ok()?.1));
        let cid = |object: &Object| object.as_i64().ok().and_then(|number| u32::try_from(number).ok());
        while let (Some(first), Some(next)) = (items.next().and_then(cid), items.next()) {
            if let Some(list) = numbers(next) {
                count += list.len();
                widths.extend((first..=LAST).zip(list));
            } else if let (Some(last), Some(Ok(width))) = (cid(next), items.next().map(Object::as_float)) {
                let range = first..=last.min(LAST);
                count += range.clone().count();
                widths.extend(range.map(|cid| (cid, f64::from(width))));
            }
            if count > MOST_WIDTHS {
                break;
            }
        }
        widths
    }

    fn is_bold(&self, dictionary: &'a Dictionary, descriptor: Option<&'a Dictionary>) -> bool {
        /// Bit of `Flags` for fonts that are to be drawn bold.
        const FORCE_BOLD: i64 = 1 << 18;
        let name = dictionary
            .get(b"BaseFont")
            .and_then(Object::as_name)
            .unwrap_or_default();
        let name = String::from_utf8_lossy(name).to_ascii_lowercase();
        let flags = descriptor.and_then(|descriptor| get(self.document, descriptor, b"Flags")?.as_i64().ok());
        let weight = descriptor.and_then(|descriptor| number(self.document, descriptor, b"FontWeight"));
        ["bold", "black", "heavy", "simhei", "heiti"]
            .iter()
            .any(|word| name.contains(word))
            || flags.is_some_and(|flags| flags & FORCE_BOLD != 0)
            || weight.is_some_and(|weight| weight >= 600.0)
    }

    fn stream(&self, dictionary: &'a Dictionary, key: &[u8]) -> Option<Vec<u8>> {
        get(self.document, dictionary, key)?
            .as_stream()
            .ok()
            .and_then(|stream| self.unpack(stream))
    }

    fn unpack(&self, stream: &Stream) -> Option<Vec<u8>> {
        stream.get_plain_content_with_limit(self.part_bytes).ok()
    }
}

impl Font {
    /// The codes of a string.
    pub fn codes(&self, string: &[u8]) -> Vec<Code> {
        match &self.codes {
            Codes::Simple(characters) => string
                .iter()
                .map(|byte| {
                    let code = u32::from(*byte);
                    let text = self
                        .mapped(code)
                        .or_else(|| Some(characters[usize::from(*byte)].clone()));
                    let text = text.filter(|text| !text.is_empty());
                    Code {
                        text,
                        width: self.width(code),
                        is_space: *byte == b' ',
                    }
                })
                .collect(),
            Codes::Composite {
                encoding,
                collection,
                embedded,
            } => {
                let mut codes = Vec::new();
                let mut rest = string;
                while !rest.is_empty() {
                    let (code, cid, length) = next_code(encoding, rest);
                    let text = self
                        .mapped(code)
                        .or_else(|| collection.as_ref()?.lookup_bf_string(cid).map(written))
                        .or_else(|| embedded.get(&cid).map(char::to_string));
                    codes.push(Code {
                        text,
                        width: self.width(cid),
                        is_space: length == 1 && code == 0x20,
                    });
                    rest = &rest[length..];
                }
                codes
            }
        }
    }

    /// The characters that `ToUnicode` gives.
    fn mapped(&self, code: u32) -> Option<String> {
        self.to_unicode
            .as_ref()?
            .lookup_bf_string(code)
            .map(written)
            .filter(|text| !text.contains('\0'))
    }

    fn width(&self, key: u32) -> f64 {
        self.widths.get(&key).copied().unwrap_or(self.default_width) / 1000.0
    }
}

/// The next code of a string, its CID and its length in bytes.
fn next_code(encoding: &CMap, string: &[u8]) -> (u32, u32, usize) {
    let mut code = 0;
    for (length, byte) in (1..=4_u8).zip(string) {
        code = code << 8 | u32::from(*byte);
        if let Some(cid) = encoding.lookup_cid_code(code, length) {
            return (code, cid, usize::from(length));
        }
    }
    // An unknown code: of two bytes, as nearly all are.
    let length = string.len().min(2);
    (
        string[..length]
            .iter()
            .fold(0, |code, byte| code << 8 | u32::from(*byte)),
        0,
        length,
    )
}

fn written(text: BfString) -> String {
    match text {
        BfString::Char(character) => character.to_string(),
        BfString::String(text) => text,
    }
}

fn family_map(family: &CidFamily) -> Option<CMap> {
    load_embedded(family.ucs2_cmap()?).and_then(|data| CMap::parse(data, load_embedded))
}

/// The character of each glyph of a TrueType or OpenType font.
fn glyph_characters(file: &[u8]) -> Option<BTreeMap<u32, char>> {
    let face = Face::parse(file, 0).ok()?;
    // The basic and the two ideographic planes, asked one by one: a damaged table may list ranges without end.
    let characters = ' '..='\u{3FFFF}';
    let glyphs = characters.filter_map(|character| Some((u32::from(face.glyph_index(character)?.0), character)));
    let mut by_glyph = BTreeMap::new();
    for (glyph, character) in glyphs {
        by_glyph.entry(glyph).or_insert(character);
    }
    (!by_glyph.is_empty()).then_some(by_glyph)
}

fn number(document: &Document, dictionary: &Dictionary, key: &[u8]) -> Option<f64> {
    get(document, dictionary, key)?.as_float().ok().map(f64::from)
}
