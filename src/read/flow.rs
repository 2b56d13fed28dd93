//! A document between its format and its text: paragraphs, tables and notes, written down in the conventions of
//! [`Reading`](super::Reading).

use std::collections::{BTreeMap, BTreeSet};

use super::table::Table;
use super::{Origin, Segment};

/// A document's content in reading order.
#[derive(Debug, Default)]
pub(super) struct Flow {
    /// Paragraphs, headings, list items and tables.
    pub blocks: Vec<(Block, Origin)>,
    /// Footnotes and endnotes, in the order in which the file has them.
    pub notes: Vec<Note>,
}

/// One piece of a document.
#[derive(Debug)]
pub(super) enum Block {
    /// A paragraph, heading or list item.
    Paragraph(Vec<Run>),
    /// A table.
    Table(Table),
}

/// A piece of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Run {
    /// Characters.
    Text {
        /// The characters, without line ends.
        text: String,
        /// Whether they are printed bold.
        bold: bool,
    },
    /// The mark of the note with this key.
    Mark(String),
    /// A forced line end.
    Break,
}

/// A footnote or endnote.
#[derive(Debug)]
pub(super) struct Note {
    /// What its mark refers to it by.
    pub key: String,
    /// The number that is printed, if the file says so; else notes are numbered by their marks' order.
    pub label: Option<u32>,
    /// Its text.
    pub runs: Vec<Run>,
    /// Where the file has it.
    pub origin: Origin,
}

/// The superscript digits of a number: `¹²` for 12.
pub(super) fn superscript(number: u32) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    number
        .to_string()
        .bytes()
        .map(|digit| DIGITS[usize::from(digit - b'0')])
        .collect()
}

/// Appends characters to runs, to the last run if it is printed alike.
pub(super) fn push_text(runs: &mut Vec<Run>, text: &str, bold: bool) {
    if let Some(Run::Text {
        text: last,
        bold: last_bold,
    }) = runs.last_mut()
        && *last_bold == bold
    {
        last.push_str(text);
    } else if !text.is_empty() {
        runs.push(Run::Text {
            text: text.to_owned(),
            bold,
        });
    }
}

/// Whether a line end between two characters parts nothing, as inside Chinese text. (Between other characters it is a
/// space: the rule of CSS Text, with the quotation marks and dashes of Chinese.)
pub(super) fn joins_without_space(before: Option<char>, after: Option<char>) -> bool {
    let is_wide = |character: char| character >= '\u{2E80}' || "“”‘’—…·".contains(character);
    before.is_none_or(is_wide) && after.is_none_or(is_wide)
}

impl Flow {
    /// Writes the text: a line a paragraph, each note right after the paragraph that marks it first, notes without a
    /// mark at the end; a blank line between all.
    pub fn write(self) -> (String, Vec<Segment>) {
        let numbers = self.note_numbers();
        let mut lines = Lines::default();
        let mut pending: BTreeMap<&str, &Note> = self.notes.iter().map(|note| (note.key.as_str(), note)).collect();
        for (block, origin) in &self.blocks {
            match block {
                Block::Paragraph(runs) => lines.push(&paragraph_text(runs, &numbers), *origin),
                Block::Table(table) => {
                    let cell_text = |runs: &[Run]| paragraph_text(runs, &numbers).replace('\n', "");
                    table
                        .statements(&cell_text)
                        .iter()
                        .for_each(|line| lines.push(line, *origin));
                }
            }
            for note in block.marks().into_iter().filter_map(|key| pending.remove(key)) {
                lines.push_note(note, &numbers);
            }
        }
        for note in &self.notes {
            if pending.remove(note.key.as_str()).is_some() {
                lines.push_note(note, &numbers);
            }
        }
        (lines.text, lines.segments)
    }

    /// Turns each paragraph that begins with a mark which an earlier paragraph has, too, into that note: many files
    /// print their notes as paragraphs with a raised number.
    pub fn lift_notes(&mut self) {
        let mut marked = BTreeSet::new();
        let mut known: BTreeSet<String> = self.notes.iter().map(|note| note.key.clone()).collect();
        let blocks = std::mem::take(&mut self.blocks);
        for (block, origin) in blocks {
            if let Block::Paragraph(runs) = &block
                && let Some((Run::Mark(key), rest)) = runs.split_first()
                && rest
                    .iter()
                    .any(|run| matches!(run, Run::Text { text, .. } if !text.trim().is_empty()))
                && marked.contains(key)
                && known.insert(key.clone())
            {
                let (key, label) = (key.clone(), key.parse().ok());
                self.notes.push(Note {
                    key,
                    label,
                    runs: rest.to_vec(),
                    origin,
                });
                continue;
            }
            marked.extend(block.marks().into_iter().map(str::to_owned));
            self.blocks.push((block, origin));
        }
    }

    /// The number of each note: as printed if no two notes have the same, else by the order of their marks.
    fn note_numbers(&self) -> BTreeMap<String, u32> {
        let labels: Option<BTreeMap<u32, &str>> = self
            .notes
            .iter()
            .map(|note| note.label.map(|label| (label, note.key.as_str())))
            .collect();
        if let Some(labels) = labels.filter(|labels| labels.len() == self.notes.len()) {
            return labels.into_iter().map(|(label, key)| (key.to_owned(), label)).collect();
        }
        let mut numbers = BTreeMap::new();
        let marked = self.blocks.iter().flat_map(|(block, _)| block.marks());
        let keys: BTreeSet<&str> = self.notes.iter().map(|note| note.key.as_str()).collect();
        for key in marked
            .filter(|key| keys.contains(key))
            .chain(self.notes.iter().map(|note| note.key.as_str()))
        {
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX).saturating_add(1);
            numbers.entry(key.to_owned()).or_insert(next);
        }
        numbers
    }
}

