//! Text to structure: sections, paragraphs, sentences and footnotes, with offsets into the source.
//!
//! The text of a report is damaged in the ways that paged documents are: a page break or the notes at a page's foot cut a
//! paragraph in two, digits are spaced, bold is written `**…**`, footnote marks are superscripts glued to words. This step takes
//! the damage out and keeps, for every character that is left, where it stands in the source.

mod front;
mod line;
mod outline;
mod part;
mod repair;
mod years;

use std::collections::BTreeMap;

use crate::lex::numeral;
use crate::lexicon::terms::Part;
use crate::lexicon::{chars, fold, is_ideograph};
use crate::read::Reading;

pub use front::Known;
pub use years::plan_years;

/// Longest sentence, in characters. Where the text has no full stop for longer than that, a sentence ends with a clause.
const LONGEST_SENTENCE: usize = 1_000;

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
    /// Length of the list or heading number at its head; 0 if there is none.
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
    /// Whether it belongs to the speech, and not to a footnote or to the page around it.
    fn is_body(&self) -> bool {
        self.footnote.is_none() && !self.furniture && !self.text.is_empty()
    }

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
    /// The five-year plan that its title names beside a year.
    pub span: Option<String>,
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
    /// The source text, a code point each.
    pub source: Vec<char>,
    pub front: Known,
    pub sections: Vec<Outline>,
    pub paragraphs: Vec<Paragraph>,
    pub notes: Vec<Note>,
    /// Superscripts that open a note's text, which the ledger lists.
    pub note_labels: Vec<Span>,
}

impl Document {
    /// The outermost section that a section lies in.
    #[must_use]
    pub fn chapter(&self, section: usize) -> usize {
        outline::chapter(&self.sections, section)
    }
}

/// Reads the structure of a text.
///
/// `known` is what the caller knows of the report; it wins over what the text says.
#[must_use]
pub fn read(reading: &Reading, known: &Known) -> Document {
    let source = chars(&reading.text);
    let lines = line::lines(&source);
    let (mut paragraphs, note_labels) = repair::paragraphs(&source, &lines);
    let front = front::read(&paragraphs, known);
    let mut sections = outline::read(&mut paragraphs, source.len());
    part::assign(&mut sections, &paragraphs, &front);
    part::passages(&mut sections, &mut paragraphs);
    outline::number(&mut sections, &paragraphs);
    let marks = first_marks(&paragraphs);
    outline::assign_notes(&mut paragraphs, &marks);
    for paragraph in &mut paragraphs {
        paragraph.sentences = sentences(&paragraph.text);
    }
    let notes = notes(&paragraphs, &marks);
    Document {
        source,
        front,
        sections,
        paragraphs,
        notes,
        note_labels,
    }
}

/// Where each note is marked first: the paragraph, and the mark.
fn first_marks(paragraphs: &[Paragraph]) -> BTreeMap<i32, (usize, Mark)> {
    let mut first = BTreeMap::new();
    for (at, paragraph) in paragraphs.iter().enumerate().filter(|(_, p)| p.footnote.is_none()) {
        for &mark in &paragraph.marks {
            first.entry(mark.number).or_insert((at, mark));
        }
    }
    first
}

