//! Source text to HTML: paragraphs, headings and notes, with every numeral marked.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use super::{PageError, html};
use crate::fact::{Extraction, Status};

/// A line that stops before this many characters is taken for a line of its own, not for a paragraph cut by a page.
const SHORTEST_CUT_PARAGRAPH: usize = 25;

/// HTML of one report.
pub(super) struct ReportText {
    /// Headings and paragraphs in reading order.
    pub body: String,
    /// The notes, as items of a list; empty when there are none.
    pub notes: String,
}

impl ReportText {
    /// Whether a link to the identifier would arrive.
    pub(super) fn has(&self, id: &str) -> bool {
        let attribute = format!(r#"id="{}""#, html::escape(id));
        self.body.contains(&attribute) || self.notes.contains(&attribute)
    }
}

/// Sets the text of the report with the number `report_no` on the page.
pub(super) fn set(report_no: usize, extraction: &Extraction) -> Result<ReportText, PageError> {
    let chars: Vec<char> = extraction.source_text.chars().collect();
    let marks = marks(report_no, extraction, &chars)?;
    let sections = section_starts(report_no, extraction, &chars)?;
    let notes = note_ranges(extraction, &chars)?;
    let setter = Setter {
        chars: &chars,
        marks: &marks,
        sections: &sections,
    };
    Ok(ReportText {
        body: setter.body(&notes),
        notes: setter.notes(report_no, &notes),
    })
}

/// Identifier, in the page, of the mark of a numeral: the observation's own identifier, if it has one, so that an
/// address of an observation needs nothing but its identifier.
fn mark_id(report_no: usize, start: usize, observation_id: Option<&str>) -> String {
    observation_id.map_or_else(|| format!("n{report_no}-{start}"), str::to_owned)
}

/// The class of each numeral's mark: the status of its observation, or else its kind.
pub(super) fn mark_classes(extraction: &Extraction) -> Vec<&'static str> {
    let statuses: BTreeMap<&str, Status> = extraction
        .observations
        .iter()
        .map(|row| (row.observation_id.as_str(), row.status))
        .collect();
    extraction
        .numerals
        .iter()
        .map(|numeral| {
            let status = numeral.observation_id.as_deref().and_then(|id| statuses.get(id));
            status.map_or(numeral.kind.as_str(), |status| status.as_str())
        })
        .collect()
}

/// A numeral to be marked.
struct Mark {
    end: usize,
    /// The element that stands for it.
    html: String,
}

/// The marks by the offset where they start.
fn marks(report_no: usize, extraction: &Extraction, chars: &[char]) -> Result<BTreeMap<usize, Mark>, PageError> {
    let mut marks = BTreeMap::new();
    let mut free_from = 0;
    for (number, (numeral, class)) in extraction.numerals.iter().zip(mark_classes(extraction)).enumerate() {
        let range = checked(
            extraction,
            "a numeral",
            numeral.source_start,
            numeral.source_end,
            free_from..chars.len(),
        )?;
        free_from = range.end;
        let id = mark_id(report_no, range.start, numeral.observation_id.as_deref());
        let surface: String = chars[range.clone()].iter().collect();
        let html = format!(
            r##"<a class="n {class}" id="{}" href="#{}" data-n="{number}" tabindex="-1">{}</a>"##,
            html::escape(&id),
            html::fragment(&id),
            html::escape(&surface),
        );
        marks.insert(range.start, Mark { end: range.end, html });
    }
    Ok(marks)
}

/// Where sections start: identifier in the page, depth, and the words of the heading without its number.
struct SectionStart<'a> {
    id: String,
    depth: i32,
    label: &'a str,
    title: &'a str,
}

fn section_starts<'a>(
    report_no: usize,
    extraction: &'a Extraction,
    chars: &[char],
) -> Result<BTreeMap<usize, SectionStart<'a>>, PageError> {
    let mut starts = BTreeMap::new();
    for section in &extraction.sections {
        let range = checked(
            extraction,
            "a section",
            section.source_start,
            section.source_end,
            0..chars.len(),
        )?;
        let space = chars[range.clone()].iter().take_while(|c| c.is_whitespace()).count();
        let start = SectionStart {
            id: section_id(report_no, &section.section_id),
            depth: section.depth,
            label: section.label.as_deref().unwrap_or_default(),
            title: section.title.as_deref().unwrap_or_default(),
        };
        if start.label.is_empty() && start.title.is_empty() {
            continue;
        }
        starts.insert(range.start + space, start);
    }
    Ok(starts)
}

/// Identifier, in the page, of a section's heading.
pub(super) fn section_id(report_no: usize, section_id: &str) -> String {
    format!("s{report_no}-{section_id}")
}

/// Identifier, in the page, of a note.
pub(super) fn note_id(report_no: usize, footnote_no: i32) -> String {
    format!("f{report_no}-{footnote_no}")
}

