//! Lines of the source: what stands on each, before anything is repaired.

use super::Span;
use crate::lexicon::structure::Class;
use crate::lexicon::{self, fold_chars};

/// What a line is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Ordinary text.
    Text,
    /// The first line of a footnote's text: its number, and where the text after it begins.
    Note { number: i32, label: Span },
    /// A further line of the footnote before it.
    NoteContinued,
    /// Something that the page around the report put there.
    Furniture,
}

/// A line without the white space around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub span: Span,
    pub kind: Kind,
}

/// Value of a superscript digit.
pub fn superscript(c: char) -> Option<u32> {
    Some(match c {
        '⁰' => 0,
        '¹' => 1,
        '²' => 2,
        '³' => 3,
        '⁴'..='⁹' => u32::from(c) - 0x2070,
        _ => return None,
    })
}

/// Whether a character is white space or has no width.
pub fn blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}' | '\u{00ad}')
}

/// The superscript number at `at`: its value and its end.
pub fn superscript_number(source: &[char], at: usize) -> Option<(i32, usize)> {
    let mut end = at;
    let mut value = 0_i32;
    while let Some(d) = source.get(end).and_then(|&c| superscript(c)).filter(|_| end - at < 4) {
        value = value * 10 + i32::try_from(d).unwrap_or(0);
        end += 1;
    }
    (end > at).then_some((value, end))
}

/// Cuts a source into its lines that are not blank.
pub fn lines(source: &[char]) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    let mut at = 0;
    let mut last_note = 0;
    while at < source.len() {
        let end = source[at..]
            .iter()
            .position(|&c| matches!(c, '\n' | '\r' | '\u{c}' | '\u{2028}'))
            .map_or(source.len(), |n| at + n);
        let (mut start, mut stop) = (at, end);
        while start < stop && blank(source[start]) {
            start += 1;
        }
        while stop > start && blank(source[stop - 1]) {
            stop -= 1;
        }
        if start < stop {
            let kind = kind(&source[start..stop], start, out.last(), &mut last_note);
            out.push(Line {
                span: Span { start, end: stop },
                kind,
            });
        }
        at = end + 1;
    }
    // What follows such a line in the second half of a text is the page's.
    let ends = |line: &Line| {
        line.span.start * 2 > source.len()
            && line.kind == Kind::Furniture
            && Class::PageEnd.begins(&head(&source[line.span.start..line.span.end]))
    };
    if let Some(first) = out.iter().position(ends) {
        for line in &mut out[first..] {
            line.kind = Kind::Furniture;
        }
    }
    out
}

fn kind(text: &[char], start: usize, before: Option<&Line>, last_note: &mut i32) -> Kind {
    if let Some((number, end)) = superscript_number(text, 0) {
        // A note's number rises. One that does not is a numeral of the note before it, set as a superscript.
        let in_note = before.is_some_and(|l| matches!(l.kind, Kind::Note { .. } | Kind::NoteContinued));
        if in_note && number <= *last_note {
            return Kind::NoteContinued;
        }
        *last_note = number;
        return Kind::Note {
            number,
            label: Span {
                start,
                end: start + end,
            },
        };
    }
    let line = head(text);
    let whole = text.len() <= HEAD && Class::PageLine.is(&line);
    if whole || Class::PageBegin.begins(&line) {
        Kind::Furniture
    } else {
        Kind::Text
    }
}

/// How many characters of a line tell whether it is the page's.
const HEAD: usize = 16;

/// The first characters of a line, folded.
fn head(line: &[char]) -> String {
    lexicon::string(&fold_chars(&line[..line.len().min(HEAD)]))
}
