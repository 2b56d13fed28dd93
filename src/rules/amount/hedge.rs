//! Hedges around an amount. Not a rule: every rule of the stage reads them in the same way.

use crate::fact::Modifier;
use crate::grammar::Scene;
use crate::lex::Token;
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
    if let Some(token) = scene.token_from(end).filter(|t| t.is(Class::HEDGE_AFTER))
        && !(number.over && token.end == token.start + 1)
        && let Some(modifier) = attribute(token, Class::HEDGE_AFTER)
    {
        // 起 and 多 right after a unit more often begin the next word.
        let short = token.end == token.start + 1;
        let closes = scene.at(token.end).is_none_or(|c| !c.is_alphabetic());
        if !short || closes || matches!(scene.at(token.start), Some('余')) {
            if !(modifier == Modifier::Over && hedge.start < number.start) {
                hedge.modifier = modifier;
            }
            hedge.end = token.end;
        }
    }
    hedge
}

fn attribute(token: &Token, class: Class) -> Option<Modifier> {
    let name = token.word()?.attribute(class)?;
    Modifier::ALL.iter().copied().find(|m| m.as_str() == name)
}
