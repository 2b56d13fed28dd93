//! Slogans made of sums.

use crate::grammar::{Rule, Scene};
use crate::lexicon::terms::NumeralKind;

/// Reads a part of a slogan written as a sum or as a chain: `“3+5+N”`, `1+2+4+N`, `“415X”`.
pub static RULE: Rule<NumeralKind> = Rule {
    name: "slogan-sum",
    reads: "a part of a slogan written as a sum: “3+5+N”",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<NumeralKind> {
    let number = &scene.numbers[i];
    let sum = |c: Option<char>| c.is_some_and(|c| matches!(c, '+' | '×' | 'X' | 'x'));
    (sum(scene.before(number.start)) || sum(scene.at(number.end))).then_some(NumeralKind::Name)
}
