//! Counts of the text's own parts.

use crate::grammar::{Rule, Scene};
use crate::lexicon::terms::NumeralKind;

/// Reads a count of the parts of the text itself: `以下五方面工作`, `分为五个部分`, `讲三点意见`.
pub static RULE: Rule<NumeralKind> = Rule {
    name: "counted-part",
    reads: "a count of the text's own parts: 以下五方面工作",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<NumeralKind> {
    let number = &scene.numbers[i];
    let points_at_text = scene.ends(
        number.start,
        &["以下", "如下", "下面", "上述", "以上", "概述", "坚持做到", "主要有"],
    );
    // 分为3个片区 counts what there is.
    let points_at_text = points_at_text
        || scene.ends(number.start, &["分为"]) && scene.starts(number.end, &["个部分", "部分", "个方面", "点"]);
    (points_at_text && !scene.starts(number.end, &["年"]) && number.end - number.start <= 2)
        .then_some(NumeralKind::Other)
}
