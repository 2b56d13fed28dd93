//! What is only supposed.

use crate::grammar::{Rule, Scene};
use crate::lexicon::terms::{Part, Status};
use crate::rules::clause;

/// Reads a value of a supposition, or of what follows from one, as a target, of no year: `如果每亩增产50斤，全县就可以增产1200万斤`,
/// `即使削减一半，…`; and one of what a project will yield: `达产后年产值可达20亿元`.
pub static RULE: Rule<Status> = Rule {
    name: "supposed",
    reads: "a value that is only supposed: 如果每亩增产50斤 达产后年产值可达20亿元",
    apply,
};

/// Words that open a supposition.
const SUPPOSITIONS: &[&str] = &["如果", "假如", "假使", "假定", "倘若", "即使"];
/// Words for the time when a project is done.
const YIELDS: &[&str] = &["达产后", "投产后", "建成后", "满产后", "达效后", "竣工后"];

fn apply(scene: &Scene, i: usize) -> Option<Status> {
    is_supposed(scene, i).then_some(Status::Target)
}

/// Whether a value is only supposed.
#[must_use]
pub fn is_supposed(scene: &Scene, i: usize) -> bool {
    let Some(amount) = scene.amount(i) else { return false };
    let group = clause::group_start(scene, amount.start);
    let supposition = scene.find(group, amount.start, SUPPOSITIONS).is_some()
        && (group..amount.start).any(|p| scene.starts(p, SUPPOSITIONS) && !scene.starts(p, &["如果说"]));
    // 项目建成后，新增就业120人 is told of what was built, unless it can only be; in a plan all is to come.
    let yields = !matches!(scene.context.part, Part::Plan | Part::Closing)
        && scene.holds(group, amount.start, YIELDS)
        && scene.holds(group, amount.start, &["可", "将", "预计", "预期"]);
    supposition || yields
}
