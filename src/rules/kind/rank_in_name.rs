//! 强 in titles.

use crate::grammar::{Rule, Scene};
use crate::lexicon::terms::NumeralKind;

/// Reads the number of a list of the best in a title: `中国私募基金50强示范机构`, `世界500强企业`, `百强县`.
pub static RULE: Rule<NumeralKind> = Rule {
    name: "rank-in-name",
    reads: "the number of a list of the best in a title: 50强示范机构 500强企业",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<NumeralKind> {
    let number = &scene.numbers[i];
    (scene.starts(number.end, &["强"]) && !scene.ends(number.start, &["前"])).then_some(NumeralKind::Name)
}
