//! What the page's template shows, as the template wants it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::text::ReportText;
use super::words::{Language, Vocabulary, Word};
use super::{Bilingual, Download, PageError, PageInput, chart, html, text};
use crate::fact::{Extraction, Finding, NumeralKind, Observation, Section, Severity, Status};

/// Deepest sections of the outline. A run-in heading below that is found in the text.
const OUTLINE_DEPTH: i32 = 2;

/// A count and the key of the word that says what is counted.
#[derive(Serialize)]
pub(super) struct Stat {
    value: String,
    word: &'static str,
}

/// How much the release holds.
pub(super) fn stats(input: &PageInput<'_>) -> Vec<Stat> {
    let sum = |count: fn(&Extraction) -> usize| input.reports.iter().map(count).sum::<usize>();
    let stat = |word, count: usize| Stat {
        value: grouped(&count.to_string()),
        word,
    };
    vec![
        stat("stat.reports", input.reports.len()),
        stat("stat.characters", sum(|report| report.source_text.chars().count())),
        stat("stat.numerals", sum(|report| report.numerals.len())),
        stat("stat.observations", sum(|report| report.observations.len())),
        stat("stat.findings", input.findings.len()),
    ]
}

/// One report as the template shows it.
#[derive(Serialize)]
pub(super) struct ReportView {
    name: String,
    outline: Vec<OutlineItem>,
    marks: Vec<MarkCount>,
    body: String,
    notes: String,
    charts: Vec<ChartView>,
    findings: Vec<FindingView>,
}

#[derive(Serialize)]
struct OutlineItem {
    depth: i32,
    fragment: String,
    name: String,
}

/// A kind of mark: its class, the key of its name, and how many the text has.
#[derive(Serialize)]
struct MarkCount {
    class: &'static str,
    word: String,
    count: usize,
}

#[derive(Serialize)]
struct ChartView {
    name: &'static str,
    zh: String,
    en: String,
    /// What the chart's columns stand for.
    key: Vec<KeyItem>,
}

#[derive(Serialize)]
struct KeyItem {
    id: String,
    /// Where the section is in the page; null for a section without a heading.
    fragment: Option<String>,
    name: String,
}

#[derive(Serialize)]
struct FindingView {
    id: String,
    severity: &'static str,
    check: String,
    message: Word,
    values: Vec<FindingValue>,
    about: Vec<RowLink>,
}

#[derive(Serialize)]
struct FindingValue {
    word: &'static str,
    text: String,
}

#[derive(Serialize)]
struct RowLink {
    fragment: String,
    name: String,
}

/// All reports of the release.
pub(super) fn reports(input: &PageInput<'_>, words: &BTreeMap<String, Word>) -> Result<Vec<ReportView>, PageError> {
    let zh = Vocabulary::new(words, input.code_lists, Language::Zh);
    let en = Vocabulary::new(words, input.code_lists, Language::En);
    input
        .reports
        .iter()
        .enumerate()
        .map(|(number, extraction)| {
            let text = text::set(number, extraction)?;
            Ok(ReportView {
                name: report_name(extraction),
                outline: outline(number, &extraction.sections, &text),
                marks: mark_counts(extraction),
                charts: charts(number, extraction, &text, &zh, &en)?,
                body: text.body,
                notes: text.notes,
                findings: findings(input.findings, extraction),
            })
        })
        .collect()
}

/// What a report is called: its place and year where known, as titles are mostly the same.
fn report_name(extraction: &Extraction) -> String {
    let report = &extraction.report;
    let title = report.title.as_deref().unwrap_or(&report.report_id);
    let place = report.place.as_deref().filter(|place| !title.contains(*place));
    let year = report
        .delivered_on
        .map(|date| date.year().to_string())
        .filter(|year| !title.contains(year.as_str()));
    [place.map(str::to_owned), year, Some(title.to_owned())]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}

/// Where the section's heading is in the page, if the text shows one.
fn heading_link(report_no: usize, section: &Section, text: &ReportText) -> Option<String> {
    let id = text::section_id(report_no, &section.section_id);
    text.has(&id).then(|| html::fragment(&id))
}

fn heading(section: &Section) -> String {
    let label = section.label.as_deref().unwrap_or_default();
    let title = section.title.as_deref().unwrap_or_default();
    format!("{label}{title}")
}

fn outline(report_no: usize, sections: &[Section], text: &ReportText) -> Vec<OutlineItem> {
    sections
        .iter()
        .filter(|section| section.depth <= OUTLINE_DEPTH)
        .filter_map(|section| {
            Some(OutlineItem {
                depth: section.depth,
                fragment: heading_link(report_no, section, text)?,
                name: heading(section),
            })
        })
        .collect()
}

