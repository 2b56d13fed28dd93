//! Bare rates after a topic.

use crate::grammar::{Rule, Scene, Subject};
use crate::lexicon::terms::NumeralKind;
use crate::lexicon::words::{self, Class};

use super::phrase;

/// Reads a bare rate or count as that of the line that the sentence is about: `完善12345市民服务热线…，累计受理工单5672件，实际解决率60.36%，满意率69.76%`.
pub static RULE: Rule<Subject> = Rule {
    name: "topic-rate",
    reads: "a bare rate of the hotline that the sentence is about: 实际解决率60.36%",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Subject> {
    let (from, to) = phrase::left(scene, i);
    let bare = from < to && words::find(&scene.folded[from..to]).is_some_and(|w| w.class.has(Class::RATE));
    let count = from < to && scene.holds(from, to, &["工单", "来电", "诉求"]) && to - from <= 6;
    if !bare && !count {
        return None;
    }
    let topic = (0..i).rev().find_map(|j| {
        let named = scene.kinds[j]
            .as_ref()
            .is_some_and(|d| d.value == NumeralKind::Name && d.rule == "hotline-number");
        let start = scene.numbers[j].start;
        let end = (start..(start + 16).min(from))
            .find(|&p| scene.starts(p, &["热线", "平台"]))
            .map(|p| p + 2);
        named.then_some(end).flatten().map(|e| (start, e))
    });
    let topic = topic.or_else(|| {
        if bare && phrase::before(scene, i).is_none() {
            phrase::clause_before(scene, i)
        } else {
            None
        }
    })?;
    Some(Subject::carried(vec![topic, (from, to)]))
}
