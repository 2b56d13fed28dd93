//! Lines to paragraphs and notes.

use std::collections::{BTreeMap, BTreeSet};

use super::layout::Column;
use super::line::Piece;
use crate::read::Origin;
use crate::read::flow::{Block, Flow, Note, Run, push_text};

/// Largest size of a note's text, as a share of the body's.
const NOTE_SIZE: f64 = 0.95;
/// Largest difference of font sizes within a paragraph, as a share.
const SAME_SIZE: f64 = 0.08;
/// How much wider than usual the gap above a line is that begins a paragraph.
const PARAGRAPH_GAP: f64 = 1.3;
/// Widest distance of a paragraph's baselines, as a multiple of the font size.
const WIDEST_LEADING: f64 = 3.0;
/// Smallest indent of a paragraph, as a multiple of the font size.
const INDENT: f64 = 1.2;
/// How far short of the edge a full line may end, as a multiple of the font size.
const SLACK: f64 = 0.1;
/// Space between a Chinese and a Latin character at a line's end, printed or not, as a multiple of the font size.
const SCRIPT_GAP: f64 = 0.35;
/// Longest sentence that is the heading of its paragraph, in characters.
const LONGEST_HEADING: usize = 16;

/// What a document's lines say.
pub(super) fn flow(columns: &[Column]) -> Flow {
    let lines: Vec<&Piece> = columns.iter().flat_map(|column| &column.lines).collect();
    let characters: usize = lines.iter().map(|line| line.length()).sum();
    let bold: usize = lines.iter().map(|line| line.bold_length()).sum();
    let mut builder = Builder {
        flow: Flow::default(),
        paragraph: None,
        note: None,
        marked: BTreeSet::new(),
        noted: BTreeSet::new(),
        body_size: body_size(&lines),
        // Where most of the text is bold, bold says nothing.
        bold_counts: bold * 2 < characters,
    };
    for column in columns {
        builder.column(column);
    }
    builder.end_paragraph();
    builder.end_note();
    let mut flow = builder.flow;
    settle_marks(&mut flow);
    flow
}

/// The size that most of a document's characters have.
fn body_size(lines: &[&Piece]) -> f64 {
    let mut sizes: Vec<(f64, usize)> = lines.iter().map(|line| (line.size, line.length())).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let groups = sizes.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq());
    let largest = groups.max_by_key(|group| group.iter().map(|(_, length)| length).sum::<usize>());
    largest.and_then(|group| group.first()).map_or(0.0, |(size, _)| *size)
}

/// A paragraph or note whose last line may not have come yet.
struct Open<'a> {
    runs: Vec<Run>,
    page: usize,
    /// Its last line and that line's column.
    last: (&'a Piece, &'a Column),
}

struct Builder<'a> {
    flow: Flow,
    paragraph: Option<Open<'a>>,
    note: Option<(u32, Open<'a>)>,
    /// Numbers that the body has marked and no note has had yet.
    marked: BTreeSet<u32>,
    /// Numbers that notes have had.
    noted: BTreeSet<u32>,
    body_size: f64,
    bold_counts: bool,
}

impl<'a> Builder<'a> {
    /// A line is the first of a note if it begins with a raised number that the text before has marked, or that is
    /// small; the note goes on to the end of the column or to a line of another size.
    fn column(&mut self, column: &'a Column) {
        let leading = usual_gap(&column.lines);
        let mut note_size = None;
        for (index, line) in column.lines.iter().enumerate() {
            let is_small = line.size <= self.body_size * NOTE_SIZE;
            let is_same = |size: f64| (size - line.size).abs() <= line.size * SAME_SIZE;
            let is_new = |number: &u32| self.marked.remove(number) || (is_small && !self.noted.contains(number));
            if let Some(number) = line.leading_mark().filter(is_new) {
                self.end_note();
                self.noted.insert(number);
                self.begin_note(number, line, column);
                note_size = Some(line.size);
            } else if note_size.is_some_and(is_same) || (is_small && self.note_goes_on(&column.lines[index..])) {
                self.continue_note(line, column);
                note_size = Some(line.size);
            } else {
                note_size = None;
                self.marked.extend(line.marks());
                self.body_line(line, column, leading);
            }
        }
    }

    fn begin_note(&mut self, number: u32, line: &'a Piece, column: &'a Column) {
        let mut runs = Vec::new();
        line.without_leading_mark()
            .append_to(&mut runs, column.page, self.bold_counts);
        if let Some(Run::Text { text, .. }) = runs.first_mut() {
            *text = text.trim_start().to_owned();
        }
        self.note = Some((
            number,
            Open {
                runs,
                page: column.page,
                last: (line, column),
            },
        ));
    }

    fn continue_note(&mut self, line: &'a Piece, column: &'a Column) {
        if let Some((_, note)) = &mut self.note {
            if is_full(note.last, line) {
                join(&mut note.runs, line, column.page, self.bold_counts);
            } else {
                note.runs.push(Run::Break);
                line.append_to(&mut note.runs, column.page, self.bold_counts);
            }
            note.last = (line, column);
        }
    }

    /// Whether a note that the last column ended with goes on at the foot of this one: only small lines are left.
    fn note_goes_on(&self, rest: &[Piece]) -> bool {
        let Some((_, note)) = &self.note else { return false };
        rest.iter().all(|line| line.size <= self.body_size * NOTE_SIZE) && is_full(note.last, &rest[0])
    }

