//! Rates of growth.

use crate::grammar::{Measured, Rule, Scene};
use crate::lexicon::terms::Measure;
use crate::lexicon::words::Class;

use super::predicate::{self, Way};

/// Reads a percentage after a verb of growth or decline, or after a noun for one, as a rate: `同比增长7.91%`, `下降7.4%`, `涨幅2%左右`,
/// `年均增幅超过23%`, `增速由5%提高到7%`. A fall is negative. A percentage that something else rises *to* is none.
pub static RULE: Rule<Measured> = Rule {
    name: "growth-rate",
    reads: "a percentage after a verb or noun of growth: 同比增长7.91% 下降7.4% 涨幅2%",
    apply,
};

/// Where the noun of a rate stands that moves from one value to another, and whether it is a fall: `增速由5%提高到7%`, `降幅由5%收窄到3%`.
fn rate_from_to(scene: &Scene, i: usize) -> Option<(usize, bool)> {
    let amount = scene.amount(i)?;
    let from = crate::rules::clause::start(scene, amount.start);
    let noun = scene
        .tokens_in(from, amount.start)
        .find(|t| t.is(Class::RATE_NOUN) && matches!(scene.at(t.end), Some('由' | '从')))?;
    let down = noun.word().and_then(|w| w.attribute(Class::RATE_NOUN)) == Some("down");
    Some((noun.start, down))
}

/// Verbs that count what was cut, but with a percentage say by how much.
const FALLS: &[&str] = &["精简", "精简了", "削减", "压减"];

fn apply(scene: &Scene, i: usize) -> Option<Measured> {
    let amount = scene
        .amount(i)
        .filter(|a| matches!(a.unit.as_str(), "%" | "‰" | "成"))?;
    let zero_growth = scene.at(amount.start) == Some('零');
    let predicate = predicate::read(scene, i);
    let noun = rate_from_to(scene, i);
    let down = match predicate.way {
        Way::By { down } => down,
        _ if zero_growth => false,
        // 材料精简40%
        Way::None if scene.ends(amount.start, FALLS) => true,
        _ => noun?.1,
    };
    let (comparison, reference) = predicate::comparison(scene, i);
    // What was cut stands before the verb: 材料精简40%.
    let verb = FALLS
        .iter()
        .find(|verb| predicate.way == Way::None && scene.ends(predicate.start, &[verb]));
    let own = predicate.start - verb.map_or(0, |verb| verb.chars().count());
    let own = noun
        .filter(|_| predicate.way == Way::None || predicate.way == Way::To)
        .map_or(own, |(noun, _)| noun.min(own));
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