/// A note and the part of the text that it takes up, from the start of its first line.
struct Note {
    footnote_no: i32,
    range: Range<usize>,
}

fn note_ranges(extraction: &Extraction, chars: &[char]) -> Result<Vec<Note>, PageError> {
    let mut notes = Vec::new();
    for footnote in &extraction.footnotes {
        let range = checked(
            extraction,
            "a footnote",
            footnote.source_start,
            footnote.source_end,
            0..chars.len(),
        )?;
        let line_start = chars[..range.start]
            .iter()
            .rposition(|&c| c == '\n')
            .map_or(0, |at| at + 1);
        notes.push(Note {
            footnote_no: footnote.footnote_no,
            range: line_start..range.end,
        });
    }
    notes.sort_by_key(|note| (note.range.start, note.range.end));
    Ok(notes)
}

/// The range of a row, if it is not empty and lies within `bounds`.
fn checked(
    extraction: &Extraction,
    what: &'static str,
    start: i64,
    end: i64,
    bounds: Range<usize>,
) -> Result<Range<usize>, PageError> {
    match (usize::try_from(start), usize::try_from(end)) {
        (Ok(from), Ok(to)) if from < to && bounds.start <= from && to <= bounds.end => Ok(from..to),
        _ => Err(PageError::Offsets {
            report: extraction.report.report_id.clone(),
            what,
            start,
            end,
        }),
    }
}

/// What a block of text is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// The lines above the salutation: title, date, assembly, speaker.
    Front,
    Heading,
    Paragraph,
}

/// A heading or a paragraph: the parts of the text that make it up.
struct Block {
    role: Role,
    pieces: Vec<Range<usize>>,
}

/// Where running text stands between two `**`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bold {
    Off,
    Shown,
    /// Begun inside a run-in heading, which is set in bold anyway.
    Hidden,
}

struct Setter<'a> {
    chars: &'a [char],
    marks: &'a BTreeMap<usize, Mark>,
    sections: &'a BTreeMap<usize, SectionStart<'a>>,
}

