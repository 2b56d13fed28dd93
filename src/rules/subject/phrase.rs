//! The phrases around an amount. Not a rule: the rules of the stage share it.

use crate::grammar::{Scene, Subject};
use crate::lex::{Token, TokenKind};
use crate::lexicon::words::Class;
use crate::rules::clause;

/// Longest object phrase taken into an indicator.
const LONGEST_OBJECT: usize = 26;

/// The phrase to the left of an amount and its predicate, without the words that may be left out at either end.
pub fn left(scene: &Scene, i: usize) -> (usize, usize) {
    let (from, to) = clause::left(scene, i);
    let predicate = scene.measured(i).map_or(to, |m| m.predicate).clamp(from, to);
    let head = clause::trim_head(scene, from, predicate);
    let tail = clause::trim_tail(scene, head, predicate);
    (head, tail.max(head))
}

/// The noun phrase that an amount counts, to its right: none where a mark, a verb of growth or nothing follows.
pub fn object(scene: &Scene, i: usize) -> Option<(usize, usize)> {
    let amount = scene.amount(i)?;
    let (mut from, mut to) = clause::right(scene, i);
    // 1223户70岁以上独居老人: an amount that follows at once qualifies what is counted.
    let mut j = i;
    while from == to && from < clause::end(scene, from) {
        j = scene.amount_after(j)?;
        let next = scene.amount(j)?;
        if next.start != from || next.unit == amount.unit {
            return None;
        }
        (from, to) = clause::right(scene, j);
    }
    let first = scene.token_from(from)?;
    let opens = match first.kind {
        TokenKind::Text => true,
        TokenKind::Punctuation(c) => matches!(c, '“' | '「' | '《' | '『'),
        TokenKind::Word(_) => {
            scene.at(from) == Some('的')
                || first.is(Class::NOUN
                    .or(Class::EVENT)
                    .or(Class::HEAD)
                    .or(Class::IDIOM)
                    .or(Class::RATE)
                    .or(Class::RHETORICAL))
                || !(first.is(Class::UP
                    .or(Class::DOWN)
                    .or(Class::CONJUNCTION)
                    .or(Class::HEDGE_AFTER)
                    .or(Class::REACH)
                    .or(Class::LEAD)
                    .or(Class::AUX)
                    .or(Class::PREPOSITION)))
        }
        TokenKind::Number(n) => scene.amount(n).is_none(),
        TokenKind::Unit => false,
    };
    if !opens {
        return None;
    }
    if scene.at(from) == Some('的') {
        from += 1;
    }
    // Before a further amount of the clause, the object ends where that amount's own phrase begins.
    if scene
        .amount_after(j)
        .and_then(|k| scene.amount(k))
        .is_some_and(|a| a.start == to)
        && let Some(verb) = scene
            .tokens_in(from, to)
            .skip(1)
            .find(|t| t.is(Class::EVENT.or(Class::REACH).or(Class::UP).or(Class::DOWN)) && t.start > from)
    {
        to = verb.start;
    }
    to = to.min(from + LONGEST_OBJECT);
    // Never in the middle of a word or of a quotation.
    if let Some(token) = scene
        .tokens
        .tokens
        .iter()
        .find(|t| t.start < to && t.end > to && !matches!(t.kind, TokenKind::Text))
    {
        to = token.start;
    }
    let to = trim_object(scene, from, to);
    (to > from).then_some((from, to))
}

/// Drops what cannot end a noun phrase.
fn trim_object(scene: &Scene, from: usize, mut to: usize) -> usize {
    while to > from {
        let Some(token) = scene.token_before(to).filter(|t| t.start >= from) else {
            break;
        };
        let drop = match token.kind {
            TokenKind::Punctuation(c) => matches!(c, '、' | '，' | '（' | '“' | '「' | '《' | ' ' | '—' | '-' | '·'),
            TokenKind::Word(_) => {
                token.is(Class::AUX.or(Class::CONJUNCTION).or(Class::RESPECTIVE))
                    || (token.is(Class::PREPOSITION) && token.end - token.start == 1)
            }
            _ => false,
        };
        if !drop {
            break;
        }
        to = token.start;
    }
    to
}

/// The verb of a count at the head of a phrase, with the verbs right after it: 新增, 建设筹措.
pub fn head_verb(scene: &Scene, from: usize, to: usize) -> Option<(usize, usize)> {
    let mut end = from;
    while let Some(token) = scene.token_from(end).filter(|t| t.end <= to && is_verb(t)) {
        end = token.end;
    }
    (end > from).then_some((from, end))
}

/// The verbs that end a phrase: 率先启动.
pub fn tail_verb(scene: &Scene, from: usize, to: usize) -> Option<(usize, usize)> {
    let mut start = to;
    while let Some(token) = scene.token_before(start).filter(|t| t.start >= from && is_verb(t)) {
        start = token.start;
    }
    (start < to).then_some((start, to))
}

fn is_verb(token: &Token) -> bool {
    token.is(Class::EVENT) && !token.is(Class::NOUN)
}

/// The subject of the statement before `i` within its group of clauses.
pub fn before<'s>(scene: &'s Scene, i: usize) -> Option<(usize, &'s Subject)> {
    let amount = scene.amount(i)?;
    let group = clause::group_start(scene, amount.start);
    (0..i).rev().find_map(|j| {
        let subject = scene.subject(j)?;
        let at = scene.amount(j)?;
        (at.start >= group && !subject.pieces.is_empty()).then_some((j, subject))
    })
}

/// The verb that a list hands on to its next item: 新增A2家、B1家.
pub fn inherited_verb(scene: &Scene, i: usize) -> Option<(usize, usize)> {
    let (from, _) = clause::left(scene, i);
    let listed = from > 0
        && (scene.folded[from - 1] == '、' || scene.token_from(from).is_some_and(|t| t.is(Class::CONJUNCTION)));
    if !listed {
        return None;
    }
    let j = scene.amount_before(i)?;
    let &(start, end) = scene.subject(j)?.pieces.first()?;
    let (verb_start, verb_end) = head_verb(scene, start, end)?;
    // A verb that is the whole of the indicator's head is no list verb.
    (verb_end < end || scene.subject(j)?.pieces.len() > 1).then_some((verb_start, verb_end))
}
