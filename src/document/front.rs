//! Who, where and when: what the lines before the speech, and its first words, say of the report.

use jiff::civil::Date;

use super::{Paragraph, outline};
use crate::lex::numeral;
use crate::lexicon::terms::Level;

/// What the caller knows of a report. A field that is given wins over what the text says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hints {
    pub title: Option<String>,
    pub place: Option<String>,
    pub place_code: Option<String>,
    pub level: Option<Level>,
    pub reviewed_year: Option<i32>,
    pub planned_year: Option<i32>,
    pub delivered_on: Option<Date>,
    pub assembly: Option<String>,
    pub speaker: Option<String>,
}

/// What is known of a report. What neither text nor caller says is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Front {
    pub title: Option<String>,
    pub place: Option<String>,
    pub place_code: Option<String>,
    pub level: Option<Level>,
    pub reviewed_year: Option<i32>,
    pub planned_year: Option<i32>,
    pub delivered_on: Option<Date>,
    pub assembly: Option<String>,
    pub speaker: Option<String>,
}

/// Titles of those who read reports.
const SPEAKERS: &[&str] = &[
    "总理", "主席", "省长", "市长", "州长", "盟长", "县长", "区长", "旗长", "乡长", "镇长", "主任",
];

/// Reads the front matter.
pub fn read(paragraphs: &[Paragraph], hints: &Hints) -> Front {
    let start = paragraphs.iter().position(outline::salutation).unwrap_or(0);
    let lines: Vec<String> = paragraphs[..start].iter().map(|p| p.text.iter().collect()).collect();
    // The greeting and what follows it: 我代表…人民政府.
    let opening: String = paragraphs[start..]
        .iter()
        .take(3)
        .flat_map(|p| p.folded.iter().take(200))
        .collect();
    let joined: String = paragraphs[..start].iter().flat_map(|p| p.folded.iter()).collect();
    let assembly =
        assembly(&joined).or_else(|| assembly(&opening).filter(|a| a.contains("第") && opening.contains("向大会")));
    let place = assembly
        .as_deref()
        .and_then(place_of_assembly)
        .or_else(|| place_of_government(&opening))
        .or_else(|| lines.iter().find_map(|l| place_of_title(l)));
    let level = place
        .as_deref()
        .map(level_of)
        .or_else(|| opening.contains("代表国务院").then_some(Level::State))
        .or_else(|| opening.contains("国务院的委托").then_some(Level::State));
    let delivered_on = delivered(&joined);
    let (reviewed, planned) = years(paragraphs, start, delivered_on);
    let place = place.or_else(|| (level == Some(Level::State)).then(|| "全国".to_owned()));
    Front {
        title: hints.title.clone().or_else(|| title(&lines)),
        place: hints.place.clone().or(place),
        place_code: hints.place_code.clone(),
        level: hints.level.or(level),
        reviewed_year: hints
            .reviewed_year
            .or_else(|| hints.planned_year.map(|y| y - 1))
            .or(reviewed),
        planned_year: hints
            .planned_year
            .or_else(|| hints.reviewed_year.map(|y| y + 1))
            .or(planned),
        delivered_on: hints.delivered_on.or(delivered_on),
        assembly: hints.assembly.clone().or(assembly),
        speaker: hints.speaker.clone().or_else(|| speaker(&lines)),
    }
}

/// The shortest line that calls itself a work report.
fn title(lines: &[String]) -> Option<String> {
    lines
        .iter()
        .filter(|l| {
            l.contains("工作报告")
                && l.chars().count() <= 40
                && !l.contains('，')
                && !l.ends_with('。')
                && !l.contains('摄')
        })
        .max_by_key(|l| {
            (
                l.chars().any(|c| c.is_ascii_digit()),
                std::cmp::Reverse(l.chars().count()),
            )
        })
        .map(|l| l.trim_matches(|c: char| c == '　' || c.is_whitespace()).to_owned())
}

