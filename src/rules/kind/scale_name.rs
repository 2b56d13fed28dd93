//! Scales that name a class.

use crate::grammar::{Rule, Scene};
use crate::lexicon::terms::NumeralKind;
use crate::lexicon::words::Class;

/// Reads a scale that names a class or a programme: `千亿级产业`, `百亿县`, `万亿城市`, `百亿斤粮食产能提升工程`, `“千万工程”`.
///
/// A scale before a unit is a quantity: `千亿元`, `百亿次`.
pub static RULE: Rule<NumeralKind> = Rule {
    name: "scale-name",
    reads: "a scale that names a class or a programme: 千亿级产业 百亿县 “千万工程”",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<NumeralKind> {
    let number = &scene.numbers[i];
    // 十亿 is a number, 百亿 may be a class.
    let bare = scene.folded[number.start..number.end]
        .iter()
        .all(|&c| matches!(c, '百' | '千' | '万' | '亿'));
    if !bare {
        return None;
    }
    let Some(unit) = scene.unit_after(i) else {
        return Some(NumeralKind::Name);
    };
    // A single scale character names a round number, not a value: 千座公园城市; hedged it is a bound: 上百家.
    let hedged = scene.word_before(number.start, Class::HEDGE_BEFORE) || scene.ends(number.start, &["上"]);
    if number.end == number.start + 1 && !hedged {
        return Some(NumeralKind::Name);
    }
    if scene.starts(unit.end, &["级"]) || scene.at(number.end) == Some('级') {
        return Some(NumeralKind::Name);
    }
    // The object of 实施 that ends in 工程 or 行动 is a programme's name.
    let limit = (unit.end + 14).min(scene.folded.len());
    let stop = (unit.end..limit)
        .find(|&p| matches!(scene.folded[p], '，' | '。' | '；' | '、'))
        .unwrap_or(limit);
    (scene.ends(stop, &["工程", "行动", "计划"])
        && scene.ends(number.start, &["实施", "推进", "启动", "落实", "新一轮", "建设"]))
    .then_some(NumeralKind::Name)
}
