//! Runs of years.

use crate::grammar::{Rule, Scene, Subject};
use crate::rules::clause;

use super::phrase;

/// Reads what has gone on for a number of years: `粮食总产量连续9年稳定在1300亿斤以上`, `电力外送量连续21年居全国首位`, `连续7年增产`.
pub static RULE: Rule<Subject> = Rule {
    name: "run-of-years",
    reads: "what has gone on for a number of years: 电力外送量连续21年居全国首位",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Subject> {
    let amount = scene.amount(i)?;
    let word = "连续".chars().count();
    let lasts = ["年", "届", "个月", "个季度", "次", "轮", "期"].contains(&amount.unit.as_str());
    if !lasts || !scene.ends(amount.start, &["连续"]) {
        return None;
    }
    let (head, tail) = phrase::left(scene, i);
    let mut pieces = if head < tail {
        vec![(head, tail)]
    } else {
        let before = phrase::before(scene, i).map(|(_, subject)| subject.pieces);
        before.or_else(|| phrase::clause_before(scene, i).map(|piece| vec![piece]))?
    };
    pieces.push((amount.start - word, amount.start));
    let (from, to) = clause::right(scene, i);
    let to = clause::trim_tail(scene, from, to);
    if from < to {
        pieces.push((from, to));
    }
    Some(Subject {
        carried: head >= tail,
        ..Subject::stated(pieces)
    })
}
