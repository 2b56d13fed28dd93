//! The outline: numbered headings, headings without a number, and run-in headings.

use super::{Outline, Paragraph, Span};
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

/// Finds the sections, and tells every paragraph its own.
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
    let mut counts: Vec<usize> = vec![0];
    let start = paragraphs.iter().position(salutation).unwrap_or(0);
    // Where the first heading has a number, a later one without is no chapter.
    let numbered_chapters = numbers_first(paragraphs, start);
    for i in 0..paragraphs.len() {
        let paragraph = &paragraphs[i];
        if paragraph.footnote.is_some() || paragraph.furniture || i < start || paragraph.text.is_empty() {
            continue;
        }
        let next_is_body = paragraphs[i + 1..]
            .iter()
            .find(|p| p.footnote.is_none() && !p.furniture)
            .is_some();
        if let Some((form, label, title, whole)) = heading(
            paragraph,
            i > start && next_is_body,
            numbered_chapters,
            !open.is_empty(),
        ) {
            while open.last().is_some_and(|&(f, _)| f >= form) {
                open.pop();
            }
            let parent = open.last().map(|&(_, s)| s);
            let slot = parent.unwrap_or(0);
            counts[slot] += 1;
            let id = parent.map_or_else(
                || counts[slot].to_string(),
                |p| format!("{}.{}", sections[p].id, counts[slot]),
            );
            let at = paragraph.source(0, paragraph.text.len());
            sections.push(Outline {
                id,
                parent,
                depth: open.len() + 1,
                label,
                title,
                part: Part::Review,
                source: at,
                period: None,
                span: None,
            });
            counts.push(0);
            open.push((form, sections.len() - 1));
            paragraphs[i].heading = whole;
        }
        paragraphs[i].section = open.last().map_or(0, |&(_, s)| s);
    }
    assign_notes(paragraphs);
    close(&mut sections, paragraphs, end);
    sections
}

/// Whether a paragraph is the greeting that opens the speech.
pub fn salutation(paragraph: &Paragraph) -> bool {
    let text: String = paragraph.folded.iter().take(8).collect();
    paragraph.footnote.is_none() && (text.starts_with("各位代表") || text.starts_with("同志们"))
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
        Some(title.trim_matches(|c| matches!(c, '。' | '，' | ' ' | '：')).to_owned())
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
    let head: String = folded.iter().take(4).collect();
    [
        "我们", "各位", "同志", "这是", "这些", "当前", "但是", "对此", "同时", "过去", "今年", "去年", "总的",
    ]
    .iter()
    .any(|w| head.starts_with(w))
}

/// End of the first sentence after a label.
fn first_sentence(text: &[char], from: usize) -> usize {
    text[from..]
        .iter()
        .position(|&c| matches!(c, '。' | '！' | '？'))
        .map_or(text.len(), |n| from + n + 1)
}

/// A footnote belongs to the section that marks it, or else to the one that it stands in.
fn assign_notes(paragraphs: &mut [Paragraph]) {
    let marked: Vec<(i32, usize)> = paragraphs
        .iter()
        .filter(|p| p.footnote.is_none())
        .flat_map(|p| p.marks.iter().map(|m| (m.number, p.section)))
        .collect();
    let mut here = 0;
    for paragraph in paragraphs {
        match paragraph.footnote {
            None => here = paragraph.section,
            Some(number) => paragraph.section = marked.iter().find(|(n, _)| *n == number).map_or(here, |&(_, s)| s),
        }
    }
}

/// Gives every section the range from its heading to the next heading that is not inside it.
fn close(sections: &mut [Outline], paragraphs: &[Paragraph], end: usize) {
    let last = paragraphs
        .iter()
        .filter(|p| p.footnote.is_none() && !p.furniture && !p.text.is_empty())
        .map(|p| p.source(0, p.text.len()).end)
        .max()
        .unwrap_or(end);
    for i in 1..sections.len() {
        let depth = sections[i].depth;
        let stop = sections[i + 1..]
            .iter()
            .find(|s| s.depth <= depth)
            .map_or(last, |s| s.source.start);
        sections[i].source.end = stop.max(sections[i].source.end);
    }
    if sections.len() > 1 {
        sections[0].source.end = sections[1].source.start;
    }
}
