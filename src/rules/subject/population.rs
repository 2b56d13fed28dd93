//! The people.

use crate::grammar::{Rule, Scene, Subject};
use crate::lex::numeral::scale;

/// Reads a number without a classifier before a word for the people as their number: `13亿中国人`, `十亿以上人口`.
pub static RULE: Rule<Subject> = Rule {
    name: "population",
    reads: "a number without a classifier before a word for the people: 13亿中国人 十亿以上人口",
    apply,
};

/// Words for the people of a place.
const PEOPLE: &[&str] = &[
    "中国人民",
    "各族人民",
    "中国人",
    "人民群众",
    "人口",
    "人民",
    "同胞",
    "中华儿女",
    "儿女",
];

fn apply(scene: &Scene, i: usize) -> Option<Subject> {
    let amount = scene.amount(i)?;
    let unclassified = amount.unit.chars().all(|c| scale(crate::lexicon::fold(c)).is_some());
    let start = amount.end + usize::from(matches!(scene.at(amount.end), Some('多' | '余')));
    let word = PEOPLE.iter().find(|w| unclassified && scene.starts(start, &[w]))?;
    // 近14亿多人口…: what follows the word is said of them, and does not name them.
    Some(Subject::stated(vec![(start, start + word.chars().count())]))
}
