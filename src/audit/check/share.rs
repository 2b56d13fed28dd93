#![doc = include_str!("share.md")]

use rust_decimal::Decimal;

use super::parts::among_which;
use super::{Check, Citation, Computation, Run, Verdict};
use crate::audit::interval::plain;
use crate::audit::message::Message;
use crate::audit::printed::Reading;
use crate::audit::view::{Quantity, ReportView, key, strip_unit};
use crate::fact::{Measure, Severity};

pub(super) const CHECK: Check = Check {
    name: "share",
    title_zh: "比重 = 部分 ÷ 总数",
    title_en: "share = part ÷ whole",
    explanation: include_str!("share.md"),
    run: Run::Report(run),
};

fn run(report: &ReportView<'_>, verdicts: &mut Vec<Verdict>) {
    for index in 0..report.quantities.len() {
        if let Some((part, whole)) = operands(report, index) {
            verdicts.extend(judge(part, whole, &report.quantities[index]));
        }
    }
}

/// Part and whole of the share that is quantity `index`, if the report states both.
fn operands<'r, 'a>(report: &'r ReportView<'a>, index: usize) -> Option<(&'r Quantity<'a>, &'r Quantity<'a>)> {
    let share = &report.quantities[index];
    if share.row.measure != Measure::Ratio || !share.unit.is_percent() {
        return None;
    }
    let (part, whole) = in_apposition(report, index).or_else(|| by_name(report, index))?;
    // What 其中 joins is of one time, whatever each sentence says of it.
    let joined = among_which(report, part).is_some_and(|(of, _)| of == whole);
    let (part, whole) = (&report.quantities[part], &report.quantities[whole]);
    let fits = part.row.measure == Measure::Level
        && whole.row.measure == Measure::Level
        && !std::ptr::eq(part, whole)
        && part.unit.factor_to(&whole.unit).is_some()
        && (joined || (part.row.status == whole.row.status && part.row.period == whole.row.period));
    fits.then_some((part, whole))
}

/// 产值50亿元，占全部产值200亿元的25%: the whole stands between 占 and the share.
fn in_apposition(report: &ReportView<'_>, index: usize) -> Option<(usize, usize)> {
    let (whole, part) = (index.checked_sub(1)?, index.checked_sub(2)?);
    let words = report.words(report.quantities[part].end..report.quantities[whole].start);
    let clause = strip_unit(&words, &report.quantities[part].row.unit)
        .strip_prefix(['，', '、'])?
        .trim_start_matches(FILLERS);
    let joined = report.words(report.quantities[whole].end..report.quantities[index].start);
    let joins = strip_unit(&joined, &report.quantities[whole].row.unit).is_empty() && joined.ends_with('的');
    (clause.starts_with('占') && joins).then_some((part, whole))
}

/// 国外借款收入31亿元，只占国家预算收入的2.3%: the whole is named, or is the one that 其中 makes the part a part of.
fn by_name(report: &ReportView<'_>, index: usize) -> Option<(usize, usize)> {
    let share = &report.quantities[index];
    let lead = report.lead(index);
    let clause = lead.rsplit(['，', '、', '；']).next().unwrap_or(lead);
    let (subject, object) = clause.rsplit_once('占')?;
    let whole_name = match share.row.reference.as_deref() {
        Some(reference) => key(reference),
        None => key(whole_named_in(object)),
    };
    let subject = subject.trim_start_matches(FILLERS);
    let part = if subject.is_empty() {
        // The level right before, with nothing in between.
        index
            .checked_sub(1)
            .filter(|it| report.quantities[*it].row.sentence_no == share.row.sentence_no)
    } else {
        named(report, &key(subject), share)
    }?;
    let whole = named(report, &whole_name, share).or_else(|| among_which(report, part).map(|(whole, _)| whole))?;
    Some((part, whole))
}

/// Words between a comma and 占.
const FILLERS: [char; 6] = ['只', '约', '仅', '已', '就', '均'];

/// The whole's name in the words between 占 and the number: 国家预算收入的, 地区生产总值比重达.
fn whole_named_in(object: &str) -> &str {
    let end = ["的", "比重", "比例", "总量", "达", "为", "约", "近", "超"]
        .iter()
        .filter_map(|word| object.find(word))
        .min();
    &object[..end.unwrap_or(object.len())]
}

/// The level of an indicator for the share's period; the nearest if it is stated more than once.
fn named(report: &ReportView<'_>, name: &str, share: &Quantity<'_>) -> Option<usize> {
    let stated = |it: &Quantity<'_>| {
        it.row.measure == Measure::Level
            && it.row.period == share.row.period
            && name.chars().count() >= 2
            && it.key == name
            && it.row.place == share.row.place
    };
    let indices = (0..report.quantities.len()).filter(|index| stated(&report.quantities[*index]));
    indices.min_by_key(|index| report.quantities[*index].start.abs_diff(share.start))
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
