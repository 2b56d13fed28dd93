//! Ordinals.

use crate::grammar::{Rule, Scene};
use crate::lex::numeral::Script;
use crate::lexicon::terms::NumeralKind;

/// Reads a number that says which one: `第八届`, `第三次`, `十二届市委四次全会`, `二期`, `一等奖`, `二十届三中全会`.
pub static RULE: Rule<NumeralKind> = Rule {
    name: "ordinal",
    reads: "a number that says which one: 第八届 十二届市委四次全会 二期 一等奖",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<NumeralKind> {
    let number = &scene.numbers[i];
    let (start, end) = (number.start, number.end);
    if scene.ends(start, &["第"]) {
        return Some(NumeralKind::Ordinal);
    }
    let session = scene.starts(
        end,
        &[
            "届",
            "中全会",
            "次全会",
            "次全体会议",
            "次党代会",
            "次代表大会",
            "次会议",
        ],
    ) && !scene.ends(start, &["召开", "举行", "开了"]);
    let grade = scene.starts(end, &["等奖", "等功", "等品"]);
    let phase = number.script == Script::Chinese
        && end == start + 1
        && scene.starts(end, &["期", "号", "标段"])
        && !scene.ends(start, &["分"])
        && !scene.starts(end, &["期间"]);
    (session || grade || phase).then_some(NumeralKind::Ordinal)
}
