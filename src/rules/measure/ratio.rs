//! Shares and rates.

use crate::grammar::{Measured, Rule, Scene};
use crate::lexicon::terms::Measure;
use crate::lexicon::words::Class;
use crate::rules::clause;

use super::predicate;

/// Reads a percentage that is not growth, and the terms of a ratio: `满意率69.76%`, `占地区生产总值比重达28%`, `89.4%的公园`, `2：1以内`.
pub static RULE: Rule<Measured> = Rule {
    name: "ratio",
    reads: "a percentage that is not growth: 满意率69.76% 占…比重达28%",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Measured> {
    let amount = scene.amount(i)?;
    let number = &scene.numbers[i];
    let colon = |p: Option<usize>| {
        p.and_then(|p| scene.at(p))
            .is_some_and(|c| matches!(c, '：' | ':' | '∶'))
    };
    let pair = amount.unit.is_empty() && (colon(number.start.checked_sub(1)) || colon(Some(number.end)));
    let rate = matches!(amount.unit.as_str(), "%" | "‰" | "成") || amount.unit.starts_with('/');
    if !rate && !pair {
        return None;
    }
    let (from, to) = clause::left(scene, i);
    // 占 and what follows it is the whole, up to 比重 or 比例.
    let reference = scene.tokens_in(from, to).find(|t| t.is(Class::SHARE)).and_then(|t| {
        let stop = (t.end..to)
            .find(|&p| scene.starts(p, &["比重", "比例", "的比重", "的比例", "达", "超", "约", "的"]))
            .unwrap_or(to);
        let stop = clause::trim_tail(scene, t.end, stop);
        (stop > t.end).then_some((t.end, stop))
    });
    Some(Measured {
        measure: Measure::Ratio,
        negative: false,
        comparison: None,
        reference,
        predicate: predicate::read(scene, i).start,
    })
}
