#![doc = include_str!("members.md")]

use std::collections::BTreeMap;

use rust_decimal::prelude::ToPrimitive;

use super::{Check, Citation, Run, Verdict};
use crate::audit::message::Message;
use crate::audit::panel::Place;
use crate::audit::view::{Quantity, ReportView, is_ornament, superscript};
use crate::fact::{Member, NameList, Numeral, NumeralKind, Severity, list_after, split, without_total};
use crate::lex::numeral;

pub(super) const CHECK: Check = Check {
    name: "members",
    title_zh: "数量与所列名单一致",
    title_en: "a count agrees with the names listed for it",
    explanation: include_str!("members.md"),
    run: Run::Report(run),
};

/// A slogan's number above this is not spelled out in a list.
const MOST: usize = 30;

fn run(report: &ReportView<'_>, verdicts: &mut Vec<Verdict>) {
    let mut members = BTreeMap::<&str, Vec<&Member>>::new();
    for member in report.rows.members {
        members.entry(&member.observation_id).or_default().push(member);
    }
    for quantity in &report.quantities {
        let members = members.get(quantity.row.observation_id.as_str());
        verdicts.extend(members.and_then(|members| counted(report, quantity, members)));
    }
    for numeral in report.rows.numerals {
        verdicts.extend(spelled_out(report, numeral));
    }
}

/// Checks a counted observation against its members.
fn counted(report: &ReportView<'_>, quantity: &Quantity<'_>, members: &[&Member]) -> Option<Verdict> {
    let (head, tail) = (members.first()?, members.last()?);
    let place = Place {
        start: offset(head.source_start),
        end: offset(tail.source_end),
    };
    if place.start < quantity.start {
        // Names before a number were only taken for its list because they agree with it.
        return None;
    }
    let count = quantity
        .row
        .value
        .to_usize()
        .filter(|_| (place.start..=report.chars().len()).contains(&place.end))?;
    let list = split(report.chars(), place.start..place.end, count);
    // A list that ends in 等 is open, and so is one that 等 joins to the number after it.
    let after = report.words(place.end..place.end + 2);
    let list = NameList {
        open: list.open || after.starts_with('等'),
        ..list
    };
    let citations = vec![
        Citation::at(&report.rows.report.report_id, place, "名单", "list"),
        Citation::of(quantity, "数量", "count"),
    ];
    Some(judge(
        report,
        citations,
        &quantity.row.indicator,
        &quantity.shown(),
        count,
        &list,
    ))
}

/// Checks a slogan's number against the list that spells it out: after 为, 指, 即, 包括 in place, or in the footnote whose mark
/// follows the slogan.
fn spelled_out(report: &ReportView<'_>, numeral: &Numeral) -> Option<Verdict> {
    let (start, end) = (offset(numeral.source_start), offset(numeral.source_end));
    let in_note = report
        .rows
        .footnotes
        .iter()
        .any(|note| (note.source_start..note.source_end).contains(&numeral.source_start));
    // A footnote may take a slogan up again without its quotes (8为…, 三级联动，…), so that its number is no name there.
    let slogan = numeral.kind == NumeralKind::Name || (in_note && numeral.kind == NumeralKind::Other);
    let count = slogan.then(|| small_number(&numeral.surface)).flatten()?;
    if !(2..=MOST).contains(&count) {
        return None;
    }
    let (list, name_end) = match in_place(report, end, count, in_note) {
        Some((list, opener)) => (list, opener),
        None => in_footnote(report, numeral, count)?,
    };
    let (head, tail) = (list.names.first()?, list.names.last()?);
    let place = Place {
        start: head.start,
        end: tail.end,
    };
    let words = report.words(start..name_end.max(end));
    let name = words
        .split(['“', '”', '，', '：', '指', '为'])
        .find(|part| !part.is_empty());
    let name = name.unwrap_or(&numeral.surface);
    let citations = vec![
        Citation::at(&report.rows.report.report_id, place, "名单", "list"),
        Citation::at(&report.rows.report.report_id, Place { start, end }, "数量", "count"),
    ];
    Some(judge(report, citations, name, &numeral.surface, count, &list))
}

/// The list right after a slogan's number, and where it begins. Inside a body sentence a comma opens one only with a word like 包括.
fn in_place(report: &ReportView<'_>, end: usize, count: usize, in_note: bool) -> Option<(NameList, usize)> {
    let list = list_after(report.chars(), end, count, in_note)?;
    let list = without_total(report.chars(), report.rows.numerals, list)?;
    let start = list.names.first()?.start;
    (list.names.len() >= 2).then_some((list, start))
}

