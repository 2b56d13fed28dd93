//! Absolute changes.

use crate::grammar::{Measured, Rule, Scene};
use crate::lexicon::terms::Measure;

use super::predicate::{self, Way};

/// Reads an amount in its own unit after a verb of growth or decline as a change: `增产74亿斤`, `减少5天`, `再提高20元`, `净增212万亩`.
pub static RULE: Rule<Measured> = Rule {
    name: "absolute-change",
    reads: "an amount in its own unit after a verb of growth or decline: 增产74亿斤 减少5天",
    apply,
};

/// Verbs that raise or lower a quality, not a number.
const QUALITIES: &[&str] = &["加快", "提升", "提高", "降低", "增强", "优化"];
/// Classifiers of what has such a quality.
const CLASSIFIERS: &[&str] = &["个", "项", "类", "条", "家", "种", "处", "座", "所", "大"];

fn apply(scene: &Scene, i: usize) -> Option<Measured> {
    let amount = scene.amount(i).filter(|a| !matches!(a.unit.as_str(), "%" | "‰"))?;
    let predicate = predicate::read(scene, i);
    // 增速连续8个月居首: how long, not by how much.
    if scene.ends(amount.start, &["连续"]) {
        return None;
    }
    let Way::By { down } = predicate.way else { return None };
    // 提升12个片区品质: the verb is said of what is counted.
    let (from, to) = crate::rules::clause::right(scene, i);
    let quality = scene.ends(amount.start, QUALITIES);
    let of_many = scene.holds(from, to, &["水平", "质量", "品质", "能力", "环境", "风貌"]);
    if quality && from < to && (CLASSIFIERS.contains(&amount.unit.as_str()) || of_many) {
        return None;
    }
    let (comparison, reference) = predicate::comparison(scene, i);
    let left = crate::rules::clause::left(scene, i).0;
    let start = reference
        .map_or(predicate.start, |(s, _)| s.saturating_sub(1).min(predicate.start))
        .max(left);
    Some(Measured {
        measure: Measure::Change,
        negative: down,
        comparison,
        reference,
        predicate: start.min(amount.start),
    })
}
