//! The 五 of 五年计划.

use crate::grammar::{Rule, Scene};
use crate::lexicon::terms::NumeralKind;

/// Reads the length in the name of a plan: `第十五个五年规划`, `三年行动`, `“百年”新征程`.
pub static RULE: Rule<NumeralKind> = Rule {
    name: "plan-length",
    reads: "the length in the name of a plan: 五年规划 三年行动方案",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<NumeralKind> {
    let end = scene.numbers[i].end;
    scene
        .starts(
            end,
            &[
                "年计划",
                "年规划",
                "年行动",
                "年发展规划",
                "年攻坚",
                "年提升",
                "年倍增",
                "年滚动",
                "年期",
                "年工程",
                "年科学",
                "年再造",
                "年专项",
                "年义务教育",
            ],
        )
        .then_some(NumeralKind::Name)
}
