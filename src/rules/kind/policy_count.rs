//! Policies known by the number of their articles.

use crate::grammar::{Rule, Scene};
use crate::lexicon::terms::NumeralKind;

/// Reads the number of articles in the short name of a policy: `“高境10条”`, `科创“30条”`, `稳增长“21条”`.
pub static RULE: Rule<NumeralKind> = Rule {
    name: "policy-count",
    reads: "the number of articles in the name of a policy: “高境10条” 科创“30条”",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<NumeralKind> {
    let number = &scene.numbers[i];
    if scene.starts(number.end, &["条"]) && scene.ends(number.start, &["新", "金融", "惠企"]) {
        return Some(NumeralKind::Name);
    }
    let (_, close) = scene.quotation(number.start)?;
    (scene.starts(number.end, &["条", "项", "点"]) && close == number.end + 1).then_some(NumeralKind::Name)
}
