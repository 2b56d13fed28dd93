//! The predicate to the left of an amount. Not a rule: the rules of the stage share it.

use crate::grammar::Scene;
use crate::lex::TokenKind;
use crate::lexicon::terms::{Comparison, NumeralKind};
use crate::lexicon::words::Class;
use crate::rules::clause;

/// How the verb before an amount leads to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// 增长5%, 涨幅2%: the amount is how much.
    By { down: bool },
    /// 增加到5, 达到5: the amount is where it arrives.
    To,
    /// No verb.
    None,
}

/// The predicate of an amount.
#[derive(Debug, Clone, Copy)]
pub struct Predicate {
    pub way: Way,
    /// Where it begins.
    pub start: usize,
}

/// Verbs of going over a step, the longer first.
const STEPPING: &[&str] = &[
    "连续跨越",
    "连续迈上",
    "先后跨越",
    "先后突破",
    "先后迈上",
    "连续突破",
    "连跨",
    "跨越",
    "跨过",
    "跨上",
    "连上",
    "迈上",
    "突破",
];

/// Reads the predicate right before an amount, past adverbs and comparisons: `同比增长`, `年均分别实际增长`, `提高到`, `涨幅控制在`.
pub fn read(scene: &Scene, i: usize) -> Predicate {
    let (from, to) = clause::left(scene, i);
    let mut at = to;
    let mut arrived = false;
    let mut start = to;
    // 连跨两个千亿元台阶: the count of the steps, and the verb before it.
    let steps = |n: &&crate::lex::numeral::Number| n.start >= from && scene.starts(n.end, &["个"]) && n.end + 1 == to;
    if let Some(count) = scene.numbers.iter().find(steps)
        && let Some(verb) = STEPPING.iter().find(|verb| scene.ends(count.start, &[verb]))
    {
        at = (count.start - verb.chars().count()).max(from);
        start = at;
        arrived = true;
    }
    while let Some(token) = scene.token_before(at).filter(|t| t.start >= from) {
        let word = match token.kind {
            TokenKind::Word(_) => token,
            _ => break,
        };
        if word.is(Class::RATE_NOUN) {
            let down = word.word().and_then(|w| w.attribute(Class::RATE_NOUN)) == Some("down");
            return Predicate {
                way: Way::By { down },
                start: adverbs(scene, from, word.start),
            };
        }
        if word.is(Class::UP.or(Class::DOWN)) {
            // 增加 + 到: where it arrives, not by how much.
            let down = word.is(Class::DOWN);
            return Predicate {
                way: if arrived { Way::To } else { Way::By { down } },
                start: adverbs(scene, from, word.start),
            };
        }
        let links = Class::REACH
            .or(Class::TO)
            .or(Class::AUX)
            .or(Class::HEDGE_BEFORE)
            .or(Class::RESPECTIVE)
            .or(Class::YEAR_ON_YEAR)
            .or(Class::AVERAGE)
            .or(Class::ESTIMATE)
            .or(Class::TARGET);
        if !word.is(links) || (word.is(Class::EVENT) && !word.is(Class::REACH)) {
            break;
        }
        let adverb = word.is(Class::ADVERB.or(Class::RESPECTIVE).or(Class::AVERAGE));
        arrived |= word.is(Class::REACH.or(Class::TO)) && !adverb;
        start = word.start;
        at = word.start;
    }
    Predicate {
        way: if arrived { Way::To } else { Way::None },
        start,
    }
}

/// Start of the adverbs and comparisons before a verb.
fn adverbs(scene: &Scene, from: usize, mut at: usize) -> usize {
    while let Some(token) = scene.token_before(at).filter(|t| t.start >= from) {
        let adverb = token.is(Class::RESPECTIVE
            .or(Class::YEAR_ON_YEAR)
            .or(Class::AVERAGE)
            .or(Class::AUX)
            .or(Class::TARGET)
            .or(Class::ESTIMATE))
            || (token.is(Class::LEAD) && !token.is(Class::EVENT.or(Class::NOUN)));
        if !adverb {
            break;
        }
        at = token.start;
    }
    at
}

/// What the amount is compared with: `同比`, `年均`, `比2020年`, `比上年`.
pub fn comparison(scene: &Scene, i: usize) -> (Option<Comparison>, Option<(usize, usize)>) {
    let Some(amount) = scene.amount(i) else {
        return (None, None);
    };
    let from = clause::group_start(scene, amount.start);
    let own = clause::left(scene, i).0;
    if let Some(token) = scene.tokens_in(own, amount.start).find(|t| t.is(Class::YEAR_ON_YEAR)) {
        let word = scene.string(token.start, token.end);
        let reference = word
            .chars()
            .position(|c| matches!(c, '上' | '去' | '前'))
            .map(|n| (token.start + n, token.end));
        return (Some(Comparison::YearOnYear), reference);
    }
    if let Some(base) = base_after(scene, own, amount.start) {
        if matches!(
            scene.string(base.0, base.1).as_str(),
            "上一年" | "前一年" | "上一年度" | "上一年同期"
        ) {
            return (Some(Comparison::YearOnYear), Some(base));
        }
        return (Some(Comparison::Since), Some(base));
    }
    if scene.has_word(own, amount.start, Class::AVERAGE) {
        return (Some(Comparison::AnnualAverage), None);
    }
    // 按可比价格计算，比上年…: the comparison may stand in the clause before, if no amount comes between.
    let before = scene
        .amount_before(i)
        .and_then(|j| scene.amount(j))
        .map_or(from, |a| a.end.max(from));
    if before < own {
        if let Some(base) = base_after(scene, before, own) {
            return (Some(Comparison::Since), Some(base));
        }
        if scene.has_word(before, own, Class::AVERAGE) {
            return (Some(Comparison::AnnualAverage), None);
        }
    }
    (Some(Comparison::Unspecified), None)
}

/// The base after 比 or 较: `比2020年`, `比制度建立之初`.
fn base_after(scene: &Scene, from: usize, to: usize) -> Option<(usize, usize)> {
    let token = scene
        .tokens_in(from, to)
        .find(|t| t.word().is_some() && t.end == t.start + 1 && matches!(scene.folded[t.start], '比' | '较'))?;
    let start = token.end;
    let verb = scene.tokens_in(start, to).find(|t| t.is(Class::UP.or(Class::DOWN)) || matches!(t.kind, TokenKind::Number(n) if scene.kind(n) != Some(NumeralKind::Date) && scene.numbers[n].unit == Some("番"))).map_or(to, |t| t.start);
    let stop = (start..verb).find(|&p| scene.folded[p] == '，').unwrap_or(verb);
    (stop > start && stop - start <= 16).then_some((start, stop))
}
