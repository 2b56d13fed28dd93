//! Members of a set by their class.

use crate::grammar::{Rule, Scene, Subject};
use crate::lex::TokenKind;
use crate::lexicon::terms::Measure;
use crate::lexicon::words::Class;
use crate::rules::clause;

use super::phrase;

/// Reads a part without its measure by the measure of the whole, `农业总产值8.6亿元，其中种植业3.2亿元、畜牧业4.1亿元`, and a class alone as a part of
/// what was counted before with the same classifier: `龙头企业48家，其中国家级1家、省级12家`,
/// `养老机构36家，其中公办12家`, `新增省级专精特新企业12家、国家级3家`.
pub static RULE: Rule<Subject> = Rule {
    name: "set-member",
    reads: "a class alone as a part of what was counted before: 龙头企业48家，其中国家级1家",
    apply,
};

/// Classes of a thing.
const CLASSES: &[&str] = &[
    "世界级",
    "国家级",
    "部级",
    "省级",
    "省部级",
    "自治区级",
    "市级",
    "地市级",
    "州级",
    "盟级",
    "区级",
    "县级",
    "区县级",
    "镇级",
    "乡级",
    "村级",
    "公办",
    "民办",
    "公立",
    "私立",
    "国有",
    "民营",
    "外资",
    "城镇",
    "农村",
    "男性",
    "女性",
];
/// What a class by rank ends in.
const MARK: char = '级';
/// How far into a name that mark may stand, in characters.
const LONGEST: usize = 4;

fn apply(scene: &Scene, i: usize) -> Option<Subject> {
    let (from, to) = phrase::left(scene, i);
    if let Some(subject) = residents(scene, i, from, to)
        .or_else(|| counterpart(scene, i, from, to))
        .or_else(|| part(scene, i, from, to))
    {
        return Some(subject);
    }
    if !scene.is(from, to, CLASSES) {
        return None;
    }
    let (_, whole) = phrase::same_unit_before(scene, i)?;
    let &(start, end) = whole.last()?;
    let noun = phrase::head_verb(scene, start, end).map_or(start, |(_, verb_end)| verb_end);
    // 省级专精特新企业 is of the class that this one is set beside.
    let limit = (noun + LONGEST).min(end);
    let noun = (noun..limit)
        .find(|&p| scene.folded[p] == MARK && p + 1 < end)
        .map_or(noun, |p| p + 1);
    // 市级以上研发机构
    let noun = if scene.starts(noun, &["以上", "以下"]) {
        noun + 2
    } else {
        noun
    };
    if noun >= end {
        return None;
    }
    let verb = phrase::inherited_verb(scene, i);
    Some(Subject::stated(
        verb.into_iter().chain([(from, to), (noun, end)]).collect(),
    ))
}

/// `全体居民人均可支配收入32150元，其中城镇居民41230元`
fn residents(scene: &Scene, i: usize, from: usize, to: usize) -> Option<Subject> {
    const RESIDENTS: &[&str] = &["城镇居民", "农村居民", "城镇常住居民", "农村常住居民"];
    if !scene.is(from, to, RESIDENTS) {
        return None;
    }
    let (_, before) = phrase::before(scene, i)?;
    let &(start, end) = before.pieces.last()?;
    let noun = (start..end).find(|&p| scene.ends(p, &["居民"]) && scene.starts(p, &["人均"]))?;
    Some(Subject::stated(vec![(from, to), (noun, end)]))
}

/// The country beside the town, of which the same is measured: `城市低保月人均补助水平由80元提高到190元，农村低保由38元提高到85元`,
/// `城镇人均居住面积8.8平方米，农村21平方米`.
fn counterpart(scene: &Scene, i: usize, from: usize, to: usize) -> Option<Subject> {
    const SIDES: &[&str] = &["城镇", "农村", "城市", "乡村"];
    let side = |at: usize| SIDES.iter().any(|word| scene.starts(at, &[word]));
    if from + 2 > to || !side(from) || scene.measured(i)?.measure != Measure::Level {
        return None;
    }
    let (j, before) = phrase::before(scene, i)?;
    if scene.amount(j)?.unit != scene.amount(i)?.unit || !phrase::measures(&scene.amount(i)?.unit) {
        return None;
    }
    let &[(start, end)] = before.pieces.as_slice() else {
        return None;
    };
    let own = &scene.folded[from + 2..to];
    let noun = (start..end.saturating_sub(2)).find(|&p| {
        side(p) && scene.folded[p..p + 2] != scene.folded[from..from + 2] && scene.folded[p + 2..end].starts_with(own)
    })?;
    let rest = noun + 2 + own.len();
    (rest < end).then(|| Subject::stated(vec![(from, to), (rest, end)]))
}

