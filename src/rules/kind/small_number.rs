//! Small Chinese numbers, which more often string words together than count.

use rust_decimal::Decimal;

use crate::grammar::{Rule, Scene};
use crate::lex::numeral::Script;
use crate::lexicon::terms::NumeralKind;
use crate::lexicon::words::{self, Class};

/// Reads a small Chinese number that counts nothing: `一个`, `两个问题`, `三方面`, `四国`; and leaves those that do: `四个片区`, `两项基本国策`,
/// `分三批`, `一小时`, `一亩半`.
pub static RULE: Rule<NumeralKind> = Rule {
    name: "small-number",
    reads: "a small Chinese number that counts nothing: 一个 两个问题",
    apply,
};

/// Units that measure, so that even 一 before them is a quantity.
const MEASURING: &[&str] = &[
    "小时",
    "分钟",
    "亩",
    "公里",
    "平方米",
    "平方公里",
    "公斤",
    "斤",
    "吨",
    "倍",
    "番",
    "元",
    "万元",
    "亿元",
    "岁",
    "个百分点",
    "个工作日",
];

fn apply(scene: &Scene, i: usize) -> Option<NumeralKind> {
    let number = &scene.numbers[i];
    let single = number.script == Script::Chinese
        && number.unit.is_none()
        && number.max.is_none()
        && number.value.is_some_and(|v| v <= Decimal::TEN)
        && number.end - number.start == 1;
    if !single {
        return None;
    }
    if scene.at(number.start) == Some('零') && scene.starts(number.end, &["增长"]) {
        return None;
    }
    let Some(unit) = scene.unit_after(i) else {
        return Some(NumeralKind::Other);
    };
    // 一个半小时: the half belongs to the number before it.
    let half_after = scene.at(number.start) == Some('半')
        && scene.ends(number.start, &["个"])
        && i.checked_sub(1)
            .is_some_and(|j| scene.numbers[j].end + 1 == number.start);
    if half_after {
        return Some(NumeralKind::Other);
    }
    let symbol = scene.string(unit.start, unit.end);
    if MEASURING.contains(&symbol.as_str()) && !scene.starts(unit.end, &["之"]) {
        return None;
    }
    let hedged = scene.token_from(unit.end).is_some_and(|t| t.is(Class::HEDGE_AFTER))
        || scene.word_before(number.start, Class::HEDGE_BEFORE);
    let from = scene.ends(number.start, &["从", "由", "只生育", "每"]);
    if number.value == Some(Decimal::ONE) {
        return (!(hedged || from)).then_some(NumeralKind::Other);
    }
    if number.value == Some(Decimal::new(5, 1)) {
        return Some(NumeralKind::Other);
    }
    let noun_from = unit.end;
    let rhetorical = words::longest(scene.folded, noun_from)
        .is_some_and(|w| words::word(w).class.has(Class::RHETORICAL))
        || head_noun_is_rhetorical(scene, noun_from)
        || matches!(
            symbol.as_str(),
            "方" | "分"
                | "面"
                | "点"
                | "种"
                | "者"
                | "级"
                | "次"
                | "步"
                | "方面"
                | "个方面"
                | "头"
                | "层"
                | "条"
                | "口"
                | "手"
                | "字"
        );
    let enumerated = matches!(symbol.as_str(), "方面" | "个方面")
        && scene.starts(unit.end, &["民生实事", "实事", "政策", "举措", "措施", "改革"]);
    let partition = scene.ends(number.start, &["分"]) && matches!(symbol.as_str(), "期" | "批" | "次" | "步");
    (rhetorical && !partition && !hedged && !enumerated).then_some(NumeralKind::Other)
}

/// Whether the noun phrase after the classifier ends in a rhetorical noun: 两个重大理论问题.
fn head_noun_is_rhetorical(scene: &Scene, from: usize) -> bool {
    let limit = (from + 10).min(scene.folded.len());
    let stop = (from..limit)
        .find(|&p| matches!(scene.folded[p], '，' | '。' | '；' | '、' | '：' | '（' | '”'))
        .unwrap_or(limit);
    (from..stop).any(|p| {
        words::longest(scene.folded, p).is_some_and(|w| {
            let w = words::word(w);
            w.class.has(Class::RHETORICAL) && w.chars.len() >= 2 && p + w.chars.len() == stop
        })
    })
}
