//! Time expressions of a sentence. Not a rule: the rules of the stage share it.

use std::sync::LazyLock;

use rust_decimal::prelude::ToPrimitive;

use crate::grammar::{Dated, Scene};
use crate::lex::numeral::{self, Script};
use crate::lexicon::characters::Characters;
use crate::lexicon::terms::{NumeralKind, Part};
use crate::rules::kind::mixed_year;

/// Words for a year, relative to the year under review and to the year planned.
const RELATIVE: &[&str] = &[
    "去年",
    "上年",
    "前年",
    "今年",
    "本年",
    "明年",
    "过去一年",
    "过去的一年",
    "一年来",
    "刚刚过去的一年",
    "下一年",
    "届末",
    "本世纪末",
    "上世纪末",
];

/// The year that a word of [`RELATIVE`] stands for, and where the word ends.
fn relative(scene: &Scene, at: usize) -> Option<(usize, i32)> {
    static FIRST: LazyLock<Characters> = LazyLock::new(|| Characters::first_of(RELATIVE));
    if !FIRST.has(scene.at(at)?) {
        return None;
    }
    let (reviewed, planned) = (scene.context.reviewed_year?, scene.context.planned_year?);
    // 基础上年均: not in the middle of a word of the list.
    let token = scene.tokens.tokens.get(scene.token_at(at))?;
    if token.start < at && token.word().is_some() {
        return None;
    }
    let word = RELATIVE.iter().find(|word| scene.starts(at, &[word]))?;
    // A review read before the year is out calls it 今年 as well; where the day is not known, only for what was over by then.
    let review = !matches!(scene.context.part, Part::Plan | Part::Closing);
    let since = || {
        review
            && scene.starts(
                at,
                &["今年以来", "今年来", "今年上半年", "今年下半年", "今年前", "今年全年"],
            )
    };
    // The year that closes the century of the report.
    let century = (planned + 99) / 100 * 100;
    let year = match *word {
        "去年" | "上年" => planned - 1,
        "前年" => planned - 2,
        "今年" => {
            let unknown = if since() { reviewed } else { planned };
            scene.context.this_year.unwrap_or(unknown)
        }
        "本年" if !review => planned,
        "明年" => planned.max(reviewed + 1),
        "下一年" => planned,
        "届末" => planned + 4,
        "本世纪末" => century,
        "上世纪末" => century - 100,
        // 本年 of a review, and the year that has just passed.
        _ => reviewed,
    };
    Some((at + word.chars().count(), year))
}

/// The time expressions of a sentence, left to right. Years that a value is compared with, or counted from, are none.
pub fn all<'s>(scene: &'s Scene) -> &'s [Dated] {
    scene.dated.get_or_init(|| read(scene))
}

