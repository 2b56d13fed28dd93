//! A look over the tags of XML and HTML before a parser works on them.

/// Where the first tag with more than `most` attributes begins.
pub(super) fn crowded_tag(text: &[u8], most: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(offset) = text[at..].iter().position(|byte| *byte == b'<') {
        let start = at + offset;
        at = start + 1;
        if !text.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        // Parts of the tag: words between white space and slashes, and quoted values.
        let (mut quote, mut parts) = (None, 0);
        while let Some(byte) = text.get(at) {
            at += 1;
            match (quote, byte) {
                (None, b'>') => break,
                (None, b'"' | b'\'') => quote = Some(*byte),
                (Some(open), byte) if open == *byte => (quote, parts) = (None, parts + 1),
                (None, byte) => parts += usize::from(byte.is_ascii_whitespace() || *byte == b'/'),
                (Some(_), _) => {}
            }
            if parts > most * 2 {
                return Some(start);
            }
        }
    }
    None
}

/// Depth of the deepest element of XML.
pub(super) fn deepest(text: &[u8]) -> usize {
    let (mut depth, mut deepest, mut in_start_tag) = (0_usize, 0, false);
    let mut before = 0;
    for (at, byte) in text.iter().enumerate() {
        match byte {
            b'<' => {
                let next = text.get(at + 1);
                in_start_tag = !matches!(next, Some(b'/' | b'?' | b'!') | None);
                depth = depth.saturating_sub(usize::from(next == Some(&b'/')));
            }
            b'>' if in_start_tag => {
                in_start_tag = false;
                depth += usize::from(before != b'/');
                deepest = deepest.max(depth);
            }
            _ => {}
        }
        before = *byte;
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_tags_with_too_many_attributes() {
        let crowded = format!("<p></p><q {}>", "a='>' ".repeat(40));
        assert_eq!(crowded_tag(crowded.as_bytes(), 20), Some(7));
        assert_eq!(
            crowded_tag(b"<p class=\"a / b / c / d / e\" id='x'>1 < 2 3 4 5 6 7 8 9", 3),
            None
        );
    }

    #[test]
    fn measures_depth() {
        assert_eq!(deepest(b"<?xml version='1.0'?><a><b/><c><d>x</d></c><!-- y --></a>"), 3);
        assert_eq!(deepest(b"no tags"), 0);
    }
}
