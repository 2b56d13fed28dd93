//! Ranks.

use crate::grammar::{Measured, Rule, Scene};
use crate::lexicon::terms::Measure;
use crate::rules::clause;

/// Reads the amount of a rank, and the set that it is a rank in: `居全国第5位`.
pub static RULE: Rule<Measured> = Rule {
    name: "rank-in-set",
    reads: "the amount of a rank and the set that it is a rank in: 居全国第5位",
    apply,
};

/// Verbs and adverbs before the set.
const BEFORE: &[&str] = &[
    "位居",
    "位列",
    "稳居",
    "名列",
    "排名",
    "跃居",
    "保持",
    "继续保持",
    "排在",
    "居于",
    "均居",
    "均列",
    "居",
    "列",
    "排",
    "进入",
    "跻身",
    "升至",
    "跃升至",
    "上升到",
    "上升至",
    "为",
    "是",
    "位于",
];

fn apply(scene: &Scene, i: usize) -> Option<Measured> {
    if scene.kinds[i].as_ref()?.rule != "rank" {
        return None;
    }
    let amount = scene.amount(i)?;
    let (from, to) = clause::left(scene, i);
    // The set stands between the verb and the rank.
    let verb = (from..to).rev().find(|&p| scene.ends(p, BEFORE));
    let set_start = verb.unwrap_or_else(|| {
        ["全国", "全省", "全市", "全区", "全球", "世界"]
            .iter()
            .find_map(|w| scene.ends(to, &[w]).then(|| to - 2))
            .unwrap_or(to)
    });
    let predicate = BEFORE
        .iter()
        .filter(|w| scene.ends(set_start, &[w]))
        .map(|w| set_start - w.chars().count())
        .min()
        .unwrap_or(set_start)
        .max(from);
    let reference = (set_start < amount.start).then_some((set_start, amount.start));
    Some(Measured {
        measure: Measure::Rank,
        negative: false,
        comparison: None,
        reference,
        predicate,
    })
}
