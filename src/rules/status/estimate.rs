//! Expectations about the year under review.

use crate::grammar::{Rule, Scene};
use crate::lexicon::terms::{Part, Status};
use crate::lexicon::words::Class;
use crate::rules::clause;

/// Reads a value after 预计 in the review as an estimate, for the whole group of clauses: `预计实现商品销售额442亿元，同比增长16.80%`; for
/// the whole sentence where it opens it: `预计全年生产总值增长6%；投资增长8%`.
pub static RULE: Rule<Status> = Rule {
    name: "estimate",
    reads: "a value after 预计 in the review: 预计实现商品销售额442亿元",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Status> {
    let amount = scene.amount(i)?;
    let group = clause::group_start(scene, amount.start);
    let opens = scene.starts(scene.context.label_end, &["预计", "初步预计", "全年预计"]);
    let said = opens || scene.has_word(group, amount.start, Class::ESTIMATE);
    (scene.context.part != Part::Plan && said).then_some(Status::Estimate)
}
