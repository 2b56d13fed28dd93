//! The outline: numbered headings, headings without a number, and run-in headings.

use std::collections::BTreeMap;
use std::iter::successors;

use super::{Mark, Outline, Paragraph, Span, repair};
use crate::lexicon::structure::Class;
use crate::lexicon::terms::Part;

/// Longest run-in heading, in characters.
const LONGEST_RUN_IN: usize = 26;
/// Longest heading that stands on a line of its own.
const LONGEST_HEADING: usize = 45;

/// How deep a heading of each form lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    /// A line without a number.
    Title,
    /// `一、`
    Chapter,
    /// `（一）`
    Part,
    /// `1.`, `（1）`
    Item,
    /// `——` or a first sentence that is a title.
    RunIn,
}

/// Finds the sections that have headings, in reading order, and tells every paragraph of the body its own.
pub fn read(paragraphs: &mut [Paragraph], end: usize) -> Vec<Outline> {
    let mut sections = vec![Outline {
        id: "0".to_owned(),
        parent: None,
        depth: 0,
        label: None,
        title: None,
        part: Part::Opening,
        source: Span { start: 0, end },
        period: None,
        span: None,
    }];
    // The open section of each form, outermost first.
    let mut open: Vec<(Form, usize)> = Vec::new();
    let start = paragraphs.iter().position(salutation).unwrap_or(0);
    // Where the first heading has a number, a later one without is no chapter.
    let numbered_chapters = numbers_first(paragraphs, start);
    for i in 0..paragraphs.len() {
        let paragraph = &paragraphs[i];
        if i < start || !paragraph.is_body() {
            continue;
        }
        let next_is_body = paragraphs[i + 1..].iter().any(|p| p.footnote.is_none() && !p.furniture);
        if let Some((form, label, title, whole)) = heading(
            paragraph,
            i > start && next_is_body,
            numbered_chapters,
            !open.is_empty(),
        ) {
            while open.last().is_some_and(|&(f, _)| f >= form) {
                open.pop();
            }
            let at = paragraph.source(0, paragraph.text.len());
            sections.push(Outline {
                id: String::new(),
                parent: open.last().map(|&(_, section)| section),
                depth: open.len() + 1,
                label,
                title,
                part: Part::Review,
                source: at,
                period: None,
                span: None,
            });
            open.push((form, sections.len() - 1));
            paragraphs[i].heading = whole;
        }
        paragraphs[i].section = open.last().map_or(0, |&(_, s)| s);
    }
    sections
}

/// Whether a paragraph is the greeting that opens the speech.
pub fn salutation(paragraph: &Paragraph) -> bool {
    paragraph.footnote.is_none() && repair::greeting(paragraph.folded.iter().copied())
}

/// Whether the first heading of the speech has a number.
fn numbers_first(paragraphs: &[Paragraph], start: usize) -> bool {
    paragraphs[start..]
        .iter()
        .skip(1)
        .filter(|p| p.footnote.is_none() && !p.furniture)
        .find_map(|p| {
            if chapter_label(p) {
                return Some(true);
            }
            heading(p, true, false, false)
                .filter(|(form, ..)| *form == Form::Title)
                .map(|_| false)
        })
        .unwrap_or(false)
}

fn chapter_label(paragraph: &Paragraph) -> bool {
    let n = paragraph.label_end;
    n >= 2 && paragraph.folded[n - 1] == '、' && !paragraph.folded[0].is_ascii_digit()
}

