//! The names behind a count: the firms, parks and stops that a report lists for a number.
//!
//! A list stands in one of these places:
//!
//! * after the number: 现有3家国家级孵化器，分别是A、B、C。 5个区级，A、B、C、D、E；
//! * before the number: 建成A、B等2个示范小区;
//! * in the footnote that the number's sentence marks, as a bare list, or as the subject of an award whose name is the
//!   counted thing: A、B入选50强示范机构，C获评小巨人企业。
//!
//! A name is verbatim source text, given by its offsets.

use std::collections::BTreeMap;
use std::ops::Range;

use rust_decimal::prelude::ToPrimitive;

use super::names::{
    LONGEST_LIST, NameList, all_names, cut, find, is_superscript, list_after, offset, quantities, split, starts_with,
    trim, without_total,
};
use super::{Footnote, Measure, Member, Modifier, Numeral, NumeralKind, Observation};
use crate::lexicon;

/// Longer lists than this are not looked for: a number above it counts more than a report would name.
const MOST: usize = 200;

/// The names listed for the counted observations of one report, by observation and position.
///
/// `source` is the decoded text that all offsets point into.
#[must_use]
pub fn members(
    source: &[char],
    footnotes: &[Footnote],
    numerals: &[Numeral],
    observations: &[Observation],
) -> Vec<Member> {
    let notes = noted(source, footnotes, observations);
    observations
        .iter()
        .filter_map(|observation| {
            let count = counted(observation)?;
            let (list, footnote_no) = list_of(source, &notes, numerals, observation, count)?;
            Some(rows(source, observation, footnote_no, &list))
        })
        .flatten()
        .collect()
}

/// How many things an observation counts, if it is a plain count.
fn counted(observation: &Observation) -> Option<usize> {
    let plain = observation.measure == Measure::Level
        && observation.modifier == Modifier::Exact
        && observation.value_max.is_none()
        && observation.value.fract().is_zero();
    if plain {
        observation.value.to_usize().filter(|count| (1..=MOST).contains(count))
    } else {
        None
    }
}

/// A footnote, and what its clauses award.
struct Noted<'r> {
    note: &'r Footnote,
    awards: Vec<Award>,
}

/// A clause that says who got what.
struct Award {
    winners: Range<usize>,
    /// The letters of what they got.
    prize: String,
    /// How much of it the observation has that fits it best.
    best: usize,
}

/// The footnotes by number; of two with one number the first.
fn noted<'r>(chars: &[char], footnotes: &'r [Footnote], observations: &'r [Observation]) -> BTreeMap<i32, Noted<'r>> {
    let mut marking: BTreeMap<i32, Vec<&Observation>> = BTreeMap::new();
    for observation in observations {
        for number in refs(observation) {
            marking.entry(number).or_default().push(observation);
        }
    }
    let mut notes = BTreeMap::new();
    for note in footnotes {
        let Some(marking) = marking.get(&note.footnote_no) else {
            continue;
        };
        notes.entry(note.footnote_no).or_insert_with(|| Noted {
            note,
            awards: if marking.len() > MOST {
                Vec::new()
            } else {
                awards(chars, note, marking)
            },
        });
    }
    notes
}

/// Numbers of the footnotes that an observation's sentence marks.
fn refs(observation: &Observation) -> impl Iterator<Item = i32> {
    let refs = observation.footnote_refs.as_deref().unwrap_or_default();
    refs.split(';').filter_map(|number| number.parse().ok())
}

/// Finds the list that belongs to an observation, and the footnote that it stands in.
fn list_of(
    chars: &[char],
    notes: &BTreeMap<i32, Noted<'_>>,
    numerals: &[Numeral],
    observation: &Observation,
    count: usize,
) -> Option<(NameList, Option<i32>)> {
    let end = offset(observation.source_end);
    let in_note = observation.footnote_no.is_some();
    let list = list_after(chars, end, count, in_note).and_then(|list| without_total(chars, numerals, list));
    if let Some(list) = list {
        return Some((list, observation.footnote_no));
    }
    for noted in refs(observation).filter_map(|number| notes.get(&number)) {
        let list = bare_list(chars, numerals, observation, noted.note, count)
            .or_else(|| award_list(chars, observation, &noted.awards, count));
        if let Some(list) = list {
            return Some((list, Some(noted.note.footnote_no)));
        }
    }
    list_before(chars, numerals, offset(observation.source_start), count, in_note)
        .map(|list| (list, observation.footnote_no))
}

fn rows(chars: &[char], observation: &Observation, footnote_no: Option<i32>, list: &NameList) -> Vec<Member> {
    list.names
        .iter()
        .zip(1..)
        .map(|(range, position)| Member {
            report_id: observation.report_id.clone(),
            observation_id: observation.observation_id.clone(),
            position,
            name: lexicon::string(&chars[range.clone()]),
            footnote_no,
            source_start: i64::try_from(range.start).unwrap_or(i64::MAX),
            source_end: i64::try_from(range.end).unwrap_or(i64::MAX),
        })
        .collect()
}

/// The list before a number which begins at `start`: A、B等2个. Without 等 the words before a number are too often
/// something else, so that only a list of the right length in a footnote is taken for one.
fn list_before(chars: &[char], numerals: &[Numeral], start: usize, count: usize, in_note: bool) -> Option<NameList> {
    let furthest = start.saturating_sub(LONGEST_LIST);
    let from = chars
        .get(furthest..start)?
        .iter()
        .rposition(|it| matches!(it, '，' | '。' | '；' | '：' | '\n' | '！'))
        .map_or(furthest, |at| furthest + at + 1);
    // Only in a footnote is a list closed that goes before its number.
    if !in_note && !chars[from..start].contains(&'等') {
        return None;
    }
    let mut region = from..start;
    while region.start < region.end && chars[region.end - 1].is_whitespace() {
        region.end -= 1;
    }
    // After another count the list begins behind the next conjunction: A等14条公路和B等4个项目.
    if let Some(last) = quantities(numerals, region.clone()).last() {
        region.start = 1 + (last..region.end).find(|at| matches!(chars[*at], '和' | '、' | '及' | '与'))?;
    }
    region = trim(chars, region);
    region.start = skip_verb(chars, region.clone());
    let list = split(chars, region, count);
    let fits = if list.open {
        list.names.len() <= count
    } else {
        in_note && list.names.len() == count && count >= 2
    };
    (fits && all_names(chars, &list)).then_some(list)
}

