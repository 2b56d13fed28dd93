#![doc = include_str!("year_within.md")]

use std::cell::LazyCell;

use super::{Check, Citation, Run, Verdict};
use crate::audit::interval::plain;
use crate::audit::message::Message;
use crate::audit::printed::Reading;
use crate::audit::view::{ByName, Quantity, ReportView};
use crate::fact::{Measure, Severity, Status};
use crate::lexicon::audit::{List, mentions};

pub(super) const CHECK: Check = Check {
    name: "year_within",
    title_zh: "一年的新增量不大于所在各年的新增量",
    title_en: "what one year adds is no more than what the years that hold it add",
    explanation: include_str!("year_within.md"),
    run: Run::Report(run),
};

fn run(report: &ReportView<'_>, verdicts: &mut Vec<Verdict>) {
    let quantities = || report.quantities.iter().enumerate();
    let spans = |it: &Quantity<'_>| it.years.is_some_and(|(first, last)| first < last);
    let longs = quantities().filter(|(index, it)| spans(it) && is_added(it) && !is_average(report, *index));
    let years = LazyCell::new(|| ByName::of(quantities().filter(|(_, it)| it.year().is_some() && is_added(it))));
    for (_, long) in longs {
        let like = years.like(long, 0).into_iter();
        let inside = like.filter(|year| is_inside(long, &report.quantities[*year]) && !is_average(report, *year));
        verdicts.extend(inside.filter_map(|year| judge(long, &report.quantities[year])));
    }
}

/// Whether a quantity is a level of what is added over its period.
fn is_added(quantity: &Quantity<'_>) -> bool {
    quantity.row.measure == Measure::Level && mentions(&quantity.key, List::Added, "")
}

fn is_average(report: &ReportView<'_>, index: usize) -> bool {
    mentions(report.lead(index), List::Average, "")
}

/// Whether a year's number is of the same indicator, said in the same way, and its year one of those of the longer period.
fn is_inside(long: &Quantity<'_>, year: &Quantity<'_>) -> bool {
    let planned = |it: &Quantity<'_>| it.row.status == Status::Target;
    let holds = |year: i32| long.years.is_some_and(|(first, last)| (first..=last).contains(&year));
    year.same_indicator(long) && planned(year) == planned(long) && year.year().is_some_and(holds)
}

fn judge(long: &Quantity<'_>, year: &Quantity<'_>) -> Option<Verdict> {
    let added = year.read_in(Reading::Measured, &long.unit)?;
    let name = &long.row.indicator;
    let (one, all) = (year.shown(), long.shown());
    let (when, whole) = (year.row.period.as_deref()?, long.row.period.as_deref()?);
    let citations = vec![
        Citation::of(year, "一年", "one year"),
        Citation::of(long, "各年", "the years"),
    ];
    if !long.read(Reading::Measured).below(added) {
        let message = Message::new(
            format!("{name}：{when} 年 {one}，不大于 {whole} 年的 {all}。"),
            format!("{name}: {one} in {when}, no more than {all} in {whole}."),
        );
        return Some(Verdict::passed(&CHECK, citations, message));
    }
    let message = Message::new(
        format!("{name}：{when} 年 {one}，反而大于 {whole} 年的 {all}。"),
        format!("{name}: {one} in {when}, more than {all} in {whole}."),
    );
    let difference = long.row.value.checked_sub(year.value_in(&long.unit)?)?;
    Some(
        Verdict::found(&CHECK, Severity::Warning, citations, message).with_numbers(
            all,
            format!("≥ {one}"),
            format!("{}{}", plain(difference), long.row.unit),
        ),
    )
}
