//! Time expressions of a sentence. Not a rule: the rules of the stage share it.

mod part_of_year;
mod plan;
mod relative;
mod since;
mod span;

use std::sync::LazyLock;

use rust_decimal::prelude::ToPrimitive;

use crate::grammar::{Dated, Scene};
use crate::lex::numeral::{self, Script};
use crate::lexicon::characters::Characters;
use crate::lexicon::terms::{NumeralKind, Part};
use crate::rules::kind::mixed_year;
use part_of_year::part_of_year;
use plan::{numbered_plan, plan};
use relative::{RELATIVE, relative};
use since::EVENTS;
use span::{decade, part_of_span, span};

pub use since::since_event;

/// The time expressions of a sentence, left to right. Years that a value is compared with, or counted from, are none.
pub fn all<'s>(scene: &'s Scene) -> &'s [Dated] {
    scene.dated.get_or_init(|| read(scene))
}

fn read(scene: &Scene) -> Vec<Dated> {
    let mut out: Vec<Dated> = Vec::new();
    let mut at = 0;
    while at < scene.folded.len() {
        if let Some(when) = Some(at)
            .filter(|&at| may_begin(scene.folded[at]) && !is_within_digits(scene, at))
            .and_then(|at| one(scene, at, &out))
        {
            at = when.end.max(at + 1);
            // A year inside 《》 names a document.
            let titled = scene
                .quotation(when.start)
                .is_some_and(|(open, _)| scene.before(open) == Some('《'));
            if !titled && !compared(scene, when.start, when.end) {
                out.push(when);
            }
        } else {
            at += 1;
        }
    }
    out
}

/// Whether a position lies within the digits of a number, where nothing begins; 2024 of 500m22024年 is a number of its own.
fn is_within_digits(scene: &Scene, at: usize) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    digit(scene.at(at))
        && digit(scene.before(at))
        && scene
            .tokens
            .tokens
            .get(scene.token_at(at))
            .is_some_and(|token| token.start < at)
}

/// Whether a time expression may begin with a character.
pub fn may_begin(c: char) -> bool {
    /// What those begin with that are in neither list and don't begin with a numeral: 近年来, 历年来, 第一个五年计划, 全年, 上半年, 下半年,
    /// 前三季度, “十四五” with any quotation mark that [`plan`] knows.
    const OTHERS: [&str; 10] = ["近", "历", "第", "全", "上", "下", "前", "“", "「", "\""];
    static FIRST: LazyLock<Characters> = LazyLock::new(|| {
        let events = EVENTS.iter().map(|(event, _)| *event);
        Characters::first_of(RELATIVE.iter().copied().chain(events).chain(OTHERS))
    });
    numeral::begins(c) || FIRST.has(c)
}

/// Whether an expression is the base of a comparison: 比1980年, 较上年, 按2010年价格, 是2020年的3倍, 高于“十三五”时期.
fn compared(scene: &Scene, start: usize, end: usize) -> bool {
    // 是“十三五”时期的1.6倍
    let end = if scene.starts(end, &["时期的", "期间的", "同期的"]) {
        end + 2
    } else {
        end
    };
    let multiplied = scene.starts(end, &["的"])
        && scene
            .numbers
            .iter()
            .any(|n| n.start == end + 1 && scene.starts(n.end, &["倍"]));
    multiplied
        || scene.ends(
            start,
            &[
                "比",
                "较",
                "与",
                "按",
                "相当于",
                "又比",
                "高于",
                "低于",
                "快于",
                "慢于",
                "好于",
                "优于",
                "超过",
                "大于",
                "接近",
                "不及",
            ],
        )
        || scene.starts(
            end,
            &[
                "价格",
                "不变价",
                "的价格",
                "相比",
                "的水平",
                "前基本",
                "前全面",
                "前实现碳",
                "总和",
                "的总和",
            ],
        )
}

