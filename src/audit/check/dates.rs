#![doc = include_str!("dates.md")]

use rust_decimal::Decimal;

use super::{Check, Citation, Run, Verdict};
use crate::audit::message::Message;
use crate::audit::panel::Place;
use crate::audit::view::ReportView;
use crate::fact::{NumeralKind, Severity};
use crate::lexicon::audit::{List, rows};

pub(super) const CHECK: Check = Check {
    name: "dates",
    title_zh: "日期、期间与周年不相矛盾",
    title_en: "dates, durations and anniversaries agree",
    explanation: include_str!("dates.md"),
    run: Run::Report(run),
};

/// A numeral of the ledger with its value and the words after it.
struct Figure {
    place: Place,
    value: i32,
    kind: NumeralKind,
}

fn run(report: &ReportView<'_>, verdicts: &mut Vec<Verdict>) {
    let figures = figures(report);
    for index in 0..figures.len() {
        verdicts.extend(calendar(report, &figures, index));
        verdicts.extend(span(report, &figures, index));
        verdicts.extend(anniversary(report, &figures, index));
    }
}

/// The whole numbers of the ledger, by offset.
fn figures(report: &ReportView<'_>) -> Vec<Figure> {
    let mut figures: Vec<Figure> = report
        .numerals()
        .filter(|(it, _)| it.kind != NumeralKind::Marker)
        .filter_map(|(it, value)| {
            let value = value.filter(Decimal::is_integer)?;
            Some(Figure {
                place: Place {
                    start: usize::try_from(it.source_start).ok()?,
                    end: usize::try_from(it.source_end).ok()?,
                },
                value: i32::try_from(value.trunc().mantissa()).ok()?,
                kind: it.kind,
            })
        })
        .collect();
    figures.sort_by_key(|figure| figure.place.start);
    figures
}

/// Whether the words between two figures are one of `texts`.
fn between(report: &ReportView<'_>, first: &Figure, second: &Figure, texts: &[&str]) -> bool {
    report.reads(&(first.place.end..second.place.start), texts)
}

/// Whether a text follows a figure.
fn is_followed(report: &ReportView<'_>, figure: &Figure, text: &str) -> bool {
    report.goes_on(figure.place.end, text)
}

fn is_year(figure: &Figure) -> bool {
    (1000..3000).contains(&figure.value)
}

/// Checks that 2月30日 or 13月 is not a date.
fn calendar(report: &ReportView<'_>, figures: &[Figure], index: usize) -> Option<Verdict> {
    let month = figures.get(index).filter(|it| it.kind == NumeralKind::Date)?;
    let day = figures.get(index + 1).filter(|it| it.kind == NumeralKind::Date)?;
    if !between(report, month, day, &["月"]) || !is_followed(report, day, "日") {
        return None;
    }
    let named = index
        .checked_sub(1)
        .map(|before| &figures[before])
        .filter(|it| is_year(it) && between(report, it, month, &["年"]));
    // Without a year, 29 February is a day of some year.
    let year = named.map_or(2024, |it| it.value);
    let date = (
        i16::try_from(year).ok(),
        i8::try_from(month.value).ok(),
        i8::try_from(day.value).ok(),
    );
    let exists =
        matches!(date, (Some(year), Some(month), Some(day)) if jiff::civil::Date::new(year, month, day).is_ok());
    let start = named.unwrap_or(month).place.start;
    let place = Place {
        start,
        end: day.place.end + 1,
    };
    let shown = report.words(place.start..place.end);
    let citations = vec![Citation::at(&report.rows.report.report_id, place, "日期", "date")];
    if exists {
        let message = Message::new(
            format!("{shown} 是存在的日期。"),
            format!("{shown} is a date of the calendar."),
        );
        return Some(Verdict::passed(&CHECK, citations, message));
    }
    let message = Message::new(
        format!("{shown} 不存在。"),
        format!("{shown} is no date of the calendar."),
    );
    Some(Verdict::found(&CHECK, Severity::Error, citations, message).with_numbers(shown, "", ""))
}

