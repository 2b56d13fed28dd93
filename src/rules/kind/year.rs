//! Calendar years.

use rust_decimal::prelude::ToPrimitive;

use crate::grammar::{Rule, Scene};
use crate::lex::numeral::{self, Script};
use crate::lexicon::terms::NumeralKind;

/// Reads a calendar year, alone or at either end of a range: `2023年`, `一九七八年`, `1956—1967年`, `九十年代`, `21世纪`; and one set in
/// digits of two scripts: `一九八0年`.
pub static RULE: Rule<NumeralKind> = Rule {
    name: "calendar-year",
    reads: "a calendar year, decade or century: 2023年 一九七八年 1956—1967年 九十年代 21世纪",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<NumeralKind> {
    let number = &scene.numbers[i];
    let end = number.end;
    if scene.starts(end, &["年代", "世纪"]) || mixed(scene, i).is_some() {
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
    // 2022、2023和2024年: nor have the first of a list.
    let listed = (i + 1..scene.numbers.len())
        .take_while(|&j| {
            let (before, next) = (&scene.numbers[j - 1], &scene.numbers[j]);
            next.start == before.end + 1
                && next.end - next.start == 4
                && matches!(scene.at(before.end), Some('、' | '和' | '及'))
        })
        .last();
    if listed.is_some_and(|j| scene.starts(scene.numbers[j].end, &["年"])) {
        return Some(NumeralKind::Date);
    }
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

/// A year whose digits are of two scripts, which the lexer takes for several numerals: its range of characters and the year.
#[must_use]
pub fn mixed(scene: &Scene, i: usize) -> Option<(usize, usize, i32)> {
    /// How many digits a year has.
    const DIGITS: usize = 4;
    let numbers = &scene.numbers;
    let first = (0..i)
        .rev()
        .take_while(|&j| numbers[j].end == numbers[j + 1].start)
        .last()
        .unwrap_or(i);
    let last = (i + 1..numbers.len())
        .take_while(|&j| numbers[j - 1].end == numbers[j].start)
        .last()
        .unwrap_or(i);
    let (start, end) = (numbers[first].start, numbers[last].end);
    if first == last || end - start != DIGITS || scene.at(end) != Some('年') {
        return None;
    }
    let digit = |&c: &char| c.to_digit(10).or_else(|| numeral::digit(c));
    let year = scene.folded[start..end]
        .iter()
        .try_fold(0, |year, c| Some(year * 10 + i32::try_from(digit(c)?).ok()?))?;
    (1000..2200).contains(&year).then_some((start, end, year))
}
