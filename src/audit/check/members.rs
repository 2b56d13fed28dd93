#![doc = include_str!("members.md")]

use super::{Check, Citation, Verdict};
use crate::audit::message::Message;
use crate::audit::panel::{Panel, Place};
use crate::audit::view::{Quantity, ReportView};
use crate::fact::{Member, NameList, Numeral, NumeralKind, Severity, list_after, split};

pub(super) const CHECK: Check = Check {
    name: "members",
    title_zh: "数量与所列名单一致",
    title_en: "a count agrees with the names listed for it",
    explanation: include_str!("members.md"),
    run,
};

/// A slogan's number above this is not spelled out in a list.
const MOST: usize = 30;

fn run(panel: &Panel<'_>, verdicts: &mut Vec<Verdict>) {
    for report in &panel.reports {
        for quantity in &report.quantities {
            verdicts.extend(counted(report, quantity));
        }
        for numeral in report.rows.numerals.iter().filter(|it| it.kind == NumeralKind::Name) {
            verdicts.extend(spelled_out(report, numeral));
        }
    }
}

/// Checks a counted observation against its members.
fn counted(report: &ReportView<'_>, quantity: &Quantity<'_>) -> Option<Verdict> {
    let members: Vec<&Member> =
        report.rows.members.iter().filter(|it| it.observation_id == quantity.row.observation_id).collect();
    let (first, last) = (members.first()?, members.last()?);
    let place = Place { start: offset(first.source_start), end: offset(last.source_end) };
    let count = usize::try_from(quantity.row.value.trunc().mantissa()).ok()?;
    let list = split(report.chars(), place.start..place.end, count);
    // A list that ends in 等 is open, and so is one that 等 joins to the number after it.
    let after = report.words(place.end..place.end + 2);
    let list = NameList { open: list.open || after.starts_with('等'), ..list };
    let citations = vec![
        Citation::at(&report.rows.report.report_id, place, "名单", "list"),
        Citation::of(quantity, "数量", "count"),
    ];
    Some(judge(report, citations, &quantity.row.indicator, &quantity.shown(), count, &list))
}

/// Checks a slogan's number against the list that spells it out: after 为, 指, 即, 包括 in place, or in the footnote whose mark
/// follows the slogan.
fn spelled_out(report: &ReportView<'_>, numeral: &Numeral) -> Option<Verdict> {
    let (start, end) = (offset(numeral.source_start), offset(numeral.source_end));
    let count = small_number(&numeral.surface).filter(|count| (2..=MOST).contains(count))?;
    let note = report.rows.footnotes.iter().find(|note| (note.source_start..note.source_end).contains(&numeral.source_start));
    let (list, name_end) = match in_place(report, end, count, note.is_some()) {
        Some(list) => (list, end),
        None => in_footnote(report, numeral, count)?,
    };
    let (first, last) = (list.names.first()?, list.names.last()?);
    let place = Place { start: first.start, end: last.end };
    let name = report.words(start..name_end.max(end));
    let citations = vec![
        Citation::at(&report.rows.report.report_id, place, "名单", "list"),
        Citation::at(&report.rows.report.report_id, Place { start, end }, "数量", "count"),
    ];
    Some(judge(report, citations, &name, &numeral.surface, count, &list))
}

/// The list right after a slogan's number. Inside a sentence a comma opens one only with a word like 包括.
fn in_place(report: &ReportView<'_>, end: usize, count: usize, in_note: bool) -> Option<NameList> {
    let list = list_after(report.chars(), end, count, in_note)?;
    let numbered = report.quantities.iter().any(|it| list.names.iter().any(|name| name.contains(&it.start)));
    (!numbered && list.names.len() >= 2).then_some(list)
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
        it.source_start != numeral.source_start && (numeral.source_start - 4..=note.mark_start.unwrap_or(0) - 1).contains(&it.source_start)
    });
    if other || between.contains(['，', '。', '；', '、', '\n']) {
        return None;
    }
    let (start, stop) = (offset(note.source_start) + 1, offset(note.source_end).min(report.chars().len()));
    let body: Vec<char> = report.chars().get(start..stop)?.to_vec();
    let length = body.iter().position(|it| matches!(it, '。' | '；' | '：')).unwrap_or(body.len());
    let list = split(report.chars(), start..start + length, count);
    let numbered = report.rows.numerals.iter().any(|it| {
        it.kind == NumeralKind::Quantity && (start..start + length).contains(&offset(it.source_start))
    });
    (!numbered && list.names.len() >= 2 && list.names.iter().all(|name| name.len() <= 20)).then_some((list, mark))
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
    let (zh, en) = (format!("{name}：所列 {listed} 个名称（{all}）"), format!("{name}: {listed} names listed ({all})"));
    if list.open && listed <= count {
        let message = Message::new(format!("{zh}，以“等”收尾，不超过 {shown}。"), format!("{en}, ending in 等, no more than {shown}."));
        return Verdict::passed(&CHECK, citations, message);
    }
    let difference = format!("{}", i128::try_from(count).unwrap_or(0) - i128::try_from(listed).unwrap_or(0));
    if list.merged < listed && (listed == count || list.merged == count) {
        let message = Message::new(
            format!("{zh}，只有把共用一词的名称分开算才是 {listed} 个，合起来算是 {} 个；所述为 {shown}。", list.merged),
            format!(
                "{en}: {listed} only if names that share a word count apart, {} if they count as one; stated {shown}.",
                list.merged
            ),
        );
        let computed = format!("{}–{listed}", list.merged);
        return Verdict::found(&CHECK, Severity::Warning, citations, message).with_numbers(shown, computed, difference);
    }
    if listed == count {
        return Verdict::passed(
            &CHECK,
            citations,
            Message::new(format!("{zh}，与 {shown} 相符。"), format!("{en}, which agrees with {shown}.")),
        );
    }
    let message = Message::new(format!("{zh}，不是 {shown}。"), format!("{en}, not {shown}."));
    Verdict::found(&CHECK, Severity::Error, citations, message).with_numbers(shown, listed.to_string(), difference)
}

/// A slogan's number: Arabic, superscript or Chinese, below a hundred.
fn small_number(surface: &str) -> Option<usize> {
    const SUPERSCRIPTS: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    const CHINESE: &str = "零一二三四五六七八九";
    let digit = |it: char, digits: &str| digits.chars().position(|digit| digit == it);
    let arabic = surface.chars().try_fold(0_usize, |value, it| {
        let figure = it.to_digit(10).and_then(|digit| usize::try_from(digit).ok()).or_else(|| digit(it, SUPERSCRIPTS));
        value.checked_mul(10)?.checked_add(figure?)
    });
    arabic.or_else(|| {
        let chars: Vec<char> = surface.chars().map(|it| if it == '两' { '二' } else { it }).collect();
        match chars.as_slice() {
            ['十'] => Some(10),
            ['十', ones] => Some(10 + digit(*ones, CHINESE)?),
            [tens, '十'] => Some(10 * digit(*tens, CHINESE)?),
            [tens, '十', ones] => Some(10 * digit(*tens, CHINESE)? + digit(*ones, CHINESE)?),
            [ones] => digit(*ones, CHINESE),
            _ => None,
        }
    })
}

fn offset(value: i64) -> usize {
    usize::try_from(value).unwrap_or(0)
}
