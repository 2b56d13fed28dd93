#![doc = include_str!("parts.md")]

use rust_decimal::Decimal;

use super::{Check, Citation, Verdict};
use crate::audit::interval::{Interval, plain};
use crate::audit::message::Message;
use crate::audit::panel::Panel;
use crate::audit::printed::{Reading, rounded};
use crate::audit::view::{Quantity, ReportView};
use crate::fact::{Measure, Severity};

pub(super) const CHECK: Check = Check {
    name: "parts",
    title_zh: "各部分之和与总数一致",
    title_en: "parts agree with their whole",
    explanation: include_str!("parts.md"),
    run,
};

/// Words of which every one names a part, and all together name the whole.
const PARTITIONS: [&[&str]; 10] = [
    &["中央", "地方"],
    &["进口", "出口"],
    &["城镇", "农村"],
    &["城市", "农村"],
    &["城镇", "乡村"],
    &["男", "女"],
    &["第一产业", "第二产业", "第三产业"],
    &["一产", "二产", "三产"],
    &["国内", "国外"],
    &["预期性", "约束性"],
];

fn run(panel: &Panel<'_>, verdicts: &mut Vec<Verdict>) {
    for report in &panel.reports {
        for index in 0..report.quantities.len() {
            if let Some((whole, parts)) = among_which(report, index) {
                verdicts.extend(judge_among(report, whole, &parts));
            }
            if let Some(parts) = total_of(report, index) {
                verdicts.extend(judge_total(report, index, &parts));
            }
        }
    }
}

/// The whole and the parts of 其中, whose first part is quantity `first`.
fn among_which(report: &ReportView<'_>, first: usize) -> Option<(usize, Vec<usize>)> {
    let lead = report.lead(first);
    let (before, after) = lead.rsplit_once("其中")?;
    if !is_level(&report.quantities[first]) || after.contains(['。', '；']) || after.trim_start_matches('，').contains('，') {
        return None;
    }
    let part = &report.quantities[first];
    // At the start of a sentence 其中 speaks of the sentence before.
    let opens_sentence = before.is_empty();
    let whole = (0..first).rev().find(|index| is_level(&report.quantities[*index]))?;
    let whole_row = report.quantities[whole].row;
    let near = if opens_sentence {
        whole_row.paragraph_no == part.row.paragraph_no && whole_row.sentence_no + 1 >= part.row.sentence_no
    } else {
        whole_row.paragraph_no == part.row.paragraph_no && whole_row.sentence_no == part.row.sentence_no
    };
    if !near || !comparable(&report.quantities[whole], part) {
        return None;
    }
    let mut parts = vec![first];
    let same_sentence = |index: usize| {
        let row = report.quantities[index].row;
        row.paragraph_no == part.row.paragraph_no && row.sentence_no == part.row.sentence_no
    };
    for index in first + 1..report.quantities.len() {
        let gap = report.gap_after_unit(index - 1);
        let leaves = ["此外", "同时", "另", "共", "总", "累计", "带动", "超过", "比"].iter().any(|word| gap.contains(word));
        if !same_sentence(index) || leaves || gap.contains("其中") {
            break;
        }
        let quantity = &report.quantities[index];
        if is_level(quantity) && quantity.unit.factor_to(&part.unit).is_some() {
            parts.push(index);
        }
    }
    Some((whole, parts))
}

/// The terms of a stated total: the numbers of its unit before 共计, 合计, 总计 in the sentence, or before 以上共计 in the
/// paragraph.
fn total_of(report: &ReportView<'_>, total: usize) -> Option<Vec<usize>> {
    let quantity = &report.quantities[total];
    let lead = report.lead(total);
    let clause = lead.rsplit(['，', '；', '。', '：']).next().unwrap_or(&lead);
    let of_paragraph = ["以上共计", "以上合计", "以上总计"].iter().any(|word| clause.contains(word));
    let of_sentence = ["共计", "合计", "总计", "三项合计", "两项合计"].iter().any(|word| clause.starts_with(word));
    if !is_level(quantity) || !(of_paragraph || of_sentence) {
        return None;
    }
    let terms: Vec<usize> = (0..total)
        .filter(|index| {
            let row = report.quantities[*index].row;
            row.paragraph_no == quantity.row.paragraph_no
                && row.footnote_no == quantity.row.footnote_no
                && (of_paragraph || row.sentence_no == quantity.row.sentence_no)
        })
        .filter(|index| comparable(&report.quantities[*index], quantity))
        .filter(|index| !of_paragraph || report.quantities[*index].row.unit == quantity.row.unit)
        .filter(|index| !report.lead(*index).contains("其中"))
        .collect();
    (terms.len() >= 2).then_some(terms)
}

fn is_level(quantity: &Quantity<'_>) -> bool {
    quantity.row.measure == Measure::Level && !quantity.row.value.is_sign_negative()
}

/// Whether two numbers may be whole and part: levels of one unit, said of the same time in the same way.
fn comparable(a: &Quantity<'_>, b: &Quantity<'_>) -> bool {
    is_level(a) && is_level(b) && a.unit.factor_to(&b.unit).is_some()
}

