#![doc = include_str!("numbering.md")]

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{Check, Citation, Run, Verdict};
use crate::audit::message::Message;
use crate::audit::panel::Place;
use crate::audit::view::{ReportView, is_ornament, superscript};
use crate::fact::{Footnote, Numeral, NumeralKind, Severity};

pub(super) const CHECK: Check = Check {
    name: "numbering",
    title_zh: "编号依次相连",
    title_en: "the numbers of items follow each other",
    explanation: include_str!("numbering.md"),
    run: Run::Report(run),
};

/// How an item is numbered; an earlier form stands above a later one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    /// 一、
    Chapter,
    /// （一）
    Bracketed,
    /// 1.
    Dotted,
    /// 第一，
    Ordinal,
    /// 一是
    Is,
    /// 一要
    Must,
    /// A footnote.
    Note,
}

/// A number with what makes it a label.
#[derive(Debug, Clone, Copy)]
struct Label {
    form: Form,
    number: usize,
    place: Place,
}

/// Labels of one form that follow each other; never empty.
type Series = Vec<Label>;

fn run(report: &ReportView<'_>, verdicts: &mut Vec<Verdict>) {
    let mut open: Vec<Series> = Vec::new();
    for label in report.numerals().filter_map(|(it, value)| read(report, it, value?)) {
        // A higher label ends what stands below it.
        let below = |series: &Series| series[0].form > label.form && label.form <= Form::Bracketed;
        let ended = open.iter().position(below).unwrap_or(open.len());
        let ended = open.split_off(ended);
        verdicts.extend(ended.iter().filter_map(|series| in_order(report, series)));
        verdicts.extend(enter(report, &mut open, label));
    }
    verdicts.extend(open.iter().filter_map(|series| in_order(report, series)));
    let mut labels: Vec<Label> = report.rows.footnotes.iter().filter_map(note).collect();
    labels.extend(report.rows.numerals.iter().filter_map(|it| misread_note(report, it)));
    labels.sort_by_key(|label| label.place.start);
    let mut notes = vec![];
    for label in labels {
        verdicts.extend(enter(report, &mut notes, label));
    }
    verdicts.extend(notes.iter().filter_map(|series| in_order(report, series)));
}

/// Adds a label to the series that it goes on with, or begins one; gives the verdicts on what ends by it.
fn enter(report: &ReportView<'_>, open: &mut Vec<Series>, label: Label) -> Vec<Verdict> {
    /// A series and the one around it may go on.
    const DEPTH: usize = 2;
    let mut verdicts = Vec::new();
    let mine: Vec<usize> = (0..open.len()).filter(|at| open[*at][0].form == label.form).collect();
    let goes_on = |at: &&usize| open[**at].last().is_some_and(|last| last.number + 1 == label.number);
    if label.number == 1 {
        if mine.len() == DEPTH {
            let series = open.remove(mine[0]);
            verdicts.extend(in_order(report, &series));
        }
        open.push(vec![label]);
    } else if let Some(at) = mine.iter().rev().find(goes_on).copied() {
        open[at].push(label);
        let ended: Vec<usize> = mine.into_iter().filter(|it| *it > at).collect();
        for it in ended.into_iter().rev() {
            let series = open.remove(it);
            verdicts.extend(in_order(report, &series));
        }
    } else if let Some(at) = mine.last() {
        let last = open[*at][open[*at].len() - 1];
        verdicts.push(broken(report, &last, &label));
        // What follows may go on from either.
        if mine.len() == DEPTH {
            open.remove(mine[0]);
        }
        open.push(vec![label]);
    }
    verdicts
}

