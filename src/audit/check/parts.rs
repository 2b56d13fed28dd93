#![doc = include_str!("parts.md")]

use rust_decimal::Decimal;

use super::{Check, Citation, Computation, Run, Verdict};
use crate::audit::interval::{Interval, plain};
use crate::audit::message::Message;
use crate::audit::printed::Reading;
use crate::audit::view::{Quantity, ReportView, strip_unit};
use crate::fact::{Measure, Severity};
use crate::lexicon::audit::{List, mentions, rows};

pub(super) const CHECK: Check = Check {
    name: "parts",
    title_zh: "各部分之和与总数一致",
    title_en: "parts agree with their whole",
    explanation: include_str!("parts.md"),
    run: Run::Report(run),
};

fn run(report: &ReportView<'_>, verdicts: &mut Vec<Verdict>) {
    for index in 0..report.quantities.len() {
        if let Some((whole, parts)) = among_which(report, index) {
            verdicts.extend(judge_among(report, whole, &parts));
            verdicts.extend(judge_changes(report, whole, &parts));
        }
        if let Some(parts) = total_of(report, index) {
            verdicts.extend(judge_total(report, index, &parts));
        }
    }
}

/// The whole and the parts of 其中 or 包括, whose first part is quantity `first`.
pub(super) fn among_which(report: &ReportView<'_>, first: usize) -> Option<(usize, Vec<usize>)> {
    let whole = (0..first).rev().find(|index| is_level(&report.quantities[*index]))?;
    let (part, total) = (&report.quantities[first], &report.quantities[whole]);
    if !comparable(total, part) || part.row.paragraph_no != total.row.paragraph_no {
        return None;
    }
    let between = report.words(total.end..part.start);
    let opening = Opening::read(strip_unit(&between, &total.row.unit))?;
    let reach = i32::from(opening.next_sentence);
    let near = total.row.sentence_no + reach >= part.row.sentence_no;
    near.then(|| (whole, parts_from(report, first, opening.including)))
}

/// How the words between a whole and its first part open the parts.
struct Opening {
    /// With 包括 rather than 其中.
    including: bool,
    /// At the start of the next sentence.
    next_sentence: bool,
}

impl Opening {
    fn read(between: &str) -> Option<Self> {
        let including = !between.contains("其中");
        let (before, after) = between.rsplit_once(if including { "包括" } else { "其中" })?;
        let next_sentence = before.ends_with('。');
        // What follows is the part's name: no other sentence or clause.
        let name = after.trim_start_matches('，');
        let runs_on = after.contains(['。', '；']) || before.trim_end_matches('。').contains('。');
        let fits = if including {
            // 包括 heads its clause (in 旧中国包括东北在内 it does not), and it opens parts if 等 closes each part's examples; else it
            // opens the names of a list (包括甲、乙、丙6个工程).
            let heads = before.is_empty() || before.ends_with(['，', '：', '。']);
            heads && (!name.contains('、') || name.contains('等'))
        } else {
            !name.contains('，')
        };
        (fits && !runs_on).then_some(Self {
            including,
            next_sentence,
        })
    }
}

/// The parts from the first one on, up to the end of the sentence or to words that open another statement.
fn parts_from(report: &ReportView<'_>, first: usize, including: bool) -> Vec<usize> {
    let place = |index: usize| {
        let row = report.quantities[index].row;
        (row.paragraph_no, row.sentence_no)
    };
    let mut parts = vec![first];
    for index in first + 1..report.quantities.len() {
        let gap = report.gap_after_unit(index - 1);
        let leaves = mentions(gap, List::LeavesParts, "") || (including && gap.contains('；'));
        if place(index) != place(first) || leaves {
            break;
        }
        if comparable(&report.quantities[first], &report.quantities[index]) {
            parts.push(index);
        }
    }
    parts
}

