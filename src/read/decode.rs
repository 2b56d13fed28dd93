//! Bytes to characters: which encoding, and decoding in it.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use super::ReadError;

/// Characters, and what had to be worked around to get them.
pub(super) struct Decoded {
    pub text: String,
    pub warning: Option<String>,
}

/// Share of characters that may be undecodable before a file is no text at all.
const BROKEN_SHARE: f64 = 0.01;

/// Decodes `bytes`: by byte order mark, else in the encoding that `label` names (from a header or a `<meta>`), else in
/// the one that fits: UTF-8, UTF-16, GB18030 (which holds GBK and GB 2312) or Big5.
///
/// A few undecodable bytes become U+FFFD and a warning. The byte order mark is not part of the text.
///
/// # Errors
///
/// [`ReadError::NotText`] when no encoding fits or the text holds NUL characters.
pub(super) fn decode(bytes: &[u8], name: &str, label: Option<&str>) -> Result<Decoded, ReadError> {
    let encoding = match (
        Encoding::for_bom(bytes),
        label.and_then(|label| Encoding::for_label(label.as_bytes())),
    ) {
        (Some((encoding, _)), _) => encoding,
        // A label is often wrong; the bytes of valid UTF-8 are not.
        (None, Some(encoding)) if encoding != UTF_8 && std::str::from_utf8(bytes).is_err() => widen(encoding),
        _ => detect(bytes),
    };
    let (text, _, broken) = encoding.decode(bytes);
    if let Some(position) = text.find('\0') {
        return Err(ReadError::NotText {
            name: name.to_owned(),
            offset: encoded_length(encoding, &text[..position]),
            reason: "NUL".to_owned(),
        });
    }
    if !broken {
        return Ok(Decoded {
            text: text.into_owned(),
            warning: None,
        });
    }
    let first = text.find('\u{FFFD}').unwrap_or(0);
    let replaced = text.matches('\u{FFFD}').count();
    let offset = encoded_length(encoding, &text[..first]);
    #[expect(clippy::cast_precision_loss, reason = "a share needs no more than 52 bits")]
    let share = replaced as f64 / text.chars().count() as f64;
    if share > BROKEN_SHARE {
        return Err(ReadError::NotText {
            name: name.to_owned(),
            offset,
            reason: format!("no valid {}", encoding.name()),
        });
    }
    let warning = format!(
        "{replaced} undecodable {} sequences, the first at byte {offset}",
        encoding.name()
    );
    Ok(Decoded {
        text: text.into_owned(),
        warning: Some(warning),
    })
}

/// GB18030 for its subsets: files labelled with a subset often hold characters of the whole.
fn widen(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == GBK { GB18030 } else { encoding }
}

/// Bytes that `text` takes in `encoding`, leaving a byte order mark out of account.
fn encoded_length(encoding: &'static Encoding, text: &str) -> usize {
    if encoding == UTF_16LE || encoding == UTF_16BE {
        text.encode_utf16().count() * 2
    } else {
        encoding.encode(text).0.len()
    }
}

/// The encoding that fits bytes without a byte order mark or a label.
fn detect(bytes: &[u8]) -> &'static Encoding {
    if Encoding::utf8_valid_up_to(bytes) == bytes.len() || mostly_utf8(bytes) {
        return UTF_8;
    }
    if let Some(encoding) = detect_utf16(bytes) {
        return encoding;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    match detector.guess(None, Utf8Detection::Deny) {
        encoding if encoding == BIG5 => BIG5,
        // Reports are Chinese: any other guess is a short or damaged text in the common encoding.
        _ => GB18030,
    }
}

/// Whether `bytes` are UTF-8 but for a few damaged places (a cut at the end, say).
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut broken, mut wide) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        broken += usize::from(!chunk.invalid().is_empty());
        wide += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
    }
    broken == 0 || broken * 100 <= wide
}

/// UTF-16 without a byte order mark: Chinese text in it has its spaces, digits and line ends as a NUL and an ASCII
/// byte, always in the same order.
fn detect_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    let (mut little, mut big) = (0_usize, 0_usize);
    for pair in bytes.chunks_exact(2) {
        little += usize::from(pair[1] == 0 && pair[0] != 0 && pair[0].is_ascii());
        big += usize::from(pair[0] == 0 && pair[1] != 0 && pair[1].is_ascii());
    }
    match (little, big) {
        (0, 0) => None,
        (_, 0) => Some(UTF_16LE),
        (0, _) => Some(UTF_16BE),
        _ if little > big * 20 => Some(UTF_16LE),
        _ if big > little * 20 => Some(UTF_16BE),
        _ => None,
    }
}
