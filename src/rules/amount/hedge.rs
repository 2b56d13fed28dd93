//! Hedges around an amount. Not a rule: every rule of the stage reads them in the same way.

use crate::grammar::Scene;
use crate::lex::Token;
use crate::lex::numeral::{self, Script};
use crate::lexicon::terms::Modifier;
use crate::lexicon::words::Class;

/// The hedge of an amount, and the range it widens the amount to.
pub struct Hedge {
    pub modifier: Modifier,
    pub start: usize,
    pub end: usize,
}

/// Reads the hedges around a numeral and its unit: `超5万余人次`, `近200万元`, `5%左右`, `1300亿斤以上`.
///
/// Where several say different things, the one after the unit wins over the one before it, and both win over 多 and 余.
pub fn read(scene: &Scene, i: usize, end: usize) -> Hedge {
    let number = &scene.numbers[i];
    let inner = number.over
        || scene
            .tokens_in(number.end, end)
            .any(|t| t.is(Class::HEDGE_AFTER) && attribute(t, Class::HEDGE_AFTER) == Some(Modifier::Over));
    let mut hedge = Hedge {
        modifier: if inner { Modifier::Over } else { Modifier::Exact },
        start: number.start,
        end,
    };
    // 上百家, 上千万: 上 hedges a bare scale only.
    if number.script == Script::Chinese
        && scene.at(number.start).is_some_and(|c| numeral::scale(c).is_some())
        && scene.ends(number.start, &["上"])
    {
        hedge.modifier = Modifier::AtLeast;
        hedge.start = number.start - 1;
    }
    // 过千亿元: 过 hedges large numbers only.
    let large = scene
        .at(number.start)
        .is_some_and(|c| matches!(c, '百' | '千' | '万' | '亿'))
        || scene.starts(number.end, &["万", "亿"]);
    if large
        && scene.ends(number.start, &["过"])
        && scene
            .token_before(number.start)
            .is_some_and(|t| t.end - t.start == 1 && !scene.word_before(t.start, Class::EVENT))
    {
        hedge.modifier = Modifier::Over;
        hedge.start = number.start - 1;
    }
    // 约 may stand before 占, 超 before 了.
    let mut at = number.start;
    while let Some(token) = scene.token_before(at) {
        if token.is(Class::HEDGE_BEFORE) {
            if let Some(modifier) = attribute(token, Class::HEDGE_BEFORE) {
                if hedge.start == number.start || hedge.modifier == Modifier::Over && modifier != Modifier::Over {
                    hedge.modifier = modifier;
                }
                hedge.start = token.start;
            }
        } else if !(token.is(Class::AUX)
            && token.end - token.start == 1
            && scene.word_before(token.start, Class::HEDGE_BEFORE))
        {
            break;
        }
        at = token.start;
    }
    // 不低于每亩300万元
    let per = (number.start.saturating_sub(4)..number.start).find(|&p| scene.starts(p, &["每"]));
    if hedge.modifier == Modifier::Exact
        && let Some(word) = per
            .and_then(|p| scene.token_before(p))
            .filter(|t| t.is(Class::HEDGE_BEFORE))
        && let Some(modifier) = attribute(word, Class::HEDGE_BEFORE)
    {
        hedge.modifier = modifier;
    }
    // 约增加33%, 至少新建3所: the hedge stands before the verb.
    if hedge.modifier == Modifier::Exact
        && let Some(verb) = scene.token_before(hedge.start)
        && verb.is(Class::UP.or(Class::DOWN).or(Class::EVENT))
        && let Some(word) = scene.token_before(verb.start).filter(|t| t.is(Class::HEDGE_BEFORE))
        && let Some(modifier) = attribute(word, Class::HEDGE_BEFORE)
        && matches!(modifier, Modifier::Approx | Modifier::AtLeast)
    {
        hedge.modifier = modifier;
    }
    // 分别超过8万元、4.5万元: the hedge before the first value of a list holds for all.
    if hedge.modifier == Modifier::Exact
        && let Some(j) = scene.amount_before(i)
        && let Some(first) = scene.amount(j)
        && first.end + 1 == number.start
        && matches!(scene.at(first.end), Some('、' | '和'))
        && first.start < scene.numbers[j].start
        && scene.word_before(first.start, Class::RESPECTIVE)
    {
        hedge.modifier = first.modifier;
    }
    if let Some(token) = scene.token_from(end).filter(|t| t.is(Class::HEDGE_AFTER))
        && !(number.over && token.end == token.start + 1)
        && let Some(modifier) = attribute(token, Class::HEDGE_AFTER)
    {
        // 起 and 多 right after a unit more often begin the next word.
        let short = token.end == token.start + 1;
        let closes = scene.at(token.end).is_none_or(|c| !c.is_alphabetic());
        // 14亿多中国人: a scale alone has no classifier after 多.
        let scale_only = end > number.end
            && scene.folded[number.end..end]
                .iter()
                .all(|&c| numeral::scale(c).is_some());
        if !short || closes || scale_only || matches!(scene.at(token.start), Some('余')) {
            if !(modifier == Modifier::Over && hedge.start < number.start) {
                hedge.modifier = modifier;
            }
            hedge.end = token.end;
        }
    }
    if hedge.modifier == Modifier::Exact
        && let Some(modifier) = after_list(scene, i, end)
    {
        hedge.modifier = modifier;
    }
    // 减少1亿多: 多 at the end of a clause, which by itself is a numeral.
    let closes = |p: usize| scene.at(p).is_none_or(|c| !c.is_alphabetic());
    if hedge.modifier == Modifier::Exact && end > number.start && scene.at(end) == Some('多') && closes(end + 1) {
        hedge.modifier = Modifier::Over;
        hedge.end = end + 1;
    }
    if hedge.modifier == Modifier::Exact && !scene.starts(number.end, &["个"]) && is_step(scene, i, hedge.end) {
        hedge.modifier = Modifier::AtLeast;
    }
    hedge
}

/// The hedge at the end of a list, which holds for all its values: `分别为310万吨和750万吨左右`.
fn after_list(scene: &Scene, i: usize, end: usize) -> Option<Modifier> {
    let units = |n: usize| scene.unit_text(&scene.number_and_unit(n).1);
    let (mut last, mut at) = (i, end);
    while matches!(scene.at(at), Some('、' | '和' | '及'))
        && scene.numbers.get(last + 1).is_some_and(|n| n.start == at + 1)
        && units(last + 1) == units(i)
    {
        last += 1;
        at = scene.number_and_unit(last).0;
    }
    let token = scene.token_from(at).filter(|_| last > i)?;
    attribute(token, Class::HEDGE_AFTER).filter(|&it| it == Modifier::Approx)
}

/// Whether an amount is a step that something has reached: `连跨两个千亿元台阶`, `跨越7万亿、8万亿、9万亿元三个大台阶`.
fn is_step(scene: &Scene, i: usize, end: usize) -> bool {
    let mut at = end;
    for j in i + 1..scene.numbers.len() {
        let next = scene.numbers[j].start;
        let listed = next == at + 1 && matches!(scene.at(at), Some('、' | '和'));
        if !listed && next != at {
            break;
        }
        at = scene.number_and_unit(j).0;
    }
    scene.starts(at, &["台阶", "大台阶", "新台阶", "大关", "关口"])
}

fn attribute(token: &Token, class: Class) -> Option<Modifier> {
    let name = token.word()?.attribute(class)?;
    Modifier::ALL.iter().copied().find(|m| m.as_str() == name)
}
