//! Heads without their noun.

use crate::grammar::{Rule, Scene, Subject};
use crate::lexicon::terms::Measure;
use crate::lexicon::words::{self, Class};
use crate::rules::clause;

use super::phrase;

/// Reads a measure without its thing as that of the statement before it: `…增长8.1%，增速高于全省1.2个百分点`, `…，总量和增速均居全国第5位`; and
/// every further term of a ratio as the first: `4.0∶37.7∶58.3`. An average keeps its verb: `户均增收3200元`.
pub static RULE: Rule<Subject> = Rule {
    name: "bare-head",
    reads: "a measure without its thing as that of the statement before it: …增长8.1%，增速高于全省1.2个百分点",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Subject> {
    let amount = scene.amount(i)?;
    let (from, to) = phrase::left(scene, i);
    // 户均增收3200元: an average names nothing without its verb.
    let changes = scene.measured(i).is_some_and(|m| m.measure == Measure::Change);
    if changes && from < to && scene.ends(to, &["户均", "人均", "亩均", "村均", "月均"]) {
        let end = clause::trim_tail(scene, from, amount.start);
        return Some(Subject::stated(vec![(from, end.max(to))]));
    }
    let term = scene
        .before(amount.start)
        .is_some_and(|c| matches!(c, '：' | ':' | '∶'));
    let bare = from < to && words::find(&scene.folded[from..to]).is_some_and(|w| w.class.has(Class::BARE_HEAD));
    if !term && !bare {
        return None;
    }
    let mut pieces = phrase::before(scene, i)?.1.pieces;
    if bare {
        // 企业新增36家，总量突破400家: of what was added.
        if let Some(last) = pieces.last_mut()
            && let Some((start, _)) = phrase::tail_verb(scene, last.0, last.1)
                .filter(|it| it.0 > last.0 && scene.ends(it.1, &["新增", "净增"]))
        {
            last.1 = start;
        }
        if scene.starts(from, &["总量", "总数"])
            && let Some(first) = pieces.first_mut()
            && let Some((_, end)) =
                phrase::head_verb(scene, first.0, first.1).filter(|_| scene.starts(first.0, &["新"]))
        {
            first.0 = end;
        }
        pieces.push((from, to));
    }
    Some(Subject::carried(pieces))
}
