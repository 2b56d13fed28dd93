#![doc = include_str!("share.md")]

use rust_decimal::Decimal;

use super::{Check, Citation, Computation, Verdict};
use crate::audit::interval::plain;
use crate::audit::message::Message;
use crate::audit::panel::Panel;
use crate::audit::printed::Reading;
use crate::audit::view::{Quantity, ReportView, key};
use crate::fact::{Measure, Severity};

pub(super) const CHECK: Check = Check {
    name: "share",
    title_zh: "比重 = 部分 ÷ 总数",
    title_en: "share = part ÷ whole",
    explanation: include_str!("share.md"),
    run,
};

fn run(panel: &Panel<'_>, verdicts: &mut Vec<Verdict>) {
    for report in &panel.reports {
        for index in 0..report.quantities.len() {
            if let Some((part, whole)) = operands(report, index) {
                verdicts.extend(judge(part, whole, &report.quantities[index]));
            }
        }
    }
}

/// Part and whole of the share that is quantity `index`, if the report states both.
fn operands<'r, 'a>(report: &'r ReportView<'a>, index: usize) -> Option<(&'r Quantity<'a>, &'r Quantity<'a>)> {
    let share = &report.quantities[index];
    if share.row.measure != Measure::Ratio || !share.unit.is_percent() {
        return None;
    }
    let lead = report.lead(index);
    let clause = lead.rsplit(['，', '、', '；']).next().unwrap_or(&lead);
    let (subject, object) = clause.rsplit_once('占')?;
    let whole_name = match share.row.reference.as_deref() {
        Some(reference) => key(reference),
        None => key(whole_named_in(object)),
    };
    let subject = subject.trim_start_matches(['只', '约', '仅', '已', '就', '均']);
    let part = if subject.is_empty() {
        // 31亿元，占…: the level right before, with nothing but its own growth in between.
        index
            .checked_sub(1)
            .map(|previous| &report.quantities[previous])
            .filter(|it| it.row.sentence_no == share.row.sentence_no)
    } else {
        named(report, &key(subject), share)
    }?;
    let whole = named(report, &whole_name, share)?;
    let fits = part.row.measure == Measure::Level
        && !std::ptr::eq(part, whole)
        && part.unit.factor_to(&whole.unit).is_some()
        && part.row.status == whole.row.status
        && part.row.period == whole.row.period;
    fits.then_some((part, whole))
}

/// The whole's name in the words between 占 and the number: 国家预算收入的, 地区生产总值比重达.
fn whole_named_in(object: &str) -> &str {
    let end = ["的", "比重", "比例", "总量", "达", "为", "约", "近", "超"]
        .iter()
        .filter_map(|word| object.find(word))
        .min();
    &object[..end.unwrap_or(object.len())]
}

/// The level of an indicator for the share's period; the nearest if it is stated more than once.
fn named<'r, 'a>(report: &'r ReportView<'a>, name: &str, share: &Quantity<'_>) -> Option<&'r Quantity<'a>> {
    report
        .quantities
        .iter()
        .filter(|it| it.row.measure == Measure::Level && it.row.period == share.row.period)
        .filter(|it| name.chars().count() >= 2 && it.key == name && it.row.place == share.row.place)
        .min_by_key(|it| it.start.abs_diff(share.start))
}

fn judge(part: &Quantity<'_>, whole: &Quantity<'_>, share: &Quantity<'_>) -> Option<Verdict> {
    let quotient = part
        .read_in(Reading::Measured, &whole.unit)?
        .over(whole.read(Reading::Measured))?
        .scaled(Decimal::ONE_HUNDRED)?;
    let part_value = part.value_in(&whole.unit)?;
    let value = part_value
        .checked_div(whole.row.value)?
        .checked_mul(Decimal::ONE_HUNDRED)?;
    let sum = format!("{} ÷ {} = {}%", plain(part_value), plain(whole.row.value), plain(value));
    let citations = vec![
        Citation::of(part, "部分", "part"),
        Citation::of(whole, "总数", "whole"),
        Citation::of(share, "比重", "share"),
    ];
    let computation = Computation {
        judged: share,
        name: &share.row.indicator,
        sum,
        value,
        interval: quotient,
    };
    if quotient.meets(share.read(Reading::Measured)) {
        return Some(computation.agrees(&CHECK, citations));
    }
    let near = |it: &Quantity<'_>| {
        it.row.paragraph_no == share.row.paragraph_no && it.row.sentence_no.abs_diff(share.row.sentence_no) <= 1
    };
    let severity = if near(part) && near(whole) {
        Severity::Error
    } else {
        Severity::Warning
    };
    Some(computation.differs(&CHECK, severity, citations, &Message::default()))
}
