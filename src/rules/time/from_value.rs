//! The first value of a change.

use crate::grammar::{Period, Rule, Scene};
use crate::lexicon::terms::Measure;
use crate::rules::clause;

use super::calendar;

/// Reads the value that something rises or falls *from* as of no stated period, unless its own clause names one: `由45.8%提高到77.3%`,
/// `比1978年的210亿元增加3倍`; or as of the first year where the sentence names the years: `2020年到2025年，占比从17.9%提升到35.5%`.
pub static RULE: Rule<Period> = Rule {
    name: "from-value",
    reads: "the value that something changes from has no period of its own: 由45.8%提高到77.3%",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Period> {
    let amount = scene.amount(i)?;
    if let Some(year) = compared_year(scene, i) {
        return Some(Period(Some(year)));
    }
    let (from, to) = clause::left(scene, i);
    // 从 or 由 right before it, a date or 分别 between at most; or it is a further value of a list that has it.
    let mut first = i;
    while let Some(j) = scene.amount_before(first).filter(|&j| {
        scene.amount(j).zip(scene.amount(first)).is_some_and(|(a, b)| {
            b.start > a.end && b.start - a.end == 1 && matches!(scene.folded[a.end], '、' | '和' | '∶' | ':' | '：')
        })
    }) {
        first = j;
    }
    let (list_from, list_to) = if first == i {
        (from, to)
    } else {
        clause::left(scene, first)
    };
    let start = scene.amount(first)?.start;
    let mark = (list_from..list_to)
        .rev()
        .find(|&p| matches!(scene.folded[p], '从' | '由'))?;
    let between_dates = calendar::all(scene).iter().find(|w| w.start > mark && w.end <= start);
    let gap = between_dates.map_or(mark + 1, |w| w.end);
    // 由全市第12位上升到第5位: the set stands between.
    let rank = scene.measured(i).is_some_and(|m| m.measure == Measure::Rank);
    let set = |p: usize| rank && scene.folded[p].is_alphabetic();
    if start > gap + if rank { 8 } else { 4 }
        || !(gap..start).all(|p| {
            set(p)
                || matches!(
                    scene.folded[p],
                    '的' | '目' | '前' | '近' | '约' | '不' | '到' | '足' | '超' | '年' | '初' | '每' | '人' | '月'
                )
        })
    {
        return None;
    }
    // What follows must be a verb of change.
    let end = scene
        .amount_after(i)
        .and_then(|k| scene.amount(k))
        .map_or(clause::end(scene, amount.end), |a| a.start);
    let change = scene.has_word(
        amount.end,
        end.max(amount.end),
        crate::lexicon::words::Class::UP
            .or(crate::lexicon::words::Class::DOWN)
            .or(crate::lexicon::words::Class::REACH)
            .or(crate::lexicon::words::Class::TO),
    ) || first != i
        || end <= amount.end + 1;
    change.then(|| {
        let own = between_dates.map(|w| w.period.clone());
        Period(own.or_else(|| first_year(scene, mark)))
    })
}

/// The year of a value that another is compared with: `比1978年的210亿元增加3倍`.
fn compared_year(scene: &Scene, i: usize) -> Option<String> {
    let start = scene.amount(i)?.start;
    let year = scene.numbers[..i].last()?;
    let named = scene.ends(year.start, &["比"]) && scene.starts(year.end, &["年的"]) && year.end + 2 == start;
    let value = year.value.filter(|_| named && year.end == year.start + 4)?;
    Some(value.normalize().to_string())
}

/// The first of the years that the sentence opens with: `2020年到2025年，占比从17.9%提升到35.5%`.
fn first_year(scene: &Scene, mark: usize) -> Option<String> {
    let years = calendar::all(scene).iter().rev().find(|w| w.end <= mark)?;
    let written = scene
        .numbers
        .iter()
        .any(|n| n.start == years.start && n.end - n.start == 4);
    let (first, _) = years.period.split_once('/')?;
    (years.span && written && first.len() == 4).then(|| first.to_owned())
}
