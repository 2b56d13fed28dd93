//! Reports written by hand: a text with its numbers marked up, and the rows that come of it.
//!
//! `{8.37|亿元|财政收入|level|actual|2023}` is the number 8.37亿元 and its observation; then may come
//! the modifier, the reference and the comparison. A field that is
//! left out is the one of [`DEFAULTS`]. A numeral in Chinese gives its value as well: `二千=2000`. `[五|name]` is a numeral that is no observation. A line that begins with a superscript and a
//! blank is a footnote; the same superscript in another line is its mark. A line that begins with `二、` opens the plan.

use gongkai::audit::{Acknowledgement, AuditReport, Input, ReportRows, audit};
use gongkai::fact::{
    Extraction, Footnote, Measure, Modifier, Numeral, NumeralKind, Observation, Part, Report, Section, Severity,
    Status, members,
};
use jiff::civil::date;
use rust_decimal::Decimal;

const DEFAULTS: [&str; 7] = ["0", "", "指标", "level", "actual", "2023", "exact"];
const SUPERSCRIPTS: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/// The report of 2024, which reviews 2023.
pub fn report(markup: &str) -> Extraction {
    report_of("test-2024", 2024, markup)
}

/// The report that plans for `year`.
pub fn report_of(report_id: &str, year: i32, markup: &str) -> Extraction {
    let mut builder = Builder::new(report_id);
    builder.read(markup);
    builder.finish(year)
}

/// Audits one report.
pub fn audited(markup: &str) -> AuditReport {
    audit_all(&[report(markup)], &[])
}

pub fn audit_all(extractions: &[Extraction], acknowledgements: &[Acknowledgement]) -> AuditReport {
    let rows: Vec<ReportRows<'_>> = extractions.iter().map(ReportRows::from).collect();
    audit(&Input {
        reports: &rows,
        acknowledgements,
    })
}

/// How often a check applied, and the severities of its findings.
pub fn outcome(report: &AuditReport, check: &str) -> (usize, Vec<Severity>) {
    let applied = report.applied.iter().filter(|it| it.check == check).count();
    (
        applied,
        report
            .findings
            .iter()
            .filter(|it| it.check == check)
            .map(|it| it.severity)
            .collect(),
    )
}

struct Builder {
    report_id: String,
    chars: Vec<char>,
    numerals: Vec<Numeral>,
    observations: Vec<Observation>,
}

impl Builder {
    fn new(report_id: &str) -> Self {
        Self {
            report_id: report_id.to_owned(),
            chars: Vec::new(),
            numerals: Vec::new(),
            observations: Vec::new(),
        }
    }

    fn read(&mut self, markup: &str) {
        let mut rest = markup;
        while let Some(at) = rest.find(['{', '[']) {
            self.chars.extend(rest[..at].chars());
            let close = if rest[at..].starts_with('{') { '}' } else { ']' };
            let end = at + rest[at..].find(close).expect("a mark is closed");
            let fields: Vec<&str> = rest[at + 1..end].split('|').collect();
            if close == '}' {
                self.observation(&fields);
            } else {
                self.numeral(fields[0], code(fields[1]));
            }
            rest = &rest[end + 1..];
        }
        self.chars.extend(rest.chars());
    }

    fn numeral(&mut self, surface: &str, kind: NumeralKind) {
        let start = self.chars.len();
        self.chars.extend(surface.chars());
        self.numerals.push(Numeral {
            report_id: self.report_id.clone(),
            source_start: offset(start),
            source_end: offset(self.chars.len()),
            surface: surface.to_owned(),
            kind,
            reason: "by-hand".to_owned(),
            observation_id: None,
        });
    }

    fn observation(&mut self, fields: &[&str]) {
        let field = |index: usize| *fields.get(index).unwrap_or(&DEFAULTS[index]);
        let (surface, unit, indicator, period) = (field(0), field(1), field(2), field(5));
        let (surface, value_of) = surface.split_once('=').unwrap_or((surface, surface));
        let (low, high) = match surface.split_once('–') {
            Some((low, high)) => (low, Some(high)),
            None => (surface, None),
        };
        self.numeral(low, NumeralKind::Quantity);
        let numeral = self.numerals.last().expect("just pushed").clone();
        self.chars
            .extend(high.map(|high| format!("–{high}")).unwrap_or_default().chars());
        self.chars.extend(unit.chars());
        let value = |text: &str| text.replace(',', "").parse::<Decimal>().ok();
        let first = value_of.split('–').next().unwrap_or_default();
        self.observations.push(Observation {
            observation_id: format!("{}:{indicator}:{}:{period}:{surface}", self.report_id, field(3)),
            report_id: self.report_id.clone(),
            section_id: "1".to_owned(),
            footnote_no: None,
            footnote_refs: None,
            paragraph_no: 0,
            sentence_no: 0,
            indicator: indicator.to_owned(),
            indicator_code: None,
            theme: None,
            measure: code::<Measure>(field(3)),
            comparison: fields.get(8).map(|text| code(text)),
            value: value(first).expect("a number"),
            value_max: high.and_then(value),
            value_text: low.to_owned(),
            unit: unit.to_owned(),
            unit_code: None,
            value_base: None,
            modifier: code::<Modifier>(field(6)),
            status: code::<Status>(field(4)),
            period: Some(period.to_owned()).filter(|period| !period.is_empty()),
            period_start: None,
            period_end: None,
            reference: fields
                .get(7)
                .filter(|text| !text.is_empty())
                .map(|text| (*text).to_owned()),
            place: None,
            place_code: None,
            source_start: numeral.source_start,
            source_end: numeral.source_end,
            sentence: String::new(),
            rule: "by-hand".to_owned(),
        });
    }

