//! Runs of years.

use crate::grammar::{Rule, Scene, Subject};
use crate::lexicon::words::{self, Class};
use crate::rules::clause;

use super::phrase;

/// Reads what has gone on for a number of years, with the level or the rank that it has kept: `粮食总产量连续9年稳定在1300亿斤以上`,
/// `电力外送量连续21年居全国首位`, `连续7年增产`, `连续6年无高风险机构`.
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
        // 总量连续35年居全国首位: of what stands before.
        let bare = words::find(&scene.folded[head..tail]).is_some_and(|w| w.class.has(Class::BARE_HEAD));
        let owner = phrase::before(scene, i)
            .filter(|_| bare)
            .map(|(_, subject)| subject.pieces);
        owner.into_iter().flatten().chain([(head, tail)]).collect()
    } else if scene.starts(amount.end, &["无", "未", "没有", "零"]) || has_object(scene, amount.end) {
        Vec::new()
    } else {
        let before = phrase::before(scene, i).map(|(_, subject)| subject.pieces);
        before.or_else(|| phrase::clause_before(scene, i).map(|piece| vec![piece]))?
    };
    pieces.push((amount.start - word, amount.start));
    let (from, right) = clause::right(scene, i);
    let mut to = clause::trim_tail(scene, from, right);
    // 连续9年稳定在1300亿斤以上: the level or the rank is part of what has gone on.
    let bound = scene.amount_after(i).and_then(|j| scene.amount(j));
    let verbatim = bound.filter(|it| it.start == right && it.end <= clause::end(scene, right));
    if let Some(bound) = verbatim {
        to = bound.end;
    }
    if from < to {
        pieces.push((from, to));
    }
    Some(Subject {
        carried: head >= tail,
        verbatim: verbatim.is_some(),
        ..Subject::stated(pieces)
    })
}

/// Whether a verb with its object follows: 连续7年提高基本养老金水平.
fn has_object(scene: &Scene, from: usize) -> bool {
    let verb = scene
        .token_from(from)
        .filter(|t| t.is(Class::UP.or(Class::DOWN).or(Class::EVENT)) && !t.is(Class::NOUN))
        // 连续三年实现两位数增长: of what is measured before.
        .filter(|t| !t.is(Class::REACH));
    verb.is_some_and(|t| {
        scene
            .token_from(t.end)
            .is_some_and(|next| next.end <= clause::end(scene, from))
            && clause::end(scene, from) >= t.end + 4
    })
}