/// Reads a numeral of the ledger as a label.
fn read(report: &ReportView<'_>, numeral: &Numeral, value: Decimal) -> Option<Label> {
    const MOST: usize = 60;
    let place = Place {
        start: usize::try_from(numeral.source_start).ok()?,
        end: usize::try_from(numeral.source_end).ok()?,
    };
    let next = *report.chars().get(place.end)?;
    let head = place
        .start
        .checked_sub(1)
        .and_then(|at| report.chars().get(at))
        .copied();
    let form = match (numeral.kind, next) {
        (NumeralKind::Marker, '、') => Form::Chapter,
        (NumeralKind::Marker, '）' | ')') if matches!(head, Some('（' | '(')) => Form::Bracketed,
        (NumeralKind::Marker, '.' | '．') => Form::Dotted,
        (NumeralKind::Ordinal, '，' | '、') if head == Some('第') && opens(report, place.start - 1) => Form::Ordinal,
        (NumeralKind::Other, '是') if opens(report, place.start) => Form::Is,
        (NumeralKind::Other, '要') if opens(report, place.start) => Form::Must,
        _ => return None,
    };
    let number = value.to_usize()?;
    (1..=MOST).contains(&number).then_some(Label { form, number, place })
}

/// Whether a clause begins at an offset.
fn opens(report: &ReportView<'_>, at: usize) -> bool {
    let before = report.chars()[..at.min(report.chars().len())]
        .iter()
        .rev()
        .find(|it| **it == '\n' || !is_ornament(**it));
    before.is_none_or(|it| matches!(it, '\n' | '。' | '；' | '：'))
}

/// The number of a footnote, where the note stands.
fn note(note: &Footnote) -> Option<Label> {
    let start = usize::try_from(note.source_start).ok()?;
    Some(Label {
        form: Form::Note,
        number: usize::try_from(note.footnote_no).ok()?,
        place: Place { start, end: start + 1 },
    })
}

/// A superscript at the head of a line that is a number of the text all the same (²为…, of 8+2): who looks for note 2 finds two.
fn misread_note(report: &ReportView<'_>, numeral: &Numeral) -> Option<Label> {
    let place = Place {
        start: usize::try_from(numeral.source_start).ok()?,
        end: usize::try_from(numeral.source_end).ok()?,
    };
    let mut digits = numeral.surface.chars().map(superscript);
    let number = digits.try_fold(0, |number, digit| Some(number * 10 + digit?))?;
    let head = place.start.checked_sub(1).and_then(|at| report.chars().get(at)) == Some(&'\n');
    let form = Form::Note;
    (head && numeral.kind != NumeralKind::Marker && numeral.surface.chars().count() <= 2).then_some(Label {
        form,
        number,
        place,
    })
}

/// A label with the characters around its number: （三）, 三是, 注 3.
fn shown(report: &ReportView<'_>, label: &Label) -> String {
    if label.form == Form::Note {
        return format!("注 {}", label.number);
    }
    let before = label.place.start.saturating_sub(1);
    let opened = matches!(report.chars().get(before), Some('（' | '(' | '第'));
    let start = if opened { before } else { label.place.start };
    report.text(start..(label.place.end + 1).min(report.chars().len()))
}

/// The verdict on a series that broke nowhere.
fn in_order(report: &ReportView<'_>, series: &[Label]) -> Option<Verdict> {
    let (first, last) = (series.first()?, series.last()?);
    let place = Place {
        start: first.place.start,
        end: last.place.end,
    };
    let citations = vec![Citation::at(&report.rows.report.report_id, place, "编号", "series")];
    let (from, to) = (shown(report, first), shown(report, last));
    let message = Message::new(
        format!("“{from}”到“{to}”共 {} 条，依次相连。", series.len()),
        format!("“{from}” to “{to}”: {} items that follow each other.", series.len()),
    );
    (series.len() > 1).then(|| Verdict::passed(&CHECK, citations, message))
}

fn broken(report: &ReportView<'_>, last: &Label, label: &Label) -> Verdict {
    let (before, here) = (shown(report, last), shown(report, label));
    let wanted = last.number + 1;
    let message = Message::new(
        format!("“{before}”之后是“{here}”，不是第 {wanted} 条。"),
        format!("“{before}” is followed by “{here}”, not by number {wanted}."),
    );
    let sign = if label.number < wanted { "-" } else { "" };
    let report_id = &report.rows.report.report_id;
    let citations = vec![
        Citation::at(report_id, last.place, "前一编号", "number before"),
        Citation::at(report_id, label.place, "编号", "number"),
    ];
    Verdict::found(&CHECK, Severity::Warning, citations, message).with_numbers(
        label.number.to_string(),
        wanted.to_string(),
        format!("{sign}{}", label.number.abs_diff(wanted)),
    )
}
