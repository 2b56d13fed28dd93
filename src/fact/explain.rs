//! Why one number was read as it was: its sentence, its tokens, and each rule that decided something.

use serde::Serialize;

use super::extract::{self, Sentence};
use super::statement::indicator;
use super::{Extraction, Numeral, NumeralKind, Observation};
use crate::document::{self, Document, Known};
use crate::grammar::{self, Scene, Stage};
use crate::lex::TokenKind;
use crate::read::Reading;
use crate::rules::RULES;

/// A token of the sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExplainedToken {
    pub text: String,
    /// `number`, `unit`, `punctuation`, `text`, or the classes of the word.
    pub kind: String,
}

/// What one stage decided about the number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    pub stage: &'static str,
    /// The rule that decided, or the ledger's reason.
    pub rule: String,
    /// What the rule reads.
    pub reads: &'static str,
    pub decision: String,
}

/// Everything that was decided about one number.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    pub report_id: String,
    /// Code points of the source, end exclusive.
    pub source_start: usize,
    pub source_end: usize,
    pub surface: String,
    /// The sentence, or else the line.
    pub sentence: String,
    /// Where the numeral stands in the sentence, in characters.
    pub at: (usize, usize),
    /// None for what stands outside the sections' sentences.
    pub section_id: Option<String>,
    pub part: Option<&'static str>,
    /// The period of the passage, if it names one.
    pub passage_period: Option<String>,
    pub tokens: Vec<ExplainedToken>,
    /// In the order in which they were decided.
    pub steps: Vec<Step>,
    /// The rules of the numeral's kind that would have decided otherwise, had the first one not come before them.
    pub other_readings: Vec<(&'static str, NumeralKind)>,
    pub observation: Option<Observation>,
}

/// Readings that no rule decides, by their reason in the ledger.
const WITHOUT_A_RULE: &[(&str, &str)] = &[
    ("idiom", "a numeral inside an ordinary word or a set phrase"),
    ("unit", "a digit of a unit, such as the 2 of m2"),
    ("footnote-mark", "the mark of a footnote in the body"),
    ("footnote-label", "the mark at the head of a footnote"),
];

/// Explains the numeral at an offset of the source, or else the next one of the sentence there.
///
/// `extraction` is what the same reading with the same known gave. None where no numeral stands at the offset or after it
/// in its sentence.
#[must_use]
pub fn explain(reading: &Reading, known: &Known, extraction: &Extraction, offset: usize) -> Option<Explanation> {
    let document = document::read(reading, known);
    let text = Text {
        document: &document,
        sentences: extract::sentences(&document),
        extraction,
    };
    text.at(offset).or_else(|| text.at(text.next(offset)?))
}

/// A report that was read.
struct Text<'a> {
    document: &'a Document,
    sentences: Vec<Sentence<'a>>,
    extraction: &'a Extraction,
}

impl Text<'_> {
    /// The sentence that an offset belongs to: one that has the character there, or else the shortest around it, which the
    /// mark of a footnote stands in without being a part of it.
    fn sentence(&self, offset: usize) -> Option<&Sentence<'_>> {
        let around = |sentence: &&Sentence| {
            let (start, end) = sentence.range;
            let span = sentence.paragraph.source(start, end);
            (span.start..span.end).contains(&offset)
        };
        self.sentences.iter().find(|it| holds(it, offset)).or_else(|| {
            let length = |it: &&Sentence| it.range.1 - it.range.0;
            self.sentences.iter().filter(around).min_by_key(length)
        })
    }

    /// Where the next numeral of the sentence at an offset begins.
    fn next(&self, offset: usize) -> Option<usize> {
        let sentence = self.sentence(offset)?;
        let mut starts = self.extraction.numerals.iter().map(start_of);
        starts.find(|&start| start > offset && holds(sentence, start))
    }

    /// Explains the numeral at an offset: by the rules that read it, or by its row of the ledger.
    fn at(&self, offset: usize) -> Option<Explanation> {
        let Some(sentence) = self.sentence(offset) else {
            return Some(self.of_ledger(self.row(offset)?, None));
        };
        let (start, end) = sentence.range;
        let paragraph = sentence.paragraph;
        let (text, folded) = (&paragraph.text[start..end], &paragraph.folded[start..end]);
        let mut scene = Scene::new(text, folded, &sentence.context);
        grammar::read(&mut scene, &RULES);
        let source = |i: usize| {
            let number = &scene.numbers[i];
            let stop = scene.amount(i).map_or(number.end, |a| a.number_end);
            paragraph.source(start + number.start, start + stop)
        };
        let Some(i) = (0..scene.numbers.len()).find(|&i| (source(i).start..source(i).end).contains(&offset)) else {
            let row = self.row(offset)?;
            return Some(Explanation {
                tokens: tokens(&scene),
                ..self.of_ledger(row, Some(sentence))
            });
        };
        let span = source(i);
        Some(Explanation {
            report_id: self.extraction.report.report_id.clone(),
            source_start: span.start,
            source_end: span.end,
            surface: text[scene.numbers[i].start..scene.numbers[i].end].iter().collect(),
            sentence: text.iter().collect(),
            at: (scene.numbers[i].start, scene.numbers[i].end),
            section_id: Some(self.document.sections[paragraph.section].id.clone()),
            part: Some(sentence.context.part.as_str()),
            passage_period: sentence.context.period.clone(),
            tokens: tokens(&scene),
            steps: steps(&scene, i),
            other_readings: other_readings(&scene, i),
            observation: self.observation(span.start),
        })
    }

    /// The row of the ledger whose numeral stands at an offset.
    fn row(&self, offset: usize) -> Option<&Numeral> {
        let there = |row: &&Numeral| (row.source_start..row.source_end).contains(&(offset as i64));
        self.extraction.numerals.iter().find(there)
    }

    fn observation(&self, start: usize) -> Option<Observation> {
        let there = |row: &&Observation| row.source_start == start as i64;
        self.extraction.observations.iter().find(there).cloned()
    }

    /// What the ledger says of a numeral that no rule looked at.
    fn of_ledger(&self, row: &Numeral, sentence: Option<&Sentence>) -> Explanation {
        let start = start_of(row);
        let length = row.surface.chars().count();
        let (text, before, among) = if let Some(sentence) = sentence {
            let (from, to) = sentence.range;
            let offsets = &sentence.paragraph.offsets[from..to];
            let before = offsets.iter().filter(|&&at| (at as usize) < start).count();
            let text = sentence.paragraph.text[from..to].iter().collect();
            (text, before, holds(sentence, start))
        } else {
            let (line, before) = line_at(&self.extraction.source_text, start);
            (line, before, true)
        };
        let rule = RULES
            .list()
            .into_iter()
            .find(|(stage, name, _)| *stage == Stage::Kind && *name == row.reason);
        let known = WITHOUT_A_RULE.iter().find(|(reason, _)| *reason == row.reason);
        Explanation {
            report_id: row.report_id.clone(),
            source_start: start,
            source_end: start + length,
            surface: row.surface.clone(),
            sentence: text,
            at: (before, before + if among { length } else { 0 }),
            section_id: sentence.map(|it| self.document.sections[it.paragraph.section].id.clone()),
            part: sentence.map(|it| it.context.part.as_str()),
            passage_period: sentence.and_then(|it| it.context.period.clone()),
            tokens: Vec::new(),
            steps: vec![Step {
                stage: Stage::Kind.name(),
                rule: row.reason.clone(),
                reads: rule
                    .map(|(_, _, reads)| reads)
                    .or(known.map(|(_, reads)| *reads))
                    .unwrap_or_default(),
                decision: row.kind.to_string(),
            }],
            other_readings: Vec::new(),
            observation: self.observation(start),
        }
    }
}

