//! Text to structure: sections, paragraphs, sentences and footnotes, with offsets into the source.
//!
//! The text of a report is damaged in the ways that paged documents are: a page break or the notes at a page's foot cut a
//! paragraph in two, digits are spaced, bold is written `**…**`, footnote marks are superscripts glued to words. This step takes
//! the damage out and keeps, for every character that is left, where it stands in the source.

mod front;
mod line;
mod outline;
pub mod part;
mod repair;

use crate::fact::Part;
use crate::read::Reading;

pub use front::{Front, Hints};
pub use part::plan_years;

/// A range of code points of the source text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

/// A superscript in the body that marks a footnote, or a numeral set as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    pub number: i32,
    /// Where the mark stands in the source.
    pub source: Span,
    /// Position in the paragraph's text that the mark follows.
    pub at: usize,
}

/// A paragraph after repair.
#[derive(Debug, Clone, Default)]
pub struct Paragraph {
    /// The repaired text, in its own characters.
    pub text: Vec<char>,
    /// The same text folded, character for character: what rules match.
    pub folded: Vec<char>,
    /// For each character, its offset in the source.
    pub offsets: Vec<u32>,
    /// Footnote marks that stood in it.
    pub marks: Vec<Mark>,
    /// Numerals of a list or heading number at its head, as ranges of `text`.
    pub label_end: usize,
    /// The footnote that it is the text of.
    pub footnote: Option<i32>,
    /// Index of its section.
    pub section: usize,
    /// Whether it is page furniture, in which nothing is a statement.
    pub furniture: bool,
    /// Whether it is a heading.
    pub heading: bool,
    /// Its sentences, as ranges of `text`.
    pub sentences: Vec<(usize, usize)>,
}

impl Paragraph {
    /// The source range of a range of the text.
    #[must_use]
    pub fn source(&self, start: usize, end: usize) -> Span {
        if end <= start {
            let at = self.offsets.get(start).map_or(0, |&o| o as usize);
            return Span { start: at, end: at };
        }
        Span {
            start: self.offsets[start] as usize,
            end: self.offsets[end - 1] as usize + 1,
        }
    }
}

/// A section of the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    pub id: String,
    pub parent: Option<usize>,
    pub depth: usize,
    pub label: Option<String>,
    pub title: Option<String>,
    pub part: Part,
    pub source: Span,
    /// The years that its title speaks of, as a period.
    pub period: Option<String>,
}

/// A footnote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub number: i32,
    pub text: String,
    pub marked_section: Option<usize>,
    pub mark_start: Option<usize>,
    pub source: Span,
    /// Index of the paragraph that its mark stands in, and the position there.
    pub mark: Option<(usize, usize)>,
}

/// A report as structure.
#[derive(Debug, Clone)]
pub struct Document {
    /// Number of code points of the source text.
    pub characters: usize,
    pub front: Front,
    pub sections: Vec<Outline>,
    pub paragraphs: Vec<Paragraph>,
    pub notes: Vec<Note>,
    /// Superscripts that open a note's text, which the ledger lists.
    pub note_labels: Vec<Span>,
}

/// Reads the structure of a text.
///
/// `hints` are what the caller knows of the report; they win over what the text says.
#[must_use]
pub fn read(reading: &Reading, hints: &Hints) -> Document {
    let source: Vec<char> = reading.text.chars().collect();
    let lines = line::lines(&source);
    let (mut paragraphs, note_labels) = repair::paragraphs(&source, &lines);
    let front = front::read(&paragraphs, hints);
    let mut sections = outline::read(&mut paragraphs, source.len());
    part::assign(&mut sections, &mut paragraphs, &front);
    for paragraph in &mut paragraphs {
        paragraph.sentences = sentences(&paragraph.text);
    }
    let notes = notes(&paragraphs);
    Document {
        characters: source.len(),
        front,
        sections,
        paragraphs,
        notes,
        note_labels,
    }
}

/// Cuts a paragraph after 。！？ and the quotation marks or brackets that close with them.
fn sentences(text: &[char]) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let (mut start, mut i, mut depth) = (0, 0, 0_i32);
    while i < text.len() {
        match text[i] {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = (depth - 1).max(0),
            _ => {}
        }
        if matches!(text[i], '。' | '！' | '？') && depth == 0 {
            i += 1;
            while text
                .get(i)
                .is_some_and(|c| matches!(c, '”' | '’' | '」' | '』' | '》' | '）' | ')'))
            {
                i += 1;
            }
            out.push((start, i));
            start = i;
        } else {
            i += 1;
        }
    }
    if start < text.len() {
        out.push((start, text.len()));
    }
    out
}

/// The footnotes, each with the place of its mark.
fn notes(paragraphs: &[Paragraph]) -> Vec<Note> {
    let mut notes: Vec<Note> = Vec::new();
    for paragraph in paragraphs.iter().filter(|p| !p.text.is_empty()) {
        let Some(number) = paragraph.footnote else { continue };
        let mark = paragraphs
            .iter()
            .enumerate()
            .filter(|(_, p)| p.footnote.is_none())
            .find_map(|(i, p)| p.marks.iter().find(|m| m.number == number).map(|m| (i, m)));
        notes.push(Note {
            number,
            text: paragraph.text.iter().collect(),
            marked_section: mark.map(|(i, _)| paragraphs[i].section),
            mark_start: mark.map(|(_, m)| m.source.start),
            source: paragraph.source(0, paragraph.text.len()),
            mark: mark.map(|(i, m)| (i, m.at)),
        });
    }
    notes
}
