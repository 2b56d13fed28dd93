//! Spans of years that are counted: 五年来, 前三年, 八十年代.

use rust_decimal::prelude::ToPrimitive;

use super::plan::LAST_PLAN;
use super::year_of;
use crate::document::plan_years;
use crate::grammar::{Dated, Scene};
use crate::lexicon::terms::{NumeralKind, Part};

/// A decade, of the century that has had it: `八十年代`.
pub(super) fn decade(scene: &Scene, at: usize) -> Option<Dated> {
    let planned = scene.context.planned_year?;
    let number = scene
        .numbers
        .iter()
        .find(|n| n.start == at && scene.starts(n.end, &["年代"]))?;
    let decade = number
        .value?
        .to_i32()
        .filter(|n| (10..=90).contains(n) && n % 10 == 0)?;
    let this = planned / 100 * 100 + decade;
    let first = if this > planned { this - 100 } else { this };
    Some(Dated {
        start: at,
        end: number.end + 2,
        period: format!("{first}/{}", first + 9),
        span: true,
    })
}

/// The first or last years of a span: `前三年` and `后两年` of the plan that is spoken of.
pub(super) fn part_of_span(scene: &Scene, at: usize, before: &[Dated]) -> Option<Dated> {
    let i = scene.numbers.iter().position(|n| n.start == at)?;
    let other = [
        "今后", "往后", "之后", "以后", "此后", "先后", "以前", "之前", "目前", "从前", "提前", "明后",
    ];
    let first = scene.ends(at, &["前", "头"]);
    if scene.ends(at, &other) || scene.kind(i) != Some(NumeralKind::Date) || !first && !scene.ends(at, &["后"]) {
        return None;
    }
    let number = &scene.numbers[i];
    let n = number.value.and_then(|v| v.to_i32())?;
    if !scene.starts(number.end, &["年"]) || scene.starts(number.end, &["年前", "年后", "年来"]) {
        return None;
    }
    let years = |period: &str| -> Option<(i32, i32)> {
        let (from, to) = period.split_once('/')?;
        Some((from.parse().ok()?, to.parse().ok()?))
    };
    let context = scene.context;
    // 本世纪最后二十年
    let century = scene.ends(at, &["本世纪最后", "本世纪的最后"]);
    let century = context
        .planned_year
        .filter(|_| century)
        .map(|year| (year + 99) / 100 * 100);
    let (from, to) = before
        .iter()
        .rev()
        .filter(|w| w.span && !scene.ends(w.start, &["前", "头", "后"]))
        .find_map(|w| years(&w.period))
        .or_else(|| century.map(|last| (last - 99, last)))
        .or_else(|| context.period.as_deref().and_then(years))
        .or_else(|| context.span.as_deref().and_then(years))
        .or_else(|| {
            let year = context.reviewed_year?;
            (1..=LAST_PLAN)
                .map(plan_years)
                .find(|&(from, to)| from < year && year <= to)
        })?;
    let (from, to) = if first { (from, from + n - 1) } else { (to - n + 1, to) };
    (n > 1 && to - from + 1 == n).then(|| Dated {
        start: at,
        end: number.end + 1,
        period: format!("{from}/{to}"),
        span: true,
    })
}

/// A span counted in years: `五年来`, `过去五年`, `近两年`, `今后五年`, `十年增加`; in a plan `三年实现翻番`; after the years themselves
/// `1932年到1936年五年间`.
pub(super) fn span(scene: &Scene, at: usize, before: &[Dated]) -> Option<Dated> {
    let (reviewed, planned) = (scene.context.reviewed_year?, scene.context.planned_year?);
    let i = scene.numbers.iter().position(|n| n.start == at)?;
    if scene.kind(i) != Some(NumeralKind::Date) || year_of(scene, i).is_some() {
        return None;
    }
    let number = &scene.numbers[i];
    let n = number
        .value
        .filter(rust_decimal::Decimal::is_integer)
        .and_then(|v| v.to_i32())
        .filter(|n| (1..=100).contains(n))?;
    if !scene.starts(number.end, &["年"]) || scene.starts(number.end, &["年前", "年后", "年义务", "年制", "年一贯"])
    {
        return None;
    }
    // 二十二年的统治期间: of years that are not told.
    if scene.starts(number.end, &["年的统治", "年的历史", "年历史"]) {
        return Some(Dated {
            start: at,
            end: number.end + 1,
            period: String::new(),
            span: false,
        });
    }
    // 学前一年: which year of something, not when.
    let recent = [
        "过去",
        "过去的",
        "近",
        "最近",
        "这",
        "今后",
        "未来",
        "今后的",
        "未来的",
        "新的",
    ];
    if n == 1 && !scene.starts(number.end, &["年来", "年间", "年多", "年里"]) && !scene.ends(at, &recent) {
        return None;
    }
    // 再奋斗五年: how long, not when.
    if scene.ends(at, &["奋斗", "努力", "再过"]) {
        return None;
    }
    let toil = scene.starts(number.end, &["年努力", "年的努力", "年奋斗", "年的奋斗"]);
    let counted = [
        "过去",
        "过去的",
        "近",
        "最近",
        "这",
        "经过",
        "连续",
        "历时",
        "前",
        "头",
        "每",
    ];
    let past = !toil && (scene.starts(number.end, &["年来", "年间", "年多"]) || scene.ends(at, &counted));
    // A passage of years ahead is a plan, wherever it stands.
    let passage = scene
        .context
        .period
        .as_deref()
        .and_then(|p| p.split_once('/')?.0.parse::<i32>().ok());
    let in_plan = scene.context.part == Part::Plan || passage.is_some_and(|first| first > reviewed);
    let planned_years = in_plan && !past;
    let ahead = planned_years || scene.ends(at, &["今后", "未来", "往后", "再用", "今后的", "用"]);
    let end = number.end
        + if scene.starts(number.end, &["年来", "年间", "年内"]) {
            2
        } else {
            1
        };
    let same = before.iter().rev().find(|w| {
        let years = w
            .period
            .split_once('/')
            .and_then(|(from, to)| Some((from.parse::<i32>().ok()?, to.parse::<i32>().ok()?)));
        w.span && years.is_some_and(|(from, to)| to - from + 1 == n)
    });
    let period = if let Some(same) = same {
        same.period.clone()
    } else if ahead && n == 1 {
        planned.to_string()
    } else if ahead {
        // 明后两年
        let planned = planned + i32::from(scene.ends(at, &["明后"]));
        format!("{planned}/{}", planned + n - 1)
    } else if n == 1 {
        reviewed.to_string()
    } else {
        format!("{}/{reviewed}", reviewed - n + 1)
    };
    Some(Dated {
        start: at,
        end,
        period,
        span: n > 1,
    })
}
