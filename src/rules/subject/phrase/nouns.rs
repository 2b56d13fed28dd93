//! What units measure, and which nouns name things or wholes.

use crate::grammar::Scene;
use crate::lexicon::terms::Measure;
use crate::lexicon::words::Class;
use crate::rules::clause;

/// What a share may be of that its report need not explain.
pub const SCOPES: &[&str] = &[
    "全国",
    "全省",
    "全市",
    "全区",
    "全县",
    "全州",
    "全镇",
    "全乡",
    "全球",
    "全世界",
    "世界",
    "大陆",
];

/// The whole that a share without 占 is of, `猕猴桃产量稳定在全国三分之一`: where the part ends, and the range of the whole.
pub fn scope(scene: &Scene, i: usize, from: usize, to: usize) -> Option<(usize, (usize, usize))> {
    scene.measured(i).filter(|it| it.measure == Measure::Ratio)?;
    let word = SCOPES.iter().find(|word| scene.ends(to, &[word]))?;
    let start = to - word.chars().count();
    let part = clause::trim_tail(scene, from, start);
    let stays = scene
        .token_before(start)
        .is_some_and(|t| t.is(Class::REACH.or(Class::TO)));
    (stays && part >= from + 2 && !scene.holds(from, part, &["占"])).then_some((part, (start, to)))
}

/// What the treasury does, which is what is measured: 中央财政安排109亿元.
pub fn treasury(scene: &Scene, i: usize, to: usize) -> Option<(usize, usize)> {
    const VERBS: &[&str] = &["安排", "投入", "拨付", "下达"];
    let amount = scene.amount(i).filter(|_| scene.ends(to, &["财政"]))?;
    let verb = scene
        .tokens_in(to, amount.start)
        .find(|t| scene.is(t.start, t.end, VERBS))?;
    Some((verb.start, verb.end))
}

/// What stands between a part and its whole where the text has another verb.
pub const SHARE: &str = "占";

/// Whether a unit is of a large measure: money, or a scale of ten thousand.
pub fn measures_much(unit: &str) -> bool {
    measures(unit) || unit.starts_with(['万', '亿'])
}

/// Whether a unit measures a thing, and does not count things.
pub fn measures(unit: &str) -> bool {
    ["元", "%", "吨", "亩", "米", "公里", "千瓦", "斤", "方", "时", "公顷"]
        .iter()
        .any(|u| unit.ends_with(u))
}

/// Nouns of things, which a measure may follow: 战略性新兴产业增加值. Every other closing noun is a measure.
const THINGS: &[&str] = &[
    "企业",
    "用户",
    "项目",
    "基地",
    "中心",
    "平台",
    "产业",
    "服务业",
    "机构",
    "人才",
    "岗位",
    "床位",
    "学位",
    "管网",
    "管道",
    "管线",
];

/// Whether a range is such a noun.
pub fn is_thing(scene: &Scene, from: usize, to: usize) -> bool {
    scene.is(from, to, THINGS)
}
