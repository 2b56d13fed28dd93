#![doc = include_str!("reached.md")]

use super::{Check, Citation, Run, Verdict};
use crate::audit::interval::plain;
use crate::audit::message::Message;
use crate::audit::printed::Reading;
use crate::audit::view::{Quantity, ReportView};
use crate::fact::{Measure, Severity};
use crate::lexicon::audit::{List, words};
use crate::lexicon::words::{Class, find};

pub(super) const CHECK: Check = Check {
    name: "reached",
    title_zh: "增量或关口不大于所达到的数值",
    title_en: "an increment or a mark is no larger than the level reached",
    explanation: include_str!("reached.md"),
    run: Run::Report(run),
};

fn run(report: &ReportView<'_>, verdicts: &mut Vec<Verdict>) {
    for sentence in &report.sentences {
        for index in sentence.start..sentence.end.saturating_sub(1) {
            let (step, level) = (&report.quantities[index], &report.quantities[index + 1]);
            if goes_on_to(report, index) {
                verdicts.extend(judge(step, level));
            }
        }
    }
}

/// Whether the clause of quantity `index` goes on to the next with nothing but ，达到, and says no more of it (达到5亿元以上的企业).
fn goes_on_to(report: &ReportView<'_>, index: usize) -> bool {
    let gap = report.gap_after_unit(index);
    let leads = gap.strip_prefix(['，', '、', '；']).is_some_and(|clause| {
        words(List::ToALevel, "")
            .filter_map(|word| clause.strip_prefix(word))
            .any(|rest| rest.is_empty() || is_hedge(rest))
    });
    let level = &report.quantities[index + 1];
    let rest = report.words(level.end..level.end + 2 * level.row.unit.chars().count() + 4);
    let rest = rest.get(level.row.unit.len()..).unwrap_or_default();
    leads && !["的", "以上的", "以下的"].iter().any(|word| rest.starts_with(word))
}

/// Whether a text is a hedge that stands before a number.
fn is_hedge(text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    find(&characters).is_some_and(|word| word.class.has(Class::HEDGE_BEFORE))
}

fn judge(step: &Quantity<'_>, level: &Quantity<'_>) -> Option<Verdict> {
    let fits = match (step.row.measure, level.row.measure) {
        (Measure::Level | Measure::Change, Measure::Level) => true,
        (one, other) => one == Measure::Ratio && other == Measure::Ratio,
    };
    if !fits || step.row.value.is_sign_negative() {
        return None;
    }
    let least = step.read_in(Reading::Measured, &level.unit)?;
    let (name, shown, reached) = (&level.row.indicator, step.shown(), level.shown());
    let citations = vec![
        Citation::of(step, "增量或关口", "increment or mark"),
        Citation::of(level, "所达到的数值", "level reached"),
    ];
    if !level.read(Reading::Measured).below(least) {
        let message = Message::new(
            format!("{name}：{shown} 不大于所达到的 {reached}。"),
            format!("{name}: {shown} is no more than the {reached} reached."),
        );
        return Some(Verdict::passed(&CHECK, citations, message));
    }
    let difference = level.row.value.checked_sub(step.value_in(&level.unit)?)?;
    let message = Message::new(
        format!("{name}：所达到的 {reached} 反而小于 {shown}。"),
        format!("{name}: the {reached} reached are less than {shown}."),
    );
    Some(
        Verdict::found(&CHECK, Severity::Error, citations, message).with_numbers(
            reached,
            format!("≥ {shown}"),
            format!("{}{}", plain(difference), level.row.unit),
        ),
    )
}
