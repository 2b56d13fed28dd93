//! How things stand when the report is read.

use crate::grammar::{Period, Rule, Scene};
use crate::lexicon::terms::Part;
use crate::lexicon::words::Class;
use crate::rules::clause;

/// Reads what a plan says of the present as of the year in which it is read: `目前，全县已有养老机构32家`, `我国人均只有一亩半耕地`, `13亿中国人`.
pub static RULE: Rule<Period> = Rule {
    name: "present-state",
    reads: "what a plan says of the present: 目前已有养老机构32家 我国人均只有一亩半耕地",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Period> {
    let year = scene
        .context
        .planned_year
        .filter(|_| matches!(scene.context.part, Part::Plan | Part::Closing))?;
    is_present(scene, i).then(|| Period(Some(year.to_string())))
}

/// What a place has.
const HAVING: &[&str] = &[
    "我国有",
    "我省有",
    "我市有",
    "我区有",
    "我县有",
    "我镇有",
    "全国有",
    "全省有",
    "全市有",
    "全区有",
    "全县有",
    "全镇有",
];

/// Whether a value of a plan is said of the present: a word for now stands before it, or it is the number of the people.
#[must_use]
pub fn is_present(scene: &Scene, i: usize) -> bool {
    let (from, to) = clause::left(scene, i);
    let people = scene.subjects[i].as_ref().is_some_and(|d| d.rule == "population");
    // 目前有养老机构32家，床位2300张: the word holds for what is only listed.
    let was_present = |j: usize| scene.periods[j].as_ref().is_some_and(|d| d.rule == RULE.name);
    let listed = |j: usize| {
        let doing = Class::EVENT
            .or(Class::UP)
            .or(Class::DOWN)
            .or(Class::TARGET)
            .or(Class::TO)
            .or(Class::LEAD);
        let near = scene.amount(j).is_some_and(|a| {
            a.end < from && matches!(scene.before(from), Some('，' | '、')) && !scene.has_word(a.end, from, doing)
        });
        near && !scene.has_word(from, to, doing)
            && !scene.has_word(to, clause::right(scene, i).1, doing)
            && was_present(j)
    };
    // 截至目前，全县建成基站860个
    let head = clause::start(scene, scene.numbers[i].start);
    let aims = Class::TARGET.or(Class::ESTIMATE);
    let now = scene.ends(head, &["目前，"])
        || scene.ends(head, &["当前，", "现在，"]) && scene.holds(head, to, &["有", "已"]);
    let reviewed = scene.context.reviewed_year.map(|year| year.to_string());
    let past = reviewed
        .zip(scene.context.period.as_ref())
        .is_some_and(|(year, said)| said.ends_with(&year));
    if now && !past && !scene.has_word(head, to, aims) {
        return true;
    }
    // 我国有九千万党员
    let has = (from..to).any(|p| scene.starts(p, HAVING) && p + 3 >= scene.numbers[i].start.min(to));
    people
        || has
        || scene.amount_before(i).is_some_and(listed)
        || scene
            .tokens_in(from, to)
            .any(|t| scene.is(t.start, t.end, &["已有", "现有", "目前", "现在", "只有", "仅有"]))
}
