//! Verbs without their noun.

use crate::grammar::{Rule, Scene, Subject};

use super::phrase;

/// Reads a verb whose noun the item before it states: `加装电梯新增立项43台、完工23台`.
pub static RULE: Rule<Subject> = Rule {
    name: "bare-verb",
    reads: "a verb whose noun the item before states: 加装电梯新增立项43台、完工23台",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Subject> {
    let (from, to) = phrase::left(scene, i);
    let whole = phrase::head_verb(scene, from, to).is_some_and(|(_, end)| end == to);
    // 植树造林659万亩: the verb has its object in it.
    let complete = scene.ends(to, &["造林", "植树", "减税", "降费", "退税", "减负", "扩招"]);
    if !whole || complete || phrase::object(scene, i).is_some() {
        return None;
    }
    let before = || phrase::before(scene, i).map(|(j, subject)| (j, subject.pieces));
    let Some((stated, mut pieces)) = phrase::same_unit_before(scene, i).or_else(before) else {
        let noun = phrase::clause_before(scene, i)?;
        return Some(Subject::carried(vec![noun, (from, to)]));
    };
    // 扩招413万人、培训8300万人次: no noun stands before.
    if let &[(start, end)] = pieces.as_slice()
        && phrase::head_verb(scene, start, end).is_some_and(|it| it.1 == end)
    {
        return Some(Subject::stated(vec![(from, to)]));
    }
    // 实施100个重点项目，投资260亿元，其中新开工45个: of the things counted before, without what was done with them then.
    if (Some(stated) != scene.amount_before(i) || begins_a_deed(scene, &pieces))
        && let Some(first) = pieces.first_mut()
        && let Some((_, end)) = phrase::head_verb(scene, first.0, first.1)
    {
        first.0 = end;
        pieces.retain(|(s, e)| s < e);
    }
    // 新增市场主体1.6万户，每天新增44户: the same verb again.
    if let Some(&(start, _)) = pieces.first()
        && scene.starts(start, &[scene.string(from, to).as_str()])
    {
        return Some(Subject::carried(pieces));
    }
    // The noun is what is left of the subject before without the verbs at its end.
    if let Some((start, end)) = pieces.pop() {
        let stop = phrase::tail_verb(scene, start, end).map_or(end, |(verb, _)| verb);
        if stop > start {
            pieces.push((start, stop));
        } else if pieces.is_empty() {
            pieces.push((start, end));
        }
    }
    pieces.push((from, to));
    Some(Subject::carried(pieces))
}

/// Whether a count is of what another deed follows: 受理案件36件，办结32件; 新开工住房740套，建成511套.
fn begins_a_deed(scene: &Scene, pieces: &[(usize, usize)]) -> bool {
    const BEGINS: &[&str] = &["受理", "收到", "接到", "立案", "新开工", "新签约", "签约"];
    pieces.first().is_some_and(|&(start, _)| scene.starts(start, BEGINS))
}
