//! Spans of time used as dates.

use crate::grammar::{Rule, Scene};
use crate::lexicon::terms::NumeralKind;

/// Reads a span of time that says when, not how long: `五年来`, `过去五年`, `十年增加…`, `75周年`, `一年来`.
///
/// A span that measures something is a quantity: `连续9年`, `闲置13年`, `再延长30年`, `30年以上`.
pub static RULE: Rule<NumeralKind> = Rule {
    name: "span-of-years",
    reads: "a span of time that says when: 五年来 过去五年 75周年; not 连续9年 or 再延长30年, which measure",
    apply,
};

const MEASURES: &[&str] = &[
    "连续",
    "延长",
    "再延长",
    "闲置",
    "打破",
    "长达",
    "历时",
    "提前",
    "缩短",
    "为期",
    "实现连续",
    "已连续",
    "推迟",
    "延期",
    "达",
    "超过",
    "达到",
    "提高",
    "增加",
    "减少",
    "满",
    "超",
    "不少于",
    "不低于",
    "至少",
    "暂停",
    "实行",
    "免费",
    "有效期",
    "时间为",
    "期限",
    "为",
    "提升至",
    "提高到",
    "提升到",
];

fn apply(scene: &Scene, i: usize) -> Option<NumeralKind> {
    let number = &scene.numbers[i];
    let end = number.end;
    if scene.starts(end, &["周年", "年级", "年制"]) {
        return Some(if scene.starts(end, &["周年"]) {
            NumeralKind::Date
        } else {
            NumeralKind::Name
        });
    }
    // 一年多来, 三十多年: the hedge may stand before 年.
    let after_hedge = if scene.starts(end, &["多", "余"]) {
        end + 1
    } else {
        end
    };
    if scene.starts(after_hedge, &["个月", "个多月"]) {
        // 一年零三个月
        if scene.ends(number.start, &["年零", "年又"])
            || (scene.at(number.start) == Some('零') && scene.ends(number.start, &["年"]))
        {
            return Some(NumeralKind::Date);
        }
        return scene
            .starts(after_hedge, &["个月来", "个月以来", "个多月来", "个月间", "个月时间"])
            .then_some(NumeralKind::Date);
    }
    if !scene.starts(after_hedge, &["年"]) {
        return None;
    }
    let past = after_hedge + 1;
    if scene.starts(past, &["来", "多来", "间", "以来", "多的", "期间", "时间里"]) {
        return Some(NumeralKind::Date);
    }
    if scene.starts(
        past,
        &[
            "行动",
            "计划",
            "规划",
            "期",
            "攻坚",
            "倍增",
            "滚动",
            "再造",
            "专项",
            "义务教育",
        ],
    ) {
        return None;
    }
    // 达到五年前的2倍
    if scene.starts(past, &["前的", "前相比"]) {
        return Some(NumeralKind::Date);
    }
    if scene.ends(number.start, MEASURES)
        || scene.starts(past, &["以上", "以下", "以内", "左右", "期限", "无", "没有", "未"])
    {
        return None;
    }
    Some(NumeralKind::Date)
}
