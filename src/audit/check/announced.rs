#![doc = include_str!("announced.md")]

use std::sync::LazyLock;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{Check, Citation, Run, Verdict};
use crate::audit::message::Message;
use crate::audit::panel::Place;
use crate::audit::view::{ReportView, is_ornament};
use crate::fact::{Numeral, NumeralKind, Severity};
use crate::lexicon::audit::{List, mentions, words as list};
use crate::lexicon::characters::Characters;

pub(super) const CHECK: Check = Check {
    name: "announced",
    title_zh: "预告的条数与所列条目一致",
    title_en: "as many items follow as are announced",
    explanation: include_str!("announced.md"),
    run: Run::Report(run),
};

/// Numbers of items that are announced; beyond them labels run into other lists.
const COUNTS: std::ops::RangeInclusive<usize> = 2..=20;

/// How far after the announcement the first item may begin.
const REACH: usize = 120;

/// Forms of a label, `#` being its number.
const LABELS: [&str; 8] = ["（#）", "#、", "第#、", "第#，", "#是", "#要", "#.", "#．"];

fn run(report: &ReportView<'_>, verdicts: &mut Vec<Verdict>) {
    for (numeral, value) in report.numerals() {
        verdicts.extend(value.and_then(|value| judge(report, numeral, value)));
    }
}

fn judge(report: &ReportView<'_>, numeral: &Numeral, value: Decimal) -> Option<Verdict> {
    if matches!(numeral.kind, NumeralKind::Date | NumeralKind::Marker) {
        return None;
    }
    let count = value.to_usize().filter(|count| COUNTS.contains(count))?;
    let place = Place {
        start: usize::try_from(numeral.source_start).ok()?,
        end: usize::try_from(numeral.source_end).ok()?,
    };
    let stop = announcement_end(report, place.end)?;
    let (form, first) = first_label(report, stop)?;
    let (items, last) = run_length(report, form, first);
    let report_id = &report.rows.report.report_id;
    let citations = vec![
        Citation::at(
            report_id,
            Place {
                start: first,
                end: first + 1,
            },
            "首条",
            "first item",
        ),
        Citation::at(
            report_id,
            Place {
                start: last,
                end: last + 1,
            },
            "末条",
            "last item",
        ),
        Citation::at(report_id, place, "条数", "number"),
    ];
    let announced = report.words(report.sentence_start(place.start)..stop);
    let last_label = form.replace('#', &number(form, items));
    if items == count {
        let message = Message::new(
            format!("“{announced}”：其后到 {last_label} 共 {items} 条，相符。"),
            format!("“{announced}”: {items} items follow, to {last_label}, as announced."),
        );
        return Some(Verdict::passed(&CHECK, citations, message));
    }
    let severity = if items < count {
        Severity::Error
    } else {
        Severity::Warning
    };
    let message = Message::new(
        format!("“{announced}”：其后到 {last_label} 共 {items} 条，不是 {count} 条。"),
        format!("“{announced}”: {items} items follow, to {last_label}, not {count}."),
    );
    let sign = if items > count { "-" } else { "" };
    Some(Verdict::found(&CHECK, severity, citations, message).with_numbers(
        count.to_string(),
        items.to_string(),
        format!("{sign}{}", count.abs_diff(items)),
    ))
}

/// Where the sentence or heading ends that a number closes as an announcement: N方面工作：, N项重点任务。
fn announcement_end(report: &ReportView<'_>, number_end: usize) -> Option<usize> {
    const LONGEST: usize = 12;
    // As many characters as show that there are too many.
    const REACHED: usize = 3 * LONGEST;
    /// What the words after an announced number begin with.
    static FIRST: LazyLock<Characters> =
        LazyLock::new(|| Characters::first_of(list(List::Announced, "counted").chain(list(List::Announced, "listed"))));
    let end = report.sentence_end(number_end);
    let colon = (number_end..end.min(number_end + REACH)).find(|at| report.chars()[*at] == '：');
    let stop = colon.map_or(end, |at| at + 1);
    // Most numbers announce nothing: one character tells.
    if !FIRST.has(report.first(number_end..stop)?) {
        return None;
    }
    let words = report.first_words(number_end..stop, REACHED);
    let counted = |what| list(List::Announced, what).find_map(|word| words.strip_prefix(word));
    let items = counted("counted");
    let rest = items
        .or_else(|| counted("listed"))?
        .trim_end_matches(['：', '。', '；', ':']);
    if rest.contains(['，', '、', '；', '：', '”']) || rest.chars().count() > LONGEST {
        return None;
    }
    let closes = items.is_some() && list(List::Announced, "items").any(|word| rest.ends_with(word));
    let sentence = report.words(report.sentence_start(number_end)..stop);
    let announces = sentence.ends_with('：') || mentions(&sentence, List::Announced, "announcing");
    let at_once = (rest.is_empty() || sentence.ends_with('：')) && label_at(report, stop);
    ((closes && announces) || at_once).then_some(stop)
}

/// Whether the first thing after an offset is a label with number one.
fn label_at(report: &ReportView<'_>, from: usize) -> bool {
    let ornaments = report.chars().get(from..).unwrap_or_default().iter();
    let at = from + ornaments.take_while(|it| is_ornament(**it)).count();
    LABELS
        .iter()
        .any(|form| find_label(report, form, 1, at, at + 1).is_some())
}

/// The form of the first label with number one after an announcement, and where it stands.
fn first_label(report: &ReportView<'_>, from: usize) -> Option<(&'static str, usize)> {
    let found = LABELS
        .iter()
        .filter_map(|form| Some((*form, find_label(report, form, 1, from, from + REACH)?)));
    found.min_by_key(|(_, at)| *at)
}

/// How many labels of a form follow each other from the one at `first` on, before the form starts anew, and where the last one stands.
fn run_length(report: &ReportView<'_>, form: &str, first: usize) -> (usize, usize) {
    let end = report.chars().len();
    let again = find_label(report, form, 1, first + 1, end).unwrap_or(end);
    let (mut count, mut last) = (1, first);
    while let Some(at) = find_label(report, form, count + 1, last + 1, again) {
        (count, last) = (count + 1, at);
    }
    (count, last)
}

/// Where a label with a number stands between two offsets: at the head of a line or of a clause.
fn find_label(report: &ReportView<'_>, form: &str, count: usize, from: usize, to: usize) -> Option<usize> {
    let label: Vec<char> = form.replace('#', &number(form, count)).chars().collect();
    let chars = report.chars();
    let heads_a_clause = |at: usize| {
        let before = chars[..at].iter().rev().find(|it| **it == '\n' || !is_ornament(**it));
        before.is_none_or(|it| matches!(it, '\n' | '。' | '；' | '：'))
    };
    let (first, rest) = label.split_first()?;
    let is_label = |at: usize| chars[at] == *first && chars[at + 1..].starts_with(rest);
    (from..to.min(chars.len())).find(|at| is_label(*at) && heads_a_clause(*at))
}

/// The number of a label, in the digits of its form.
fn number(form: &str, count: usize) -> String {
    const DIGITS: [&str; 11] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    if form.ends_with(['.', '．']) {
        return count.to_string();
    }
    match count {
        0..=10 => DIGITS[count].to_owned(),
        11..=19 => format!("十{}", DIGITS[count - 10]),
        _ => format!("{}十{}", DIGITS[count / 10 % 10], DIGITS[count % 10]),
    }
}
