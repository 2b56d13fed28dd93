//! Documents to rows.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::statement::{Quantity, statements};
use super::{Extraction, Footnote, Numeral, NumeralKind, Observation, Part, Report, Section};
use crate::document::{self, Document, Known, Paragraph};
use crate::grammar::{self, Context, Scene};
use crate::lex::TokenKind;
use crate::lexicon;
use crate::read::Reading;
use crate::rules::RULES;

/// What a report is called and where it came from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origin {
    pub report_id: String,
    /// Path or address, without anything that differs between machines.
    pub source_uri: String,
    /// SHA-256 of the bytes that were read, in hexadecimal.
    pub source_sha256: String,
}

/// Extracts every numeral and every quantitative statement of a report.
#[must_use]
pub fn extract(reading: &Reading, origin: &Origin, known: &Known) -> Extraction {
    let document = document::read(reading, known);
    let mut rows = Rows::new(&document, &origin.report_id);
    for sentence in sentences(&document) {
        rows.read(&sentence);
    }
    rows.finish(reading, origin)
}

/// A sentence in its place.
pub(super) struct Sentence<'d> {
    pub paragraph: &'d Paragraph,
    /// Its range of the paragraph's text.
    pub range: (usize, usize),
    pub in_paragraph: i32,
    pub number: i32,
    pub context: Context,
}

/// Longest greeting before the sentence that a paragraph opens with, in characters.
const LONGEST_GREETING: usize = 12;

/// The sentences of a document with what is known around each.
pub(super) fn sentences(document: &Document) -> Vec<Sentence<'_>> {
    let mut out = Vec::with_capacity(document.paragraphs.iter().map(|it| it.sentences.len()).sum());
    let mut sentence_no = 0;
    let own_place = own_place(document);
    // A period that a paragraph opens with holds until the next one, within its chapter, or only within its section.
    let mut passage: Option<(usize, Option<usize>, String)> = None;
    let mut last_chapter = None;
    for (paragraph_index, paragraph) in document.paragraphs.iter().enumerate() {
        let section = &document.sections[paragraph.section];
        let chapter = document.chapter(paragraph.section);
        if passage
            .as_ref()
            .is_some_and(|(c, s, _)| *c != chapter || s.is_some_and(|s| s != paragraph.section))
        {
            passage = None;
        }
        let body = paragraph.footnote.is_none() && !paragraph.heading;
        let opens_chapter = body && last_chapter != Some(chapter);
        if body {
            last_chapter = Some(chapter);
        }
        let chapter_period = &document.sections[chapter].period;
        let spans_chapter = chapter_period.as_ref().is_none_or(|period| period.contains('/'));
        // In a review a passage goes on through sections whose titles name no other time than that of their chapter; one of some years
        // that lie within those of the chapter does not.
        let said = passage.as_ref().map(|(_, _, period)| period.clone());
        let goes_on = section.part == Part::Review
            && section.period == *chapter_period
            && said.as_ref().is_some_and(|said| !(said.contains('/') && spans_chapter));
        let own = section
            .period
            .clone()
            .filter(|_| section.depth > 1 && section.title.is_some() && !goes_on);
        // What a review of five years says of problems is said of the present.
        let mut period = if section.part == Part::Problems {
            own
        } else {
            own.or(said).or_else(|| section.period.clone())
        };
        for &(start, end) in &paragraph.sentences {
            sentence_no += 1;
            let folded = &paragraph.folded[start..end];
            let context = Context {
                part: section.part,
                period: None,
                span: section.span.clone(),
                reviewed_year: document.front.reviewed_year,
                planned_year: document.front.planned_year,
                this_year: document.front.delivered_on.map(|day| i32::from(day.year())),
                label_end: paragraph.label_end.saturating_sub(start).min(end - start),
                silent: paragraph.furniture
                    || section.part == Part::Opening
                        && paragraph.section == 0
                        && !paragraph.folded.starts_with(&['各', '位']),
                own_place: std::sync::Arc::clone(&own_place),
                note: paragraph.footnote.is_some(),
            };
            if let Some(leading) = crate::rules::time::leading_period(folded, &context) {
                // 各位代表！五年来…; 2025年是收官之年。过去五年… at the head of a chapter; …标志着“十四五”圆满收官。五年来… anywhere; but
                // 近三年… in the review of one year is soon said.
                let long = crate::rules::time::is_as_long_as_a_plan(&leading);
                let greeted = start <= LONGEST_GREETING
                    && !paragraph.folded[..start].contains(&'，')
                    && (long || spans_chapter || !leading.contains('/'));
                let closed =
                    || section.part == Part::Review && crate::rules::time::closes_plan(&paragraph.folded[..start]);
                let turned = leading.contains('/') && (opens_chapter && spans_chapter || long && closed());
                if paragraph.footnote.is_none() && (greeted || turned) {
                    // What a plan says of the year under review, and a review of the year to come, is soon said.
                    let ahead = matches!(section.part, Part::Plan | Part::Closing);
                    let other = if ahead {
                        context.reviewed_year
                    } else {
                        context.planned_year
                    };
                    let aside = other.is_some_and(|year| leading == year.to_string());
                    passage = Some((chapter, aside.then_some(paragraph.section), leading.clone()));
                }
                period = Some(leading);
            }
            out.push(Sentence {
                paragraph,
                range: (start, end),
                in_paragraph: i32::try_from(paragraph_index + 1).unwrap_or(i32::MAX),
                number: sentence_no,
                context: Context {
                    period: period.clone(),
                    ..context
                },
            });
        }
    }
    out
}

