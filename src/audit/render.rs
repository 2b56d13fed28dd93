//! The audit for a terminal: each finding with its sentences, the numbers underlined, and the computation.

use std::collections::BTreeMap;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::acknowledge;
use super::check::{CHECKS, Citation};
use super::input::Input;
use super::report::{Applied, AuditReport, Coverage};
use super::view::ReportView;
use crate::fact::{Finding, Severity};

/// How to render.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// With ANSI colours.
    pub colour: bool,
    /// Columns of the terminal; longer lines are cut around the numbers.
    pub width: usize,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            colour: false,
            width: 120,
        }
    }
}

/// The findings, the computations that agree, how often each check applied, and the coverage of the ledger.
#[must_use]
pub fn text(report: &AuditReport, input: &Input<'_>, style: Style) -> String {
    let views: Vec<ReportView<'_>> = input.reports.iter().map(|rows| ReportView::new(*rows)).collect();
    let mut blocks = Vec::new();
    for finding in &report.findings {
        let applied = report
            .applied
            .iter()
            .find(|it| it.finding_id.as_ref() == Some(&finding.finding_id));
        blocks.extend(applied.map(|applied| finding_text(finding, applied, &views, style)));
    }
    blocks.extend(Some(agreeing_text(report)).filter(|text| !text.is_empty()));
    blocks.push(tally_text(report));
    blocks.extend(report.coverage.iter().map(coverage_text));
    let unused = report.unused_acknowledgements.iter();
    blocks.extend(unused.map(|id| format!("acknowledgement of {id}: no finding has this id any more")));
    blocks.push(format!(
        "errors: {}, warnings: {}, notes: {}",
        report.count(Severity::Error),
        report.count(Severity::Warning),
        report.count(Severity::Info)
    ));
    blocks.join("\n\n") + "\n"
}

/// Everything that a check applied to and that agreed, one line each with its arithmetic.
#[must_use]
pub fn passed(report: &AuditReport) -> String {
    let passed = report.applied.iter().filter(|it| it.finding_id.is_none());
    let lines = passed.map(|it| format!("{} {} {}", it.report_id, it.check, it.message));
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

/// The checks, each with its explanation.
#[must_use]
pub fn checks() -> String {
    let pages = CHECKS.iter().map(|check| {
        format!(
            "{}\n{}\n{}\n\n{}",
            check.name,
            check.title_zh,
            check.title_en,
            check.explanation.trim_end()
        )
    });
    pages.collect::<Vec<_>>().join("\n\n\n") + "\n"
}

/// One finding: a title, a snippet for each sentence it cites, and the computation.
fn finding_text(finding: &Finding, applied: &Applied, views: &[ReportView<'_>], style: Style) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let title = CHECKS
        .iter()
        .find(|check| check.name == finding.check)
        .map_or("", |check| check.title_zh);
    let excerpts = excerpts(&applied.citations, views);
    let title = level
        .primary_title(format!("{title} [{}]", finding.finding_id))
        .id(finding.check.as_str());
    let mut group: Group<'_> = title
        .elements(excerpts.iter().map(Excerpt::snippet))
        .element(Level::NOTE.message(applied.message.zh.as_str()))
        .element(Level::NOTE.message(applied.message.en.as_str()));
    if let Some(reason) = acknowledge::reason(finding, &applied.message) {
        group = group.element(Level::HELP.message(format!("acknowledged: {reason}")));
    }
    let renderer = if style.colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    renderer
        .decor_style(DecorStyle::Unicode)
        .term_width(style.width)
        .render(&[group])
}

/// One sentence of a report with the numbers to underline in it.
struct Excerpt {
    report_id: String,
    line: usize,
    /// Offsets of the sentence.
    range: Range<usize>,
    text: String,
    /// Byte ranges in `text`, with what each number is.
    marks: Vec<(Range<usize>, String, bool)>,
}

impl Excerpt {
    fn snippet(&self) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
        let annotations = self.marks.iter().map(|(range, role, judged)| {
            let kind = if *judged {
                AnnotationKind::Primary
            } else {
                AnnotationKind::Context
            };
            kind.span(range.clone()).label(role.as_str())
        });
        Snippet::source(self.text.as_str())
            .path(self.report_id.as_str())
            .line_start(self.line)
            .annotations(annotations)
    }
}

/// The sentences that citations stand in, each once, in the order of the citations. The last citation is the judged number.
fn excerpts(citations: &[Citation], views: &[ReportView<'_>]) -> Vec<Excerpt> {
    let mut excerpts: Vec<Excerpt> = Vec::new();
    for (index, citation) in citations.iter().enumerate() {
        let Some(view) = views
            .iter()
            .find(|view| view.rows.report.report_id == citation.report_id)
        else {
            continue;
        };
        let known = excerpts
            .iter()
            .position(|it| it.report_id == citation.report_id && it.range.contains(&citation.start));
        let at = known.unwrap_or_else(|| {
            let range = view.sentence_start(citation.start)
                ..view.sentence_end(citation.end.saturating_sub(1).max(citation.start));
            excerpts.push(Excerpt {
                report_id: citation.report_id.clone(),
                line: view.line_of(citation.start),
                // A sentence may go over lines of the source; it is shown on one.
                text: view.text(range.clone()).replace(['\n', '\r'], " "),
                range,
                marks: Vec::new(),
            });
            excerpts.len() - 1
        });
        let excerpt = &mut excerpts[at];
        let byte = |offset: usize| view.text(excerpt.range.start..offset.min(excerpt.range.end)).len();
        let mark = byte(citation.start)..byte(citation.end);
        let role = format!("{} {}", citation.role.zh, citation.role.en);
        if !mark.is_empty() {
            excerpt.marks.push((mark, role, index + 1 == citations.len()));
        }
    }
    excerpts
}

/// The computations that agree, one line each: what was checked of several numbers. What was checked of one number alone is only counted.
fn agreeing_text(report: &AuditReport) -> String {
    let agreeing = report
        .applied
        .iter()
        .filter(|it| it.finding_id.is_none() && it.citations.len() > 1);
    let lines = agreeing.map(|it| format!("agrees[{}] {}: {}", it.check, it.report_id, it.message.zh));
    lines.collect::<Vec<_>>().join("\n")
}

/// How often each check applied and passed.
fn tally_text(report: &AuditReport) -> String {
    let lines = report.tally().into_iter().map(|(check, applied, passed)| {
        format!(
            "{check:<18} {applied:>5} checked {passed:>5} agree {:>5} do not",
            applied - passed
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The kinds of a report's numerals, the rules that decided, and the close calls.
fn coverage_text(coverage: &Coverage) -> String {
    let mut lines = vec![format!("{}: {} numerals", coverage.report_id, coverage.numerals)];
    for (kind, count) in &coverage.kinds {
        let rules = coverage.rules.get(kind).into_iter().flatten();
        let rules: Vec<String> = rules.map(|(rule, count)| format!("{rule} {count}")).collect();
        lines.push(format!("  {kind:<10} {count:>5}  {}", rules.join(", ")));
    }
    let mut close: BTreeMap<(&str, &str), BTreeMap<&str, usize>> = BTreeMap::new();
    for call in &coverage.close_calls {
        *close
            .entry((&call.kind, &call.rule))
            .or_default()
            .entry(&call.surface)
            .or_default() += 1;
    }
    for ((kind, rule), surfaces) in close {
        let surfaces: Vec<String> = surfaces
            .iter()
            .map(|(surface, count)| format!("{surface} ×{count}"))
            .collect();
        lines.push(format!("  close calls: {kind} by {rule}: {}", surfaces.join(", ")));
    }
    lines.join("\n")
}
