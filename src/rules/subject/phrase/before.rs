//! What is said before an amount.

use super::left::after_causative;
use super::nouns::measures;
use super::verb::{head_verb, is_predicate};
use crate::grammar::{Scene, Subject};
use crate::lexicon::words::Class;
use crate::rules::clause;

/// The things that a statement before `i` counts with the same classifier, without what was done with them.
pub fn things_before(scene: &Scene, i: usize) -> Option<Vec<(usize, usize)>> {
    let (j, mut pieces) = same_unit_before(scene, i)?;
    if scene.amount_before(i) != Some(j) {
        return None;
    }
    let first = pieces.first_mut()?;
    first.0 = head_verb(scene, first.0, first.1).map_or(first.0, |it| it.1);
    pieces.retain(|&(start, end)| start < end && !is_predicate(scene, start, end));
    (!pieces.is_empty()).then_some(pieces)
}

/// The statement before `i` within its group of clauses, and what is carried on of its subject.
pub fn before(scene: &Scene, i: usize) -> Option<(usize, Subject)> {
    let amount = scene.amount(i)?;
    let group = clause::group_start(scene, amount.start);
    let bracket = clause::bracket_before(scene, amount.start);
    (0..i).rev().find_map(|j| {
        let subject = scene.subject(j)?;
        let at = scene.amount(j)?;
        // 财政收入8亿元（其中税收6亿元），增长8%
        if clause::bracket_before(scene, at.start).is_some_and(|open| bracket.is_none_or(|own| own < open)) {
            return None;
        }
        let mut carried = subject.clone();
        // 占全国份额从14%提升到15.5%: within its clause a statement goes on as a whole.
        if let Some(pieces) = carried.carries
            && at.start < clause::start(scene, amount.start)
        {
            carried.pieces.truncate(pieces);
            carried.carries = None;
        }
        (at.start >= group && !carried.pieces.is_empty()).then_some((j, carried))
    })
}

/// The nearest statement before `i` within its group of clauses that counts with the same classifier, and its subject.
pub fn same_unit_before(scene: &Scene, i: usize) -> Option<(usize, Vec<(usize, usize)>)> {
    let amount = scene.amount(i).filter(|it| !measures(&it.unit))?;
    let group = clause::group_start(scene, amount.start);
    let counted = |&j: &usize| {
        scene
            .amount(j)
            .is_some_and(|a| a.start >= group && a.unit == amount.unit)
    };
    let j = (0..i).rev().find(counted)?;
    Some((j, scene.subject(j).filter(|it| !it.pieces.is_empty())?.pieces.clone()))
}

/// The phrase of the nearest clause to the left that names something and holds no amount.
pub fn clause_before(scene: &Scene, i: usize) -> Option<(usize, usize)> {
    let mut from = clause::left(scene, i).0;
    let group = clause::group_start(scene, from);
    while from > group {
        let start = clause::start(scene, from - 1);
        let head = clause::trim_head(scene, after_causative(scene, start, from - 1), from - 1);
        // 下调缴费比例，可降至16%: what was changed.
        let head = scene
            .token_from(head)
            .filter(|t| t.is(Class::UP.or(Class::DOWN)) && t.end + 2 < from && scene.at(t.end) != Some('的'))
            .map_or(head, |t| t.end);
        let tail = clause::trim_tail(scene, head, from - 1);
        // 粮食产量屡创历史新高: the noun that is measured, without what is said of it.
        let tail = scene
            .tokens_in(head, tail)
            .find(|t| {
                // 低收入群众, 价格补贴: part of a longer noun.
                let longer = scene
                    .token_from(t.end)
                    .is_some_and(|next| next.is(Class::EVENT.or(Class::NOUN).or(Class::HEAD)));
                t.is(Class::HEAD) && t.start > head && !longer && !scene.ends(t.start, &["低", "高", "中等"])
            })
            .map_or(tail, |t| t.end);
        // 地区生产总值连跨三个百亿台阶, 人均收入突破万元大关: without the steps.
        let steps = scene.ends(from - 1, &["台阶", "大关", "关口"]);
        let tail = scene
            .tokens_in(head, tail)
            .find(|t| steps && t.is(Class::HEDGE_BEFORE) && t.start >= head + 2)
            .map_or(tail, |t| clause::trim_tail(scene, head, t.start));
        // 服务业增加值占GDP比重首次超过…: the share, not its part.
        let whole = if steps {
            tail
        } else {
            clause::trim_tail(scene, head, from - 1)
        };
        let tail = scene
            .holds(tail.min(whole), whole, &["占"])
            .then(|| {
                (tail..whole)
                    .find(|&p| scene.starts(p, &["比重", "比例"]))
                    .map(|p| p + 2)
            })
            .flatten()
            .unwrap_or(tail);
        // 固定资产投资增长加快
        let tail = scene
            .tokens_in(head, tail)
            .find(|t| t.is(Class::UP.or(Class::DOWN)) && !t.is(Class::NOUN.or(Class::EVENT)) && t.start >= head + 2)
            .map_or(tail, |t| clause::trim_tail(scene, head, t.start));
        if tail >= head + 2 {
            return Some((head, tail));
        }
        if start >= from {
            break;
        }
        from = start;
    }
    None
}