/// The list in the footnote whose mark follows the slogan. The slogan has one number, and nothing but its own words stands before the
/// mark.
fn in_footnote(report: &ReportView<'_>, numeral: &Numeral, count: usize) -> Option<(NameList, usize)> {
    const LONGEST_SLOGAN: usize = 12;
    let end = offset(numeral.source_end);
    let note = report.rows.footnotes.iter().find(|note| {
        let mark = note.mark_start.map_or(0, offset);
        mark >= end && mark - end <= LONGEST_SLOGAN
    })?;
    let mark = offset(note.mark_start?);
    let between = report.words(end..mark);
    let other = report.rows.numerals.iter().any(|it| {
        it.source_start != numeral.source_start
            && (numeral.source_start - 4..=note.mark_start.unwrap_or(0) - 1).contains(&it.source_start)
    });
    // Of two slogans that touch (“三级联动”“三社联动”) the mark explains both.
    let start = offset(numeral.source_start);
    let touching = report.words(start.saturating_sub(2)..start) == "”“";
    if other || touching || between.contains(['，', '。', '；', '、', '“', '\n']) {
        return None;
    }
    let (mut start, stop) = (
        offset(note.source_start),
        offset(note.source_end).min(report.chars().len()),
    );
    while start < stop && is_ornament(report.chars()[start]) {
        start += 1;
    }
    let body = report.chars().get(start..stop)?;
    let length = body
        .iter()
        .position(|it| matches!(it, '。' | '；' | '：'))
        .unwrap_or(body.len());
    let list = split(report.chars(), start..start + length, count);
    let numbered = report
        .rows
        .numerals
        .iter()
        .any(|it| it.kind == NumeralKind::Quantity && (start..start + length).contains(&offset(it.source_start)));
    let slogan: String = numeral
        .surface
        .chars()
        .chain(between.chars().filter(|it| *it != '”'))
        .collect();
    let list = without_closing(report, list, &slogan);
    (!numbered && list.names.len() >= 2 && list.names.iter().all(|name| name.len() <= 20)).then_some((list, mark))
}

/// Takes the slogan itself off the end of its list: 优质教育、…、特色体育五大提升计划.
fn without_closing(report: &ReportView<'_>, mut list: NameList, slogan: &str) -> NameList {
    if let Some(last) = list.names.last_mut() {
        let length = slogan.chars().count();
        if last.len() > length && report.text(last.end - length..last.end) == slogan {
            last.end -= length;
        }
    }
    list
}

fn judge(
    report: &ReportView<'_>,
    citations: Vec<Citation>,
    name: &str,
    shown: &str,
    count: usize,
    list: &NameList,
) -> Verdict {
    let names: Vec<String> = list.names.iter().map(|range| report.words(range.clone())).collect();
    let (listed, all) = (names.len(), names.join("、"));
    let (zh, en) = (
        format!("{name}：所列 {listed} 个名称（{all}）"),
        format!("{name}: names listed: {listed} ({all})"),
    );
    if list.open && listed <= count {
        let message = Message::new(
            format!("{zh}，以“等”收尾，不超过 {shown}。"),
            format!("{en}, ending in 等, no more than {shown}."),
        );
        return Verdict::passed(&CHECK, citations, message);
    }
    let sign = if listed > count { "-" } else { "" };
    let difference = format!("{sign}{}", count.abs_diff(listed));
    if list.merged < listed && (listed == count || list.merged == count) {
        let message = Message::new(
            format!(
                "{zh}，只有把共用一词的名称分开算才是 {listed} 个，合起来算是 {} 个；所述为 {shown}。",
                list.merged
            ),
            format!(
                "{en}: {listed} only if names that share a word count apart, {} if they count as one; stated {shown}.",
                list.merged
            ),
        );
        let computed = format!("{}–{listed}", list.merged);
        // Who writes 8 and lists 8 will have counted the names apart.
        let severity = if listed == count {
            Severity::Info
        } else {
            Severity::Warning
        };
        return Verdict::found(&CHECK, severity, citations, message).with_numbers(shown, computed, difference);
    }
    if listed == count {
        return Verdict::passed(
            &CHECK,
            citations,
            Message::new(
                format!("{zh}，与 {shown} 相符。"),
                format!("{en}, which agrees with {shown}."),
            ),
        );
    }
    let message = Message::new(format!("{zh}，不是 {shown}。"), format!("{en}, not {shown}."));
    Verdict::found(&CHECK, Severity::Error, citations, message).with_numbers(shown, listed.to_string(), difference)
}

/// A slogan's number; a superscript is read as the digits that it sets.
fn small_number(surface: &str) -> Option<usize> {
    let digits = |it: char| superscript(it).map_or(it.to_string(), |digit| digit.to_string());
    let plain: String = surface.chars().map(digits).collect();
    numeral::parse(&plain)?
        .value
        .filter(|value| value.fract().is_zero())?
        .to_usize()
}

fn offset(value: i64) -> usize {
    usize::try_from(value).unwrap_or(0)
}
