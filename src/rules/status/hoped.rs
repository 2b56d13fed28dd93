//! Hopes within a review.

use crate::grammar::{Rule, Scene};
use crate::lexicon::terms::{Part, Status};
use crate::rules::clause;

/// Reads what a review hopes for or says of the time to come as a target: `力争全年完成投资20亿元`, `国民生产总值将比1980年增长1.7倍`.
pub static RULE: Rule<Status> = Rule {
    name: "hoped",
    reads: "what a review hopes for or says of the time to come: 力争全年完成投资20亿元",
    apply,
};

/// Words for the time to come, before what will be: 把税率由5%降到3% and 将税率降到3% are none.
const TO_COME: &[&str] = &["将比", "将达", "将增长", "将增加", "将超过", "将突破"];

/// Whether a value is said of the time to come.
pub fn is_to_come(scene: &Scene, i: usize) -> bool {
    // The hedge of an amount is a verb as well: 将突破300亿元.
    let to = scene.numbers[i].start;
    let from = scene.amount(i).map_or(to, |amount| clause::start(scene, amount.start));
    scene.find(from, to, TO_COME).is_some()
        && (from..to).any(|p| scene.starts(p, TO_COME) && !scene.starts(p, &["将增加值", "将增长点"]))
}

fn apply(scene: &Scene, i: usize) -> Option<Status> {
    let amount = scene.amount(i)?;
    // 全力争取 is no hope.
    let hopes = scene
        .tokens_in(clause::start(scene, amount.start), amount.start)
        .any(|t| t.word().is_some() && t.end >= t.start + 2 && scene.starts(t.start, &["力争"]));
    let said = is_to_come(scene, i) || hopes;
    let review = !matches!(scene.context.part, Part::Plan | Part::Closing);
    (review && said).then_some(Status::Target)
}
