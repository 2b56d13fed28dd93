//! Heads without their noun.

use crate::grammar::{Rule, Scene, Subject};
use crate::lexicon::terms::Measure;
use crate::lexicon::words::{self, Class};
use crate::rules::clause;

use super::phrase;

/// Reads a measure without its thing as that of the statement before it: `…增长8.1%，增速高于全省1.2个百分点`, `…，总量和增速均居全国第5位`; and
/// every further term of a ratio as the first: `4.0∶37.7∶58.3`; and an average without its thing, `村集体总收入2860万元，村均136万元`,
/// `病床2480张，平均每千人2.3张`. An average keeps its verb: `户均增收3200元`.
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
    if let Some(pieces) = per_head(scene, i) {
        return Some(Subject::carried(pieces));
    }
    let term = scene
        .before(amount.start)
        .is_some_and(|c| matches!(c, '：' | ':' | '∶'));
    // 总量、增幅均居全市第二
    let bare = from < to
        && scene.folded[from..to]
            .split(|&c| matches!(c, '、' | '和'))
            .all(|word| words::find(word).is_some_and(|w| w.class.has(Class::BARE_HEAD)));
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
        // 生产总值增速高于全市，增速进入前三: the measure stands once.
        let said = scene.string(from, to);
        if !pieces.last().is_some_and(|it| scene.ends(it.1, &[said.as_str()])) {
            pieces.push((from, to));
        }
    }
    Some(Subject::carried(pieces))
}

/// A sum per head of what the statement before sums up: `村集体总收入2860万元，村均136万元`.
fn per_head(scene: &Scene, i: usize) -> Option<Vec<(usize, usize)>> {
    const HEADS: &[&str] = &["月人均", "村均", "户均", "亩均", "人均", "镇均", "乡均"];
    let amount = scene.amount(i)?;
    let from = clause::left(scene, i).0;
    let to = scene
        .token_before(amount.start)
        .filter(|t| t.is(Class::REACH) && t.start > from + 1 && !scene.ends(t.end, &["均"]))
        .map_or(amount.start, |t| t.start);
    let level = scene.measured(i).is_some_and(|m| m.measure == Measure::Level);
    // 病床240万张，平均每千人2.3张
    let (head, tail) = phrase::left(scene, i);
    if level
        && head < tail
        && scene.starts(head, &["每"])
        && scene.ends(tail, &["人", "户", "人口"])
        && tail - head <= 6
    {
        return Some(
            [(head, tail)]
                .into_iter()
                .chain(phrase::things_before(scene, i)?)
                .collect(),
        );
    }
    (level && scene.is(from, to, HEADS)).then_some(())?;
    let Some((j, subject)) = phrase::before(scene, i) else {
        let noun = phrase::clause_before(scene, i)?;
        return Some(vec![noun, (from, to)]);
    };
    let same = scene
        .amount(j)
        .is_some_and(|it| it.unit.trim_start_matches(['万', '亿']) == amount.unit.trim_start_matches(['万', '亿']));
    same.then(|| subject.pieces.into_iter().chain([(from, to)]).collect())
}
