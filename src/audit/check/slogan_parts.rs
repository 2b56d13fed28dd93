#![doc = include_str!("slogan_parts.md")]

use rust_decimal::Decimal;

use super::{Check, Citation, Run, Verdict};
use crate::audit::message::Message;
use crate::audit::panel::Place;
use crate::audit::view::{Quantity, ReportView};
use crate::fact::{Footnote, Measure, Numeral, NumeralKind, Severity};
use crate::lex::numeral;

pub(super) const CHECK: Check = Check {
    name: "slogan_parts",
    title_zh: "口号中的数与脚注所列一致",
    title_en: "the numbers of a slogan agree with its footnote",
    explanation: include_str!("slogan_parts.md"),
    run: Run::Report(run),
};

/// How far after the slogan's last number its mark may stand: +N”综合服务体系¹⁶.
const REACH: usize = 16;

fn run(report: &ReportView<'_>, verdicts: &mut Vec<Verdict>) {
    for slogan in slogans(report) {
        verdicts.extend(judge(report, &slogan));
    }
}

/// The runs of names that + joins.
fn slogans<'a>(report: &ReportView<'a>) -> Vec<Vec<&'a Numeral>> {
    let names = report.rows.numerals.iter().filter(|it| it.kind == NumeralKind::Name);
    let mut runs: Vec<Vec<&Numeral>> = Vec::new();
    for name in names {
        let joined = runs
            .last()
            .and_then(|run| run.last())
            .is_some_and(|last| report.reads(&(offset(last.source_end)..offset(name.source_start)), &["+", "＋"]));
        match runs.last_mut() {
            Some(run) if joined => run.push(name),
            _ => runs.push(vec![name]),
        }
    }
    runs.retain(|run| run.len() > 1);
    runs
}

/// The footnote whose mark follows the slogan, in the same clause.
fn footnote<'a>(report: &ReportView<'a>, end: usize) -> Option<&'a Footnote> {
    report.rows.footnotes.iter().find(|note| {
        let mark = note.mark_start.map_or(0, offset);
        mark >= end && mark - end <= REACH && !report.words(end..mark).contains(['，', '。', '；'])
    })
}

fn judge(report: &ReportView<'_>, slogan: &[&Numeral]) -> Option<Verdict> {
    let (first, last) = (slogan.first()?, slogan.last()?);
    let note = footnote(report, offset(last.source_end))?;
    let counts: Vec<&Quantity<'_>> = report
        .quantities
        .iter()
        .filter(|it| it.row.footnote_no == Some(note.footnote_no) && it.row.measure == Measure::Level)
        .collect();
    if counts.len() != slogan.len() {
        return None;
    }
    let numbers: Option<Vec<Decimal>> = slogan.iter().map(|it| numeral::parse(&it.surface)?.value).collect();
    let place = Place {
        start: offset(first.source_start),
        end: offset(last.source_end),
    };
    let mut citations: Vec<Citation> = counts.iter().map(|it| Citation::of(it, "所列数", "count")).collect();
    citations.push(Citation::at(&report.rows.report.report_id, place, "口号", "slogan"));
    let listed: Vec<String> = counts.iter().map(|it| it.shown()).collect();
    let (shown, listed) = (report.words(place.start..place.end), listed.join("、"));
    if numbers?
        .iter()
        .zip(&counts)
        .all(|(number, count)| *number == count.row.value)
    {
        let message = Message::new(
            format!("{shown}：脚注所列 {listed}，相符。"),
            format!("{shown}: its footnote has {listed}, which agrees."),
        );
        return Some(Verdict::passed(&CHECK, citations, message));
    }
    let message = Message::new(
        format!("{shown}：脚注所列却是 {listed}。"),
        format!("{shown}: its footnote has {listed}."),
    );
    Some(Verdict::found(&CHECK, Severity::Error, citations, message).with_numbers(shown, listed, ""))
}

fn offset(value: i64) -> usize {
    usize::try_from(value).unwrap_or(0)
}
