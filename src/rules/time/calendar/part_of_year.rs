//! Parts of a year: 上半年, 前三季度, 11月.

use rust_decimal::prelude::ToPrimitive;

use crate::grammar::Scene;
use crate::lex::numeral;

/// A part of a year, with its end: 上半年 is `2023-H1`, 一季度 `2023-Q1`, 前三季度 `2023-Q1/2023-Q3`, 11月 `2023-11`, 1—11月
/// `2023-01/2023-11`. A day is of its year.
pub(super) fn part_of_year(scene: &Scene, at: usize, year: i32) -> Option<(usize, String)> {
    for (word, part) in [("上半年", "H1"), ("下半年", "H2")] {
        if scene.starts(at, &[word]) {
            return Some((at + 3, format!("{year}-{part}")));
        }
    }
    let first = scene.starts(at, &["前"]);
    let from = if scene.starts(at, &["前", "第"]) { at + 1 } else { at };
    let number = |start| scene.numbers.iter().find(|n| n.start == start);
    let n = number(from)?;
    let count = |n: &numeral::Number| n.value.and_then(|v| v.to_u32());
    let to = count(n)?;
    if let Some(word) = ["季度", "个季度"].iter().find(|w| scene.starts(n.end, &[w])) {
        let end = n.end + word.chars().count();
        return match (first, to) {
            (false, 1..=4) => Some((end, format!("{year}-Q{to}"))),
            (true, 2..=3) => Some((end, format!("{year}-Q1/{year}-Q{to}"))),
            _ => None,
        };
    }
    let month = |n: u32| (1..=12).contains(&n);
    if first && scene.starts(n.end, &["个月"]) {
        return month(to).then(|| (n.end + 2, format!("{year}-01/{year}-{to:02}")));
    }
    // 1—11月, 一月至五月
    let mut next = n.end + usize::from(scene.at(n.end) == Some('月'));
    let mark = next;
    while matches!(scene.at(next), Some('—' | '-' | '–' | '－' | '~' | '～' | '至' | '到')) {
        next += 1;
    }
    let last = number(next).filter(|last| next > mark && scene.at(last.end) == Some('月') && !first);
    if let Some(last) = last
        && let Some(until) = count(last).filter(|&until| month(to) && month(until) && to < until)
    {
        return Some((last.end + 1, format!("{year}-{to:02}/{year}-{until:02}")));
    }
    if scene.at(n.end) == Some('月') && !first {
        // The state at the end of a year is that of the year.
        let day = number(n.end + 1).is_some_and(|d| scene.at(d.end) == Some('日'))
            || to == 12 && scene.starts(n.end + 1, &["底", "末"]);
        let period = if day {
            year.to_string()
        } else {
            format!("{year}-{to:02}")
        };
        return month(to).then_some((n.end + 1, period));
    }
    None
}