/// Measures that the parts of a whole are without.
const MEASURES: &[&str] = &[
    "产值",
    "增加值",
    "支出",
    "收入",
    "投资",
    "装机容量",
    "装机",
    "里程",
    "面积",
    "产量",
    "发电量",
    "销售额",
    "零售额",
    "进出口额",
    "贷款",
    "存款",
];

/// `粮食产量12万吨，其中小麦5万吨、玉米4万吨`
fn part(scene: &Scene, i: usize, from: usize, to: usize) -> Option<Subject> {
    let amount = scene.amount(i).filter(|it| phrase::measures(&it.unit))?;
    let product = scene.is(from, to, PRODUCTS);
    let among = scene.has_word(clause::left(scene, i).0, from, Class::AMONG);
    let before = scene
        .amount_before(i)
        .filter(|&j| scene.amount(j).is_some_and(|it| base(&it.unit) == base(&amount.unit)));
    let goes_on = before.is_some_and(|j| {
        scene.subjects[j].as_ref().is_some_and(|d| d.rule == "set-member")
            && scene
                .amount(j)
                .is_some_and(|it| it.end < from && scene.at(it.end) == Some('、'))
    });
    // 原煤产量8亿吨，原油1亿吨，钢4千万吨
    let produced = product
        && before
            .and_then(|j| scene.subject(j)?.pieces.last())
            .is_some_and(|&(_, end)| scene.ends(end, &["产量"]));
    if !(among || goes_on || produced) || !is_plain(scene, from, to, product) {
        return None;
    }
    let group = clause::group_start(scene, amount.start);
    let measure = (0..i).rev().find_map(|j| {
        scene
            .amount(j)
            .filter(|it| it.start >= group && base(&it.unit) == base(&amount.unit))?;
        let &(start, end) = scene.subject(j)?.pieces.last()?;
        let word = MEASURES.iter().find(|word| scene.ends(end, &[word]))?;
        let at = end - word.chars().count();
        (at >= start).then_some((at, end))
    })?;
    Some(Subject::stated(vec![(from, to), measure]))
}

/// Whether a phrase is a name without a measure.
fn is_plain(scene: &Scene, from: usize, to: usize, product: bool) -> bool {
    (product || to >= from + 2)
        && scene.tokens_in(from, to).all(|t| match t.kind {
            TokenKind::Text => true,
            TokenKind::Word(_) => t.is(Class::NOUN.or(Class::GUARD)) && !t.is(Class::HEAD.or(Class::RATE)),
            _ => false,
        })
        && !scene.ends(
            to,
            &[
                "数", "率", "量", "额", "值", "费", "金", "税", "投资", "收入", "支出", "贷款", "存款", "资金",
            ],
        )
}

/// What is produced by weight or measure.
const PRODUCTS: &[&str] = &[
    "原煤",
    "煤",
    "煤炭",
    "原油",
    "石油",
    "天然气",
    "钢",
    "粗钢",
    "钢材",
    "生铁",
    "水泥",
    "化肥",
    "农用化肥",
    "纯碱",
    "烧碱",
    "粮食",
    "棉花",
    "油料",
    "糖料",
    "甘蔗",
    "甜菜",
    "烤烟",
    "茶叶",
    "水果",
    "蔬菜",
    "肉类",
    "水产品",
    "棉布",
    "棉纱",
    "食糖",
    "木材",
    "硫酸",
];

/// A unit without its scale.
fn base(unit: &str) -> &str {
    unit.trim_start_matches(['万', '亿'])
}
