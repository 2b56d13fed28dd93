//! The verbs of a phrase.

use super::left::owns;
use crate::grammar::Scene;
use crate::lex::Token;
use crate::lexicon::words::Class;
use crate::rules::clause;

/// The verb of a count at the head of a phrase, with the verbs right after it: 新增, 建设筹措.
pub fn head_verb(scene: &Scene, from: usize, to: usize) -> Option<(usize, usize)> {
    let mut end = from;
    loop {
        // 引进和培育, 新建改扩建及维修改造
        let joint = scene
            .token_from(end)
            .filter(|t| end > from && t.end < to && t.is(Class::CONJUNCTION))
            .map_or(end, |t| t.end);
        let Some(token) = scene.token_from(joint).filter(|t| t.end <= to && is_verb(t)) else {
            break;
        };
        end = token.end;
    }
    (end > from).then_some((from, end))
}

/// The verbs that end a phrase: 率先启动.
pub fn tail_verb(scene: &Scene, from: usize, to: usize) -> Option<(usize, usize)> {
    let mut start = to;
    loop {
        let joint = scene
            .token_before(start)
            .filter(|t| start < to && t.start > from && t.is(Class::CONJUNCTION) && scene.at(t.start) != Some('、'))
            .map_or(start, |t| t.start);
        let Some(token) = scene.token_before(joint).filter(|t| t.start >= from && is_verb(t)) else {
            break;
        };
        start = token.start;
    }
    (start < to).then_some((start, to))
}

/// Whether a range only says what became of things that are named before: 开工建设, 完成或超额完成, 全部出列.
pub fn is_predicate(scene: &Scene, from: usize, to: usize) -> bool {
    const ENDS: &[&str] = &["出列", "摘帽", "脱贫", "达标", "清零", "销号", "见效"];
    let end = ENDS
        .iter()
        .find(|word| scene.ends(to, &[word]))
        .map_or(to, |word| to - word.chars().count());
    let said = |t: &Token| {
        t.is(Class::CONJUNCTION.or(Class::ADVERB)) || t.is(Class::EVENT.or(Class::REACH)) && !t.is(Class::NOUN)
    };
    let from = from + if scene.starts(from, &["正在"]) { 2 } else { 0 };
    from < to && end >= from && scene.tokens_in(from, to).filter(|t| t.start < end).all(said)
}

/// Whether a verb of a count stands in a range.
pub fn has_verb(scene: &Scene, from: usize, to: usize) -> bool {
    scene.tokens_in(from, to).any(is_verb)
}

pub(super) fn is_verb(token: &Token) -> bool {
    token.is(Class::EVENT) && !token.is(Class::NOUN)
}

/// The verb that a list hands on to its next item: 新增A2家、B1家.
pub fn inherited_verb(scene: &Scene, i: usize) -> Option<(usize, usize)> {
    let (from, _) = clause::left(scene, i);
    let listed = from > 0
        && (scene.folded[from - 1] == '、' || scene.token_from(from).is_some_and(|t| t.is(Class::CONJUNCTION)));
    if !listed {
        return None;
    }
    verb_of(scene, scene.amount_before(i)?)
}

/// The verb of the count before `i`, if it stands in the same clause.
pub fn verb_before(scene: &Scene, i: usize) -> Option<(usize, usize)> {
    let j = scene.amount_before(i)?;
    let start = clause::start(scene, scene.amount(i)?.start);
    verb_of(scene, j).filter(|_| scene.amount(j).is_some_and(|a| a.start >= start))
}

/// Verbs that a list hands on together with who does it.
const HANDED_ON: &[&str] = &[
    "新增", "接待", "发放", "受理", "引进", "培育", "建成", "新建", "获评", "获批", "惠及", "带动", "吸纳", "运送",
    "开行", "贡献", "选派", "引育",
];

/// The verb at the head of a list's item.
fn verb_of(scene: &Scene, j: usize) -> Option<(usize, usize)> {
    let &(start, end) = scene.subject(j)?.pieces.first()?;
    let several = scene.subject(j)?.pieces.len() > 1;
    // 每千人拥有医师2人、病床5张
    if scene.starts(start, &["每"]) {
        let has = (start..end).find(|&p| scene.starts(p, &["拥有"]))?;
        return Some((start, has + 2));
    }
    let Some((verb_start, verb_end)) = head_verb(scene, start, end) else {
        // 邮轮母港接待邮轮91艘次、旅客30万人次
        let verb = scene
            .tokens_in(start, end)
            .find(|t| is_verb(t) && scene.is(t.start, t.end, HANDED_ON))?;
        let object = verb.end < end || several;
        return (object && owns(scene, start, verb.start)).then_some((start, verb.end));
    };
    // A verb that is the whole of the indicator's head is no list verb.
    (verb_end < end || several).then_some((verb_start, verb_end))
}