    fn body_line(&mut self, line: &'a Piece, column: &'a Column, leading: f64) {
        let goes_on = self
            .paragraph
            .as_ref()
            .is_some_and(|open| goes_on(open.last, (line, column), leading));
        match &mut self.paragraph {
            Some(open) if goes_on => {
                join(&mut open.runs, line, column.page, self.bold_counts);
                open.last = (line, column);
            }
            _ => {
                self.end_paragraph();
                let mut runs = Vec::new();
                line.append_to(&mut runs, column.page, self.bold_counts);
                self.paragraph = Some(Open {
                    runs,
                    page: column.page,
                    last: (line, column),
                });
            }
        }
    }

    fn end_paragraph(&mut self) {
        if let Some(open) = self.paragraph.take() {
            self.flow
                .blocks
                .push((Block::Paragraph(open.runs), Origin::Page(open.page)));
        }
    }

    fn end_note(&mut self) {
        if let Some((number, open)) = self.note.take() {
            let key = format!("{}.{number}", open.page);
            let origin = Origin::Page(open.page);
            self.flow.notes.push(Note {
                key,
                label: Some(number),
                runs: open.runs,
                origin,
            });
        }
    }
}

/// The usual distance of a column's baselines.
fn usual_gap(lines: &[Piece]) -> f64 {
    let mut gaps: Vec<f64> = lines
        .windows(2)
        .map(|pair| pair[0].y - pair[1].y)
        .filter(|gap| *gap > 0.0)
        .collect();
    gaps.sort_by(f64::total_cmp);
    gaps.get(gaps.len() / 2).copied().unwrap_or(f64::INFINITY)
}

/// Whether a line reaches so far right that the beginning of the next one had no room in it.
fn is_full((line, column): (&Piece, &Column), next: &Piece) -> bool {
    let is_latin = |character: Option<char>| character.is_some_and(|character| character.is_ascii_graphic());
    let (last, first) = (line.text().chars().last(), next.text().chars().next());
    let gap = if is_latin(last) == is_latin(first) {
        0.0
    } else {
        line.size * SCRIPT_GAP
    };
    line.end + gap + next.first_word_width() > column.right - line.size * SLACK
}

/// Whether a line goes on with the paragraph that `last` is a line of.
fn goes_on(last: (&Piece, &Column), (line, column): (&Piece, &Column), leading: f64) -> bool {
    let (before, before_column) = last;
    let is_indented = line.start > column.left + line.size * INDENT;
    // In a block that is indented as a whole, an indent begins nothing.
    let is_same_indent = (before.start - before_column.left - line.start + column.left).abs() < line.size * 0.2
        && is_indented
        && before.end > before_column.right - line.size * SLACK;
    let is_same_size = (before.size - line.size).abs() <= line.size * SAME_SIZE;
    let is_near = if std::ptr::eq(before_column, column) {
        before.y - line.y <= leading.min(line.size * WIDEST_LEADING) * PARAGRAPH_GAP
    } else {
        // From column to column there is no gap to see.
        !(before.text().ends_with(['。', '！', '？']) && begins_with_heading(&line.text()))
    };
    is_same_size && is_near && (!is_indented || is_same_indent) && is_full(last, line)
}

/// Whether a line begins as only a paragraph does: with a heading's number, or with a short sentence that is its
/// heading.
fn begins_with_heading(line: &str) -> bool {
    let beginning: String = line.chars().take(LONGEST_HEADING).collect();
    let number = beginning
        .trim_start_matches(['（', '('])
        .trim_start_matches(|c| "一二三四五六七八九十".contains(c));
    let is_numbered = number.len() < beginning.len() && number.starts_with(['、', '）', ')']);
    let sentence = beginning
        .find(['。', '，', '；', '：', '！', '？'])
        .map(|end| &beginning[end..]);
    is_numbered || sentence.is_some_and(|rest| rest.starts_with('。'))
}

/// Appends a line to the text before it, mending what the line break parted.
fn join(runs: &mut Vec<Run>, line: &Piece, page: usize, bold_counts: bool) {
    let next = line.text().chars().next();
    if let Some(Run::Text { text, bold }) = runs.last_mut() {
        let mut ending = text.chars().rev();
        let (last, before) = (ending.next(), ending.next());
        let is_letter = |character: Option<char>| character.is_some_and(|c| c.is_ascii_alphabetic());
        if last == Some('-') && is_letter(before) && next.is_some_and(|next| next.is_ascii_lowercase()) {
            text.pop();
        } else if is_letter(last) && is_letter(next) {
            let bold = *bold;
            push_text(runs, " ", bold);
        }
    }
    let mut added = Vec::new();
    line.append_to(&mut added, page, bold_counts);
    for run in added {
        match run {
            Run::Text { text, bold } => push_text(runs, &text, bold),
            other => runs.push(other),
        }
    }
}

/// Gives each mark the key of its note: that of its own page, else the one with its number on another page. What marks
/// no note keeps its number.
fn settle_marks(flow: &mut Flow) {
    let keys: BTreeSet<String> = flow.notes.iter().map(|note| note.key.clone()).collect();
    let elsewhere: BTreeMap<String, String> = flow
        .notes
        .iter()
        .rev()
        .filter_map(|note| Some((note.label?.to_string(), note.key.clone())))
        .collect();
    let paragraphs = flow.blocks.iter_mut().filter_map(|(block, _)| match block {
        Block::Paragraph(runs) => Some(runs),
        Block::Table(_) => None,
    });
    let notes = flow.notes.iter_mut().map(|note| &mut note.runs);
    for run in paragraphs.chain(notes).flatten() {
        if let Run::Mark(key) = run
            && !keys.contains(key)
        {
            let number = key.split_once('.').map_or(key.as_str(), |(_, number)| number);
            *key = elsewhere.get(number).cloned().unwrap_or_else(|| number.to_owned());
        }
    }
}