/// Checks a span of years against its stated length.
fn span(report: &ReportView<'_>, figures: &[Figure], index: usize) -> Option<Verdict> {
    let [first, last, length] = figures.get(index..index + 3)? else {
        return None;
    };
    let joins = ["年到", "年至", "年—", "年－", "年-", "年～", "—", "-"];
    let leads_on = ["年", "年，", "年的", "年这", "年，共", "年，前后"];
    let is_span = is_year(first)
        && is_year(last)
        && between(report, first, last, &joins)
        && between(report, last, length, &leads_on);
    if !is_span {
        return None;
    }
    let tail = report.first_words(length.place.end..length.place.end + 4, 2);
    // Behind a comma the number may open another statement (…，3年完成改造), unless it says that it sums the span up.
    let apart = report.words(last.place.end..length.place.start).contains('，');
    let sums_up = tail
        .chars()
        .nth(1)
        .is_some_and(|next| "间来合共累的中时平".contains(next));
    if !(1..300).contains(&length.value) || !tail.starts_with('年') || tail == "年代" || (apart && !sums_up) {
        return None;
    }
    let years = last.value - first.value;
    let place = Place {
        start: first.place.start,
        end: last.place.end + 1,
    };
    let citations = vec![
        Citation::at(&report.rows.report.report_id, place, "起讫", "span"),
        Citation::at(&report.rows.report.report_id, length.place, "年数", "length"),
    ];
    let (shown, stated) = (report.words(place.start..place.end), format!("{}年", length.value));
    let sum = format!("{} − {} = {years}", last.value, first.value);
    if length.value == years || length.value == years + 1 {
        let message = Message::new(
            format!("{shown}：{sum}，连首尾为 {} 年，与 {stated} 相符。", years + 1),
            format!(
                "{shown}: {sum}, or {} with both ends, which agrees with {stated}.",
                years + 1
            ),
        );
        return Some(Verdict::passed(&CHECK, citations, message));
    }
    let message = Message::new(
        format!("{shown}：{sum}，连首尾为 {} 年，不是 {stated}。", years + 1),
        format!("{shown}: {sum}, or {} with both ends, not {stated}.", years + 1),
    );
    let difference = format!("{}", length.value - years);
    Some(
        Verdict::found(&CHECK, Severity::Warning, citations, message).with_numbers(
            stated,
            format!("{years}–{}", years + 1),
            difference,
        ),
    )
}

/// The event that the words before 周年 end in, and its year.
fn founding(before: &str) -> Option<(&'static str, i32)> {
    rows(List::Founded).iter().find_map(|row| {
        let event = row.words.iter().find(|event| before.ends_with(*event))?;
        Some((*event, row.attribute.parse().ok()?))
    })
}

/// Checks an anniversary against the year in which it falls.
fn anniversary(report: &ReportView<'_>, figures: &[Figure], index: usize) -> Option<Verdict> {
    let count = &figures[index];
    if !is_followed(report, count, "周年") {
        return None;
    }
    let start = report.sentence_start(count.place.start);
    let before = report.words(start..count.place.start);
    let (event, founded) = founding(&before)?;
    let falls = founded.checked_add(count.value)?;
    let named = figures[..index]
        .iter()
        .rev()
        .find(|it| it.place.start >= start && is_year(it) && is_followed(report, it, "年"));
    let (reviewed, planned) = (report.rows.report.reviewed_year, report.rows.report.planned_year);
    let (agrees, expected, severity) = match named {
        Some(year) => (year.value == falls, year.value.to_string(), Severity::Error),
        None if before.contains("今年") => (planned? == falls, planned?.to_string(), Severity::Warning),
        None => {
            // A report looks back on five years at most.
            let (first, last) = (reviewed? - 4, planned?);
            (
                (first..=last).contains(&falls),
                format!("{first}–{last}"),
                Severity::Warning,
            )
        }
    };
    let report_id = &report.rows.report.report_id;
    let mut citations: Vec<Citation> = named
        .map(|it| Citation::at(report_id, it.place, "年份", "year"))
        .into_iter()
        .collect();
    citations.push(Citation::at(report_id, count.place, "周年数", "anniversary"));
    let sum = format!("{founded} + {} = {falls}", count.value);
    if agrees {
        let message = Message::new(
            format!("{event}{}周年：{sum}，与 {expected} 相符。", count.value),
            format!(
                "{event}, anniversary {}: {sum}, which agrees with {expected}.",
                count.value
            ),
        );
        return Some(Verdict::passed(&CHECK, citations, message));
    }
    let message = Message::new(
        format!("{event}{}周年：{sum}，不是 {expected}。", count.value),
        format!("{event}, anniversary {}: {sum}, not {expected}.", count.value),
    );
    Some(Verdict::found(&CHECK, severity, citations, message).with_numbers(expected, falls.to_string(), ""))
}