/// `上海市宝山区高境镇第八届人民代表大会第六次会议`.
fn assembly(text: &str) -> Option<String> {
    let end = text.find("次会议")? + "次会议".len();
    let head = &text[..end];
    if !head.contains("代表大会") {
        return None;
    }
    // The place begins after 在, or after the mark that closes the date.
    let from = ["日在", "日，在", "日于", "上在"]
        .iter()
        .filter_map(|m| head.rfind(m).map(|i| i + m.len()))
        .max()
        .or_else(|| {
            head.rfind(['在', '—', '（', '(', '\n', ' ', '，', '。', '从', '向'])
                .map(|i| i + head[i..].chars().next().map_or(1, char::len_utf8))
        })?;
    let name = head[from..].trim_matches(|c: char| matches!(c, '—' | '（' | ' '));
    (name.chars().count() <= 45 && name.contains("届")).then(|| name.to_owned())
}

/// The place whose assembly it is.
fn place_of_assembly(assembly: &str) -> Option<String> {
    let end = assembly.find('第')?;
    let place = assembly[..end].trim_end_matches("人民代表大会");
    let place = if place.is_empty() && assembly.contains("全国人民代表大会") {
        "全国"
    } else {
        place
    };
    (!place.is_empty()).then(|| place.to_owned())
}

/// The place of `我代表…人民政府`.
fn place_of_government(opening: &str) -> Option<String> {
    let end = opening.find("人民政府")?;
    let from = opening[..end].rfind("代表")? + "代表".len();
    let place = &opening[from..end];
    let generic = place.chars().count() <= 1 || matches!(place, "自治区" | "自治州" | "自治县");
    (!generic && place.chars().count() <= 20).then(|| place.to_owned())
}

/// The place of `2026年福建省政府工作报告`.
fn place_of_title(line: &str) -> Option<String> {
    let end = line.find("人民政府工作报告").or_else(|| line.find("政府工作报告"))?;
    let place: String = line[..end]
        .chars()
        .filter(|c| !c.is_ascii_digit() && !c.is_whitespace() && *c != '年')
        .collect();
    place
        .ends_with(['省', '市', '区', '县', '镇', '乡', '州', '盟', '旗'])
        .then_some(place)
}

/// Level of a place, by the last of its name's division words.
fn level_of(place: &str) -> Level {
    const MUNICIPALITIES: &[&str] = &["北京市", "天津市", "上海市", "重庆市"];
    if matches!(place, "全国" | "中华人民共和国") {
        return Level::State;
    }
    if place.ends_with(['镇', '乡']) || place.ends_with("街道") {
        return Level::Town;
    }
    if place.ends_with('省') || MUNICIPALITIES.contains(&place) || (place.ends_with("自治区")) {
        return Level::Province;
    }
    if place.ends_with(['县', '旗', '区']) {
        return Level::County;
    }
    if place.ends_with(['州', '盟']) {
        return Level::Prefecture;
    }
    // A city below another city is of county level: 江苏省苏州市昆山市.
    if place.matches('市').count() > 1 {
        Level::County
    } else {
        Level::Prefecture
    }
}

/// The date on which the report was read: the first full date of the front matter.
fn delivered(text: &str) -> Option<Date> {
    let chars: Vec<char> = text.chars().filter(|c| *c != ' ').collect();
    // A date beside the word for the session wins over the date of a web page.
    let session: Vec<usize> = find_all(&chars, "会议");
    let mut best: Option<(bool, Date)> = None;
    for i in 0..chars.len() {
        let Some((date, end)) = date_at(&chars, i) else {
            continue;
        };
        let near = session.iter().any(|&s| s >= end && s - end <= 45);
        if best.is_none() || (near && best.is_some_and(|(n, _)| !n)) {
            best = Some((near, date));
        }
    }
    best.map(|(_, date)| date)
}

fn find_all(chars: &[char], word: &str) -> Vec<usize> {
    let word: Vec<char> = word.chars().collect();
    (0..chars.len()).filter(|&i| chars[i..].starts_with(&word)).collect()
}