/// A footnote that is nothing but a list, where the number is the last numeral before the footnote's mark.
fn bare_list(
    chars: &[char],
    numerals: &[Numeral],
    observation: &Observation,
    note: &Footnote,
    count: usize,
) -> Option<NameList> {
    let mark = note.mark_start?;
    let before = numerals.partition_point(|it| it.source_end <= mark);
    let closest = numerals[..before].iter().rfind(|it| it.kind != NumeralKind::Marker)?;
    let between = chars.get(offset(observation.source_end)..offset(mark))?;
    if closest.source_start != observation.source_start
        || between.iter().any(|it| matches!(it, '，' | '。' | '；' | '\n'))
    {
        return None;
    }
    let region = note_body(chars, note);
    let sentence = chars[region.clone()]
        .iter()
        .position(|it| matches!(it, '。' | '；'))
        .unwrap_or(region.len());
    let list = split(chars, region.start..region.start + sentence, count);
    let numbered = quantities(numerals, region.clone()).next().is_some();
    let award = AWARDS.iter().any(|verb| find(chars, region.clone(), verb).is_some());
    (!numbered && !award && all_names(chars, &list)).then_some(list)
}

/// Verbs between those who got something and what they got.
const AWARDS: [&str; 12] = [
    "入选",
    "获评",
    "荣获",
    "获批",
    "被评为",
    "被认定为",
    "获认定为",
    "被授予",
    "当选",
    "列入",
    "升级为",
    "成为",
];

/// What the clauses of a footnote award, which the observations in `marking` mark.
fn awards(chars: &[char], note: &Footnote, marking: &[&Observation]) -> Vec<Award> {
    clauses(chars, note_body(chars, note))
        .into_iter()
        .take(MOST)
        .filter(|clause| clause.len() <= LONGEST_LIST)
        .filter_map(|clause| {
            let (at, verb) = AWARDS
                .iter()
                .find_map(|verb| find(chars, clause.clone(), verb).map(|at| (at, *verb)))?;
            let prize = letters(&chars[at + verb.chars().count()..clause.end]);
            let best = marking.iter().map(|it| fit(it, &prize)).max()?;
            Some(Award {
                winners: clause.start..at,
                prize,
                best,
            })
        })
        .collect()
}

/// How much of an award an observation has.
fn fit(observation: &Observation, award: &str) -> usize {
    common_run(&letters(&observation.indicator.chars().collect::<Vec<_>>()), award)
}

/// The winners of the award that is the counted thing of this observation, rather than of another that marks the same footnote.
fn award_list(chars: &[char], observation: &Observation, awards: &[Award], count: usize) -> Option<NameList> {
    let own = awards
        .iter()
        .find(|it| it.best >= 4 && fit(observation, &it.prize) == it.best)?;
    let list = split(chars, own.winners.clone(), count);
    all_names(chars, &list).then_some(list)
}

/// Offsets of a footnote without its mark.
fn note_body(chars: &[char], note: &Footnote) -> Range<usize> {
    let (mut start, end) = (offset(note.source_start), offset(note.source_end).min(chars.len()));
    while start < end && (chars[start].is_whitespace() || is_superscript(chars[start])) {
        start += 1;
    }
    start..end
}

/// The clauses of a region: its parts between commas, semicolons and stops, brackets kept whole.
fn clauses(chars: &[char], region: Range<usize>) -> Vec<Range<usize>> {
    cut(chars, region, &['，', '；', '。'])
}

/// Steps over the verbs that open a clause, so that the first name begins at its first character. Words of one character are left: they
/// begin names as well (向家坝, 同济).
fn skip_verb(chars: &[char], region: Range<usize>) -> usize {
    const VERBS: &str = "先后同 先后与 提出 我们 先后 以及 包括 涉及 成功 新增 新建 新开工 开工 建成 \
        建设 成立 创建 创成 打造 完成 推进 推动 实施 实现 启动 开展 引进 落地 加快 \
        布局 培育 支持 获批 举办 组建 建立 全面 全力 统筹 系统 率先 深化 拥有 力争 \
        做强 做大 做优 维修 改造 提升 整治 治理 消除 迭代 出台 制定 修订";
    let mut start = region.start;
    while let Some(verb) = VERBS.split(' ').find(|verb| starts_with(chars, start, verb)) {
        if start + verb.chars().count() >= region.end {
            break;
        }
        start += verb.chars().count();
    }
    start
}

/// The characters that carry meaning: no blanks, marks or punctuation.
fn letters(chars: &[char]) -> String {
    chars
        .iter()
        .filter(|it| it.is_alphanumeric() && !is_superscript(**it))
        .collect()
}

/// Length of the longest run of characters that two texts share.
fn common_run(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut previous = vec![0_usize; b.len() + 1];
    let mut longest = 0;
    for left in &a {
        let mut row = vec![0_usize; b.len() + 1];
        for (at, right) in b.iter().enumerate() {
            if left == right {
                row[at + 1] = previous[at] + 1;
                longest = longest.max(row[at + 1]);
            }
        }
        previous = row;
    }
    longest
}
