//! Shares of a subject stated before.

use crate::grammar::{Rule, Scene, Subject};
use crate::lexicon::words::Class;

use super::phrase;

/// Reads a share whose part was named before: `总产值增长6.5%、占规模以上工业总产值比重提高到45%`, `其中…占15%`.
pub static RULE: Rule<Subject> = Rule {
    name: "carried-share",
    reads: "a share whose part was named before: …、占规模以上工业总产值比重提高到45%",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Subject> {
    let (from, to) = phrase::left(scene, i);
    let begins = scene.token_from(from).is_some_and(|t| t.is(Class::SHARE) && t.end < to)
        || (from < to && scene.starts(from, &["占"]));
    let start = crate::rules::clause::left(scene, i).0;
    let at = if begins {
        from
    } else if from >= to && scene.starts(start, &["占"]) {
        start
    } else {
        return None;
    };
    let (_, subject) = phrase::before(scene, i)?;
    let mut pieces = subject.pieces.clone();
    let end = to.max(at);
    pieces.push((at, end));
    Some(Subject {
        pieces: pieces.into_iter().filter(|(s, e)| e > s).collect(),
        carried: true,
    })
}