/// The names of a report's own place: 上海市宝山区高境镇 and 高境镇.
fn own_place(document: &Document) -> std::sync::Arc<[Box<[char]>]> {
    let Some(place) = document.front.place.as_deref() else {
        return std::sync::Arc::default();
    };
    let chars: Vec<char> = place.chars().map(crate::lexicon::fold).collect();
    let last = chars[..chars.len().saturating_sub(1)]
        .iter()
        .rposition(|c| matches!(c, '省' | '市' | '区' | '县' | '州' | '盟' | '旗'))
        .map_or(0, |p| p + 1);
    let mut names: Vec<Box<[char]>> = vec![chars.clone().into()];
    if last > 0 && chars.len() - last >= 2 {
        names.push(chars[last..].into());
    }
    names.into()
}

/// The rows of one report as they come.
struct Rows<'d> {
    document: &'d Document,
    report_id: &'d str,
    numerals: Vec<Numeral>,
    observations: Vec<Observation>,
    /// How often each identity has occurred.
    identities: BTreeMap<String, usize>,
}

impl<'d> Rows<'d> {
    fn new(document: &'d Document, report_id: &'d str) -> Self {
        Self {
            document,
            report_id,
            numerals: Vec::new(),
            observations: Vec::new(),
            identities: BTreeMap::new(),
        }
    }

    fn read(&mut self, sentence: &Sentence<'d>) {
        let (start, end) = sentence.range;
        let paragraph = sentence.paragraph;
        let (text, folded) = (&paragraph.text[start..end], &paragraph.folded[start..end]);
        if !folded.iter().any(|&c| crate::lex::numeral::begins(c)) {
            self.circled(sentence);
            return;
        }
        let mut scene = Scene::new(text, folded, &sentence.context);
        grammar::read(&mut scene, &RULES);
        let span = |a: usize, b: usize| paragraph.source(start + a, start + b);
        for &(a, b) in &scene.tokens.idioms {
            self.numeral(span(a, b), NumeralKind::Other, "idiom", None);
        }
        // The 2 of m2 is no number, but it is a digit of the text.
        for token in scene.tokens.tokens.iter().filter(|t| t.kind == TokenKind::Unit) {
            for p in (token.start..token.end).filter(|&p| folded[p].is_ascii_digit()) {
                self.numeral(span(p, p + 1), NumeralKind::Name, "unit", None);
            }
        }
        let refs = footnote_refs(paragraph, start, end);
        let sentence_text = lexicon::string(text);
        for (i, statement) in statements(&scene).into_iter().enumerate() {
            let id = statement.quantity.map(|quantity| {
                let source = span(statement.start, quantity.end);
                let clause = scene.masked_clause(i);
                self.observation(quantity, source, &clause, sentence, &sentence_text, refs.as_deref())
            });
            self.numeral(
                span(statement.start, statement.end),
                statement.kind,
                statement.reason,
                id,
            );
        }
        self.circled(sentence);
    }

