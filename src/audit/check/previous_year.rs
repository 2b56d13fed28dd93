#![doc = include_str!("previous_year.md")]

use rust_decimal::Decimal;

use super::{Check, Citation, Verdict};
use crate::audit::interval::{Interval, plain};
use crate::audit::message::Message;
use crate::audit::panel::Panel;
use crate::audit::printed::{Reading, rounded};
use crate::audit::view::{Quantity, ReportView};
use crate::fact::{Comparison, Measure, Severity, Status};

pub(super) const CHECK: Check = Check {
    name: "previous_year",
    title_zh: "本年数、上年数与增速（增量）一致",
    title_en: "level, previous year's level and growth (or change) agree",
    explanation: include_str!("previous_year.md"),
    run,
};

/// Whether a quantity's growth is by custom computed at constant prices, so that levels at current prices can't tell.
pub(super) fn at_constant_prices(quantity: &Quantity<'_>) -> bool {
    const CUSTOM: [&str; 3] = ["生产总值", "增加值", "GDP"];
    const SAID: [&str; 5] = ["实际增长", "可比", "不变价", "扣除价格", "实际年均增长"];
    // The output of enterprises above the size limit is surveyed and compared at current prices; the older aggregates
    // (工农业总产值, 社会总产值) were not.
    let old_aggregate = quantity.key.contains("总产值") && !quantity.key.contains("规上") && !quantity.key.contains("规模以上");
    let custom = old_aggregate || CUSTOM.iter().any(|word| quantity.key.contains(word));
    custom || SAID.iter().any(|word| quantity.row.sentence.contains(word))
}

fn run(panel: &Panel<'_>, verdicts: &mut Vec<Verdict>) {
    for (position, report) in panel.reports.iter().enumerate() {
        for growth in report.quantities.iter().filter(|it| is_yearly(it)) {
            let Some(year) = growth.year() else { continue };
            let Some(level) = find_level(report, growth, year) else { continue };
            let here = find_level(report, growth, year - 1).map(|it| (it, Severity::Error));
            let before = || {
                panel.reports[..position].iter().rev().find_map(|it| find_level(it, growth, year - 1)).map(|it| (it, Severity::Warning))
            };
            if let Some((previous, severity)) = here.or_else(before)
                && let Some(verdict) = judge(previous, level, growth, severity)
            {
                verdicts.push(verdict);
            }
        }
    }
}

/// Whether a quantity says how much something grew over the year before.
fn is_yearly(quantity: &Quantity<'_>) -> bool {
    let growth = quantity.row.measure == Measure::GrowthRate && quantity.unit.is_percent() && !at_constant_prices(quantity);
    let change = quantity.row.measure == Measure::Change;
    (growth || change)
        && quantity.row.status != Status::Target
        && matches!(quantity.row.comparison, Some(Comparison::YearOnYear | Comparison::Unspecified) | None)
}

fn find_level<'r, 'a>(report: &'r ReportView<'a>, growth: &Quantity<'_>, year: i32) -> Option<&'r Quantity<'a>> {
    let stated = |it: &&Quantity<'_>| {
        matches!(it.row.measure, Measure::Level | Measure::Ratio)
            && it.row.status != Status::Target
            && it.year() == Some(year)
            && it.same_indicator(growth)
    };
    report.quantities.iter().filter(stated).min_by_key(|it| it.start.abs_diff(growth.start))
}

fn judge(previous: &Quantity<'_>, level: &Quantity<'_>, growth: &Quantity<'_>, severity: Severity) -> Option<Verdict> {
    let now = level.read(Reading::Measured);
    let then = previous.read_in(Reading::Measured, &level.unit)?;
    let then_value = previous.value_in(&level.unit)?;
    let hundred = Decimal::ONE_HUNDRED;
    let (computed, value, sum) = if growth.row.measure == Measure::GrowthRate {
        let interval = now.over(then)?.minus(Interval::point(Decimal::ONE))?.scaled(hundred)?;
        let value = level.row.value.checked_div(then_value)?.checked_sub(Decimal::ONE)?.checked_mul(hundred)?;
        (interval, value, format!("{} ÷ {} − 1 = {}%", plain(level.row.value), plain(then_value), plain(value)))
    } else {
        let factor = if growth.unit.is_point() && level.unit.is_percent() {
            Decimal::ONE
        } else {
            level.unit.factor_to(&growth.unit)?
        };
        let value = level.row.value.checked_sub(then_value)?.checked_mul(factor)?;
        let sum = format!("{} − {} = {}{}", plain(level.row.value), plain(then_value), plain(value), growth.row.unit);
        (now.minus(then)?.scaled(factor)?, value, sum)
    };
    let citations = vec![
        Citation::of(previous, "上年数", "previous year"),
        Citation::of(level, "本年数", "this year"),
        Citation::of(growth, "增速或增量", "growth or change"),
    ];
    let name = &level.row.indicator;
    let stated = growth.shown();
    if computed.meets(growth.read(Reading::Measured)) {
        let message = Message::new(
            format!("{name}：{sum}，与 {stated} 相符。"),
            format!("{name}: {sum}, which agrees with {stated}."),
        );
        return Some(Verdict::passed(&CHECK, citations, message));
    }
    let unit = &growth.row.unit;
    let (zh, en) = if severity == Severity::Warning {
        ("上年数出自另一份报告，其间可能修订过。", "The previous figure is another report's and may have been revised since.")
    } else {
        ("", "")
    };
    let message = Message::new(
        format!("{name}：{sum}（{computed}），不是 {stated}。{zh}"),
        format!("{name}: {sum} ({computed}), not {stated}. {en}").trim_end().to_owned(),
    );
    let place = growth.last_place();
    let difference = growth.row.value.checked_sub(value)?;
    Some(
        Verdict::found(&CHECK, severity, citations, message).with_numbers(
            stated,
            format!("{}{unit}", rounded(value, place)),
            format!("{}{unit}", rounded(difference, place)),
        ),
    )
}
