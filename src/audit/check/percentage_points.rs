#![doc = include_str!("percentage_points.md")]

use rust_decimal::Decimal;

use super::transition::{Stated, Transition, after_unit, transitions};
use super::{Check, Citation, Run, Verdict};
use crate::audit::interval::{self, Interval, plain};
use crate::audit::message::Message;
use crate::audit::printed::{Reading, rounded};
use crate::audit::view::{Quantity, ReportView};
use crate::fact::{Measure, Severity};

pub(super) const CHECK: Check = Check {
    name: "percentage_points",
    title_zh: "百分数与百分点不相混",
    title_en: "percentages and percentage points are told apart",
    explanation: include_str!("percentage_points.md"),
    run: Run::Report(run),
};

fn run(report: &ReportView<'_>, verdicts: &mut Vec<Verdict>) {
    for pair in transitions(report).iter().filter(|pair| pair.to.unit.is_percent()) {
        if let Some(stated) = pair
            .stated
            .as_ref()
            .filter(|it| it.quantity.unit.is_percent() && !it.yearly)
        {
            verdicts.extend(from_to(pair, stated));
        }
    }
    for index in 1..report.quantities.len() {
        verdicts.extend(gap_between(report, index));
    }
}

/// A from–to of percentages whose difference is given in per cent.
fn from_to(pair: &Transition<'_, '_>, stated: &Stated<'_, '_>) -> Option<Verdict> {
    let (from, to) = (pair.from.read(Reading::Measured), pair.to.read(Reading::Measured));
    let size = |interval: Interval| match interval.high {
        Some(high) if high < Decimal::ZERO => interval.negated(),
        _ => interval,
    };
    let said = size(stated.quantity.read(Reading::Measured));
    let points = to.minus(from)?;
    let growth = to.growth_from(from)?;
    let citations = vec![
        Citation::of(pair.from, "前值", "before"),
        Citation::of(pair.to, "后值", "after"),
        Citation::of(stated.quantity, "变化", "change"),
    ];
    let name = &pair.to.row.indicator;
    let difference = pair.to.row.value.checked_sub(pair.from.row.value)?;
    let sum = format!("{} − {} = {}", pair.to.shown(), pair.from.shown(), plain(difference));
    let shown = stated.quantity.shown();
    // Rounded values often leave room for both readings; the printed difference then decides, if it is exactly what is stated and the
    // growth of the printed values is not.
    let place = stated.quantity.last_place();
    let printed_growth = rounded(interval::growth(pair.to.row.value, pair.from.row.value)?.abs(), place);
    let stated_value = stated.quantity.row.value.abs();
    let is_difference = difference.abs() == stated_value && printed_growth != rounded(stated_value, place);
    if size(growth).meets(said) && !is_difference {
        let message = Message::new(
            format!(
                "{name}：{} → {} 的相对变化是 {growth}%，与 {shown} 相符。",
                pair.from.shown(),
                pair.to.shown()
            ),
            format!(
                "{name}: {} → {} is a relative change of {growth}%, which agrees with {shown}.",
                pair.from.shown(),
                pair.to.shown()
            ),
        );
        return Some(Verdict::passed(&CHECK, citations, message));
    }
    let (severity, zh, en) = if size(points).meets(said) {
        (
            Severity::Warning,
            format!("{sum} 个百分点；若是增长率，应为 {growth}%。“{shown}”应作“个百分点”。"),
            format!("{sum} percentage points; a growth would be {growth}%. “{shown}” should be percentage points."),
        )
    } else {
        (
            Severity::Error,
            format!("{sum} 个百分点，增长率为 {growth}%，都不是 {shown}。"),
            format!("{sum} percentage points, a growth of {growth}%; neither is {shown}."),
        )
    };
    let message = Message::new(format!("{name}：{zh}"), format!("{name}: {en}"));
    Some(Verdict::found(&CHECK, severity, citations, message).with_numbers(
        shown,
        format!("{} 个百分点", plain(difference)),
        "",
    ))
}

/// A percentage that is said to lie above or below another: 增长6.5%，高于全国0.7个百分点.
fn gap_between(report: &ReportView<'_>, index: usize) -> Option<Verdict> {
    let (first, second) = (&report.quantities[index - 1], &report.quantities[index]);
    let same_sentence =
        first.row.sentence_no == second.row.sentence_no && first.row.paragraph_no == second.row.paragraph_no;
    let percentage =
        |it: &Quantity<'_>| it.unit.is_percent() && matches!(it.row.measure, Measure::GrowthRate | Measure::Ratio);
    if !same_sentence || !percentage(first) || !(second.unit.is_percent() || second.unit.is_point()) {
        return None;
    }
    let gap = report.gap_after_unit(index - 1);
    let words = gap.strip_prefix(['，', '、'])?;
    let words = words.strip_prefix(['均', '也']).unwrap_or(words);
    let above = ["高于", "低于", "快于", "高出", "好于"]
        .iter()
        .any(|it| words.starts_with(it));
    let compared = words.starts_with('比') && words.ends_with(['高', '低', '快', '慢']);
    if !(above || compared) || words.contains(['，', '、', '；', '。']) {
        return None;
    }
    // 高于全国平均水平，… and 高于4%的目标 name the other percentage itself, not the difference.
    if above && second.unit.is_percent() && names_the_other(&after_unit(report, index, 12)) {
        return None;
    }
    let citations = vec![
        Citation::of(first, "百分数", "percentage"),
        Citation::of(second, "差距", "difference"),
    ];
    let shown = second.shown();
    if second.unit.is_point() {
        let message = Message::new(
            format!("{} 与另一百分数之差为 {shown}，用了百分点。", first.shown()),
            format!(
                "The difference of {} to another percentage is {shown}, in percentage points.",
                first.shown()
            ),
        );
        return Some(Verdict::passed(&CHECK, citations, message));
    }
    let computed = format!("{} 个百分点", plain(second.row.value));
    let message = Message::new(
        format!(
            "{} 与另一百分数之差写作 {shown}；两个百分数之差应为 {computed}。",
            first.shown()
        ),
        format!(
            "The difference of {} to another percentage is given as {shown}; a difference of percentages is in percentage points.",
            first.shown()
        ),
    );
    Some(Verdict::found(&CHECK, Severity::Warning, citations, message).with_numbers(shown, computed, ""))
}

/// Whether the words after a percentage say that it is a goal or a level (高于4%的目标).
fn names_the_other(after: &str) -> bool {
    ["目标", "预期", "水平", "的"]
        .iter()
        .any(|word| after.starts_with(word))
}
