#![doc = include_str!("deficit_ratio.md")]

use rust_decimal::Decimal;

use super::{Check, Citation, Computation, Run, Verdict};
use crate::audit::interval::{Interval, plain};
use crate::audit::message::Message;
use crate::audit::printed::Reading;
use crate::audit::view::{Quantity, ReportView};
use crate::fact::{Measure, Severity};

pub(super) const CHECK: Check = Check {
    name: "deficit_ratio",
    title_zh: "赤字率 = 赤字 ÷ 国内生产总值",
    title_en: "deficit ratio = deficit ÷ gross domestic product",
    explanation: include_str!("deficit_ratio.md"),
    run: Run::Report(run),
};

fn run(report: &ReportView<'_>, verdicts: &mut Vec<Verdict>) {
    let ratios = report
        .quantities
        .iter()
        .filter(|it| is(it, "deficit_ratio", Measure::Ratio));
    verdicts.extend(ratios.filter_map(|ratio| judge(report, ratio)));
}

fn is(quantity: &Quantity<'_>, code: &str, measure: Measure) -> bool {
    quantity.row.indicator_code.as_deref() == Some(code) && quantity.row.measure == measure
}

/// What the report says of an indicator in a year, for the place of the ratio.
fn stated<'r, 'a>(
    report: &'r ReportView<'a>,
    ratio: &Quantity<'_>,
    (code, measure): (&str, Measure),
    year: i32,
) -> Option<&'r Quantity<'a>> {
    let fits = |it: &&Quantity<'_>| is(it, code, measure) && it.year() == Some(year) && it.row.place == ratio.row.place;
    report.quantities.iter().find(fits)
}

fn judge(report: &ReportView<'_>, ratio: &Quantity<'_>) -> Option<Verdict> {
    let year = ratio.year()?;
    let deficit = stated(report, ratio, ("fiscal_deficit", Measure::Level), year)?;
    let product = stated(report, ratio, ("gdp", Measure::Level), year - 1)?;
    let growth = stated(report, ratio, ("gdp", Measure::GrowthRate), year)?;
    let prices = stated(report, ratio, ("cpi", Measure::GrowthRate), year)?;

    let one = Interval::point(Decimal::ONE);
    let grown = growth.interval().scaled(Decimal::new(1, 2))?.plus(one)?;
    let dearer = Interval {
        low: Some(Decimal::ONE),
        ..prices.interval().scaled(Decimal::new(1, 2))?.plus(one)?
    };
    let whole = product
        .read_in(Reading::Measured, &deficit.unit)?
        .times(grown)?
        .times(dearer)?;
    let interval = deficit
        .read(Reading::Measured)
        .over(whole)?
        .scaled(Decimal::ONE_HUNDRED)?;

    let factor = growth
        .row
        .value
        .checked_div(Decimal::ONE_HUNDRED)?
        .checked_add(Decimal::ONE)?;
    let (value, last) = (deficit.row.value, product.value_in(&deficit.unit)?);
    let quotient = value
        .checked_div(last.checked_mul(factor)?)?
        .checked_mul(Decimal::ONE_HUNDRED)?;
    let price_factor = prices
        .row
        .value
        .checked_div(Decimal::ONE_HUNDRED)?
        .checked_add(Decimal::ONE)?;
    let with_prices = quotient.checked_div(price_factor)?;
    let computation = Computation {
        judged: ratio,
        name: &ratio.row.indicator,
        sum: format!(
            "{} ÷ ({} × (1 + {}) × (1 + 0–{})) = {}–{}%",
            plain(value),
            plain(last),
            growth.shown(),
            prices.shown(),
            plain(with_prices),
            plain(quotient)
        ),
        value: quotient,
        interval,
    };
    let citations = vec![
        Citation::of(product, "上年总量", "product of the year before"),
        Citation::of(growth, "增长目标", "growth"),
        Citation::of(prices, "物价目标", "prices"),
        Citation::of(deficit, "赤字", "deficit"),
        Citation::of(ratio, "赤字率", "deficit ratio"),
    ];
    if interval.meets(ratio.read(Reading::Measured)) {
        return Some(computation.agrees(&CHECK, citations));
    }
    let remark = Message::new(
        format!("物价涨幅按 0–{} 计。", prices.shown()),
        format!("Prices are taken to rise by 0–{}.", prices.shown()),
    );
    Some(computation.differs(&CHECK, Severity::Warning, citations, &remark))
}
