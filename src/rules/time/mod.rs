//! Which period a value speaks of.

mod calendar;
mod context;
mod from_value;
mod of_the_statement;
mod present_state;
mod span;
mod stated;
mod supposed;

use crate::grammar::{Context, Dated, Decided, Period, Rule, Scene};
use crate::lexicon;
use crate::lexicon::terms::NumeralKind;

/// The rules of the stage, in order of precedence.
pub static RULES: &[&Rule<Period>] = &[
    &from_value::RULE,
    &of_the_statement::RULE,
    &present_state::RULE,
    &stated::RULE,
    &supposed::RULE,
    &context::RULE,
];

pub use present_state::is_present;

/// The period that a sentence opens with, which then holds for what follows it: `过去五年，…`, `“十四五”时期…`, `2025年是…`, `一年来，…`.
///
/// Of single years only the one under review and the one planned set a passage; any other year is a sentence's own.
#[must_use]
pub fn leading_period(folded: &[char], context: &Context) -> Option<String> {
    /// How far into a sentence a leading expression may begin.
    const HEAD: usize = 12;
    /// The same for 刚刚过去的1987年, which may follow another clause.
    const JUST_PAST: usize = 20;
    let head = &folded[..folded.len().min(JUST_PAST + 10)];
    // Any other stands in the first clause; the character behind may tell how it is meant.
    let clause = head.iter().position(|c| *c == '，').filter(|_| !head.contains(&'刚'));
    let head = &head[..clause.map_or(head.len(), |mark| head.len().min(mark + 2))];
    // Most sentences have none. Whether one may be there that [`sets_passage`] takes is soon seen.
    let openers = || BEFORE_SPAN.iter().chain(&BEFORE_YEAR);
    let opens = |at: usize| at <= 1 || openers().any(|word| word.ends_with(head[at - 1]));
    let mut places = (0..head.len()).filter(|&at| calendar::may_begin(head[at]));
    if !head.iter().any(|&c| matches!(c, '年' | '五')) || !places.any(opens) {
        return None;
    }
    let mut scene = Scene::new(head, head, context);
    for i in 0..scene.numbers.len() {
        scene.kinds[i] = kind_of(&scene, i);
    }
    let when = calendar::all(&scene)
        .iter()
        .find(|w| w.start <= HEAD || w.start <= JUST_PAST && is_just_past(&scene, w))?;
    sets_passage(&scene, when).then(|| when.period.clone())
}

/// 刚刚过去的1987年
fn is_just_past(scene: &Scene, when: &Dated) -> bool {
    scene.ends(when.start, &["刚刚过去的"])
}

/// Whether a text ends with saying that a plan of several years has come to its end, after which the years of the plan are looked back on.
#[must_use]
pub fn closes_plan(folded: &[char]) -> bool {
    /// How far back it may be said, in characters.
    const REACH: usize = 400;
    let text = lexicon::string(&folded[folded.len().saturating_sub(REACH)..]);
    ["标志着", "收官", "圆满完成", "胜利完成", "圆满句号"]
        .iter()
        .any(|word| text.contains(word))
}

/// Whether a period is as long as a plan.
#[must_use]
pub fn is_as_long_as_a_plan(period: &str) -> bool {
    /// From the first to the last year of a plan.
    const YEARS: i32 = 4;
    period
        .split_once('/')
        .and_then(|(first, last)| Some(last.parse::<i32>().ok()? - first.parse::<i32>().ok()?))
        .is_some_and(|years| years >= YEARS)
}

/// Words before a span of years that a passage is about.
const BEFORE_SPAN: [&str; 10] = [
    "过去",
    "这",
    "过去的",
    "近",
    "今后",
    "未来",
    "今后的",
    "回顾",
    "回望",
    "回顾过去",
];

/// Words before a year that a passage is about.
const BEFORE_YEAR: [&str; 4] = ["过去的", "回顾", "在", "总结"];

/// Whether an expression is what the passage is about.
fn sets_passage(scene: &Scene, when: &Dated) -> bool {
    let first_clause = scene.folded[..when.start].iter().all(|&c| c != '，');
    // 前三年 is a part of a passage, 去年开工的8个项目 an aside.
    if scene.ends(when.start, &["前", "头", "后"]) || stated::is_aside(scene, when) {
        return false;
    }
    // 改革开放以来, one sentence long
    if calendar::since_event(scene, when.start).is_some() {
        return false;
    }
    if when.span {
        let opens = scene.ends(when.start, &BEFORE_SPAN) || when.start <= 1;
        return opens && first_clause;
    }
    let year = |y: Option<i32>| y.is_some_and(|y| when.period == y.to_string());
    let opens = when.start == 0 || scene.ends(when.start, &BEFORE_YEAR);
    (first_clause || is_just_past(scene, when))
        && opens
        && (year(scene.context.reviewed_year) || (year(scene.context.planned_year) && when.start == 0))
}

/// The kind of a numeral, for time expressions alone.
fn kind_of(scene: &Scene, i: usize) -> Option<Decided<NumeralKind>> {
    super::kind::RULES
        .iter()
        .find_map(|rule| (rule.apply)(scene, i).map(|value| Decided { rule: rule.name, value }))
}
