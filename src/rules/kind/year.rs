//! Calendar years.

use rust_decimal::prelude::ToPrimitive;

use crate::grammar::{Rule, Scene};
use crate::lex::numeral::Script;
use crate::lexicon::terms::NumeralKind;

/// Reads a calendar year, alone or at either end of a range: `2023年`, `一九七八年`, `1956—1967年`, `九十年代`, `21世纪`.
pub static RULE: Rule<NumeralKind> = Rule {
    name: "calendar-year",
    reads: "a calendar year, decade or century: 2023年 一九七八年 1956—1967年 九十年代 21世纪",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<NumeralKind> {
    let number = &scene.numbers[i];
    let end = number.end;
    if scene.starts(end, &["年代", "世纪"]) {
        return Some(NumeralKind::Date);
    }
    let four = end - number.start == 4
        && matches!(number.script, Script::Arabic | Script::ChineseDigits)
        && number
            .value
            .and_then(|v| v.to_i32())
            .is_some_and(|y| (1000..2200).contains(&y));
    if !four {
        return None;
    }
    let joined = |at: usize| {
        matches!(
            scene.at(at),
            Some('—' | '-' | '–' | '－' | '~' | '～' | '至' | '到' | '/')
        )
    };
    // The first year of a range has no 年 of its own.
    let mut next = end;
    while joined(next) {
        next += 1;
    }
    let range = next > end
        && scene
            .numbers
            .get(i + 1)
            .is_some_and(|n| n.start == next && n.end - n.start == 4);
    (scene.starts(end, &["年"]) || range).then_some(NumeralKind::Date)
}
