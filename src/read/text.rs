//! Plain text: already in the conventions, so it is passed on as decoded.

use super::{Origin, ReadError, Reading, Segment, decode};

/// Reads plain text. The text is not changed but for carriage returns that end lines on their own, which become line
/// feeds (so every offset stays).
///
/// # Errors
///
/// [`ReadError::NotText`].
pub(super) fn read(bytes: &[u8], name: &str, content_type: Option<&str>) -> Result<Reading, ReadError> {
    let decoded = decode::decode(bytes, name, content_type.and_then(charset))?;
    let text = lone_returns_to_feeds(decoded.text);
    let segments = line_segments(&text);
    Ok(Reading {
        text,
        media_type: "text/plain",
        segments,
        warnings: decoded.warning.into_iter().collect(),
    })
}

/// The charset parameter of a `Content-Type`.
pub(super) fn charset(content_type: &str) -> Option<&str> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (key, value) = parameter.split_once('=')?;
        key.trim()
            .eq_ignore_ascii_case("charset")
            .then(|| value.trim().trim_matches('"'))
    })
}

fn lone_returns_to_feeds(text: String) -> String {
    if !text.contains('\r') || text.contains('\n') {
        return text;
    }
    text.replace('\r', "\n")
}

/// One segment a line that holds text.
fn line_segments(text: &str) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut start = 0;
    for (index, line) in text.split('\n').enumerate() {
        let length = line.chars().count();
        let end = start + length - usize::from(line.ends_with('\r'));
        if !line.trim().is_empty() {
            segments.push(Segment {
                start,
                end,
                origin: Origin::Line(index + 1),
            });
        }
        start += length + 1;
    }
    segments
}
