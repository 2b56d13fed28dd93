//! Why one number was read as it was: its sentence, its tokens, and each rule that decided something.

use serde::Serialize;

use super::extract::{self, Origin};
use super::statement::indicator;
use super::{NumeralKind, Observation};
use crate::document::{self, Known};
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
    pub rule: &'static str,
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
    pub sentence: String,
    /// Where the numeral stands in the sentence, in characters.
    pub at: (usize, usize),
    pub section_id: String,
    pub part: &'static str,
    /// The period of the passage, if it names one.
    pub passage_period: Option<String>,
    pub tokens: Vec<ExplainedToken>,
    /// In the order in which they were decided.
    pub steps: Vec<Step>,
    /// The rules of the numeral's kind that would have decided otherwise, had the first one not come before them.
    pub other_readings: Vec<(&'static str, NumeralKind)>,
    pub observation: Option<Observation>,
}

/// Explains the numeral at or next after an offset of the source.
///
/// None where no numeral stands at the offset or after it in its sentence.
#[must_use]
pub fn explain(reading: &Reading, origin: &Origin, known: &Known, offset: usize) -> Option<Explanation> {
    let document = document::read(reading, known);
    for sentence in extract::sentences(&document) {
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
            continue;
        };
        let span = source(i);
        let extraction = extract::extract(reading, origin, known);
        let observation = extraction
            .observations
            .into_iter()
            .find(|o| usize::try_from(o.source_start) == Ok(span.start));
        return Some(Explanation {
            report_id: origin.report_id.clone(),
            source_start: span.start,
            source_end: span.end,
            surface: text[scene.numbers[i].start..scene.numbers[i].end].iter().collect(),
            sentence: text.iter().collect(),
            at: (scene.numbers[i].start, scene.numbers[i].end),
            section_id: document.sections[paragraph.section].id.clone(),
            part: sentence.context.part.as_str(),
            passage_period: sentence.context.period.clone(),
            tokens: tokens(&scene),
            steps: steps(&scene, i),
            other_readings: other_readings(&scene, i),
            observation,
        });
    }
    None
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
        rule,
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
