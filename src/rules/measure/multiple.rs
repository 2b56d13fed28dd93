//! Multiples.

use crate::grammar::{Measured, Rule, Scene};
use crate::lexicon::terms::{Comparison, Measure};
use crate::rules::clause;

use super::predicate;

/// Reads a multiple: `是十年前的3倍`, `增长1.7倍`, and a ratio of two levels that is stated without a unit: `收入倍差缩小至1.81`.
pub static RULE: Rule<Measured> = Rule {
    name: "multiple",
    reads: "a multiple: 是十年前的3倍 增长1.7倍 倍差缩小至1.81",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Measured> {
    let amount = scene.amount(i)?;
    let (from, to) = clause::left(scene, i);
    let group = clause::group_start(scene, amount.start);
    // 2：1 is a ratio of its two terms.
    let number = &scene.numbers[i];
    let colon = |c: Option<char>| matches!(c, Some('：' | ':' | '∶'));
    let pair = colon(scene.before(number.start)) || colon(scene.at(number.end));
    let quotient = amount.unit.is_empty()
        && !pair
        && (scene.holds(from, to, &["倍差", "倍数"]) || scene.holds(group, to, &["倍差", "收入比"]));
    if amount.unit != "倍" && !quotient {
        return None;
    }
    // 分别是2015年的1.6倍和1.8倍
    if let Some(before) = super::listed::continues(scene, i).and_then(|j| scene.measured(j))
        && before.measure == Measure::Multiple
    {
        return Some(Measured {
            predicate: amount.start,
            ..before.clone()
        });
    }
    let mut start = predicate::read(scene, i).start;
    let (mut comparison, mut reference) = predicate::comparison(scene, i);
    // 是…的3倍: the base stands between 是 and 的.
    if scene.ends(amount.start, &["的"])
        && let Some(is) = (from..amount.start)
            .rev()
            .find(|&p| matches!(scene.folded[p], '是' | '为'))
    {
        reference = Some((is + 1, amount.start - 1));
        start = is;
        if comparison == Some(Comparison::Unspecified) {
            comparison = Some(Comparison::Since);
        }
    }
    Some(Measured {
        measure: Measure::Multiple,
        negative: false,
        comparison: if quotient { None } else { comparison },
        reference,
        predicate: start,
    })
}
