//! Which part of a report a section is, and the years that it speaks of.

use super::{Front, Outline, Paragraph};
use crate::lexicon::terms::Part;

const REVIEW: &[&str] = &[
    "回顾",
    "总结",
    "成就",
    "成绩",
    "完成情况",
    "主要工作情况",
    "发展历程",
    "取得",
    "执行情况",
    "工作情况",
    "转变",
];
const PLAN: &[&str] = &[
    "任务",
    "安排",
    "部署",
    "建议",
    "展望",
    "目标",
    "重点工作",
    "总体要求",
    "规划",
    "打算",
    "设想",
    "方针",
    "今年",
    "下一步",
    "实事项目",
    "民生实事",
    "工作思路",
    "奋斗",
    "的工作",
];
const PROBLEMS: &[&str] = &[
    "清醒地认识到",
    "清醒认识到",
    "清醒看到",
    "清醒地看到",
    "还存在不少",
    "还存在一些",
    "存在的问题",
    "仍然存在",
    "面临不少困难",
    "面临的困难",
    "不容忽视",
    "还有不少困难",
    "也要看到",
    "必须看到",
    "应当看到",
    "存在不少困难",
    "存在一些问题",
    "存在不少问题",
    "还面临不少",
    "仍面临不少",
    "问题和不足",
    "缺点和错误",
];

/// Assigns parts and periods. Sections inherit from the one that they lie in.
pub fn assign(sections: &mut Vec<Outline>, paragraphs: &mut [Paragraph], front: &Front) {
    let troubled = troubled(sections, paragraphs);
    for i in 1..sections.len() {
        let title: String = sections[i]
            .title
            .as_deref()
            .map(crate::lexicon::fold_str)
            .unwrap_or_default();
        let inherited = sections[i]
            .parent
            .map(|p| (sections[p].part, sections[p].period.clone()));
        let years = years(&title);
        let own = part_of(&title, &years, front);
        let deep = sections[i].depth > 1;
        sections[i].part = match (&inherited, own) {
            (Some((part, _)), None) => *part,
            // Below a chapter only a title that names the years or the aims may change the part.
            (Some((part, _)), Some(own)) if deep => {
                if title.contains("目标") || title.contains("回顾") || title.contains("问题") || !years.is_empty()
                {
                    own
                } else {
                    *part
                }
            }
            (_, Some(own)) => own,
            (None, None) => previous_part(sections, i, &troubled),
        };
        let plan = five_year_plan(&title).map(|(from, to)| format!("{from}/{to}"));
        sections[i].span = plan.or_else(|| sections[i].parent.and_then(|p| sections[p].span.clone()));
        sections[i].period = period(&title, front).or_else(|| inherited.and_then(|(_, period)| period));
    }
    problems(sections, paragraphs);
    closing(sections, paragraphs);
}

/// A chapter whose title says nothing goes on with the part before it; after a review that has come to its problems it begins the plan.
fn previous_part(sections: &[Outline], i: usize, troubled: &[usize]) -> Part {
    let before = (1..i).rev().find(|&j| sections[j].depth == 1);
    match before {
        Some(j)
            if sections[j].part == Part::Review && is_review(sections[j].title.as_deref()) && troubled.contains(&j) =>
        {
            Part::Plan
        }
        Some(j) => sections[j].part,
        None => Part::Review,
    }
}

/// Whether a title calls its chapter a review.
fn is_review(title: Option<&str>) -> bool {
    let title = title.map(crate::lexicon::fold_str).unwrap_or_default();
    REVIEW.iter().any(|w| title.contains(w))
}

/// The chapters in which a paragraph speaks of problems.
fn troubled(sections: &[Outline], paragraphs: &[Paragraph]) -> Vec<usize> {
    let mut out = Vec::new();
    for paragraph in paragraphs.iter().filter(|p| p.footnote.is_none() && p.section > 0) {
        let chapter = chapter_of(sections, paragraph.section);
        if out.last() != Some(&chapter) && speaks_of_problems(paragraph) {
            out.push(chapter);
        }
    }
    out
}

/// Whether a paragraph turns to problems.
fn speaks_of_problems(paragraph: &Paragraph) -> bool {
    let head: String = paragraph.folded.iter().take(160).collect();
    PROBLEMS.iter().any(|w| head.contains(w))
}

fn part_of(title: &str, years: &[i32], front: &Front) -> Option<Part> {
    if REVIEW.iter().any(|w| title.contains(w)) {
        return Some(Part::Review);
    }
    let ahead = |y: &i32| front.reviewed_year.is_some_and(|r| *y > r);
    if years.iter().any(ahead)
        || PLAN.iter().any(|w| title.contains(w))
        || (title.contains("十五五") && front.planned_year == Some(2026))
    {
        return Some(Part::Plan);
    }
    if years.iter().any(|y| front.reviewed_year.is_some_and(|r| *y <= r)) {
        return Some(Part::Review);
    }
    None
}

/// Years written out in a title.
fn years(title: &str) -> Vec<i32> {
    let chars: Vec<char> = title.chars().collect();
    let mut out = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        if let Some(n) = crate::lex::numeral::scan(&chars, i) {
            if n.end - n.start == 4
                && let Some(value) = n.value
                && let Ok(year) = i32::try_from(value)
                && (1900..2200).contains(&year)
            {
                out.push(year);
            }
            i = n.end;
        } else {
            i += 1;
        }
    }
    out
}

