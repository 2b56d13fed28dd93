//! Text into HTML, so that no character of it can act as markup.

use std::fmt::Write as _;

/// Text as it may stand in an element or in a quoted attribute.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        push_escaped(c, &mut out);
    }
    out
}

/// Appends one character as it may stand in an element or in a quoted attribute.
pub(super) fn push_escaped(c: char, out: &mut String) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&#39;"),
        other => out.push(other),
    }
}

/// Text as the fragment or path of an address: everything that is not unreserved or a slash is percent-encoded
/// (RFC 3986).
pub(super) fn fragment(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            other => {
                let _ = write!(out, "%{other:02X}");
            }
        }
    }
    out
}

/// JSON as it may stand in a script element: `<` is written as an escape, which JSON reads as the same character.
pub(super) fn script_json(json: &str) -> String {
    json.replace('<', "\\u003c")
}
