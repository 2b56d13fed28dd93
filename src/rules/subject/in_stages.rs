//! Stages.

use crate::grammar::{Rule, Scene, Subject};
use crate::rules::clause;

/// Reads what is done in a number of stages: `分三批向种粮农民发放农资补贴`, `分两期投放政策性开发性金融工具`.
pub static RULE: Rule<Subject> = Rule {
    name: "in-stages",
    reads: "what is done in a number of stages: 分三批发放农资补贴",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Subject> {
    let amount = scene.amount(i)?;
    if !scene.ends(amount.start, &["分"])
        || !matches!(amount.unit.as_str(), "批" | "期" | "次" | "步" | "轮" | "个阶段")
    {
        return None;
    }
    let (from, to) = clause::right(scene, i);
    let to = clause::trim_tail(scene, from, to);
    (from < to).then(|| Subject::stated(vec![(from, to)]))
}