/// The period that a title names: a year, a span of years, a five-year plan.
fn period(title: &str, front: &Front) -> Option<String> {
    let years = years(title);
    let plan = five_year_plan(title);
    let five = title.contains("五年");
    match (&years[..], plan) {
        ([year], None) if !five => Some(year.to_string()),
        ([], Some((from, to))) => Some(format!("{from}/{to}")),
        // 过去一年和五年: the passages say which.
        ([], None) if title.contains("一年和") => None,
        ([], None) if five && ["过去", "五年来", "五年间", "这五年"].iter().any(|w| title.contains(w)) => {
            front.reviewed_year.map(|y| format!("{}/{y}", y - 4))
        }
        ([], None) if five && (title.contains("今后") || title.contains("未来")) => {
            front.planned_year.map(|y| format!("{y}/{}", y + 4))
        }
        ([from, to], None) if to > from && title.contains(['—', '-', '至']) => Some(format!("{from}/{to}")),
        _ => None,
    }
}

/// First and last year of the five-year plan that a text names: 十四五 is 2021 to 2025.
pub fn five_year_plan(text: &str) -> Option<(i32, i32)> {
    const PLANS: &[(&str, i32)] = &[
        ("十六五", 16),
        ("十五五", 15),
        ("十四五", 14),
        ("十三五", 13),
        ("十二五", 12),
        ("十一五", 11),
        ("十五", 10),
        ("九五", 9),
        ("八五", 8),
        ("七五", 7),
        ("六五", 6),
        ("五五", 5),
        ("四五", 4),
        ("三五", 3),
        ("二五", 2),
        ("一五", 1),
    ];
    let (_, n) = PLANS.iter().find(|(name, n)| {
        text.contains(&format!("“{name}”"))
            || text.contains(&format!("\"{name}\""))
            || text.contains(&format!("「{name}」"))
            || (*n > 10 && text.contains(name))
            || text.contains(&format!("{name}计划"))
            || text.contains(&format!("{name}时期"))
            || text.contains(&format!("{name}期间"))
    })?;
    Some(plan_years(*n))
}

/// First and last year of the n-th five-year plan. The third began in 1966, three years late.
pub fn plan_years(n: i32) -> (i32, i32) {
    let first = if n <= 2 { 1953 + 5 * (n - 1) } else { 1966 + 5 * (n - 3) };
    (first, first + 4)
}

/// The chapter that a section lies in.
fn chapter_of(sections: &[Outline], mut section: usize) -> usize {
    while let Some(parent) = sections[section].parent {
        section = parent;
    }
    section
}

/// Makes the passage about problems in a review a section of its own, to the end of its chapter.
fn problems(sections: &mut Vec<Outline>, paragraphs: &mut [Paragraph]) {
    let mut open: Option<(usize, usize)> = None;
    let body = paragraphs
        .iter_mut()
        .filter(|p| p.footnote.is_none() && !p.furniture && p.section > 0);
    for paragraph in body {
        let chapter = chapter_of(sections, paragraph.section);
        let source = paragraph.source(0, paragraph.text.len());
        let goes_on = !paragraph.heading && sections[paragraph.section].depth <= 2;
        if let Some((_, id)) = open.filter(|(c, _)| *c == chapter && goes_on) {
            sections[id].source.end = source.end;
            paragraph.section = id;
            continue;
        }
        open = None;
        if sections[paragraph.section].part == Part::Review && speaks_of_problems(paragraph) {
            let id = add(sections, chapter, Part::Problems, source);
            paragraph.section = id;
            open = Some((chapter, id));
        }
    }
}

/// Makes the appeal that ends the report, which greets the deputies once more, a section of its own.
fn closing(sections: &mut Vec<Outline>, paragraphs: &mut [Paragraph]) {
    /// How many paragraphs before the end the appeal may begin.
    const LONGEST: usize = 8;
    let is_body = |p: &Paragraph| p.footnote.is_none() && !p.furniture && !p.text.is_empty();
    let Some(last) = paragraphs.iter().rposition(is_body) else {
        return;
    };
    let Some(chapter) = (1..sections.len()).rev().find(|&i| sections[i].depth == 1) else {
        return;
    };
    let greeting = |i: &usize| super::outline::salutation(&paragraphs[*i]) && paragraphs[*i].section != 0;
    let Some(first) = (0..=last)
        .rev()
        .take(LONGEST)
        .find(greeting)
        .filter(|&f| f * 10 >= last * 8)
    else {
        return;
    };
    let source = super::Span {
        start: paragraphs[first].source(0, paragraphs[first].text.len()).start,
        end: paragraphs[last].source(0, paragraphs[last].text.len()).end,
    };
    let id = add(sections, chapter, Part::Closing, source);
    for paragraph in paragraphs[first..=last].iter_mut().filter(|p| p.footnote.is_none()) {
        paragraph.section = id;
    }
}

/// Adds an untitled section below a chapter.
fn add(sections: &mut Vec<Outline>, chapter: usize, part: Part, source: super::Span) -> usize {
    let siblings = sections.iter().filter(|s| s.parent == Some(chapter)).count();
    sections.push(Outline {
        id: format!("{}.{}", sections[chapter].id, siblings + 1),
        parent: Some(chapter),
        depth: 2,
        label: None,
        title: None,
        part,
        source,
        period: sections[chapter].period.clone(),
        span: sections[chapter].span.clone(),
    });
    sections.len() - 1
}
