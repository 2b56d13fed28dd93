//! Shares of a subject stated before.

use crate::grammar::{Rule, Scene, Subject};
use crate::lexicon::terms::Measure;
use crate::lexicon::words::Class;
use crate::rules::clause;

use super::phrase;

/// Reads a share whose part was named before: `总产值增长6.5%、占规模以上工业总产值比重提高到45%`, `其中…占15%`.
pub static RULE: Rule<Subject> = Rule {
    name: "carried-share",
    reads: "a share whose part was named before: …、占规模以上工业总产值比重提高到45%",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Subject> {
    let (from, to) = phrase::left(scene, i);
    if let Some(subject) = without_whole(scene, i, from, to) {
        return Some(subject);
    }
    let begins = scene.token_from(from).is_some_and(|t| t.is(Class::SHARE) && t.end < to)
        || (from < to && scene.starts(from, &["占"]));
    let start = clause::left(scene, i).0;
    let at = if begins {
        from
    } else if from >= to && scene.starts(start, &["占"]) {
        start
    } else {
        return None;
    };
    let (_, before) = phrase::before(scene, i)?;
    let mut pieces = before.pieces;
    pieces.retain(|(s, e)| e > s);
    let carries = Some(pieces.len());
    if at < to {
        pieces.push((at, to));
    }
    Some(Subject {
        carries,
        verbatim: before.verbatim,
        spelled: before.spelled,
        ..Subject::carried(pieces)
    })
}

/// A share of the whole that a share before it named, or of what 其中 points at: `教育费占财政支出的15%，科技费占4%`.
fn without_whole(scene: &Scene, i: usize, from: usize, to: usize) -> Option<Subject> {
    scene
        .measured(i)
        .filter(|it| it.measure == Measure::Ratio && it.reference.is_none())?;
    let share = scene
        .token_before(to)
        .filter(|t| t.is(Class::SHARE) && t.start > from)?;
    // 其中用于工业的占65%
    let from = if scene.ends(from, &["用于"]) { from - 2 } else { from };
    let group = clause::group_start(scene, from);
    let named = (0..i).rev().find_map(|j| {
        let same = scene.amount(j).is_some_and(|it| it.start >= group);
        scene
            .measured(j)
            .filter(|it| same && it.measure == Measure::Ratio)?
            .reference
    });
    let among = scene.has_word(clause::left(scene, i).0, from, Class::AMONG);
    let whole = if let Some(whole) = named {
        vec![whole]
    } else {
        let mut whole = phrase::before(scene, i).filter(|_| among)?.1.pieces;
        if let Some(last) = whole.last_mut()
            && let Some(token) = scene.token_before(last.1).filter(|t| t.is(Class::SHARE))
        {
            last.1 = token.start.max(last.0);
        }
        whole
    };
    Some(Subject {
        carries: Some(1),
        ..Subject::stated(
            [(from, share.start), (share.start, share.end)]
                .into_iter()
                .chain(whole)
                .collect(),
        )
    })
}
