#![doc = include_str!("revised_base.md")]

use super::{Check, Citation, Run, Verdict};
use crate::audit::interval::plain;
use crate::audit::message::Message;
use crate::audit::panel::Panel;
use crate::audit::view::{ByName, Quantity};
use crate::fact::{Severity, Status};

pub(super) const CHECK: Check = Check {
    name: "revised_base",
    title_zh: "两份报告对同一年份的数值一致",
    title_en: "two reports give one value for one year",
    explanation: include_str!("revised_base.md"),
    run: Run::Place(run),
};

fn run(panel: &Panel<'_>, verdicts: &mut Vec<Verdict>) {
    let results = || {
        let reports = panel.reports.iter().enumerate();
        reports.flat_map(|(report, view)| {
            let levels = view.levels.iter().enumerate();
            levels.map(move |(index, level)| ((report, index), level))
        })
    };
    let by_name = ByName::of(results());
    let mut of_pairs = Vec::new();
    for ((report, index), first) in results() {
        let reviewed = |report: usize| panel.reports[report].record.reviewed_year;
        let mut done = report;
        for (later, again) in by_name.like(first, (report + 1, 0)) {
            let second = &panel.reports[later].levels[again];
            let restates = later > done
                // Two copies of one year's report say nothing of each other.
                && reviewed(later) != reviewed(report)
                && second.same_indicator(first)
                && second.row.measure == first.row.measure
                && second.row.period == first.row.period
                && second.unit.factor_to(&first.unit).is_some();
            if restates {
                done = later;
                of_pairs.extend(judge(first, second).map(|verdict| ((report, later, index), verdict)));
            }
        }
    }
    of_pairs.sort_by_key(|(pair, _)| *pair);
    verdicts.extend(of_pairs.into_iter().map(|(_, verdict)| verdict));
}

fn judge(first: &Quantity<'_>, second: &Quantity<'_>) -> Option<Verdict> {
    let before = first.interval().scaled(first.unit.factor_to(&second.unit)?)?;
    let citations = vec![
        Citation::of(first, "先前报告", "earlier report"),
        Citation::of(second, "后来报告", "later report"),
    ];
    let name = &second.row.indicator;
    let period = second.row.period.as_deref().unwrap_or_default();
    let (old, new) = (first.shown(), second.shown());
    if before.meets(second.interval()) {
        let message = Message::new(
            format!("{name}（{period}）：先后两份报告的 {old} 与 {new} 相符。"),
            format!("{name} ({period}): {old} and {new} of the two reports agree."),
        );
        return Some(Verdict::passed(&CHECK, citations, message));
    }
    let (severity, zh, en) = if first.row.status == Status::Estimate {
        (Severity::Info, "先前为预计数。", "The earlier one was an estimate.")
    } else {
        (
            Severity::Warning,
            "基数经过修订，或其中一个有误。",
            "The base was revised, or one of the two is wrong.",
        )
    };
    let message = Message::new(
        format!("{name}（{period}）：先前报告为 {old}，后来报告为 {new}。{zh}"),
        format!("{name} ({period}): {old} in the earlier report, {new} in the later one. {en}"),
    );
    let difference = second.row.value.checked_sub(first.value_in(&second.unit)?)?;
    Some(Verdict::found(&CHECK, severity, citations, message).with_numbers(
        new,
        old,
        format!("{}{}", plain(difference), second.row.unit),
    ))
}