impl Block {
    /// Keys of the notes that it marks, in reading order.
    fn marks(&self) -> Vec<&str> {
        match self {
            Self::Paragraph(runs) => marks(runs),
            Self::Table(table) => table.cells().flat_map(|cell| marks(&cell.runs)).collect(),
        }
    }
}

/// Keys of the notes that runs mark.
fn marks(runs: &[Run]) -> Vec<&str> {
    runs.iter()
        .filter_map(|run| {
            if let Run::Mark(key) = run {
                Some(key.as_str())
            } else {
                None
            }
        })
        .collect()
}

/// The line of a paragraph. Bold is written only where a part of the paragraph has it. A mark without a note is
/// written as it stands.
fn paragraph_text(runs: &[Run], numbers: &BTreeMap<String, u32>) -> String {
    let is_blank = |text: &str| text.trim().is_empty();
    let all_bold = runs
        .iter()
        .all(|run| !matches!(run, Run::Text { text, bold: false } if !is_blank(text)));
    let mut line = String::new();
    for run in runs {
        match run {
            Run::Text { text, bold } if *bold && !all_bold && !is_blank(text) => {
                let inner = text.trim();
                let at = text.len() - text.trim_start().len();
                line.push_str(&text[..at]);
                line.push_str("**");
                line.push_str(inner);
                line.push_str("**");
                line.push_str(&text[at + inner.len()..]);
            }
            Run::Text { text, .. } => line.push_str(text),
            Run::Mark(key) => {
                line.truncate(line.trim_end_matches(' ').len());
                match numbers.get(key).copied().or_else(|| key.parse().ok()) {
                    Some(number) => line.push_str(&superscript(number)),
                    None => line.push_str(key),
                }
            }
            Run::Break => line.push('\n'),
        }
    }
    line
}

/// The text so far.
#[derive(Default)]
struct Lines {
    text: String,
    length: usize,
    segments: Vec<Segment>,
}

impl Lines {
    /// Appends a paragraph of one line, or of several if it holds forced line ends.
    fn push(&mut self, paragraph: &str, origin: Origin) {
        let lines: Vec<&str> = paragraph
            .split('\n')
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect();
        for line in &lines {
            let characters = line.chars().count();
            self.segments.push(Segment {
                start: self.length,
                end: self.length + characters,
                origin,
            });
            self.text.push_str(line);
            self.text.push('\n');
            self.length += characters + 1;
        }
        if !lines.is_empty() {
            self.text.push('\n');
            self.length += 1;
        }
    }

    fn push_note(&mut self, note: &Note, numbers: &BTreeMap<String, u32>) {
        let mark = numbers
            .get(&note.key)
            .map_or_else(|| note.key.clone(), |number| superscript(*number));
        let text = paragraph_text(&note.runs, numbers);
        self.push(&format!("{mark} {}", text.trim()), note.origin);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str, bold: bool) -> Run {
        Run::Text {
            text: text.to_owned(),
            bold,
        }
    }

    fn note(key: &str, label: Option<u32>, words: &str) -> Note {
        Note {
            key: key.to_owned(),
            label,
            runs: vec![text(words, false)],
            origin: Origin::Block(9),
        }
    }

    #[test]
    fn writes_notes_after_the_paragraph_that_marks_them() {
        let first = Block::Paragraph(vec![
            text("新增企业 2 家 ", false),
            Run::Mark("b".into()),
            text("。", false),
        ]);
        let second = Block::Paragraph(vec![text("一是", true), text("发展。", false)]);
        let flow = Flow {
            blocks: vec![(first, Origin::Block(1)), (second, Origin::Block(2))],
            notes: vec![note("a", None, "甲"), note("b", None, "乙")],
        };
        let (written, segments) = flow.write();
        assert_eq!(written, "新增企业 2 家¹。\n\n¹ 乙\n\n**一是**发展。\n\n² 甲\n\n");
        let characters: Vec<char> = written.chars().collect();
        let lines: Vec<String> = segments
            .iter()
            .map(|s| characters[s.start..s.end].iter().collect())
            .collect();
        assert_eq!(lines, ["新增企业 2 家¹。", "¹ 乙", "**一是**发展。", "² 甲"]);
    }

    #[test]
    fn keeps_printed_numbers_unless_they_repeat() {
        let marked = |key: &str| {
            (
                Block::Paragraph(vec![text("字", false), Run::Mark(key.into())]),
                Origin::Page(1),
            )
        };
        let once = Flow {
            blocks: vec![marked("x")],
            notes: vec![note("x", Some(12), "注")],
        };
        assert_eq!(once.write().0, "字¹²\n\n¹² 注\n\n");
        let twice = Flow {
            blocks: vec![marked("y"), marked("x")],
            notes: vec![note("x", Some(1), "注"), note("y", Some(1), "释")],
        };
        assert_eq!(twice.write().0, "字¹\n\n¹ 释\n\n字²\n\n² 注\n\n");
    }

    #[test]
    fn writes_no_stars_around_a_paragraph_that_is_all_bold() {
        let heading = Block::Paragraph(vec![text("一、工作回顾", true)]);
        let flow = Flow {
            blocks: vec![(heading, Origin::Block(1))],
            notes: vec![],
        };
        assert_eq!(flow.write().0, "一、工作回顾\n\n");
    }
}
