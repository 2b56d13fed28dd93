#![doc = include_str!("restated_change.md")]

use super::parts::among_which;
use super::transition::{Direction, Transition, transitions};
use super::{Check, Citation, Computation, Run, Verdict, change_factor};
use crate::audit::interval::plain;
use crate::audit::message::Message;
use crate::audit::printed::Reading;
use crate::audit::view::{Quantity, ReportView};
use crate::fact::{Measure, Severity};
use crate::lexicon::audit::{List, mentions};

pub(super) const CHECK: Check = Check {
    name: "restated_change",
    title_zh: "重述的增减量与前文的两个数值一致",
    title_en: "a change stated again agrees with the levels stated before",
    explanation: include_str!("restated_change.md"),
    run: Run::Report(run),
};

fn run(report: &ReportView<'_>, verdicts: &mut Vec<Verdict>) {
    let mut restated = report.quantities.iter().filter(|it| is_restated(it)).peekable();
    if restated.peek().is_none() {
        return;
    }
    let pairs = transitions(report);
    for change in restated {
        let pair = pairs.iter().rev().find(|pair| is_of(pair, change));
        verdicts.extend(pair.and_then(|pair| judge(report, pair, change)));
    }
}

fn is_restated(quantity: &Quantity<'_>) -> bool {
    quantity.row.measure == Measure::Change && mentions(&quantity.row.sentence, List::Restated, "")
}

/// Whether a from–to statement comes before a change and is of the same thing.
fn is_of(pair: &Transition<'_, '_>, change: &Quantity<'_>) -> bool {
    const SHORTEST_INDICATOR: usize = 2;
    pair.to.start < change.start
        && change.key.chars().count() >= SHORTEST_INDICATOR
        && pair.to.key.ends_with(&change.key)
        && change_factor(&pair.to.unit, &change.unit).is_some()
        && (pair.direction == Direction::Down) == change.row.value.is_sign_negative()
}

fn judge(report: &ReportView<'_>, pair: &Transition<'_, '_>, change: &Quantity<'_>) -> Option<Verdict> {
    let factor = change_factor(&pair.to.unit, &change.unit)?;
    let from = pair.from.read_in(Reading::Measured, &pair.to.unit)?;
    let from_value = pair.from.value_in(&pair.to.unit)?;
    let between = pair.to.read(Reading::Measured).minus(from)?;
    let value = pair.to.row.value.checked_sub(from_value)?;
    let computation = Computation {
        judged: change,
        name: &change.row.indicator,
        sum: format!(
            "{} − {} = {}",
            plain(pair.to.row.value),
            plain(from_value),
            plain(value)
        ),
        value: value.checked_mul(factor)?,
        interval: between.scaled(factor)?,
    };
    let mut citations = vec![
        Citation::of(pair.from, "前值", "before"),
        Citation::of(pair.to, "后值", "after"),
    ];
    let stated = change.read(Reading::Measured);
    let mut remark = Message::default();
    if !computation.interval.meets(stated) {
        // 其中…: a part of the second level that may not count as changed.
        let next = report.quantities.iter().position(|it| std::ptr::eq(it, pair.to))? + 1;
        let part = (next < report.quantities.len())
            .then(|| among_which(report, next))
            .flatten()
            .filter(|(whole, _)| *whole + 1 == next)
            .map(|_| &report.quantities[next]);
        let rest = part.and_then(|part| {
            let rest = between.minus(part.read_in(Reading::Measured, &pair.to.unit)?)?;
            let value = value.checked_sub(part.value_in(&pair.to.unit)?)?;
            rest.scaled(factor)?.meets(stated).then_some((part, value))
        });
        if let Some((part, value)) = rest {
            let taken = plain(part.value_in(&pair.to.unit)?);
            let (to, from) = (plain(pair.to.row.value), plain(from_value));
            let sum = format!("{to} − {from} − {taken} = {}", plain(value));
            remark = Message::new(
                format!("减去“其中”的 {} 才相符：{sum}。", part.shown()),
                format!("It agrees only after taking off the {} of 其中: {sum}.", part.shown()),
            );
            citations.push(Citation::of(part, "其中", "part"));
        }
    }
    citations.push(Citation::of(change, "重述的变化", "change stated again"));
    Some(if computation.interval.meets(stated) {
        computation.agrees(&CHECK, citations)
    } else {
        computation.differs(&CHECK, Severity::Warning, citations, &remark)
    })
}
