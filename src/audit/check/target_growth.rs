#![doc = include_str!("target_growth.md")]

use rust_decimal::Decimal;

use super::{Check, Citation, Run, Verdict};
use crate::audit::interval::{Interval, plain};
use crate::audit::message::Message;
use crate::audit::panel::{Claim, Claimed, Panel};
use crate::audit::printed::{Reading, rounded};
use crate::audit::view::{Quantity, ReportView};
use crate::fact::{Measure, Severity, Status};

pub(super) const CHECK: Check = Check {
    name: "target_growth",
    title_zh: "目标值 = 基数 ×（1 + 目标增速）",
    title_en: "target level = base × (1 + target growth)",
    explanation: include_str!("target_growth.md"),
    run: Run::Claims {
        report: claims,
        place: run,
    },
};

/// The planned growth rates of a report, with the levels that they lead to.
fn claims(report: &ReportView<'_>, _: &mut Vec<Verdict>) -> Vec<Claim> {
    let claim = |rate: &Quantity<'_>| {
        let year = rate.year()?;
        let level = nearest_level(report, rate, year)?;
        Some(Claim {
            growth: rate.row.clone(),
            level: level.row.clone(),
            base_year: year - 1,
            base: base_level(&report.quantities, level, year - 1).map(|it| it.row.clone()),
            lead: String::new(),
        })
    };
    let rates = report.quantities.iter().filter(|it| is_target_rate(it));
    rates.filter_map(claim).collect()
}

fn run(panel: &Panel<'_>, verdicts: &mut Vec<Verdict>) {
    for (position, report) in panel.reports.iter().enumerate() {
        let first = verdicts.len();
        for claimed in report.claims(&CHECK) {
            let Claimed { growth, level, .. } = &claimed;
            let earlier = || {
                let mut reports = panel.reports[..position].iter().rev();
                reports.find_map(|it| base_level(&it.levels, level, claimed.base_year))
            };
            let base = claimed.base.as_ref().or_else(earlier);
            verdicts.extend(base.and_then(|base| judge(base, growth, level)));
        }
        compare(&mut verdicts[first..]);
    }
}

/// Tells of each target of a report that does not agree how many of the others do, with the rate exactly as printed: then the author meant rates so.
fn compare(targets: &mut [Verdict]) {
    const ENOUGH: usize = 2;
    let agreeing = targets.iter().filter(|it| it.severity.is_none()).count();
    for target in targets
        .iter_mut()
        .filter(|it| it.severity.is_some() && agreeing >= ENOUGH)
    {
        target
            .message
            .zh
            .push_str(&format!("本报告另有 {agreeing} 个目标按所印增速逐位相符。"));
        target.message.en.push_str(&format!(
            " {agreeing} other targets of the report agree with the rate as printed."
        ));
    }
}

/// Whether a quantity is the growth of one planned year over the year before.
fn is_target_rate(quantity: &Quantity<'_>) -> bool {
    quantity.row.measure == Measure::GrowthRate
        && quantity.row.status == Status::Target
        && quantity.unit.is_percent()
        && super::level_growth::base_year(quantity) == quantity.year().map(|year| year - 1)
        && !super::level_growth::at_constant_prices(quantity)
}

/// The target level of the rate's indicator and year that stands nearest to it.
fn nearest_level<'r, 'a>(report: &'r ReportView<'a>, rate: &Quantity<'_>, year: i32) -> Option<&'r Quantity<'a>> {
    report
        .quantities
        .iter()
        .filter(|it| it.row.measure == Measure::Level && it.row.status == Status::Target)
        .filter(|it| it.year() == Some(year) && it.same_indicator(rate))
        .min_by_key(|it| it.start.abs_diff(rate.start))
}

/// What a report says the target's indicator was in `year`.
fn base_level<'r, 'a>(quantities: &'r [Quantity<'a>], level: &Quantity<'_>, year: i32) -> Option<&'r Quantity<'a>> {
    quantities.iter().find(|it| {
        it.row.measure == Measure::Level
            && it.row.status != Status::Target
            && it.year() == Some(year)
            && it.same_indicator(level)
            && it.unit.factor_to(&level.unit).is_some()
    })
}

fn judge(base: &Quantity<'_>, rate: &Quantity<'_>, level: &Quantity<'_>) -> Option<Verdict> {
    let stated = level.read(Reading::Measured);
    let base_interval = base.read_in(Reading::Measured, &level.unit)?;
    let grown = |reading| base_interval.times(growth_factor(rate.read(reading))?);
    let exact = grown(Reading::Decided)?;
    let agrees = exact.meets(stated);
    let agrees_if_rounded = grown(Reading::Measured).is_some_and(|product| product.meets(stated));

    let base_value = base.value_in(&level.unit)?;
    let factor = growth_factor(Interval::point(rate.row.value))?.low?;
    let product = base_value.checked_mul(factor)?;
    let shown = rounded(product, level.last_place());
    let unit = &level.row.unit;
    let sum = format!("{} × (1 + {}) = {}", plain(base_value), rate.shown(), plain(product));
    let citations = vec![
        Citation::of(base, "基数", "base"),
        Citation::of(rate, "目标增速", "target growth"),
        Citation::of(level, "目标值", "target level"),
    ];
    if agrees {
        let message = Message::new(
            format!("{}：{sum}，与目标 {} 相符。", level.row.indicator, level.shown()),
            format!(
                "{}: {sum}, which agrees with the target {}.",
                level.row.indicator,
                level.shown()
            ),
        );
        return Some(Verdict::passed(&CHECK, citations, message));
    }
    let fitting = stated
        .over(base_interval)
        .and_then(|ratio| ratio.minus(Interval::point(Decimal::ONE)));
    let fitting = fitting.and_then(|ratio| ratio.scaled(Decimal::ONE_HUNDRED))?;
    let implied = level
        .row
        .value
        .checked_div(base_value)?
        .checked_sub(Decimal::ONE)?
        .checked_mul(Decimal::ONE_HUNDRED)?;
    let implied = rounded(implied, Decimal::new(1, 1));
    let (severity, zh, en) = if agrees_if_rounded {
        (
            Severity::Warning,
            format!("只有把 {} 看作四舍五入的结果才相符。", rate.shown()),
            format!("It would agree only if {} were itself a rounded figure.", rate.shown()),
        )
    } else {
        (
            Severity::Error,
            "没有任何读法相符。".to_owned(),
            "No reading agrees.".to_owned(),
        )
    };
    let message = Message::new(
        format!(
            "{}：{sum}，即 {shown}{unit}，不是 {}（基数取 {base_interval}，应为 {exact}）。{} 对应的增速是 {implied}%（{fitting}）。{zh}",
            level.row.indicator,
            level.shown(),
            level.shown(),
        ),
        format!(
            "{}: {sum}, that is {shown}{unit}, not {} (with the base at {base_interval}, it is {exact}). {} fits a growth of \
             {implied}% ({fitting}). {en}",
            level.row.indicator,
            level.shown(),
            level.shown(),
        ),
    );
    let difference = level.row.value.checked_sub(product)?;
    Some(Verdict::found(&CHECK, severity, citations, message).with_numbers(
        level.shown(),
        format!("{shown}{unit}"),
        format!("{}{unit}", rounded(difference, level.last_place())),
    ))
}

/// 1 + a rate in per cent.
fn growth_factor(rate: Interval) -> Option<Interval> {
    rate.scaled(Decimal::new(1, 2))?.plus(Interval::point(Decimal::ONE))
}
