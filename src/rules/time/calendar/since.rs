//! The years since an event.

use std::sync::LazyLock;

use crate::grammar::{Dated, Scene};
use crate::lexicon::characters::Characters;

/// Events that time is counted from, each with its year.
pub(super) const EVENTS: &[(&str, i32)] = &[
    ("新中国成立以来", 1949),
    ("建国以来", 1949),
    ("解放以来", 1949),
    ("改革开放以来", 1978),
    ("十六大以来", 2002),
    ("十七大以来", 2007),
    ("十八大以来", 2012),
    ("十九大以来", 2017),
    ("二十大以来", 2022),
];

/// The years since an event, up to the year under review: `党的十八大以来`. 建国以来的最高水平 compares.
pub fn since_event(scene: &Scene, at: usize) -> Option<Dated> {
    static FIRST: LazyLock<Characters> = LazyLock::new(|| Characters::first_of(EVENTS.iter().map(|(event, _)| event)));
    let reviewed = scene.context.reviewed_year?;
    if !FIRST.has(scene.at(at)?) {
        return None;
    }
    let (word, first) = EVENTS.iter().find(|(word, _)| scene.starts(at, &[word]))?;
    let end = at + word.chars().count();
    let compares = scene.starts(end, &["的最", "最", "第一", "的第一", "首次", "从未", "从来"]);
    (*first < reviewed && !compares).then(|| Dated {
        start: at,
        end,
        period: format!("{first}/{reviewed}"),
        span: true,
    })
}