    /// Circled numbers, which are list numbers wherever they stand.
    fn circled(&mut self, sentence: &Sentence<'d>) {
        let (start, end) = sentence.range;
        let folded = &sentence.paragraph.folded[start..end];
        for (at, c) in folded.iter().enumerate() {
            if matches!(c, '①'..='⑳' | '⑴'..='⒛' | 'Ⅰ'..='Ⅻ') {
                self.numeral(
                    sentence.paragraph.source(start + at, start + at + 1),
                    NumeralKind::Marker,
                    "list-number",
                    None,
                );
            }
        }
    }

    fn numeral(&mut self, span: document::Span, kind: NumeralKind, reason: &str, observation_id: Option<String>) {
        self.numerals.push(Numeral {
            report_id: self.report_id.to_owned(),
            source_start: offset(span.start),
            source_end: offset(span.end),
            surface: String::new(),
            kind,
            reason: reason.to_owned(),
            observation_id,
        });
    }

    /// Adds an observation, and gives its identity.
    fn observation(
        &mut self,
        quantity: Quantity,
        source: document::Span,
        clause: &str,
        sentence: &Sentence<'d>,
        text: &str,
        refs: Option<&str>,
    ) -> String {
        let paragraph = sentence.paragraph;
        let section = &self.document.sections[paragraph.section];
        let mut observation = Observation {
            observation_id: String::new(),
            report_id: self.report_id.to_owned(),
            section_id: section.id.clone(),
            footnote_no: paragraph.footnote,
            footnote_refs: refs.map(str::to_owned),
            paragraph_no: sentence.in_paragraph,
            sentence_no: sentence.number,
            indicator: quantity.indicator,
            indicator_code: None,
            theme: None,
            measure: quantity.measure,
            comparison: quantity.comparison,
            value: quantity.value,
            value_max: quantity.value_max,
            value_text: String::new(),
            unit: quantity.unit,
            unit_code: None,
            value_base: None,
            modifier: quantity.modifier,
            status: quantity.status,
            period: quantity.period,
            period_start: None,
            period_end: None,
            reference: quantity.reference,
            place: None,
            place_code: None,
            source_start: offset(source.start),
            source_end: offset(source.end),
            sentence: text.to_owned(),
            rule: quantity.rules.join(";"),
        };
        observation.observation_id = self.identity(&observation, clause);
        let id = observation.observation_id.clone();
        self.observations.push(observation);
        id
    }

    /// An identity that depends on what is stated, not on how much, nor on where: the same statement keeps it when its number is revised
    /// and when other parts of the report change. Equal statements are told apart by their order.
    fn identity(&mut self, o: &Observation, clause: &str) -> String {
        let period = o.period.as_deref().unwrap_or("");
        let key = [
            self.report_id,
            &o.indicator,
            o.measure.as_str(),
            &o.unit,
            o.status.as_str(),
            period,
            clause,
        ]
        .join("\u{1f}");
        let digest = Sha256::new_with_prefix(&key);
        let seen = self.identities.entry(key).or_default();
        *seen += 1;
        let digest = digest.chain_update(format!("\u{1f}{seen}")).finalize();
        let key = digest
            .iter()
            .take(8)
            .fold(0_u64, |key, byte| key << 8 | u64::from(*byte));
        format!("{}-{key:016x}", self.report_id)
    }

