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

/// Verbs that count what was cut, but with a percentage say by how much.
const FALLS: &[&str] = &["精简", "精简了", "削减", "压减"];

fn apply(scene: &Scene, i: usize) -> Option<Measured> {
    let amount = scene
        .amount(i)
        .filter(|a| matches!(a.unit.as_str(), "%" | "‰" | "成"))?;
    let zero_growth = scene.at(amount.start) == Some('零');
    let predicate = predicate::read(scene, i);
    let down = match predicate.way {
        Way::By { down } => down,
        _ if zero_growth => false,
        // 材料精简40%
        Way::None if scene.ends(amount.start, FALLS) => true,
        _ => return None,
    };
    let (comparison, reference) = predicate::comparison(scene, i);
    // What was cut stands before the verb: 材料精简40%.
    let verb = FALLS
        .iter()
        .find(|verb| predicate.way == Way::None && scene.ends(predicate.start, &[verb]));
    let own = predicate.start - verb.map_or(0, |verb| verb.chars().count());
    let start = reference
        .map_or(own, |(s, _)| s.saturating_sub(1).min(own))
        .max(crate::rules::clause::left(scene, i).0);
    Some(Measured {
        measure: Measure::GrowthRate,
        negative: down,
        comparison,
        reference,
        predicate: start,
    })
}