impl Setter<'_> {
    fn body(&self, notes: &[Note]) -> String {
        let mut out = String::new();
        for block in self.blocks(notes) {
            let first = block.pieces.first().map_or(0, |piece| piece.start);
            match (block.role, self.sections.get(&first)) {
                (Role::Heading, Some(section)) => {
                    let level = (section.depth + 2).clamp(3, 6);
                    let _ = write!(out, r#"<h{level} id="{}">"#, html::escape(&section.id));
                    self.inline(&block.pieces, &BTreeMap::new(), &mut out);
                    let _ = writeln!(out, "</h{level}>");
                }
                (Role::Front, _) => {
                    out.push_str(r#"<p class="front">"#);
                    self.inline(&block.pieces, self.sections, &mut out);
                    out.push_str("</p>\n");
                }
                _ => {
                    out.push_str("<p>");
                    self.inline(&block.pieces, self.sections, &mut out);
                    out.push_str("</p>\n");
                }
            }
        }
        out
    }

    fn notes(&self, report_no: usize, notes: &[Note]) -> String {
        let mut out = String::new();
        for note in notes {
            let _ = write!(out, r#"<li id="{}">"#, note_id(report_no, note.footnote_no));
            self.inline(&[self.trimmed(note.range.clone())], self.sections, &mut out);
            out.push_str("</li>\n");
        }
        out
    }

    /// Cuts the text outside the notes into headings and paragraphs; joins a paragraph that a page break or a note
    /// had cut in two.
    fn blocks(&self, notes: &[Note]) -> Vec<Block> {
        let mut blocks: Vec<Block> = Vec::new();
        let mut in_front = true;
        for piece in self.body_lines(notes) {
            let section = self.sections.get(&piece.start);
            let line = &self.chars[piece.clone()];
            in_front = in_front && section.is_none() && !line.iter().any(|c| "，。：；:".contains(*c));
            let role = match section {
                Some(section) if is_heading_line(line, section) => Role::Heading,
                _ if in_front => Role::Front,
                _ => Role::Paragraph,
            };
            match blocks.last_mut() {
                Some(last)
                    if role == Role::Paragraph
                        && last.role == Role::Paragraph
                        && section.is_none()
                        && self.is_cut(&last.pieces) =>
                {
                    last.pieces.push(piece);
                }
                _ => blocks.push(Block {
                    role,
                    pieces: vec![piece],
                }),
            }
        }
        blocks
    }

    /// The lines of the text that are neither blank nor part of a note, without the space around them.
    fn body_lines(&self, notes: &[Note]) -> Vec<Range<usize>> {
        let mut lines = Vec::new();
        let mut free_from = 0;
        let ends = notes
            .iter()
            .map(|note| note.range.clone())
            .chain(std::iter::once(self.chars.len()..self.chars.len()));
        for note in ends {
            let mut start = free_from;
            while start < note.start {
                let end = self.chars[start..note.start]
                    .iter()
                    .position(|&c| c == '\n')
                    .map_or(note.start, |at| start + at);
                let line = self.trimmed(start..end);
                if !line.is_empty() {
                    lines.push(line);
                }
                start = end + 1;
            }
            free_from = free_from.max(note.end);
        }
        lines
    }

    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let blank = |c: char| c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}';
        let line = &self.chars[range.clone()];
        match (
            line.iter().position(|&c| !blank(c)),
            line.iter().rposition(|&c| !blank(c)),
        ) {
            (Some(first), Some(last)) => range.start + first..range.start + last + 1,
            _ => range.start..range.start,
        }
    }

    /// Whether a paragraph stops in the middle of a sentence.
    fn is_cut(&self, pieces: &[Range<usize>]) -> bool {
        pieces.last().is_some_and(|piece| {
            let line = &self.chars[piece.clone()];
            line.len() >= SHORTEST_CUT_PARAGRAPH
                && line.last().is_some_and(|c| !"。！？；：…”’）】》.!?;:)*".contains(*c))
        })
    }

    /// Sets running text. A sentence that holds a numeral is an element of its own, which the page can light up.
    /// Sections that begin in it have run-in headings.
    fn inline(&self, pieces: &[Range<usize>], sections: &BTreeMap<usize, SectionStart<'_>>, out: &mut String) {
        let mut bold = Bold::Off;
        let mut at = 0;
        let mut sentence = String::new();
        let mut has_mark = false;
        for piece in pieces {
            at = at.max(piece.start);
            let mut run_in_end = None;
            while at < piece.end {
                if let Some(section) = sections.get(&at) {
                    let id = html::escape(&section.id);
                    match self.run_in_end(at, section) {
                        Some(end) if end < piece.end && run_in_end.is_none() => {
                            let _ = write!(sentence, r#"<strong id="{id}">"#);
                            run_in_end = Some(end);
                        }
                        _ => {
                            let _ = write!(sentence, r#"<span id="{id}"></span>"#);
                        }
                    }
                }
                if let Some(mark) = self.marks.get(&at) {
                    sentence.push_str(&mark.html);
                    has_mark = true;
                    at = mark.end;
                } else if self.chars[at..piece.end].starts_with(&['*', '*']) {
                    bold = match bold {
                        Bold::Off if run_in_end.is_some() => Bold::Hidden,
                        Bold::Off => {
                            sentence.push_str("<b>");
                            Bold::Shown
                        }
                        Bold::Shown => {
                            sentence.push_str("</b>");
                            Bold::Off
                        }
                        Bold::Hidden => Bold::Off,
                    };
                    at += 2;
                } else {
                    html::push_escaped(self.chars[at], &mut sentence);
                    at += 1;
                }
                if run_in_end.is_some_and(|end| at >= end) {
                    sentence.push_str("</strong>");
                    run_in_end = None;
                }
                let ended = "。！？!?".contains(self.chars[at - 1])
                    && !self.chars.get(at).is_some_and(|c| "”’）」』)".contains(*c));
                if ended && bold != Bold::Shown && run_in_end.is_none() {
                    push_sentence(&mut sentence, has_mark, out);
                    has_mark = false;
                }
            }
        }
        if bold == Bold::Shown {
            sentence.push_str("</b>");
        }
        push_sentence(&mut sentence, has_mark, out);
    }

    /// End of the words of a heading that begins at `start`.
    fn run_in_end(&self, start: usize, section: &SectionStart<'_>) -> Option<usize> {
        let mut wanted = section
            .label
            .chars()
            .chain(section.title.chars())
            .filter(|c| !c.is_whitespace())
            .peekable();
        let mut at = start;
        while let Some(&next) = wanted.peek() {
            let found = *self.chars.get(at)?;
            if found == next {
                wanted.next();
            } else if !(found.is_whitespace() || found == '*') {
                return None;
            }
            at += 1;
        }
        Some(at)
    }
}

/// Whether the line holds the section's heading and nothing else.
fn is_heading_line(line: &[char], section: &SectionStart<'_>) -> bool {
    let words = |chars: &mut dyn Iterator<Item = char>| -> String {
        chars.filter(|c| !c.is_whitespace() && !"*。：:".contains(*c)).collect()
    };
    words(&mut line.iter().copied()) == words(&mut section.label.chars().chain(section.title.chars()))
}

fn push_sentence(sentence: &mut String, has_mark: bool, out: &mut String) {
    if has_mark {
        let _ = write!(out, r#"<span class="s">{sentence}</span>"#);
    } else {
        out.push_str(sentence);
    }
    sentence.clear();
}
