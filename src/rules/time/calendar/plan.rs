//! Five-year plans.

use rust_decimal::prelude::ToPrimitive;

use crate::document::plan_years;
use crate::grammar::{Dated, Scene};
use crate::lex::numeral;

/// The last plan that a text may name without quotation marks.
pub(super) const LAST_PLAN: i32 = 20;

/// A five-year plan by number: `第一个五年计划期间`.
pub(super) fn numbered_plan(scene: &Scene, at: usize) -> Option<Dated> {
    if scene.at(at) != Some('第') {
        return None;
    }
    let number = scene.numbers.iter().find(|n| n.start == at + 1)?;
    let name = [
        "个五年计划期间",
        "个五年计划时期",
        "个五年计划期内",
        "个五年计划前",
        "个五年计划头",
        "个五年合计",
    ]
    .iter()
    .find(|name| scene.starts(number.end, &[name]))?;
    let ordinal = number.value?.to_i32().filter(|n| (1..=LAST_PLAN).contains(n))?;
    let (first, last) = plan_years(ordinal);
    Some(Dated {
        start: at,
        end: number.end + name.chars().count(),
        period: format!("{first}/{last}"),
        span: true,
    })
}

/// A five-year plan by name: `“十四五”时期`, `“七五”期间`.
pub(super) fn plan(scene: &Scene, at: usize) -> Option<Dated> {
    let quoted = matches!(scene.at(at), Some('“' | '「' | '"'));
    let from = if quoted { at + 1 } else { at };
    let mut end = from;
    while scene.at(end).is_some_and(|c| numeral::digit(c).is_some() || c == '十') {
        end += 1;
    }
    if scene.before(end) != Some('五') || !(2..=3).contains(&(end - from)) {
        return None;
    }
    // Without the last 五, which 十四 would read on to: 十四五.
    let ordinal = numeral::scan(&scene.folded[..end - 1], from)
        .filter(|n| n.end == end - 1)
        .and_then(|n| n.value)
        .and_then(|v| v.to_i32())?;
    // 百分之十五 and 三十五 are no plans.
    let inside = scene.numbers.iter().any(|n| n.start < from && n.end > from);
    if inside || !quoted && ordinal > LAST_PLAN {
        return None;
    }
    let close = if quoted {
        matches!(scene.at(end), Some('”' | '」' | '"')).then_some(end + 1)?
    } else {
        end
    };
    let listed = quoted && scene.at(close) == Some('，');
    if !listed
        && !scene.starts(
            close,
            &[
                "时期",
                "期间",
                "以来",
                "规划期",
                "计划期",
                "前",
                "后",
                "末",
                "目标",
                "收官",
                "五年",
                "规划主要",
                "计划的",
            ],
        )
    {
        return None;
    }
    let (first, mut last) = plan_years(ordinal);
    if scene.starts(close, &["以来"])
        && let Some(reviewed) = scene.context.reviewed_year.filter(|&year| year > first)
    {
        last = last.min(reviewed);
    }
    Some(Dated {
        start: at,
        end: close,
        period: format!("{first}/{last}"),
        span: true,
    })
}
