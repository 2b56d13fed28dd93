//! Counts of the text's own parts.

use crate::grammar::{Rule, Scene};
use crate::lex::TokenKind;
use crate::lexicon::terms::NumeralKind;

/// Reads a count of the parts of the text itself: `以下五方面工作`, `分为五个部分`, `主要做了6个方面工作`, `抓好3件事：`; and one of the steps
/// that it names: `连跨两个千亿元台阶`.
pub static RULE: Rule<NumeralKind> = Rule {
    name: "counted-part",
    reads: "a count of the text's own parts: 以下五方面工作",
    apply,
};

/// What a speaker sets out to do.
const TASKS: &[&str] = &[
    "项重点工作",
    "项重点任务",
    "项主要任务",
    "项主要工作",
    "项任务",
    "方面重点工作",
    "个方面重点工作",
    "个方面重点任务",
];
/// How far after a count of steps the word for them may end, in characters.
const LONGEST_STEP: usize = 12;

fn apply(scene: &Scene, i: usize) -> Option<NumeralKind> {
    let number = &scene.numbers[i];
    let points_at_text = scene.ends(
        number.start,
        &["以下", "如下", "下面", "上述", "以上", "概述", "坚持做到", "主要有"],
    );
    // 其中10亿元以上5个: 以上 belongs to the amount before it.
    let bound = scene.ends(number.start, &["以上"])
        && scene
            .token_before(number.start - 2)
            .is_some_and(|t| matches!(t.kind, TokenKind::Unit | TokenKind::Number(_)));
    // 分为3个片区 counts what there is.
    let points_at_text = points_at_text
        || scene.ends(number.start, &["分为"]) && scene.starts(number.end, &["个部分", "部分", "个方面", "点"]);
    // 主要做了6个方面工作, 抓好3件事: what is counted is the list that follows.
    let heads_list = scene.starts(
        number.end,
        &[
            "个方面工作",
            "个方面的工作",
            "方面工作",
            "方面的工作",
            "件事，",
            "件事：",
            "件事。",
        ],
    );
    // 抓好七项重点工作, and no more: what follows are the parts.
    let heads_list = heads_list
        || TASKS.iter().any(|task| {
            scene.starts(number.end, &[task])
                && scene
                    .at(number.end + task.chars().count())
                    .is_none_or(|c| matches!(c, '，' | '：' | '。' | ':'))
        })
        || scene.starts(number.end, &["个字"]) && scene.before(number.start) == Some('”');
    let stop = (number.end..scene.folded.len())
        .take(LONGEST_STEP)
        .find(|&p| matches!(scene.folded[p], '，' | '。' | '；' | '、'))
        .unwrap_or_else(|| scene.folded.len().min(number.end + LONGEST_STEP));
    let steps = scene.starts(number.end, &["个"]) && scene.ends(stop, &["台阶", "大关", "关口"]);
    ((points_at_text || heads_list || steps)
        && !bound
        && !scene.starts(number.end, &["年"])
        && number.end - number.start <= 2)
        .then_some(NumeralKind::Other)
}
