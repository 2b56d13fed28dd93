//! Results as a part of what was planned.

use crate::grammar::{Rule, Scene, Subject};
use crate::lexicon::terms::Measure;
use crate::rules::clause;

use super::phrase;

/// Reads a result as a percentage of a plan as a statement about what was planned: `财政收入完成8.6亿元，为预算的102.3%`,
/// `固定资产投资完成年度计划的98%`.
pub static RULE: Rule<Subject> = Rule {
    name: "plan-rate",
    reads: "a result as a percentage of a plan: …8.6亿元，为预算的102.3% 完成年度计划的98%",
    apply,
};

/// What a result is measured against.
const PLANS: &[&str] = &[
    "预算",
    "计划",
    "任务",
    "目标",
    "指标",
    "任务数",
    "目标数",
    "计划数",
    "预算数",
];
/// What leads to it.
const VERBS: &[&str] = &["完成", "为", "占", "达到", "达", "是", "超过", "超", "完成了"];

fn apply(scene: &Scene, i: usize) -> Option<Subject> {
    let amount = scene.amount(i).filter(|it| it.unit == "%")?;
    scene.measured(i).filter(|it| it.measure == Measure::Ratio)?;
    let (from, to) = clause::left(scene, i);
    let end = amount.start - usize::from(scene.ends(amount.start, &["的"]));
    if !scene.ends(end, PLANS) {
        return None;
    }
    // The last verb that leaves a plan to name.
    let (verb, plan) = (from..to).rev().find_map(|p| {
        let word = VERBS.iter().find(|word| scene.starts(p, &[word]))?;
        let after = p + word.chars().count();
        (after < end).then_some((p, after))
    })?;
    let head = clause::trim_head(scene, from, verb);
    let tail = clause::trim_tail(scene, head, verb);
    let mut pieces = if head < tail {
        vec![(head, tail)]
    } else {
        let before = phrase::before(scene, i).map(|(_, subject)| subject.pieces);
        before.or_else(|| phrase::clause_before(scene, i).map(|piece| vec![piece]))?
    };
    let verb = if scene.starts(verb, &["完成", "占"]) {
        verb
    } else {
        plan
    };
    let carries = Some(pieces.len());
    pieces.push((verb, end));
    Some(Subject {
        carries,
        carried: head >= tail,
        ..Subject::stated(pieces)
    })
}
