//! HTML: the main content of a page, without what surrounds it.

mod content;
mod dom;
mod guard;
mod notes;
mod walk;

use encoding_rs::Encoding;

use super::flow::Flow;
use super::{Limits, ReadError, Reading, decode, text};

/// How far into a page its encoding may be declared; the standard says 1,024 bytes, pages say otherwise.
const META_BYTES: usize = 4096;

/// Reads a page.
///
/// # Errors
///
/// [`ReadError::NotText`]; [`ReadError::OverLimit`] for a page that nests or repeats too much.
pub(super) fn read(
    bytes: &[u8],
    name: &str,
    content_type: Option<&str>,
    limits: &Limits,
) -> Result<Reading, ReadError> {
    let label = content_type.and_then(text::charset).or_else(|| declared_charset(bytes));
    let decoded = decode::decode(bytes, name, label)?;
    let page = guard::parse(&decoded.text, name, limits)?;
    let mut flow = Flow::default();
    walk::page(&page, &mut flow);
    flow.lift_notes();
    let (text, segments) = flow.write();
    Ok(Reading {
        text,
        media_type: "text/html",
        segments,
        warnings: decoded.warning.into_iter().collect(),
    })
}

/// Appends the blocks of an HTML fragment (such as a table inside Markdown) to `flow`, numbering them from `blocks`;
/// gives the new number.
///
/// # Errors
///
/// [`ReadError::OverLimit`].
pub(super) fn append(
    fragment: &str,
    flow: &mut Flow,
    blocks: usize,
    name: &str,
    limits: &Limits,
) -> Result<usize, ReadError> {
    let page = guard::parse(fragment, name, limits)?;
    Ok(walk::fragment(&page, flow, blocks))
}

/// Whether text is HTML, by its beginning.
pub(super) fn is_html(beginning: &str) -> bool {
    let start = beginning
        .trim_start_matches('\u{FEFF}')
        .trim_start()
        .to_ascii_lowercase();
    let head = start
        .strip_prefix("<?xml")
        .and_then(|rest| rest.split_once("?>"))
        .map_or(start.as_str(), |(_, r)| r);
    let head = head.trim_start();
    head.starts_with("<!doctype html")
        || head.starts_with("<html")
        || (head.starts_with('<') && (head.contains("<body") || head.contains("<head") || head.contains("</p>")))
}

/// The charset that a `<meta>` declares.
fn declared_charset(bytes: &[u8]) -> Option<&str> {
    let head = &bytes[..bytes.len().min(META_BYTES)];
    let at = head
        .windows(8)
        .position(|window| window.eq_ignore_ascii_case(b"charset="))?
        + 8;
    let value = head[at..]
        .strip_prefix(b"\"")
        .or_else(|| head[at..].strip_prefix(b"'"))
        .unwrap_or(&head[at..]);
    let end = value
        .iter()
        .position(|byte| !(byte.is_ascii_alphanumeric() || b"-_:.".contains(byte)))?;
    Encoding::for_label(&value[..end])?;
    std::str::from_utf8(&value[..end]).ok()
}
