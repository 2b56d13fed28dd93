//! Rates of growth.

use crate::grammar::{Measured, Rule, Scene};
use crate::lexicon::terms::Measure;

use super::predicate::{self, Way};

/// Reads a percentage after a verb of growth or decline, or after a noun for one, as a rate: `同比增长7.91%`, `下降7.4%`, `涨幅2%左右`,
/// `年均增幅超过23%`. A fall is negative. A percentage that something rises *to* is none.
pub static RULE: Rule<Measured> = Rule {
    name: "growth-rate",
    reads: "a percentage after a verb or noun of growth: 同比增长7.91% 下降7.4% 涨幅2%",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Measured> {
    let amount = scene
        .amount(i)
        .filter(|a| matches!(a.unit.as_str(), "%" | "‰" | "成"))?;
    let zero_growth = scene.at(amount.start) == Some('零');
    let predicate = predicate::read(scene, i);
    let down = match predicate.way {
        Way::By { down } => down,
        _ if zero_growth => false,
        _ => return None,
    };
    let (comparison, reference) = predicate::comparison(scene, i);
    let start = reference
        .map_or(predicate.start, |(s, _)| s.saturating_sub(1).min(predicate.start))
        .max(crate::rules::clause::left(scene, i).0);
    Some(Measured {
        measure: Measure::GrowthRate,
        negative: down,
        comparison,
        reference,
        predicate: start,
    })
}
