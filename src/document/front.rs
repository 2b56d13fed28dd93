//! Who, where and when: what the lines before the speech, and its first words, say of the report.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::years::years;
use super::{Paragraph, outline};
use crate::lex::numeral;
use crate::lexicon::codes;
use crate::lexicon::structure::Class;
use crate::lexicon::terms::Level;

/// How much of what stands before the speech is read, in characters.
const LONGEST_FRONT: usize = 5_000;

/// What is known of a report, by its text or beforehand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
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

impl Known {
    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What is known here, or else there.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            title: self.title.or(other.title),
            place: self.place.or(other.place),
            place_code: self.place_code.or(other.place_code),
            level: self.level.or(other.level),
            reviewed_year: self.reviewed_year.or(other.reviewed_year),
            planned_year: self.planned_year.or(other.planned_year),
            delivered_on: self.delivered_on.or(other.delivered_on),
            assembly: self.assembly.or(other.assembly),
            speaker: self.speaker.or(other.speaker),
        }
    }
}

/// Reads the front matter. What the caller knows wins over what the text says.
pub fn read(paragraphs: &[Paragraph], known: &Known) -> Known {
    let start = paragraphs.iter().position(outline::salutation).unwrap_or(0);
    let lines: Vec<String> = paragraphs[..start].iter().map(|p| p.text.iter().collect()).collect();
    // The greeting and what follows it: 我代表…人民政府.
    let opening: String = paragraphs[start..]
        .iter()
        .take(3)
        .flat_map(|p| p.folded.iter().take(200))
        .collect();
    let joined: String = paragraphs[..start]
        .iter()
        .flat_map(|p| p.folded.iter())
        .take(LONGEST_FRONT)
        .collect();
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
        .or_else(|| Class::StateGovernment.is_in(&opening).then_some(Level::State));
    let delivered_on = delivered(&joined);
    let said_in = delivered_on
        .map(|date| i32::from(date.year()))
        .or_else(|| year_of_title(&lines));
    let (reviewed, planned) = reviewed_and_planned(paragraphs, start, said_in);
    let place = place.or_else(|| (level == Some(Level::State)).then(|| "全国".to_owned()));
    let said = Known {
        title: title(&lines),
        place,
        place_code: None,
        level,
        reviewed_year: known.planned_year.map(|year| year - 1).or(reviewed),
        planned_year: known.reviewed_year.map(|year| year + 1).or(planned),
        delivered_on,
        assembly,
        speaker: speaker(&lines),
    };
    known.clone().or(said)
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
    level_by_ending(&place).map(|_| place)
}

/// Level of a place, by the last of its name's division words.
fn level_of(place: &str) -> Level {
    if Class::State.is(place) {
        return Level::State;
    }
    if codes::places()
        .iter()
        .any(|known| known.zh == place && known.level == Level::Province.as_str())
    {
        return Level::Province;
    }
    // A city below another city is of county level: 江苏省苏州市昆山市.
    if place.ends_with('市') && place.matches('市').count() > 1 {
        return Level::County;
    }
    level_by_ending(place).unwrap_or(Level::Prefecture)
}

/// Level of the longest division word that a name ends in.
fn level_by_ending(place: &str) -> Option<Level> {
    [
        (Class::Province, Level::Province),
        (Class::Prefecture, Level::Prefecture),
        (Class::County, Level::County),
        (Class::Town, Level::Town),
    ]
    .into_iter()
    .filter_map(|(class, level)| class.ending(place).map(|length| (length, level)))
    .max()
    .map(|(_, level)| level)
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
        let next = session.get(session.partition_point(|&s| s < end));
        let near = next.is_some_and(|&s| s - end <= 45);
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
        let titles = Class::Speaker.words().iter();
        let title = titles
            .filter_map(|t| line.rfind(t.as_str()).map(|i| i + t.len()))
            .max()?;
        let name: String = line[title..].chars().filter(|c| !c.is_whitespace()).collect();
        let plain = (2..=12).contains(&name.chars().count())
            && name.chars().all(|c| matches!(c, '\u{4e00}'..='\u{9fff}' | '·'));
        (plain && !name.contains("作政府")).then_some(name)
    })
}

/// The year of `2024年政府工作报告`.
fn year_of_title(lines: &[String]) -> Option<i32> {
    lines
        .iter()
        .filter(|line| line.contains("工作报告") && line.chars().count() <= 40)
        .find_map(|line| {
            year_mentions(&line.chars().map(crate::lexicon::fold).collect::<Vec<_>>())
                .first()
                .copied()
        })
}

/// The year under review and the year planned: from headings, from the date or title, or from the year that the body speaks of most.
fn reviewed_and_planned(paragraphs: &[Paragraph], start: usize, said_in: Option<i32>) -> (Option<i32>, Option<i32>) {
    let body = || {
        paragraphs[start..]
            .iter()
            .filter(|p| p.footnote.is_none() && !p.furniture)
    };
    let (mut reviewed, mut planned) = (None, None);
    let heads =
        |p: &&Paragraph| p.text.len() <= 40 && !matches!(p.folded.last(), Some('。' | '：' | ':' | '；' | '！'));
    for paragraph in body().filter(heads) {
        let text: String = paragraph.folded.iter().collect();
        let years = year_mentions(&paragraph.folded);
        let Some(&last) = years.last() else { continue };
        let review = Class::LooksBack
            .words()
            .iter()
            .find_map(|word| text.find(word.as_str()));
        if let Some(at) = review.filter(|_| reviewed.is_none()) {
            reviewed = year_mentions(&text[..at].chars().collect::<Vec<_>>()).last().copied();
        } else if planned.is_none() && Class::LooksAhead.is_in(&text) {
            planned = Some(last);
        }
    }
    if let Some(year) = said_in {
        // A report read late in a year may speak of that year; headings decide.
        let this = planned.filter(|p| (year..=year + 1).contains(p)).unwrap_or(year);
        let reviewed = reviewed.filter(|r| (this - 1..=this).contains(r)).unwrap_or(this - 1);
        return (Some(reviewed), Some(this.max(reviewed + 1)));
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
fn year_mentions(text: &[char]) -> Vec<i32> {
    let dated = |&(_, end): &(i32, usize)| text.get(end) == Some(&'年');
    years(text).into_iter().filter(dated).map(|(year, _)| year).collect()
}
