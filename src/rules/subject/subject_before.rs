//! The phrase before an amount.

use crate::grammar::{Rule, Scene, Subject};
use crate::lexicon::terms::Modifier;
use crate::lexicon::words::Class;

use crate::rules::clause;

use super::{counted_object, phrase};

/// Reads the phrase before an amount and its predicate: `地方财政收入8.37亿元`, `就业困难人员安置率达100%`, `召开镇长办公会19次`; a list hands its
/// verb on: `新增…2家、…企业1家`.
pub static RULE: Rule<Subject> = Rule {
    name: "subject-before",
    reads: "the phrase before an amount: 地方财政收入8.37亿元",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Subject> {
    let (from, mut to) = phrase::left(scene, i);
    // 公园、健身园等1100处
    if to > from + 2
        && scene.ends(to, &["等"])
        && !scene.ends(to, &["中等", "高等", "初等", "优等", "同等", "平等", "均等"])
    {
        to -= 1;
    }
    if from >= to || is_circumstance(scene, from, to) {
        return None;
    }
    if let Some((end, whole)) = phrase::scope(scene, i, from, to) {
        return Some(Subject {
            spelled: Some((1, phrase::SHARE)),
            carries: Some(1),
            ..Subject::stated(vec![(from, end), whole])
        });
    }
    if scene.is(from, to, NAMELESS) {
        return None;
    }
    // 土地承包到期后再延长30年: a time needs its verb.
    if scene.ends(to, &["后"]) && !scene.ends(to, &["背后", "落后", "先后", "前后"]) {
        return Some(Subject::stated(vec![(from, scene.amount(i)?.start)]));
    }
    if let Some(subject) = after_attribute(scene, i, from, to) {
        return Some(subject);
    }
    // 每10万人刑事案件数
    if let Some(base) = scene.amount_before(i).and_then(|j| scene.amount(j))
        && base.end == from
        && scene.ends(base.start, &["每"])
    {
        return Some(Subject {
            verbatim: true,
            ..Subject::stated(vec![(base.start - 1, to)])
        });
    }
    let mut pieces = Vec::new();
    // 为120名困难群众发放救助金36万元, 帮助86家企业获得贷款2亿元
    if let Some(j) = scene.amount_before(i)
        && scene.amount(j).is_some_and(|it| it.end == from)
        && phrase::has_verb(scene, from, to)
    {
        if let Some(subject) = scene.subject(j).filter(|it| {
            it.pieces.last() == Some(&(from, to)) && scene.amount(j).is_some_and(|a| !phrase::measures(&a.unit))
        }) {
            return Some(subject.clone());
        }
        pieces.extend(counted_object::beneficiary(scene, j));
    }
    // 为企业争取补贴320万元
    if scene
        .token_before(from)
        .is_some_and(|t| t.start >= clause::left(scene, i).0 && scene.is(t.start, t.end, &["为"]))
        && (phrase::has_verb(scene, from + 1, to)
            || scene.holds(from + 1, to, &["争取", "协调", "减少", "降低", "节约", "减负", "纾困"]))
    {
        pieces.push((from - 1, from));
    }
    if let Some(verb) = phrase::treasury(scene, i, to) {
        let purpose = purpose_after(scene, scene.amount(i)?.end);
        return Some(Subject::stated([(from, to), verb].into_iter().chain(purpose).collect()));
    }
    if phrase::head_verb(scene, from, to).is_none() && !is_sum_beside_counts(scene, i, to) {
        pieces.extend(phrase::inherited_verb(scene, i));
    }
    pieces.extend(phrase::named(scene, from, to));
    if scene.ends(to, &["财政投入", "财政拟投入", "财政将投入"]) {
        pieces.extend(purpose_after(scene, scene.amount(i)?.end));
    }
    Some(Subject::stated(pieces))
}

/// The subject of an amount after a noun that an amount before belongs to: `将现行16%的税率降至13%`, `收入50万元以上的行政村占比达68%`.
fn after_attribute(scene: &Scene, i: usize, from: usize, to: usize) -> Option<Subject> {
    let j = scene.amount_before(i)?;
    let (before, amount) = (scene.amount(j)?, scene.amount(i)?);
    // 60岁以上老年人参保率, 站点500米覆盖率: a size is part of the name.
    if before.end == from && amount.unit == "%" && SIZES.iter().any(|unit| before.unit.ends_with(unit)) {
        let (start, end) = phrase::left(scene, j);
        let start = if start < end { start } else { before.start };
        return Some(Subject {
            verbatim: true,
            ..Subject::stated(vec![(start, to)])
        });
    }
    if scene.at(before.end) != Some('的') || from > before.end + 1 {
        return None;
    }
    if before.unit == amount.unit {
        let subject = scene
            .subject(j)
            .filter(|it| it.pieces.len() > 1 && it.pieces.last() == Some(&(from, to)))?;
        return Some(Subject {
            carried: true,
            ..subject.clone()
        });
    }
    let (start, end) = phrase::left(scene, j);
    // 20万元以上的村占比85%
    let start = if start < end { start } else { before.start };
    (before.modifier != Modifier::Exact).then(|| Subject {
        verbatim: true,
        ..Subject::stated(vec![(start, to)])
    })
}

/// What a sum of the treasury is for, which alone tells it apart: `中央财政投入423亿元，用于促进就业`.
fn purpose_after(scene: &Scene, from: usize) -> Option<(usize, usize)> {
    const LONGEST: usize = 16;
    let start = from + 1;
    let end = clause::end(scene, start.min(scene.folded.len()));
    let names = scene.at(from) == Some('，') && scene.starts(start, &["用于"]) && end <= start + LONGEST;
    names.then_some((start, end))
}

/// Whether a phrase says under what conditions something is so: 在新的基础上又增加…
fn is_circumstance(scene: &Scene, from: usize, to: usize) -> bool {
    scene.ends(from, &["在"]) && scene.ends(to, &["基础上", "情况下", "条件下", "过程中", "背景下"])
}

/// Units of what belongs to the name of a thing.
const SIZES: &[&str] = &["岁", "米", "分钟", "小时"];

/// Words for places, times, moves and things named before, which name nothing that is measured: 由第四位上升为第三位.
const NAMELESS: &[&str] = &[
    "各地",
    "它",
    "其",
    "这",
    "这一年",
    "该",
    "此项",
    "这项",
    "该项",
    "两者",
    "前者",
    "后者",
    "上升",
    "跃升",
    "提升",
    "前移",
    "下降",
    "后移",
    "上移",
    "全国",
    "全省",
    "全市",
    "全县",
    "全区",
    "全镇",
];

/// Whether a phrase names a sum or a rate, and the item before it counts things: 接待游客860万人次、旅游收入62亿元.
fn is_sum_beside_counts(scene: &Scene, i: usize, to: usize) -> bool {
    let sum = |unit: &str| unit.ends_with('元') || unit == "%";
    let names_one = scene
        .token_before(to)
        .is_some_and(|t| t.is(Class::HEAD.or(Class::RATE).or(Class::BARE_HEAD)));
    let before = scene.amount_before(i).and_then(|j| scene.amount(j));
    names_one && scene.amount(i).is_some_and(|a| sum(&a.unit)) && before.is_some_and(|a| !sum(&a.unit))
}