/// Whether a character of the sentence stands at an offset of the source.
fn holds(sentence: &Sentence, offset: usize) -> bool {
    let (start, end) = sentence.range;
    sentence.paragraph.offsets[start..end]
        .iter()
        .any(|&at| at as usize == offset)
}

fn start_of(row: &Numeral) -> usize {
    usize::try_from(row.source_start).unwrap_or_default()
}

/// The line of a text that an offset stands in, and the offset's place in it.
fn line_at(text: &str, offset: usize) -> (String, usize) {
    let mut before = offset;
    for line in text.split('\n') {
        let length = line.chars().count();
        if before <= length {
            return (line.to_owned(), before);
        }
        before -= length + 1;
    }
    (String::new(), 0)
}

fn tokens(scene: &Scene) -> Vec<ExplainedToken> {
    let kind = |token: &crate::lex::Token| match token.kind {
        TokenKind::Number(_) => "number".to_owned(),
        TokenKind::Unit => "unit".to_owned(),
        TokenKind::Punctuation(_) => "punctuation".to_owned(),
        TokenKind::Text => "text".to_owned(),
        TokenKind::Word(_) => token.word().map(|w| w.class.names().join("+")).unwrap_or_default(),
    };
    let text = |token: &crate::lex::Token| scene.text[token.start..token.end].iter().collect();
    scene
        .tokens
        .tokens
        .iter()
        .map(|t| ExplainedToken {
            text: text(t),
            kind: kind(t),
        })
        .collect()
}

/// What each stage decided about a numeral.
fn steps(scene: &Scene, i: usize) -> Vec<Step> {
    let list = RULES.list();
    let step = |stage: Stage, rule: &'static str, decision: String| Step {
        stage: stage.name(),
        rule: rule.to_owned(),
        reads: list
            .iter()
            .find(|(s, name, _)| *s == stage && *name == rule)
            .map_or("", |(_, _, reads)| reads),
        decision,
    };
    let mut out = Vec::new();
    if let Some(d) = &scene.kinds[i] {
        out.push(step(Stage::Kind, d.rule, d.value.to_string()));
    }
    if let Some(d) = &scene.amounts[i] {
        let range = d.value.value_max.map(|m| format!("–{m}")).unwrap_or_default();
        out.push(step(
            Stage::Amount,
            d.rule,
            format!("{}{range} {} ({})", d.value.value, d.value.unit, d.value.modifier),
        ));
    }
    if let Some(d) = &scene.measures[i] {
        let comparison = d.value.comparison.map(|c| format!(", {c}")).unwrap_or_default();
        let sign = if d.value.negative { ", negative" } else { "" };
        out.push(step(
            Stage::Measure,
            d.rule,
            format!("{}{comparison}{sign}", d.value.measure),
        ));
    }
    if let Some(d) = &scene.subjects[i] {
        out.push(step(Stage::Subject, d.rule, indicator(scene, &d.value)));
    }
    if let Some(d) = &scene.periods[i] {
        out.push(step(
            Stage::Time,
            d.rule,
            d.value.0.clone().unwrap_or_else(|| "none".to_owned()),
        ));
    }
    if let Some(d) = &scene.statuses[i] {
        out.push(step(Stage::Status, d.rule, d.value.to_string()));
    }
    out
}

/// The other kinds that rules of lower precedence would have given the numeral.
fn other_readings(scene: &Scene, i: usize) -> Vec<(&'static str, NumeralKind)> {
    let Some(decided) = &scene.kinds[i] else {
        return Vec::new();
    };
    RULES
        .kind
        .iter()
        .filter_map(|rule| (rule.apply)(scene, i).map(|kind| (rule.name, kind)))
        .filter(|(_, kind)| *kind != decided.value && *kind != NumeralKind::Other)
        .collect()
}
