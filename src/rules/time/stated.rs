//! Periods that the sentence states.

use crate::grammar::{Dated, Period, Rule, Scene};
use crate::lexicon::terms::{Measure, NumeralKind};
use crate::lexicon::words::Class;
use crate::rules::clause;

use super::{calendar, span};

/// Reads the period that the sentence states before the value, the nearest first: `1987年达到`, `到2030年`, `去年`, `五年来`, `2026年…目标是`.
pub static RULE: Rule<Period> = Rule {
    name: "stated-period",
    reads: "the period that the sentence states before the value: 1987年达到 到2030年 五年来",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Period> {
    let amount = scene.amount(i)?;
    let group = clause::group_start(scene, amount.start);
    let whens = calendar::all(scene);
    // 去年开工的8个项目上半年竣工，新开工12个: a part of a year in the middle of a clause dates that clause alone.
    let clause_start = clause::start(scene, amount.start);
    let holds = |w: &&Dated| {
        let aside = w.period.contains('-') && !heads_clause(scene, w.start) || is_aside(scene, w);
        !aside || w.start >= clause_start
    };
    let before = |w: &&Dated| w.end <= amount.start && holds(w);
    // In its own group of clauses; or else the one that opens the sentence.
    let nearest = whens
        .iter()
        .rev()
        .find(|w| before(w) && w.start >= group && !dates_from_value(scene, i, w));
    let opening = || {
        whens
            .iter()
            .find(|w| before(w) && opens(scene, w.start) && !dates_from_value(scene, i, w))
    };
    let when = nearest.or_else(opening)?;
    if let Some(period) = respective_year(scene, i, when) {
        return Some(Period(Some(period)));
    }
    // 9月底前开工，年内完成投资3亿元
    let year_named =
        when.start < clause_start && scene.holds(clause_start, amount.start, &["年内", "年底", "年末", "全年"]);
    if let Some((year, _)) = when.period.split_once('-').filter(|_| year_named) {
        return Some(Period(Some(year.to_owned())));
    }
    if when.period.is_empty() {
        // 多年来 dates what happened in those years, not how things stand.
        let happened = span::within(scene, i, "0/1").contains('/');
        return happened.then_some(Period(None));
    }
    let period = if when.span && is_spent(scene, i, when) {
        when.period.clone()
    } else if when.span {
        span::within(scene, i, &when.period)
    } else {
        span::average(scene, i, &when.period)
    };
    Some(Period(Some(period)))
}

/// Whether an expression dates the value that the one at `i` changes from: 从2020年的38.2%提高到41.5%.
fn dates_from_value(scene: &Scene, i: usize, when: &Dated) -> bool {
    (0..i).any(|j| {
        scene.periods[j].as_ref().is_some_and(|d| d.rule == "from-value")
            && scene.amount(j).is_some_and(|a| when.end <= a.start)
            && clause::left(scene, j).0 <= when.start
    })
}

/// Whether money was spent or raised between two years that are written out, or in a number of years: `从1951年到1957年，教育经费将近49亿元`,
/// `五年实现税收18亿元`.
fn is_spent(scene: &Scene, i: usize, when: &Dated) -> bool {
    let written = scene
        .numbers
        .iter()
        .any(|n| n.start == when.start && n.end - n.start == 4);
    let (from, to) = clause::left(scene, i);
    let level = scene.measured(i).is_some_and(|m| m.measure == Measure::Level);
    // 五年实现税收18亿元
    let gained = when.start >= from && scene.starts(when.end, &["实现", "完成", "上缴", "创造", "征收"]);
    if level && gained {
        return true;
    }
    written
        && level
        && scene.holds(from, to, &["经费", "支出", "投资", "拨款", "借款", "贷款"])
        && !scene.has_word(from, to, Class::UP.or(Class::DOWN))
        && !scene.ends(to, &["到", "至"])
        && !scene.holds(from, to, &["余额", "每年"])
}

/// Whether an expression dates only what its own clause names: 在去年新增120家的基础上, 去年开工的8个项目.
pub fn is_aside(scene: &Scene, when: &Dated) -> bool {
    let base = scene.ends(clause::end(scene, when.end), &["基础上"]);
    let verb = scene.token_from(when.end).filter(|t| t.is(Class::EVENT));
    base || verb.is_some_and(|t| scene.at(t.end) == Some('的'))
}

/// The year of a value in a list that has a year for each: `2022、2023年分别增长5.1%、6.2%`.
fn respective_year(scene: &Scene, i: usize, last: &Dated) -> Option<String> {
    let whens = calendar::all(scene);
    let end = whens.iter().position(|w| w == last)?;
    let joined = |n: usize| {
        let (before, next) = (&whens[n - 1], &whens[n]);
        before.end + 1 == next.start && matches!(scene.at(before.end), Some('、' | '和' | '及' | '与'))
    };
    let first = (1..=end).rev().take_while(|&n| joined(n)).last()? - 1;
    let amount = |n: usize| scene.amount(n).filter(|a| a.start >= last.end);
    let values: Vec<usize> = (0..scene.numbers.len()).filter(|&n| amount(n).is_some()).collect();
    let (own, count) = (values.iter().position(|&n| n == i)?, end - first + 1);
    let told = scene.has_word(last.end, scene.amount(i)?.start, Class::RESPECTIVE);
    (told && own < count && values.len() >= count).then(|| whens[first + own].period.clone())
}

/// Whether an expression stands at the head of its clause.
fn heads_clause(scene: &Scene, start: usize) -> bool {
    let from = clause::start(scene, start);
    start <= from + 1 || scene.ends(start, &["截至", "截止", "到", "至"])
}

/// Whether an expression stands at the head of the sentence.
fn opens(scene: &Scene, start: usize) -> bool {
    (0..start).all(|p| !matches!(scene.folded[p], '，' | '；'))
        && scene
            .kinds
            .iter()
            .enumerate()
            .all(|(k, d)| scene.numbers[k].end > start || d.as_ref().is_none_or(|d| d.value != NumeralKind::Quantity))
}
