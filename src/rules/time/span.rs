//! Which year of a span a value belongs to. Not a rule: the rules of the stage share it.

use crate::grammar::Scene;
use crate::lexicon::terms::{Comparison, Measure};
use crate::lexicon::words::Class;

/// The period of a value that is said within a span of years: the whole span for what happens in the course of it (growth, change, counts of
/// events), its last year for the state of a thing.
pub fn within(scene: &Scene, i: usize, period: &str) -> String {
    let Some((_, last)) = period.split_once('/') else {
        return period.to_owned();
    };
    let Some(measured) = scene.measured(i) else {
        return period.to_owned();
    };
    let whole = match measured.measure {
        Measure::GrowthRate | Measure::Change => true,
        Measure::Multiple => measured.comparison != Some(Comparison::Since),
        Measure::Rank | Measure::Ratio => false,
        Measure::Level => is_flow(scene, i),
    };
    if whole { period.to_owned() } else { last.to_owned() }
}

/// The span of a yearly average that the sentence dates by its last year only: `1987年达到…，平均每年增长…` in a review of five years,
/// `到1992年达到…，平均每年增长…` in a plan.
pub fn average(scene: &Scene, i: usize, year: &str) -> String {
    let averaged = scene
        .measured(i)
        .is_some_and(|m| m.comparison == Some(Comparison::AnnualAverage));
    let Some(last) = year.parse::<i32>().ok().filter(|_| averaged) else {
        return year.to_owned();
    };
    let ends_so = |p: &&str| p.ends_with(&format!("/{year}"));
    let spans = [scene.context.period.as_deref(), scene.context.span.as_deref()];
    if let Some(period) = spans.into_iter().flatten().find(ends_so) {
        return period.to_owned();
    }
    match scene.context.planned_year {
        Some(planned) if last > planned => format!("{planned}/{last}"),
        _ => year.to_owned(),
    }
}

/// Whether a level counts events: its indicator has a verb of counting, or names a flow.
pub fn is_flow(scene: &Scene, i: usize) -> bool {
    let Some(subject) = scene.subject(i) else { return false };
    let verb = |&(start, end): &(usize, usize)| {
        // 同我国建交的国家: an event that only tells which things are counted.
        let tells = |t: &crate::lex::Token| scene.at(t.end) == Some('的') && t.end < end;
        scene
            .tokens_in(start, end)
            .any(|t| t.is(Class::EVENT) && !t.is(Class::NOUN.or(Class::STATE)) && !tells(t))
            || scene.holds(start, end, &["新增", "累计", "就业", "减税", "投入", "补助"])
    };
    let Some(amount) = scene.amount(i) else { return false };
    let left = crate::rules::clause::left(scene, i).0;
    // 接待了: a finished act.
    let finished = scene
        .tokens_in(left, amount.start)
        .any(|t| t.is(Class::EVENT) && scene.at(t.end) == Some('了'));
    finished
        || subject.pieces.iter().any(verb)
        || scene.holds(left, amount.start, &["累计", "年均", "平均每年", "新增", "共", "完成"])
}
