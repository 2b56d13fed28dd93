#![doc = include_str!("level_growth.md")]

use rust_decimal::Decimal;

use super::compound::compound;
use super::transition::transitions;
use super::{Check, Citation, Computation, Run, Verdict, change_factor};
use crate::audit::interval::{self, plain};
use crate::audit::message::Message;
use crate::audit::panel::{Claim, Claimed, Panel};
use crate::audit::printed::Reading;
use crate::audit::view::{Quantity, ReportView};
use crate::fact::{Comparison, Measure, Severity, Status};
use crate::lexicon::audit::{List, mentions};

pub(super) const CHECK: Check = Check {
    name: "level_growth",
    title_zh: "前后两年的数值与增速（增量）一致",
    title_en: "a level, an earlier level and the growth or change between them agree",
    explanation: include_str!("level_growth.md"),
    run: Run::Claims {
        report: claims,
        place: run,
    },
};

/// Whether a quantity's growth is by custom computed at constant prices, so that levels at current prices can't tell.
pub(super) fn at_constant_prices(quantity: &Quantity<'_>) -> bool {
    // 农业生产总值 is an old wording of 农业总产值, which is no value added.
    let aggregate = mentions(&quantity.key, List::ConstantPrices, "custom")
        && !mentions(&quantity.key, List::ConstantPrices, "current");
    aggregate || mentions(&quantity.row.sentence, List::ConstantPrices, "said")
}

/// The year that a growth or a change is relative to: the one that its reference names, else the year before.
pub(super) fn base_year(quantity: &Quantity<'_>) -> Option<i32> {
    let year = quantity.year()?;
    let reference = quantity.row.reference.as_deref().unwrap_or_default();
    let digits: String = reference.chars().filter(char::is_ascii_digit).collect();
    let named = digits.parse().ok().filter(|named| (1900..year).contains(named));
    let before = ["上年", "去年"].iter().any(|word| reference.contains(word));
    match quantity.row.comparison {
        Some(Comparison::AnnualAverage) => None,
        Some(Comparison::Since) if named.is_none() && !before => None,
        _ => Some(named.unwrap_or(year - 1)),
    }
}

/// Judges the growths and changes whose levels the report gives, and claims those whose base year's it does not.
fn claims(report: &ReportView<'_>, verdicts: &mut Vec<Verdict>) -> Vec<Claim> {
    let pairs = transitions(report);
    let in_pair = |it: &Quantity<'_>| {
        let mut stated = pairs.iter().filter_map(|pair| pair.stated.as_ref());
        stated.any(|stated| std::ptr::eq(stated.quantity, it))
    };
    let mut claims = Vec::new();
    // What a from–to statement says of its own values is for `from_to`.
    let growths = report.quantities.iter();
    for growth in growths.filter(|it| is_stated_growth(it) && !in_pair(it)) {
        if let Some(verdict) = average(report, growth) {
            verdicts.push(verdict);
            continue;
        }
        let level = growth
            .year()
            .and_then(|year| find_level(&report.quantities, growth, year));
        let (Some(level), Some(base_year)) = (level, base_year(growth)) else {
            continue;
        };
        if let Some(change) = find_change(report, growth) {
            verdicts.extend(judge_change(level, change, growth));
        } else if growth.row.status == Status::Target {
            // A target's growth sets its level: that is for `target_growth`.
        } else if let Some(base) = find_level(&report.quantities, growth, base_year) {
            verdicts.extend(judge(base, level, growth, Severity::Error));
        } else {
            claims.push(Claim {
                growth: growth.row.clone(),
                level: level.row.clone(),
                base_year,
                base: None,
                lead: String::new(),
            });
        }
    }
    claims
}

/// Judges what is claimed against the level of the base year that the latest of the earlier reports gives.
fn run(panel: &Panel<'_>, verdicts: &mut Vec<Verdict>) {
    for (position, report) in panel.reports.iter().enumerate() {
        for claimed in report.claims(&CHECK) {
            let Claimed { growth, level, .. } = &claimed;
            let mut earlier = panel.reports[..position].iter().rev();
            let base = earlier.find_map(|it| find_level(&it.levels, growth, claimed.base_year));
            verdicts.extend(base.and_then(|base| judge(base, level, growth, Severity::Warning)));
        }
    }
}

/// Whether a quantity says how much something grew or changed.
fn is_stated_growth(quantity: &Quantity<'_>) -> bool {
    let target = quantity.row.status == Status::Target && quantity.row.comparison == Some(Comparison::AnnualAverage);
    let growth = quantity.row.measure == Measure::GrowthRate
        && quantity.unit.is_percent()
        && (target || !at_constant_prices(quantity));
    growth || quantity.row.measure == Measure::Change
}

