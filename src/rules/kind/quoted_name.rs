//! Numerals in quoted names.

use crate::grammar::{Rule, Scene};
use crate::lexicon::terms::NumeralKind;

/// Longest quotation that is taken for a name.
const LONGEST: usize = 14;

/// Reads a numeral inside a short quotation, which is a name: `“15分钟社区生活圈”`, `“一地两区”`, `“三级联动”`. What a quotation says of
/// the number of wins is a quantity all the same: `“十连冠”`.
pub static RULE: Rule<NumeralKind> = Rule {
    name: "quoted-name",
    reads: "a numeral inside a short quotation, which is a name: “15分钟社区生活圈” “一地两区”",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<NumeralKind> {
    let number = &scene.numbers[i];
    let (start, end) = scene.quotation(number.start)?;
    if end - start > LONGEST || scene.starts(number.end, &["连冠", "连升", "连增", "连丰", "连降"]) {
        return None;
    }
    // A statement in quotation marks has a mark of punctuation of its own.
    (!scene.folded[start..end].iter().any(|&c| matches!(c, '，' | '。'))).then_some(NumeralKind::Name)
}