/// The terms of a stated total: the numbers of its unit before 共计, 合计, 总计 in the sentence, or before 以上共计 in the
/// paragraph.
fn total_of(report: &ReportView<'_>, total: usize) -> Option<Vec<usize>> {
    let quantity = &report.quantities[total];
    let lead = report.lead(total);
    let clause = lead.rsplit(['，', '；', '。', '：']).next().unwrap_or(lead);
    let of_paragraph = ["以上共计", "以上合计", "以上总计"]
        .iter()
        .any(|word| clause.contains(word));
    let of_sentence = ["共计", "合计", "总计"].iter().any(|word| clause.starts_with(word))
        || matches!(clause, "共" | "总共" | "一共" | "共有");
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

/// The terms' sum in the whole's unit.
fn add_up<'r, 'a>(report: &'r ReportView<'a>, whole: usize, parts: &[usize]) -> Option<Computation<'r, 'a>> {
    let judged = &report.quantities[whole];
    let mut interval = Interval::point(Decimal::ZERO);
    let mut value = Decimal::ZERO;
    let mut terms = Vec::new();
    for part in parts.iter().map(|index| &report.quantities[*index]) {
        interval = interval.plus(part.read_in(Reading::Measured, &judged.unit)?)?;
        let term = part.value_in(&judged.unit)?;
        value = value.checked_add(term)?;
        terms.push(plain(term));
    }
    let sum = match terms.as_slice() {
        [one] => one.clone(),
        _ => format!("{} = {}", terms.join(" + "), plain(value)),
    };
    Some(Computation {
        judged,
        name: &judged.row.indicator,
        sum,
        value,
        interval,
    })
}

fn citations(report: &ReportView<'_>, whole: usize, parts: &[usize]) -> Vec<Citation> {
    let parts = parts
        .iter()
        .map(|index| Citation::of(&report.quantities[*index], "部分", "part"));
    parts
        .chain([Citation::of(&report.quantities[whole], "总数", "whole")])
        .collect()
}

fn judge_among(report: &ReportView<'_>, whole: usize, parts: &[usize]) -> Option<Verdict> {
    let limit = report.quantities[whole].read(Reading::Measured);
    let too_large = parts.iter().find(|index| {
        let part = report.quantities[**index].read_in(Reading::Measured, &report.quantities[whole].unit);
        part.is_some_and(|part| limit.below(part))
    });
    if let Some(part) = too_large {
        return larger_than_whole(report, whole, *part);
    }
    let computation = add_up(report, whole, parts)?;
    let citations = citations(report, whole, parts);
    if computation.interval.meets(limit) {
        return Some(computation.agrees(&CHECK, citations));
    }
    let without_rest = divides_whole(report, parts);
    if !limit.below(computation.interval) && !without_rest {
        let (name, sum, shown) = (computation.name, &computation.sum, computation.judged.shown());
        let unit = &computation.judged.row.unit;
        let message = Message::new(
            format!("{name}：所列部分 {sum}{unit}，不超过总数 {shown}。"),
            format!("{name}: the parts named, {sum}{unit}, don't exceed the whole {shown}."),
        );
        return Some(Verdict::passed(&CHECK, citations, message));
    }
    Some(if without_rest {
        computation.differs(&CHECK, Severity::Error, citations, &Message::default())
    } else {
        let remark = Message::new("各部分也许有重叠。", "The parts may overlap.");
        computation.differs(&CHECK, Severity::Warning, citations, &remark)
    })
}

fn larger_than_whole(report: &ReportView<'_>, whole: usize, part: usize) -> Option<Verdict> {
    let citations = citations(report, whole, &[part]);
    let (whole, part) = (&report.quantities[whole], &report.quantities[part]);
    let (name, stated, limit) = (&whole.row.indicator, part.shown(), whole.shown());
    let message = Message::new(
        format!("{name}：其中的 {} {stated} 大于总数 {limit}。", part.row.indicator),
        format!(
            "{name}: its part {} {stated} is larger than the whole {limit}.",
            part.row.indicator
        ),
    );
    let difference = part.value_in(&whole.unit)?.checked_sub(whole.row.value)?;
    Some(
        Verdict::found(&CHECK, Severity::Error, citations, message).with_numbers(
            stated,
            format!("≤ {limit}"),
            format!("{}{}", plain(difference), whole.row.unit),
        ),
    )
}

fn judge_total(report: &ReportView<'_>, total: usize, parts: &[usize]) -> Option<Verdict> {
    let computation = add_up(report, total, parts)?;
    let citations = citations(report, total, parts);
    Some(
        if computation.interval.meets(computation.judged.read(Reading::Measured)) {
            computation.agrees(&CHECK, citations)
        } else {
            computation.differs(&CHECK, Severity::Error, citations, &Message::default())
        },
    )
}

/// Checks the changes that follow a whole and all its parts, as the levels themselves: 赤字增加2700亿元，其中中央…增加1700亿元，地方…增加1000亿元.
fn judge_changes(report: &ReportView<'_>, whole: usize, parts: &[usize]) -> Option<Verdict> {
    let change_of = |level: usize| {
        let (level, change) = (&report.quantities[level], report.quantities.get(level + 1)?);
        let follows = change.row.measure == Measure::Change && change.same_indicator(level);
        (follows && change.unit.factor_to(&level.unit).is_some()).then_some(change)
    };
    let changes: Option<Vec<usize>> = parts.iter().map(|part| change_of(*part).map(|_| part + 1)).collect();
    change_of(whole).filter(|_| divides_whole(report, parts))?;
    judge_total(report, whole + 1, &changes?)
}

/// Whether the parts' names leave no rest of the whole.
fn divides_whole(report: &ReportView<'_>, parts: &[usize]) -> bool {
    rows(List::Partition).iter().any(|row| {
        row.words.len() == parts.len()
            && row.words.iter().all(|word| {
                parts
                    .iter()
                    .filter(|index| report.quantities[**index].row.indicator.contains(word))
                    .count()
                    == 1
            })
    })
}
