//! Ranks.

use crate::grammar::{Rule, Scene};
use crate::lexicon::terms::NumeralKind;

/// Reads a place in an order: `居全国首位`, `全国第一`, `第3位`, `进入全国前8位`, `前十`.
pub static RULE: Rule<NumeralKind> = Rule {
    name: "rank",
    reads: "a place in an order: 居全国首位 全国第一 第3位 全国前8位 前十",
    apply,
};

/// Words for a set, after which 第一 is a rank.
const SETS: &[&str] = &[
    "全国",
    "世界",
    "全球",
    "全省",
    "全市",
    "全区",
    "全县",
    "国内",
    "国际",
    "亚洲",
    "中部",
    "西部",
    "东部",
    "同类",
    "省内",
    "市内",
    "居",
    "列",
    "稳居",
    "位居",
    "位列",
    "名列",
    "排名",
    "排",
    "保持",
    "均为",
    "东北",
    "华东",
    "城市",
    "省份",
    "各省区",
    "行业",
    "位次",
    "获",
    "蝉联",
    "全网",
    "省区市",
    "各省区市",
    "地区",
    "均居",
    "均列",
    "跃居",
    "跃升",
    "升至",
    "跃升至",
    "上升到",
    "上升至",
    "跻身",
    "进入",
    "总量",
    "系统",
    "强县",
    "强镇",
    "强区",
    "强市",
];

fn apply(scene: &Scene, i: usize) -> Option<NumeralKind> {
    let number = &scene.numbers[i];
    let (start, end) = (number.start, number.end);
    if scene.at(start) == Some('首') {
        let figurative = scene.ends(start, &["放在", "摆在", "放到", "摆到", "置于", "放", "列为"]);
        return (scene.starts(end, &["位"]) && !scene.starts(end, &["位度"]) && !figurative)
            .then_some(NumeralKind::Quantity);
    }
    if scene.ends(start, &["第"]) {
        if scene.ends(start - 1, &["放在", "摆在", "放到", "摆到"]) {
            return None;
        }
        let set = scene.ends(start - 1, SETS);
        let unit = scene.starts(end, &["位", "名"]) && !scene.starts(end, &["位数"]);
        let closes = scene
            .at(end)
            .is_none_or(|c| matches!(c, '，' | '。' | '；' | '、' | '）' | '的' | '和' | '及'));
        return (unit || (set && closes)).then_some(NumeralKind::Quantity);
    }
    if scene.ends(start, &["前"]) {
        let set = scene.ends(start - 1, SETS);
        let unit = scene.starts(end, &["位", "名", "强", "列"]);
        let closes = scene
            .at(end)
            .is_none_or(|c| matches!(c, '，' | '。' | '；' | '、' | '）' | '的'));
        return ((unit && !scene.starts(end, &["名单"])) || (set && closes)).then_some(NumeralKind::Quantity);
    }
    None
}