fn read(scene: &Scene) -> Vec<Dated> {
    let mut out: Vec<Dated> = Vec::new();
    let mut at = 0;
    while at < scene.folded.len() {
        let inside = scene.folded[at].is_ascii_digit() && scene.before(at).is_some_and(|c| c.is_ascii_digit());
        if let Some(when) = Some(at)
            .filter(|&at| !inside && may_begin(scene.folded[at]))
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

/// Whether a time expression may begin with a character.
pub fn may_begin(c: char) -> bool {
    /// What the others begin with that don't begin with a numeral: 近年来, 历年来, 第一个五年计划, 全年, 上半年, 下半年, 前三季度, “十四五”.
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

/// A part of a year, with its end: 上半年 is `2023-H1`, 一季度 `2023-Q1`, 前三季度 `2023-Q1/2023-Q3`, 11月 `2023-11`, 1—11月
/// `2023-01/2023-11`. A day is of its year.
fn part_of_year(scene: &Scene, at: usize, year: i32) -> Option<(usize, String)> {
    for (word, part) in [("上半年", "H1"), ("下半年", "H2")] {
        if scene.starts(at, &[word]) {
            return Some((at + 3, format!("{year}-{part}")));
        }
    }
    let first = scene.starts(at, &["前"]);
    let from = if scene.starts(at, &["前", "第"]) { at + 1 } else { at };
    let number = |start| scene.numbers.iter().find(|n| n.start == start);
    let n = number(from)?;
    let count = |n: &numeral::Number| n.value.and_then(|v| v.to_u32());
    let to = count(n)?;
    if let Some(word) = ["季度", "个季度"].iter().find(|w| scene.starts(n.end, &[w])) {
        let end = n.end + word.chars().count();
        return match (first, to) {
            (false, 1..=4) => Some((end, format!("{year}-Q{to}"))),
            (true, 2..=3) => Some((end, format!("{year}-Q1/{year}-Q{to}"))),
            _ => None,
        };
    }
    let month = |n: u32| (1..=12).contains(&n);
    if first && scene.starts(n.end, &["个月"]) {
        return month(to).then(|| (n.end + 2, format!("{year}-01/{year}-{to:02}")));
    }
    // 1—11月, 一月至五月
    let mut next = n.end + usize::from(scene.at(n.end) == Some('月'));
    let mark = next;
    while matches!(scene.at(next), Some('—' | '-' | '–' | '－' | '~' | '～' | '至' | '到')) {
        next += 1;
    }
    let last = number(next).filter(|last| next > mark && scene.at(last.end) == Some('月') && !first);
    if let Some(last) = last
        && let Some(until) = count(last).filter(|&until| month(to) && month(until) && to < until)
    {
        return Some((last.end + 1, format!("{year}-{to:02}/{year}-{until:02}")));
    }
    if scene.at(n.end) == Some('月') && !first {
        // The state at the end of a year is that of the year.
        let day = number(n.end + 1).is_some_and(|d| scene.at(d.end) == Some('日'))
            || to == 12 && scene.starts(n.end + 1, &["底", "末"]);
        let period = if day {
            year.to_string()
        } else {
            format!("{year}-{to:02}")
        };
        return month(to).then_some((n.end + 1, period));
    }
    None
}

fn year_of(scene: &Scene, i: usize) -> Option<i32> {
    let number = &scene.numbers[i];
    let four = number.end - number.start == 4 && matches!(number.script, Script::Arabic | Script::ChineseDigits);
    number
        .value
        .and_then(|v| v.to_i32())
        .filter(|y| four && (1000..2200).contains(y))
}

/// The last plan that a text may name without quotation marks.
const LAST_PLAN: i32 = 20;

/// A five-year plan by number: `第一个五年计划期间`.
fn numbered_plan(scene: &Scene, at: usize) -> Option<Dated> {
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
    let (first, last) = crate::document::plan_years(ordinal);
    Some(Dated {
        start: at,
        end: number.end + name.chars().count(),
        period: format!("{first}/{last}"),
        span: true,
    })
}

/// A five-year plan by name: `“十四五”时期`, `“七五”期间`.
fn plan(scene: &Scene, at: usize) -> Option<Dated> {
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
    let (first, mut last) = crate::document::plan_years(ordinal);
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

/// Events that time is counted from, each with its year.
const EVENTS: &[(&str, i32)] = &[
    ("新中国成立以来", 1949),
    ("建国以来", 1949),
    ("解放以来", 1949),
    ("改革开放以来", 1978),
    ("十六大以来", 2002),
    ("十七大以来", 2007),
    ("十八大以来", 2012),
    ("十九大以来", 2017),
    ("二十大以来", 2022),
];

/// The years since an event, up to the year under review: `党的十八大以来`. 建国以来的最高水平 compares.
pub fn since_event(scene: &Scene, at: usize) -> Option<Dated> {
    static FIRST: LazyLock<Characters> = LazyLock::new(|| Characters::first_of(EVENTS.iter().map(|(event, _)| event)));
    let reviewed = scene.context.reviewed_year?;
    if !FIRST.has(scene.at(at)?) {
        return None;
    }
    let (word, first) = EVENTS.iter().find(|(word, _)| scene.starts(at, &[word]))?;
    let end = at + word.chars().count();
    let compares = scene.starts(end, &["的最", "最", "第一", "的第一", "首次", "从未", "从来"]);
    (*first < reviewed && !compares).then(|| Dated {
        start: at,
        end,
        period: format!("{first}/{reviewed}"),
        span: true,
    })
}

/// A decade, of the century that has had it: `八十年代`.
fn decade(scene: &Scene, at: usize) -> Option<Dated> {
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
fn part_of_span(scene: &Scene, at: usize, before: &[Dated]) -> Option<Dated> {
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
                .map(crate::document::plan_years)
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
fn span(scene: &Scene, at: usize, before: &[Dated]) -> Option<Dated> {
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
