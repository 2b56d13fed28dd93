//! Numerals without a unit that a verb or a list gives a meaning.

use crate::grammar::{Rule, Scene};
use crate::lex::numeral::Script;
use crate::lexicon::terms::NumeralKind;
use crate::lexicon::words::Class;

/// Reads an Arabic numeral without a unit that is a value: in a list or range that states the unit later (`1409万、1305万人次`, `5到7元`),
/// or between verbs of change (`满意度从84.7提升至89.6`).
pub static RULE: Rule<NumeralKind> = Rule {
    name: "lone-number",
    reads: "a numeral without a unit that a verb or a list makes a value: 从84.7提升至89.6",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<NumeralKind> {
    let number = &scene.numbers[i];
    if number.script != Script::Arabic && number.max.is_none() && number.script != Script::Chinese {
        return None;
    }
    if listed(scene, i) {
        return Some(NumeralKind::Quantity);
    }
    if number.script != Script::Arabic {
        return None;
    }
    let closes = scene
        .at(number.end)
        .is_none_or(|c| matches!(c, '，' | '。' | '；' | '、' | '）'))
        || scene
            .token_from(number.end)
            .is_some_and(|t| t.is(Class::UP.or(Class::DOWN).or(Class::HEDGE_AFTER).or(Class::REACH)));
    let verb = scene.token_before(number.start).is_some_and(|t| {
        t.is(Class::REACH.or(Class::TO))
            || (t.is(Class::HEDGE_BEFORE) && !t.is(Class::LEAD))
            || scene.ends(number.start, &["从", "由"])
    });
    // 综合指数156
    let index = scene.ends(number.start, &["指数", "系数", "得分"]);
    (closes && (verb || index)).then_some(NumeralKind::Quantity)
}

/// Whether the numeral after it, across a range or list mark, has the unit.
fn listed(scene: &Scene, i: usize) -> bool {
    let number = &scene.numbers[i];
    let mut at = number.end;
    while scene.at(at).is_some_and(|c| {
        matches!(c, '—' | '-' | '–' | '~' | '～' | '至' | '到' | '、' | '－')
                // 分别提高3.2和5.1个百分点
                || matches!(c, '和' | '及') && number.script == Script::Arabic && at == number.end
    }) {
        at += 1;
    }
    at > number.end
        && scene
            .numbers
            .get(i + 1)
            .is_some_and(|n| n.start == at && n.script == number.script && scene.unit_after(i + 1).is_some())
}
