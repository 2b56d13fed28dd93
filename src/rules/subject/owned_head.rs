//! Measures of a thing named before with another measure.

use crate::grammar::{Rule, Scene, Subject};

use super::phrase;

/// Reads a measure alone as that of the thing that the statement before it measures in another way: `粮食播种面积1584万亩、总产量132亿斤`,
/// `国家财政收入1121亿元，支出1111亿元`; of two measures that 分别 takes up, `事故起数和死亡人数分别下降…`, see `respective`.
pub static RULE: Rule<Subject> = Rule {
    name: "owned-head",
    reads: "a measure alone as that of the thing measured before: 粮食播种面积…、总产量132亿斤",
    apply,
};

/// Measures that say nothing without their thing.
const MEASURES: &[&str] = &[
    "支出",
    "总产量",
    "产量",
    "总产",
    "单产",
    "死亡人数",
    "受伤人数",
    "伤亡人数",
];

fn apply(scene: &Scene, i: usize) -> Option<Subject> {
    let (from, to) = phrase::left(scene, i);
    if !is_owned(scene, from, to) {
        return None;
    }
    let (_, before) = phrase::before(scene, i)?;
    let mut pieces = before.pieces;
    let (start, end) = pieces.pop()?;
    pieces.push((start, owner(scene, start, end)?));
    pieces.push((from, to));
    Some(Subject::carried(pieces))
}

/// Whether a phrase is a measure alone.
pub fn is_owned(scene: &Scene, from: usize, to: usize) -> bool {
    MEASURES.contains(&scene.string(from, to).as_str())
}

/// End of the thing in a phrase that ends in a measure of it.
pub fn owner(scene: &Scene, from: usize, to: usize) -> Option<usize> {
    /// What the measure before may be, the longest first.
    const BEFORE: &[&str] = &["总产量", "总收入", "产量", "收入", "支出", "面积", "起数", "单产"];
    let measure = BEFORE.iter().find(|word| scene.ends(to, &[word]))?;
    let end = to - measure.chars().count();
    (end >= from + 2).then_some(end)
}
