#![doc = include_str!("growth_between.md")]

use super::{Check, Citation, Run, Verdict};
use crate::audit::interval::Interval;
use crate::audit::message::Message;
use crate::audit::printed::Reading;
use crate::audit::view::{Quantity, ReportView};
use crate::fact::{Measure, Severity};
use crate::lexicon::audit::{List, Row, rows};

pub(super) const CHECK: Check = Check {
    name: "growth_between",
    title_zh: "总体增速介于各部分增速之间",
    title_en: "the growth of a whole lies between those of its parts",
    explanation: include_str!("growth_between.md"),
    run: Run::Report(run),
};

fn run(report: &ReportView<'_>, verdicts: &mut Vec<Verdict>) {
    for whole in report.quantities.iter().filter(|it| is_growth(it)) {
        let division = rows(List::Whole).iter().find(|row| names(row, whole));
        let parts: Option<Vec<&Quantity<'_>>> = division.and_then(|division| {
            let parts = rows(List::Part)
                .iter()
                .filter(|row| row.attribute == division.attribute);
            parts.map(|part| find_part(report, whole, part)).collect()
        });
        verdicts.extend(parts.map(|parts| judge(whole, &parts)));
    }
}

/// Whether a row names a quantity's indicator.
fn names(row: &Row, quantity: &Quantity<'_>) -> bool {
    row.words.contains(&quantity.key.as_str())
}

fn is_growth(quantity: &Quantity<'_>) -> bool {
    quantity.row.measure == Measure::GrowthRate && quantity.unit.is_percent() && quantity.row.period.is_some()
}

/// The growth of a part, said like the whole's and nearest to it.
fn find_part<'r, 'a>(report: &'r ReportView<'a>, whole: &Quantity<'_>, part: &Row) -> Option<&'r Quantity<'a>> {
    let alike = |it: &&Quantity<'_>| {
        is_growth(it)
            && names(part, it)
            && it.row.place == whole.row.place
            && it.row.period == whole.row.period
            && it.row.status == whole.row.status
            && it.row.comparison == whole.row.comparison
    };
    report
        .quantities
        .iter()
        .filter(alike)
        .min_by_key(|it| it.start.abs_diff(whole.start))
}

fn judge(whole: &Quantity<'_>, parts: &[&Quantity<'_>]) -> Verdict {
    let readings: Vec<Interval> = parts.iter().map(|part| part.read(Reading::Measured)).collect();
    // Without a bound on one side there is none for the mean either.
    let low = readings.iter().map(|it| it.low).min().flatten();
    let high = if readings.iter().any(|it| it.high.is_none()) {
        None
    } else {
        readings.iter().filter_map(|it| it.high).max()
    };
    let mean = Interval { low, high };
    let shown: Vec<String> = parts
        .iter()
        .map(|part| format!("{} {}", part.key, part.shown()))
        .collect();
    let (parts_shown, name, stated) = (shown.join("、"), &whole.row.indicator, whole.shown());
    let mut citations: Vec<Citation> = parts
        .iter()
        .map(|part| Citation::of(part, "部分增速", "growth of a part"))
        .collect();
    citations.push(Citation::of(whole, "总体增速", "growth of the whole"));
    if mean.meets(whole.read(Reading::Measured)) {
        let message = Message::new(
            format!("{name} {stated}：介于 {parts_shown} 之间。"),
            format!("{name} {stated}: lies between {parts_shown}."),
        );
        return Verdict::passed(&CHECK, citations, message);
    }
    let message = Message::new(
        format!("{name} {stated}：不在 {parts_shown} 之间（{mean}），任何权重都得不出。"),
        format!("{name} {stated}: does not lie between {parts_shown} ({mean}); no weights give it."),
    );
    Verdict::found(&CHECK, Severity::Error, citations, message).with_numbers(stated, format!("{mean}%"), "")
}