/// Cuts a paragraph after 。！？ and the quotation marks or brackets that close with them.
fn sentences(text: &[char]) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let (mut start, mut i, mut depth) = (0, 0, 0_i32);
    while i < text.len() {
        if i - start >= LONGEST_SENTENCE {
            i = clause_end(text, start);
            out.push((start, i));
            (start, depth) = (i, 0);
            continue;
        }
        if is_ideograph(text[i]) {
            i += 1;
            continue;
        }
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

/// Where a sentence that is too long is cut: after its last clause, or else before its last character that is no part of a numeral.
fn clause_end(text: &[char], start: usize) -> usize {
    let longest = &text[start..start + LONGEST_SENTENCE];
    let clause = longest.iter().rposition(|c| matches!(c, '，' | '；' | '、'));
    let between = || (1..longest.len()).rev().find(|&at| !numeral::begins(fold(longest[at])));
    start + clause.map(|at| at + 1).or_else(between).unwrap_or(longest.len())
}

/// The footnotes, each with the place of its mark.
fn notes(paragraphs: &[Paragraph], marks: &BTreeMap<i32, (usize, Mark)>) -> Vec<Note> {
    let noted = |p: &Paragraph| p.footnote.filter(|_| !p.text.is_empty());
    paragraphs
        .iter()
        .filter_map(|paragraph| {
            let number = noted(paragraph)?;
            let mark = marks.get(&number);
            Some(Note {
                number,
                text: paragraph.text.iter().collect(),
                marked_section: mark.map(|&(at, _)| paragraphs[at].section),
                mark_start: mark.map(|(_, mark)| mark.source.start),
                source: paragraph.source(0, paragraph.text.len()),
                mark: mark.map(|&(at, mark)| (at, mark.at)),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::terms::Level;

    fn document(text: &str) -> Document {
        let reading = crate::read::read(text.as_bytes(), "report.txt", &crate::read::Limits::default()).unwrap();
        read(&reading, &Known::default())
    }

    fn texts(document: &Document) -> Vec<String> {
        document.paragraphs.iter().map(|p| p.text.iter().collect()).collect()
    }

    #[test]
    fn joins_a_paragraph_that_the_notes_at_the_foot_cut() {
        let text = "各位代表：\n\n完成镇指挥中心硬件设备更新，在各个社区和居委部署 64 个微\n\n¹⁰ 覆盖 7 个小区。\n\n型消防站，深入开展隐患排查¹⁰。\n";
        let document = document(text);
        assert_eq!(
            texts(&document),
            [
                "各位代表：",
                "完成镇指挥中心硬件设备更新，在各个社区和居委部署64个微型消防站，深入开展隐患排查。",
                "覆盖7个小区。"
            ]
        );
        assert_eq!(document.notes[0].number, 10);
        assert!(document.notes[0].mark_start.is_some());
        let source: Vec<char> = text.chars().collect();
        for paragraph in &document.paragraphs {
            for (c, &at) in paragraph.text.iter().zip(&paragraph.offsets) {
                assert_eq!(*c, source[at as usize]);
            }
        }
    }

    #[test]
    fn does_not_join_what_stands_for_itself() {
        let text = "各位代表：\n一、过去一年的工作回顾，全镇经济社会发展取得新成效新进展\n一年来，我们坚持稳中求进。\n二、主要任务\n今年要抓好落实。\n";
        assert_eq!(document(text).paragraphs.len(), 5);
    }

    #[test]
    fn a_superscript_that_does_not_rise_goes_on_with_the_note() {
        let document = document("各位代表：\n打造“8+2”游线⁷。\n⁷ 8为甲、乙；\n² 为丙、丁。\n");
        assert_eq!(document.notes.len(), 1);
        assert_eq!(document.notes[0].text, "8为甲、乙；2为丙、丁。");
    }

    #[test]
    fn reads_the_outline_and_its_parts() {
        let document = document(
            "政府工作报告\n——2024年1月10日在甲省乙市第八届人民代表大会第六次会议上\n市长 王 明\n各位代表：\n现在，我报告工作。\n一、2023年工作回顾\n（一）突出创新驱动。\n发展动能厚积成势。全年迁入企业2554家，新增高新技术企业36家。\n同时，我们也清醒地认识到，工作中还有不足。\n二、2024年主要任务\n做好今年的工作。\n各位代表，让我们奋勇前进！\n",
        );
        let outline: Vec<_> = document
            .sections
            .iter()
            .map(|s| (s.id.as_str(), s.part, s.title.as_deref()))
            .collect();
        assert_eq!(
            outline,
            [
                ("0", Part::Opening, None),
                ("1", Part::Review, Some("2023年工作回顾")),
                ("1.1", Part::Review, Some("突出创新驱动")),
                ("1.1.1", Part::Review, Some("发展动能厚积成势")),
                ("1.2", Part::Problems, None),
                ("2", Part::Plan, Some("2024年主要任务")),
                ("2.1", Part::Closing, None),
            ]
        );
    }

    #[test]
    fn a_passage_ends_the_section_that_it_cuts() {
        let document = document(
            "各位代表：\n一、2023年工作回顾\n（一）突出创新驱动。\n发展动能厚积成势。全年迁入企业2554家，新增高新技术企业36家。\n我们也清醒地认识到，工作中还有不足。\n（二）成绩来之不易。\n我们要看到，困难不容忽视。\n二、2024年主要任务\n做好今年的工作。\n同志们，让我们奋勇前进！\n",
        );
        let outline: Vec<_> = document.sections[1..]
            .iter()
            .map(|s| (s.id.as_str(), s.part, (s.source.start, s.source.end)))
            .collect();
        assert_eq!(
            outline,
            [
                ("1", Part::Review, (6, 107)),
                ("1.1", Part::Review, (18, 63)),
                ("1.1.1", Part::Review, (29, 63)),
                ("1.2", Part::Problems, (63, 82)),
                ("1.3", Part::Problems, (82, 107)),
                ("2", Part::Plan, (107, 140)),
                ("2.1", Part::Closing, (128, 140)),
            ]
        );
    }

    #[test]
    fn a_sentence_without_an_end_is_cut_after_a_clause() {
        let clause = "增长8.1%，".chars().count();
        let document = document(&"增长8.1%，".repeat(1_000));
        let sentences = &document.paragraphs[0].sentences;
        assert!(sentences.iter().all(|(start, end)| (end - start) <= LONGEST_SENTENCE));
        assert!(
            sentences
                .iter()
                .all(|(start, end)| start % clause == 0 && end % clause == 0)
        );
        assert_eq!(sentences.len(), 8);
    }

    #[test]
    fn a_sentence_without_a_clause_is_cut_beside_a_numeral() {
        let document = document(&("字".repeat(LONGEST_SENTENCE - 3) + "12345家"));
        let sentences = &document.paragraphs[0].sentences;
        assert_eq!(sentences[0], (0, LONGEST_SENTENCE - 4));
        assert_eq!(sentences[1].0, LONGEST_SENTENCE - 4);
    }

    #[test]
    fn a_plan_of_years_to_come_is_ahead() {
        let text = |year: i32| {
            format!(
                "{year}年甲省政府工作报告\n——{year}年1月27日在甲省第十四届人民代表大会第四次会议上\n各位代表：\n一、“十六五”时期\n做好工作。\n"
            )
        };
        let part = |year| document(&text(year)).sections[1].part;
        assert_eq!(part(2031), Part::Plan);
        assert_ne!(part(2033), Part::Plan);
    }

    #[test]
    fn reads_who_where_and_when() {
        let front = document("下载\n2026年甲省政府工作报告\n——2026年1月27日在甲省第十四届人民代表大会第四次会议上\n来源：甲省日报\n时间：2026-02-06\n甲省人民政府省长 赵 明\n各位代表：\n现在，我报告工作。\n").front;
        assert_eq!(front.title.as_deref(), Some("2026年甲省政府工作报告"));
        assert_eq!(front.place.as_deref(), Some("甲省"));
        assert_eq!(front.level, Some(Level::Province));
        assert_eq!((front.reviewed_year, front.planned_year), (Some(2025), Some(2026)));
        assert_eq!(front.delivered_on.map(|d| d.to_string()).as_deref(), Some("2026-01-27"));
        assert_eq!(front.assembly.as_deref(), Some("甲省第十四届人民代表大会第四次会议"));
        assert_eq!(front.speaker.as_deref(), Some("赵明"));
    }

    #[test]
    fn what_nobody_says_is_none() {
        let front = document("各位代表：\n做好各项工作。\n").front;
        assert_eq!(front, Known::default());
    }
}