/// Checks a yearly average against the levels of the year before its span and of the last year of it.
fn average(report: &ReportView<'_>, growth: &Quantity<'_>) -> Option<Verdict> {
    let (first, last) = growth.years.filter(|(first, last)| first < last)?;
    let yearly = growth.row.comparison == Some(Comparison::AnnualAverage) && growth.row.measure == Measure::GrowthRate;
    let (from, to) = (
        find_level(&report.quantities, growth, first - 1)?,
        find_level(&report.quantities, growth, last)?,
    );
    let verdict = compound(&CHECK, (from, to), (growth, false), last - first + 1).filter(|_| yearly)?;
    // A plan may count a rate at constant prices towards a level at current ones: what differs then is worth a note.
    if verdict.severity.is_none() || !at_constant_prices(growth) {
        return Some(verdict);
    }
    let Message { zh, en } = verdict.message;
    Some(Verdict {
        severity: Some(Severity::Info),
        message: Message::new(
            format!("{zh}除非增速按可比价格、数值按当年价格计算。"),
            format!("{en} They may differ if the rate is at constant prices and the level at current ones."),
        ),
        ..verdict
    })
}

/// The level of the growth's indicator in `year` that stands nearest to it.
fn find_level<'r, 'a>(quantities: &'r [Quantity<'a>], growth: &Quantity<'_>, year: i32) -> Option<&'r Quantity<'a>> {
    let stated = |it: &&Quantity<'_>| {
        matches!(it.row.measure, Measure::Level | Measure::Ratio)
            && (it.row.status != Status::Target || growth.row.status == Status::Target)
            && it.year() == Some(year)
            && it.same_indicator(growth)
    };
    quantities
        .iter()
        .filter(stated)
        .min_by_key(|it| it.start.abs_diff(growth.start))
}

/// The absolute change that the growth's sentence states beside it, relative to the same year: 达5000亿元，比上年增加400亿元、增长8.7%;
/// 比1952年增长26%，即增加127.6亿元.
fn find_change<'r, 'a>(report: &'r ReportView<'a>, growth: &Quantity<'_>) -> Option<&'r Quantity<'a>> {
    let beside = |it: &&Quantity<'_>| {
        it.row.measure == Measure::Change
            && (it.row.paragraph_no, it.row.sentence_no) == (growth.row.paragraph_no, growth.row.sentence_no)
            && it.row.period == growth.row.period
            && it.same_indicator(growth)
    };
    report
        .quantities
        .iter()
        .find(beside)
        .filter(|_| growth.row.measure == Measure::GrowthRate)
}

/// Checks `change ÷ (level − change)` against a growth rate.
fn judge_change(level: &Quantity<'_>, change: &Quantity<'_>, growth: &Quantity<'_>) -> Option<Verdict> {
    let rise = change.read_in(Reading::Measured, &level.unit)?;
    let earlier = level.read(Reading::Measured).minus(rise)?;
    let falls = change.row.value.is_sign_negative();
    let size = if falls { rise.negated() } else { rise };
    let quotient = size.over(earlier)?.scaled(Decimal::ONE_HUNDRED)?;
    let (changed, now) = (change.value_in(&level.unit)?, level.row.value);
    let value = changed
        .checked_div(now.checked_sub(changed)?)?
        .checked_mul(Decimal::ONE_HUNDRED)?;
    let citations = vec![
        Citation::of(level, "本年数", "this year"),
        Citation::of(change, "增量", "change"),
        Citation::of(growth, "增速", "growth"),
    ];
    let computation = Computation {
        judged: growth,
        name: &level.row.indicator,
        sum: format!("{0} ÷ ({1} − {0}) = {2}%", plain(changed), plain(now), plain(value)),
        value,
        interval: if falls { quotient.negated() } else { quotient },
    };
    Some(verdict(&computation, citations, Severity::Error))
}

/// Checks a level and an earlier one against the growth or the change between them.
fn judge(earlier: &Quantity<'_>, level: &Quantity<'_>, growth: &Quantity<'_>, severity: Severity) -> Option<Verdict> {
    let now = level.read(Reading::Measured);
    let then = earlier.read_in(Reading::Measured, &level.unit)?;
    let (now_value, then_value) = (level.row.value, earlier.value_in(&level.unit)?);
    let (shown_now, shown_then) = (plain(now_value), plain(then_value));
    let (interval, value, sum) = if growth.row.measure == Measure::GrowthRate {
        let value = interval::growth(now_value, then_value)?;
        (
            now.growth_from(then)?,
            value,
            format!("{shown_now} ÷ {shown_then} − 1 = {}%", plain(value)),
        )
    } else {
        let factor = change_factor(&level.unit, &growth.unit)?;
        let value = now_value.checked_sub(then_value)?.checked_mul(factor)?;
        let sum = format!("{shown_now} − {shown_then} = {}{}", plain(value), growth.row.unit);
        (now.minus(then)?.scaled(factor)?, value, sum)
    };
    let citations = vec![
        Citation::of(earlier, "基期数", "base year"),
        Citation::of(level, "本年数", "this year"),
        Citation::of(growth, "增速或增量", "growth or change"),
    ];
    Some(verdict(
        &Computation {
            judged: growth,
            name: &level.row.indicator,
            sum,
            value,
            interval,
        },
        citations,
        severity,
    ))
}

fn verdict(computation: &Computation<'_, '_>, citations: Vec<Citation>, severity: Severity) -> Verdict {
    if computation.interval.meets(computation.judged.read(Reading::Measured)) {
        return computation.agrees(&CHECK, citations);
    }
    let remark = match severity {
        Severity::Warning => Message::new(
            "基期数出自另一份报告，其间可能修订过。",
            "The base is another report's and may have been revised since.",
        ),
        _ => Message::default(),
    };
    computation.differs(&CHECK, severity, citations, &remark)
}