/// Reads the heading that a paragraph is or begins with: form, label, title, and whether the paragraph is nothing else.
fn heading(
    paragraph: &Paragraph,
    may_be_bare: bool,
    numbered_chapters: bool,
    inside: bool,
) -> Option<(Form, Option<String>, Option<String>, bool)> {
    let text = &paragraph.text;
    let n = paragraph.label_end;
    let first = first_sentence(text, n);
    let whole = first == text.len();
    let title = |from: usize, to: usize| {
        let title: String = text[from..to].iter().collect();
        Some(
            title
                .trim_matches(|c| matches!(c, '。' | '，' | ' ' | '：' | '—' | '-' | '–'))
                .to_owned(),
        )
    };
    if n > 0 {
        let label: String = text[..n].iter().collect();
        let form = if chapter_label(paragraph) {
            Form::Chapter
        } else if paragraph
            .folded
            .iter()
            .take(n)
            .any(|c| c.is_ascii_digit() || matches!(c, '①'..='⑳'))
        {
            Form::Item
        } else {
            Form::Part
        };
        let to = if first - n <= LONGEST_HEADING { first } else { n };
        return Some((
            form,
            Some(label),
            if to > n { title(n, to) } else { None },
            whole && to > n && !paragraph.folded.iter().any(char::is_ascii_digit),
        ));
    }
    let dash = text.iter().take_while(|&&c| c == '—').count();
    if dash > 0 {
        let short = first > dash && first - dash <= LONGEST_RUN_IN && !whole;
        return Some((Form::RunIn, None, if short { title(dash, first) } else { None }, false));
    }
    if whole {
        let bare = may_be_bare
            && text.len() <= LONGEST_HEADING
            && !matches!(text.last(), Some('。' | '！' | '？' | '：' | '；' | '，' | '!' | ':'))
            && text.len() >= 4;
        // Where chapters are numbered, a line without a number is no chapter.
        let form = if numbered_chapters && inside {
            Form::Item
        } else {
            Form::Title
        };
        return bare.then(|| (form, None, title(0, text.len()), true));
    }
    let run_in = inside
        && first <= LONGEST_RUN_IN
        && text.len() >= first + 20
        && !paragraph.folded[..first]
            .iter()
            .any(|&c| c.is_ascii_digit() || matches!(c, '“' | '、' | '：'))
        && matches!(text.get(first - 1), Some('。'))
        && !begins_with_speaker(&paragraph.folded);
    run_in.then(|| (Form::RunIn, None, title(0, first), false))
}

/// A sentence of the speaker's, not a title.
fn begins_with_speaker(folded: &[char]) -> bool {
    Class::Speech.begins(&folded.iter().take(4).collect::<String>())
}

/// End of the first sentence after a label.
fn first_sentence(text: &[char], from: usize) -> usize {
    text[from..]
        .iter()
        .position(|&c| matches!(c, '。' | '！' | '？'))
        .map_or(text.len(), |n| from + n + 1)
}

/// The chapter that a section lies in.
pub fn chapter(sections: &[Outline], mut section: usize) -> usize {
    while let Some(parent) = sections[section].parent {
        section = parent;
    }
    section
}

/// What is not of the body stands in the section before it; but a footnote belongs to the section that marks it.
pub fn assign_notes(paragraphs: &mut [Paragraph], marks: &BTreeMap<i32, (usize, Mark)>) {
    let mut here = 0;
    for paragraph in paragraphs.iter_mut() {
        if paragraph.is_body() {
            here = paragraph.section;
        }
        paragraph.section = here;
    }
    for i in 0..paragraphs.len() {
        let mark = paragraphs[i].footnote.and_then(|number| marks.get(&number));
        if let Some(&(at, _)) = mark {
            paragraphs[i].section = paragraphs[at].section;
        }
    }
}

/// Numbers the sections, which stand in reading order, and gives each the range from its first paragraph to the next one outside of it.
pub fn number(sections: &mut [Outline], paragraphs: &[Paragraph]) {
    let mut counts = vec![0; sections.len()];
    for i in 1..sections.len() {
        let parent = sections[i].parent;
        let count = &mut counts[parent.unwrap_or(0)];
        *count += 1;
        sections[i].id = parent.map_or_else(|| count.to_string(), |p| format!("{}.{count}", sections[p].id));
    }
    let mut open: Vec<usize> = Vec::new();
    for paragraph in paragraphs.iter().filter(|p| p.is_body() && p.section > 0) {
        let source = paragraph.source(0, paragraph.text.len());
        let around: Vec<usize> = successors(Some(paragraph.section), |&s| sections[s].parent).collect();
        for &left in open.iter().filter(|section| !around.contains(section)) {
            sections[left].source.end = source.start;
        }
        for &section in &around {
            sections[section].source.end = source.end;
        }
        open = around;
    }
    if let Some(first) = sections.get(1).map(|section| section.source.start) {
        sections[0].source.end = first;
    }
}