/// The terms' sum in the whole's unit: interval, value, and the sum as written.
fn add_up(report: &ReportView<'_>, whole: &Quantity<'_>, parts: &[usize]) -> Option<(Interval, Decimal, String)> {
    let mut interval = Interval::point(Decimal::ZERO);
    let mut value = Decimal::ZERO;
    let mut terms = Vec::new();
    for part in parts.iter().map(|index| &report.quantities[*index]) {
        interval = interval.plus(part.read_in(Reading::Measured, &whole.unit)?)?;
        let term = part.value_in(&whole.unit)?;
        value = value.checked_add(term)?;
        terms.push(plain(term));
    }
    Some((interval, value, format!("{} = {}", terms.join(" + "), plain(value))))
}

fn citations(report: &ReportView<'_>, whole: usize, parts: &[usize]) -> Vec<Citation> {
    let mut citations: Vec<Citation> =
        parts.iter().map(|index| Citation::of(&report.quantities[*index], "部分", "part")).collect();
    citations.push(Citation::of(&report.quantities[whole], "总数", "whole"));
    citations
}

fn judge_among(report: &ReportView<'_>, whole: usize, parts: &[usize]) -> Option<Verdict> {
    let quantity = &report.quantities[whole];
    let limit = quantity.read(Reading::Measured);
    let (sum, value, written) = add_up(report, quantity, parts)?;
    let too_large = parts.iter().find(|index| {
        let part = report.quantities[**index].read_in(Reading::Measured, &quantity.unit);
        part.is_some_and(|part| limit.below(part))
    });
    let name = &quantity.row.indicator;
    let shown = quantity.shown();
    let without_rest = divides_whole(report, parts);
    if let Some(index) = too_large {
        let part = &report.quantities[*index];
        let message = Message::new(
            format!("{name}：其中的 {} {} 大于总数 {shown}。", part.row.indicator, part.shown()),
            format!("{name}: its part {} {} is larger than the whole {shown}.", part.row.indicator, part.shown()),
        );
        let difference = part.value_in(&quantity.unit)?.checked_sub(quantity.row.value)?;
        return Some(
            Verdict::found(&CHECK, Severity::Error, citations(report, whole, &[*index]), message).with_numbers(
                part.shown(),
                format!("≤ {shown}"),
                format!("{}{}", plain(difference), quantity.row.unit),
            ),
        );
    }
    let citations = citations(report, whole, parts);
    if sum.meets(limit) {
        let message = Message::new(
            format!("{name}：{written}，与总数 {shown} 相符。"),
            format!("{name}: {written}, which agrees with the whole {shown}."),
        );
        return Some(Verdict::passed(&CHECK, citations, message));
    }
    let exceeds = limit.below(sum);
    if !exceeds && !without_rest {
        let message = Message::new(
            format!("{name}：所列部分 {written}，不超过总数 {shown}。"),
            format!("{name}: the parts named, {written}, don't exceed the whole {shown}."),
        );
        return Some(Verdict::passed(&CHECK, citations, message));
    }
    let (severity, zh, en) = if without_rest {
        (Severity::Error, "", "")
    } else {
        (Severity::Warning, "各部分也许有重叠。", "The parts may overlap.")
    };
    let message = Message::new(
        format!("{name}：{written}（{sum}），不是总数 {shown}。{zh}"),
        format!("{name}: {written} ({sum}), not the whole {shown}. {en}").trim_end().to_owned(),
    );
    Some(numbers(Verdict::found(&CHECK, severity, citations, message), quantity, value))
}

fn judge_total(report: &ReportView<'_>, total: usize, parts: &[usize]) -> Option<Verdict> {
    let quantity = &report.quantities[total];
    let (sum, value, written) = add_up(report, quantity, parts)?;
    let citations = citations(report, total, parts);
    let name = &quantity.row.indicator;
    let shown = quantity.shown();
    if sum.meets(quantity.read(Reading::Measured)) {
        let message = Message::new(
            format!("{name}：{written}，与合计 {shown} 相符。"),
            format!("{name}: {written}, which agrees with the total {shown}."),
        );
        return Some(Verdict::passed(&CHECK, citations, message));
    }
    let message = Message::new(
        format!("{name}：{written}（{sum}），不是合计 {shown}。"),
        format!("{name}: {written} ({sum}), not the total {shown}."),
    );
    Some(numbers(Verdict::found(&CHECK, Severity::Error, citations, message), quantity, value))
}

fn numbers(verdict: Verdict, whole: &Quantity<'_>, value: Decimal) -> Verdict {
    let (place, unit) = (whole.last_place(), &whole.row.unit);
    let difference = whole.row.value.checked_sub(value).map(|it| format!("{}{unit}", rounded(it, place))).unwrap_or_default();
    verdict.with_numbers(whole.shown(), format!("{}{unit}", rounded(value, place)), difference)
}

/// Whether the parts' names leave no rest of the whole.
fn divides_whole(report: &ReportView<'_>, parts: &[usize]) -> bool {
    PARTITIONS.iter().any(|words| {
        words.len() == parts.len()
            && words.iter().all(|word| {
                parts.iter().filter(|index| report.quantities[**index].row.indicator.contains(word)).count() == 1
            })
    })
}
