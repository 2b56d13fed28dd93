//! Which period a value speaks of.

mod calendar;
mod context;
mod from_value;
mod span;
mod stated;

use crate::grammar::{Context, Period, Rule, Scene};

/// The rules of the stage, in order of precedence.
pub static RULES: &[&Rule<Period>] = &[&from_value::RULE, &stated::RULE, &context::RULE];

/// The span of years that a sentence opens with, which then holds for what follows it in the paragraph: `过去五年，…`, `“十四五”时期…`.
#[must_use]
pub fn leading_period(folded: &[char], context: &Context) -> Option<String> {
    const HEAD: usize = 12;
    let head = &folded[..folded.len().min(HEAD + 8)];
    if !head.iter().any(|&c| c == '年' || c == '五') {
        return None;
    }
    let mut scene = Scene::new(head, head, context);
    for i in 0..scene.numbers.len() {
        scene.kinds[i] = kind_of(&scene, i);
    }
    calendar::all(&scene)
        .into_iter()
        .find(|w| w.start <= HEAD && w.span && sets_passage(&scene, w))
        .map(|w| w.period)
}

/// Whether an expression is what the passage is about: it closes with a comma, or is a plan period.
fn sets_passage(scene: &Scene, when: &calendar::When) -> bool {
    let opens = scene.ends(when.start, &["过去", "这", "过去的", "近", "今后", "未来", "今后的"]) || when.start <= 1;
    opens && (scene.folded[..when.start].iter().all(|&c| c != '，'))
}

/// The kind of a numeral, for time expressions alone.
fn kind_of(scene: &Scene, i: usize) -> Option<crate::grammar::Decided<crate::fact::NumeralKind>> {
    super::kind::RULES
        .iter()
        .find_map(|rule| (rule.apply)(scene, i).map(|value| crate::grammar::Decided { rule: rule.name, value }))
}