/// How many marks of each class the text has: quantities by the status of their row, other numerals by kind.
fn mark_counts(extraction: &Extraction) -> Vec<MarkCount> {
    let classes = text::mark_classes(extraction);
    Status::ALL
        .iter()
        .map(|status| (status.as_str(), "mark"))
        .chain([(NumeralKind::Quantity.as_str(), "mark")])
        .chain(NumeralKind::ALL.iter().skip(1).map(|kind| (kind.as_str(), "kind")))
        .map(|(class, group)| MarkCount {
            class,
            word: format!("{group}.{class}"),
            count: classes.iter().filter(|&&found| found == class).count(),
        })
        .filter(|mark| mark.count > 0)
        .collect()
}

fn charts(
    number: usize,
    extraction: &Extraction,
    text: &ReportText,
    zh: &Vocabulary<'_>,
    en: &Vocabulary<'_>,
) -> Result<Vec<ChartView>, PageError> {
    let mut views = Vec::new();
    for chart in chart::ALL {
        if let (Some(zh), Some(en)) = (chart.draw(number, extraction, zh)?, chart.draw(number, extraction, en)?) {
            let key = chart
                .columns(extraction)
                .iter()
                .map(|id| key_item(number, extraction, text, id))
                .collect();
            views.push(ChartView {
                name: chart.name(),
                zh,
                en,
                key,
            });
        }
    }
    Ok(views)
}

fn key_item(report_no: usize, extraction: &Extraction, text: &ReportText, section_id: &str) -> KeyItem {
    let section = extraction
        .sections
        .iter()
        .find(|section| section.section_id == section_id);
    KeyItem {
        id: section_id.to_owned(),
        fragment: section.and_then(|section| heading_link(report_no, section, text)),
        name: section.map_or_else(String::new, heading),
    }
}

/// The findings about one report, the gravest first.
fn findings(findings: &[Finding], extraction: &Extraction) -> Vec<FindingView> {
    let rows: BTreeMap<&str, &Observation> = extraction
        .observations
        .iter()
        .map(|row| (row.observation_id.as_str(), row))
        .collect();
    let mut about_report: Vec<&Finding> = findings
        .iter()
        .filter(|finding| finding.report_id == extraction.report.report_id)
        .collect();
    about_report.sort_by_key(|finding| match finding.severity {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Info => 2,
    });
    about_report
        .into_iter()
        .map(|finding| finding_view(finding, &rows))
        .collect()
}

fn finding_view(finding: &Finding, rows: &BTreeMap<&str, &Observation>) -> FindingView {
    let values = [
        ("stated", &finding.stated),
        ("computed", &finding.computed),
        ("difference", &finding.difference),
    ];
    FindingView {
        id: finding.finding_id.clone(),
        severity: finding.severity.as_str(),
        check: finding.check.clone(),
        message: in_both_languages(&finding.message),
        values: values
            .into_iter()
            .filter_map(|(word, text)| text.clone().map(|text| FindingValue { word, text }))
            .collect(),
        about: finding
            .observation_ids
            .split(';')
            .filter_map(|id| rows.get(id))
            .map(|row| RowLink {
                fragment: html::fragment(&row.observation_id),
                name: format!("{} {}{}", row.indicator, row.value_text, row.unit),
            })
            .collect(),
    }
}

/// A finding's message by language: it says the same in Chinese and in English, parted by a slash.
fn in_both_languages(message: &str) -> Word {
    let parts: Vec<&str> = message.split(" / ").collect();
    let (zh, en) = if let [zh, en] = parts[..] {
        (zh, en)
    } else {
        (message, message)
    };
    Word {
        zh: zh.to_owned(),
        en: en.to_owned(),
    }
}

/// A file as the template shows it.
#[derive(Serialize)]
pub(super) struct DownloadView<'a> {
    path: &'a str,
    href: String,
    title: Bilingual<'a>,
    size: String,
    /// Whether a browser should save it rather than show it.
    is_data: bool,
}

/// The files that the page links to.
pub(super) fn downloads<'a>(downloads: &'a [Download<'a>]) -> Vec<DownloadView<'a>> {
    downloads
        .iter()
        .map(|file| DownloadView {
            path: file.path,
            href: html::fragment(file.path),
            title: file.title,
            size: file
                .bytes
                .map_or_else(String::new, |bytes| format!("{} B", grouped(&bytes.to_string()))),
            is_data: [".csv", ".parquet", ".xlsx"]
                .iter()
                .any(|ending| file.path.ends_with(ending)),
        })
        .collect()
}

/// Digits in groups of three.
fn grouped(digits: &str) -> String {
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