    fn finish(mut self, year: i32) -> Extraction {
        let source_text: String = self.chars.iter().collect();
        let footnotes = self.footnotes(&source_text);
        for observation in &mut self.observations {
            let start = usize::try_from(observation.source_start).expect("an offset");
            let count = |stops: &str| self.chars[..start].iter().filter(|it| stops.contains(**it)).count();
            observation.paragraph_no = i32::try_from(count("\n")).expect("small");
            observation.sentence_no = i32::try_from(count("\n。")).expect("small");
            let from = self.chars[..start]
                .iter()
                .rposition(|it| "\n。".contains(*it))
                .map_or(0, |at| at + 1);
            let to = self.chars[start..]
                .iter()
                .position(|it| "\n。".contains(*it))
                .map_or(self.chars.len(), |it| start + it);
            observation.sentence = self.chars[from..to].iter().collect();
            let inside = |note: &&Footnote| (note.source_start..note.source_end).contains(&observation.source_start);
            observation.footnote_no = footnotes.iter().find(inside).map(|note| note.footnote_no);
            let marked = |note: &&Footnote| {
                note.mark_start
                    .is_some_and(|mark| (offset(from)..=offset(to)).contains(&mark))
            };
            let refs: Vec<String> = footnotes
                .iter()
                .filter(marked)
                .map(|note| note.footnote_no.to_string())
                .collect();
            observation.footnote_refs = Some(refs.join(";")).filter(|refs| !refs.is_empty());
        }
        let plan = source_text.split('\n').position(|line| line.starts_with("二、"));
        let before = |lines: usize| {
            source_text
                .split('\n')
                .take(lines)
                .map(|line| line.chars().count() + 1)
                .sum::<usize>()
        };
        let sections = plan.map(|line| Section {
            report_id: self.report_id.clone(),
            section_id: "2".to_owned(),
            parent_id: None,
            depth: 1,
            label: Some("二、".to_owned()),
            title: None,
            part: Part::Plan,
            source_start: offset(before(line)),
            source_end: offset(self.chars.len()),
        });
        let report = Report {
            report_id: self.report_id.clone(),
            title: None,
            place: Some("测试镇".to_owned()),
            place_code: None,
            level: None,
            reviewed_year: Some(year - 1),
            planned_year: Some(year),
            delivered_on: Some(date(i16::try_from(year).expect("a year"), 1, 10)),
            assembly: None,
            speaker: None,
            source_uri: String::new(),
            source_sha256: String::new(),
            media_type: "text/plain".to_owned(),
            characters: offset(self.chars.len()),
        };
        let members = members(
            &source_text.chars().collect::<Vec<_>>(),
            &footnotes,
            &self.numerals,
            &self.observations,
        );
        Extraction {
            report,
            sections: sections.into_iter().collect(),
            footnotes,
            numerals: self.numerals,
            observations: self.observations,
            members,
            source_text,
        }
    }

    fn footnotes(&self, source_text: &str) -> Vec<Footnote> {
        let mut notes = Vec::new();
        let mut start = 0;
        for line in source_text.split('\n') {
            let length = line.chars().count();
            if let Some((digit, _)) = line
                .split_once(' ')
                .filter(|(digit, _)| SUPERSCRIPTS.contains(digit) && !digit.is_empty())
            {
                let mark = self
                    .chars
                    .iter()
                    .enumerate()
                    .position(|(at, it)| at != start && digit.starts_with(*it));
                notes.push(Footnote {
                    report_id: self.report_id.clone(),
                    footnote_no: i32::try_from(
                        SUPERSCRIPTS
                            .chars()
                            .position(|it| digit.starts_with(it))
                            .expect("a digit"),
                    )
                    .expect("small"),
                    text: line.to_owned(),
                    marked_section_id: None,
                    mark_start: mark.map(offset),
                    source_start: offset(start),
                    source_end: offset(start + length),
                });
            }
            start += length + 1;
        }
        notes
    }
}

fn code<T: serde::de::DeserializeOwned>(text: &str) -> T {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).expect("a code of the list")
}

fn offset(value: usize) -> i64 {
    i64::try_from(value).expect("an offset")
}