/// `2024年1月10日`, or the same in Chinese digits.
fn date_at(chars: &[char], at: usize) -> Option<(Date, usize)> {
    if at > 0 && chars[at - 1].is_ascii_digit() {
        return None;
    }
    let mut i = at;
    let mut part = |mark: char| {
        let n = numeral::scan(chars, i).filter(|n| chars.get(n.end) == Some(&mark))?;
        i = n.end + 1;
        i16::try_from(n.value?).ok()
    };
    let (year, month, day) = (part('年')?, part('月')?, part('日')?);
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    (year >= 1949).then_some((date, i))
}

/// `镇长 王毓铭`: the title, and the name without the spaces that set it.
fn speaker(lines: &[String]) -> Option<String> {
    lines.iter().find_map(|line| {
        let chars: Vec<char> = line.chars().collect();
        if chars.len() > 60 || line.contains("工作报告。") {
            return None;
        }
        let title = SPEAKERS
            .iter()
            .filter_map(|t| line.rfind(t).map(|i| i + t.len()))
            .max()?;
        let name: String = line[title..].chars().filter(|c| !c.is_whitespace()).collect();
        let plain = (2..=12).contains(&name.chars().count())
            && name.chars().all(|c| matches!(c, '\u{4e00}'..='\u{9fff}' | '·'));
        (plain && !name.contains("作政府")).then_some(name)
    })
}

/// The year under review and the year planned: from headings, from the date, or from the year that the body speaks of most.
fn years(paragraphs: &[Paragraph], start: usize, delivered: Option<Date>) -> (Option<i32>, Option<i32>) {
    let body = || {
        paragraphs[start..]
            .iter()
            .filter(|p| p.footnote.is_none() && !p.furniture)
    };
    let (mut reviewed, mut planned) = (None, None);
    for paragraph in body().filter(|p| p.text.len() <= 40) {
        let text: String = paragraph.folded.iter().collect();
        let years = year_mentions(&paragraph.folded);
        let Some(&last) = years.last() else { continue };
        if (text.contains("回顾") || text.contains("总结")) && reviewed.is_none() {
            reviewed = text
                .find("回顾")
                .or_else(|| text.find("总结"))
                .and_then(|at| year_mentions(&text[..at].chars().collect::<Vec<_>>()).last().copied());
        } else if planned.is_none() && ["任务", "安排", "部署", "工作"].iter().any(|w| text.contains(w)) {
            planned = Some(last);
        }
    }
    if let Some(date) = delivered {
        // A report read late in a year may speak of that year; headings decide.
        let year = i32::from(date.year());
        let this = planned.filter(|p| (year..=year + 1).contains(p)).unwrap_or(year);
        return (
            Some(reviewed.filter(|r| (this - 1..=this).contains(r)).unwrap_or(this - 1)),
            Some(this),
        );
    }
    match (reviewed, planned) {
        (Some(r), Some(p)) => (Some(r), Some(p)),
        (Some(r), None) => (Some(r), Some(r + 1)),
        (None, Some(p)) => (Some(p - 1), Some(p)),
        (None, None) => {
            let mut counts = std::collections::BTreeMap::<i32, usize>::new();
            for paragraph in body() {
                for year in year_mentions(&paragraph.folded) {
                    *counts.entry(year).or_default() += 1;
                }
            }
            // Of years named equally often the earlier: plans name far years, reviews near ones.
            let most = counts
                .iter()
                .max_by_key(|(year, count)| (**count, std::cmp::Reverse(**year)))
                .filter(|(_, count)| **count >= 3);
            (most.map(|(y, _)| *y), most.map(|(y, _)| *y + 1))
        }
    }
}

/// Years written out before 年.
fn year_mentions(chars: &[char]) -> Vec<i32> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        match numeral::scan(chars, i) {
            Some(n) => {
                if n.end - n.start == 4
                    && chars.get(n.end) == Some(&'年')
                    && let Some(year) = n.value.and_then(|v| i32::try_from(v).ok())
                    && (1949..2100).contains(&year)
                {
                    out.push(year);
                }
                i = n.end;
            }
            None => i += 1,
        }
    }
    out
}