    fn finish(mut self, reading: &Reading, origin: &Origin) -> Extraction {
        let source = &self.document.source;
        for paragraph in &self.document.paragraphs {
            for mark in &paragraph.marks {
                self.numerals.push(marker(self.report_id, mark.source, "footnote-mark"));
            }
        }
        for &label in &self.document.note_labels {
            self.numerals.push(marker(self.report_id, label, "footnote-label"));
        }
        self.numerals.sort_by_key(|n| (n.source_start, n.source_end));
        self.numerals.dedup_by_key(|n| (n.source_start, n.source_end));
        let slice = |start: i64, end: i64| -> String {
            let (a, b) = (usize::try_from(start).unwrap_or(0), usize::try_from(end).unwrap_or(0));
            lexicon::string(source.get(a..b).unwrap_or_default())
        };
        for numeral in &mut self.numerals {
            numeral.surface = slice(numeral.source_start, numeral.source_end);
        }
        self.observations.sort_by_key(|o| (o.source_start, o.source_end));
        for observation in &mut self.observations {
            observation.value_text = slice(observation.source_start, observation.source_end);
        }
        self.numerals.shrink_to_fit();
        self.observations.shrink_to_fit();
        let front = &self.document.front;
        let footnotes = footnotes(self.document, self.report_id);
        let members = super::members(source, &footnotes, &self.numerals, &self.observations);
        Extraction {
            report: Report {
                report_id: origin.report_id.clone(),
                title: front.title.clone(),
                place: front.place.clone(),
                place_code: front.place_code.clone(),
                level: front.level,
                reviewed_year: front.reviewed_year,
                planned_year: front.planned_year,
                delivered_on: front.delivered_on,
                assembly: front.assembly.clone(),
                speaker: front.speaker.clone(),
                source_uri: origin.source_uri.clone(),
                source_sha256: origin.source_sha256.clone(),
                media_type: reading.media_type.to_owned(),
                characters: offset(source.len()),
            },
            sections: sections(self.document, self.report_id),
            footnotes,
            numerals: self.numerals,
            observations: self.observations,
            members,
            source_text: reading.text.clone(),
        }
    }
}

fn offset(at: usize) -> i64 {
    i64::try_from(at).unwrap_or(i64::MAX)
}

fn marker(report_id: &str, span: document::Span, reason: &str) -> Numeral {
    Numeral {
        report_id: report_id.to_owned(),
        source_start: offset(span.start),
        source_end: offset(span.end),
        surface: String::new(),
        kind: NumeralKind::Marker,
        reason: reason.to_owned(),
        observation_id: None,
    }
}

/// Numbers of the notes marked within a range of a paragraph.
fn footnote_refs(paragraph: &Paragraph, start: usize, end: usize) -> Option<String> {
    let marks = &paragraph.marks;
    let from = marks.partition_point(|m| m.at < start || (m.at == start && start > 0));
    let refs: Vec<String> = marks[from..]
        .iter()
        .take_while(|m| m.at <= end)
        .map(|m| m.number.to_string())
        .collect();
    (!refs.is_empty()).then(|| refs.join(";"))
}

/// The sections in reading order. A report that begins with its first chapter has no opening.
fn sections(document: &Document, report_id: &str) -> Vec<Section> {
    document
        .sections
        .iter()
        .filter(|s| s.source.start < s.source.end)
        .map(|s| Section {
            report_id: report_id.to_owned(),
            section_id: s.id.clone(),
            parent_id: s.parent.map(|p| document.sections[p].id.clone()),
            depth: i32::try_from(s.depth).unwrap_or(i32::MAX),
            label: s.label.clone(),
            title: s.title.clone(),
            part: s.part,
            source_start: offset(s.source.start),
            source_end: offset(s.source.end),
        })
        .collect()
}

fn footnotes(document: &Document, report_id: &str) -> Vec<Footnote> {
    document
        .notes
        .iter()
        .map(|n| Footnote {
            report_id: report_id.to_owned(),
            footnote_no: n.number,
            text: lexicon::string(&document.source[n.source.start..n.source.end]),
            marked_section_id: n.marked_section.map(|s| document.sections[s].id.clone()),
            mark_start: n.mark_start.map(offset),
            source_start: offset(n.source.start),
            source_end: offset(n.source.end),
        })
        .collect()
}