fn one(scene: &Scene, at: usize, before: &[Dated]) -> Option<Dated> {
    if let Some((end, year)) = relative(scene, at) {
        let (end, period) = part_of_year(scene, end, year)
            .filter(|&(end, _)| !scene.starts(end, &["以来", "到现在", "至今"]))
            .unwrap_or_else(|| (end, year.to_string()));
        return Some(Dated {
            start: at,
            end,
            period,
            span: false,
        });
    }
    // 上半年…，全年…: the whole of the year of which a part was named before.
    if scene.starts(at, &["全年"])
        && let Some(year) = before
            .last()
            .and_then(|w| w.period.split_once('-'))
            .map(|(year, _)| year)
    {
        return Some(Dated {
            start: at,
            end: at + 2,
            period: year.to_owned(),
            span: false,
        });
    }
    // 多年来: no year is told.
    if scene.starts(at, &["多年来", "几年来", "近年来", "历年来"]) {
        return Some(Dated {
            start: at,
            end: at + 3,
            period: String::new(),
            span: false,
        });
    }
    if let Some(when) = plan(scene, at)
        .or_else(|| numbered_plan(scene, at))
        .or_else(|| decade(scene, at))
        .or_else(|| since_event(scene, at))
        .or_else(|| part_of_span(scene, at, before))
        .or_else(|| span(scene, at, before))
    {
        return Some(when);
    }
    // 上半年 by itself is that of the year the part speaks of, and so is a month at the head of a clause.
    let speaking = if scene.context.part == Part::Plan {
        scene.context.planned_year
    } else {
        scene.context.reviewed_year
    };
    let month = scene.numbers.iter().any(|n| n.start == at) && !heads_clause(scene, at);
    if let Some((end, period)) = speaking
        .and_then(|year| part_of_year(scene, at, year))
        // 5月份以来
        .map(|(end, period)| match period.split_once('-') {
            Some((year, _)) if scene.starts(end, &["以来", "份以来"]) => (end, year.to_owned()),
            _ => (end, period),
        })
        .filter(|&(end, _)| !month || scene.before(end) != Some('月'))
    {
        return Some(Dated {
            start: at,
            end,
            period,
            span: false,
        });
    }
    let i = scene.numbers.iter().position(|n| n.start == at)?;
    if scene.kind(i) != Some(NumeralKind::Date) {
        return None;
    }
    let number = &scene.numbers[i];
    // 截至11月底: of the year the part speaks of.
    if scene.ends(at, &["截至", "截止", "到", "至"])
        && scene.starts(number.end, &["月底", "月末"])
        && let Some(month) = number.value.and_then(|v| v.to_u32()).filter(|m| (1..=12).contains(m))
        && let Some(year) = speaking
    {
        return Some(Dated {
            start: at,
            end: number.end + 2,
            period: if month == 12 {
                year.to_string()
            } else {
                format!("{year}-{month:02}")
            },
            span: false,
        });
    }
    if let Some((_, end, year)) = mixed_year(scene, i).filter(|&(start, ..)| start == at) {
        return Some(Dated {
            start: at,
            end: end + 1,
            period: year.to_string(),
            span: false,
        });
    }
    let year = year_of(scene, i)?;
    let mut end = number.end;
    // 2021—2025年, 1952年到1956年
    let mut next = if scene.at(end) == Some('年') { end + 1 } else { end };
    let mark = next;
    while matches!(scene.at(next), Some('—' | '-' | '–' | '－' | '~' | '～' | '至' | '到')) {
        next += 1;
    }
    if next > mark
        && let Some(j) = scene.numbers.iter().position(|n| n.start == next)
        && let Some(last) = year_of(scene, j)
        && last > year
    {
        return Some(Dated {
            start: at,
            end: scene.numbers[j].end + 1,
            period: format!("{year}/{last}"),
            span: true,
        });
    }
    if scene.at(end) == Some('年') {
        end += 1;
    }
    let end_of_part = if matches!(scene.at(end), Some('底' | '末' | '初')) {
        end + 1
    } else {
        end
    };
    // 2019年以来: up to the year under review.
    if scene.starts(end_of_part, &["以来"])
        && let Some(last) = scene.context.reviewed_year.filter(|&last| last > year)
    {
        return Some(Dated {
            start: at,
            end: end_of_part + 2,
            period: format!("{year}/{last}"),
            span: true,
        });
    }
    let (end, period) = part_of_year(scene, end_of_part, year).unwrap_or_else(|| (end_of_part, year.to_string()));
    Some(Dated {
        start: at,
        end,
        period,
        span: false,
    })
}

/// Whether a position is the head of a clause.
fn heads_clause(scene: &Scene, at: usize) -> bool {
    scene.before(at).is_none_or(|c| matches!(c, '，' | '。' | '；' | '：'))
}

/// The year that a numeral of four digits is.
fn year_of(scene: &Scene, i: usize) -> Option<i32> {
    let number = &scene.numbers[i];
    let four = number.end - number.start == 4 && matches!(number.script, Script::Arabic | Script::ChineseDigits);
    number
        .value
        .and_then(|v| v.to_i32())
        .filter(|y| four && (1000..2200).contains(y))
}
