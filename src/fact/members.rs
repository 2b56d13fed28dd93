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

use std::ops::Range;

use rust_decimal::prelude::ToPrimitive;

use super::row::{Footnote, Measure, Member, Modifier, Numeral, NumeralKind, Observation};

/// Longer lists than this are not looked for: a number above it counts more than a report would name.
const MOST: usize = 200;

/// Longest name, in characters; what is longer is a clause.
const LONGEST_NAME: usize = 40;

/// Names in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameList {
    /// Offsets of each name.
    pub names: Vec<Range<usize>>,
    /// The list ends in 等: there may be more.
    pub open: bool,
    /// How many names remain if names that share a word (党群服务中心A、B馆) are taken as one.
    pub merged: usize,
}

/// The names listed for the counted observations of one report, by observation and position.
///
/// `source_text` is the decoded text that all offsets point into.
#[must_use]
pub fn members(
    source_text: &str,
    footnotes: &[Footnote],
    numerals: &[Numeral],
    observations: &[Observation],
) -> Vec<Member> {
    let chars: Vec<char> = source_text.chars().collect();
    observations
        .iter()
        .filter_map(|observation| {
            let count = counted(observation)?;
            let (list, footnote_no) = list_of(&chars, footnotes, numerals, observations, observation, count)?;
            Some(rows(&chars, observation, footnote_no, &list))
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

/// Finds the list that belongs to an observation, and the footnote that it stands in.
fn list_of(
    chars: &[char],
    footnotes: &[Footnote],
    numerals: &[Numeral],
    observations: &[Observation],
    observation: &Observation,
    count: usize,
) -> Option<(NameList, Option<i32>)> {
    let end = offset(observation.source_end);
    let in_note = observation.footnote_no.is_some();
    let list = list_after(chars, end, count, in_note).and_then(|list| without_total(chars, numerals, list));
    if let Some(list) = list {
        return Some((list, observation.footnote_no));
    }
    let refs = observation.footnote_refs.as_deref().unwrap_or_default();
    for note in refs
        .split(';')
        .filter_map(|number| footnotes.iter().find(|note| note.footnote_no.to_string() == number))
    {
        let list = bare_list(chars, numerals, observation, note, count)
            .or_else(|| award_list(chars, observations, observation, note, count));
        if let Some(list) = list {
            return Some((list, Some(note.footnote_no)));
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
            name: chars[range.clone()].iter().collect(),
            footnote_no,
            source_start: i64::try_from(range.start).unwrap_or(i64::MAX),
            source_end: i64::try_from(range.end).unwrap_or(i64::MAX),
        })
        .collect()
}

/// The list that follows a number which ends at `end`: after a colon, in brackets, after 分别是, 包括, 即, 指, or, in a
/// footnote, after a comma.
#[must_use]
pub fn list_after(chars: &[char], end: usize, count: usize, in_note: bool) -> Option<NameList> {
    // In a body sentence 为, 是 and 指 mostly open a statement, in a footnote mostly a list.
    const OPENERS: [&str; 9] = ["分别是", "分别为", "包括", "依次是", "它们是", "即", "指", "为", "是"];
    const IN_BODY: usize = 6;
    let openers = if in_note { &OPENERS[..] } else { &OPENERS[..IN_BODY] };
    let stop = end
        + chars
            .get(end..)?
            .iter()
            .position(|it| matches!(it, '。' | '；' | '\n'))?;
    let mut at = end;
    while at < stop && at - end <= LONGEST_NAME {
        let (start, close) = match chars[at] {
            '：' => (at + 1, stop),
            '（' => {
                let length = chars[at..stop].iter().position(|it| *it == '）')?;
                let inner = at + 1..at + length;
                if let Some(list) = accept(chars, inner, count).filter(|list| !are_variants(list, count)) {
                    return Some(list);
                }
                at += length + 1;
                continue;
            }
            '，' => match openers.iter().find(|opener| starts_with(chars, at + 1, opener)) {
                Some(opener) => (at + 1 + opener.chars().count(), stop),
                None if in_note => (at + 1, stop),
                None => return None,
            },
            '、' => return None,
            _ if in_note && at <= end + 1 && starts_with(chars, at, "为") => (at + 1, stop),
            _ => {
                at += 1;
                continue;
            }
        };
        let start = if chars.get(start) == Some(&'：') {
            start + 1
        } else {
            start
        };
        return accept(chars, start..close, count);
    }
    None
}

/// The list before a number which begins at `start`: A、B等2个. Without 等 the words before a number are too often
/// something else, so that only a list of the right length in a footnote is taken for one.
fn list_before(chars: &[char], numerals: &[Numeral], start: usize, count: usize, in_note: bool) -> Option<NameList> {
    let from = chars
        .get(..start)?
        .iter()
        .rposition(|it| matches!(it, '，' | '。' | '；' | '：' | '\n' | '！'))
        .map_or(0, |at| at + 1);
    let mut region = from..start;
    while region.start < region.end && chars[region.end - 1].is_whitespace() {
        region.end -= 1;
    }
    // After another count the list begins behind the next conjunction: A等14条公路和B等4个项目.
    let quantities = numerals
        .iter()
        .filter(|it| it.kind == NumeralKind::Quantity)
        .map(|it| offset(it.source_start));
    if let Some(last) = quantities.filter(|at| region.contains(at)).max() {
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
    let closest = numerals
        .iter()
        .filter(|it| it.source_end <= mark && it.kind != NumeralKind::Marker)
        .max_by_key(|it| it.source_end)?;
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
    let numbered = numerals
        .iter()
        .any(|it| it.kind == NumeralKind::Quantity && region.contains(&offset(it.source_start)));
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

/// The subjects of the footnote's clause whose award is the counted thing of this observation, rather than of another that marks the
/// same footnote.
fn award_list(
    chars: &[char],
    observations: &[Observation],
    observation: &Observation,
    note: &Footnote,
    count: usize,
) -> Option<NameList> {
    for clause in clauses(chars, note_body(chars, note)) {
        let Some((at, verb)) = AWARDS
            .iter()
            .find_map(|verb| find(chars, clause.clone(), verb).map(|at| (at, *verb)))
        else {
            continue;
        };
        let award: String = letters(&chars[at + verb.chars().count()..clause.end]);
        let score = |it: &Observation| common_run(&letters(&it.indicator.chars().collect::<Vec<_>>()), &award);
        let marks = |it: &&Observation| {
            it.footnote_refs
                .as_deref()
                .is_some_and(|refs| refs.split(';').any(|number| number == note.footnote_no.to_string()))
        };
        let best = observations.iter().filter(marks).map(score).max()?;
        if best >= 4 && score(observation) == best {
            let list = split(chars, clause.start..at, count);
            return all_names(chars, &list).then_some(list);
        }
    }
    None
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

/// Reads a region as a list, if it is one: at least one name, and none as long as a clause.
///
/// Commas and semicolons part clauses more often than names: a region that has them outside brackets is a list only if it has as many
/// names as are counted.
fn accept(chars: &[char], region: Range<usize>, count: usize) -> Option<NameList> {
    let clauses = cut(chars, region.clone(), &['，', '；']).len() > 1;
    let list = split(chars, region, count);
    let enough = list.names.len() >= 2 || count == 1;
    let doubtful = clauses && list.names.len() != count;
    (enough && !doubtful && all_names(chars, &list)).then_some(list)
}

/// Whether the words in a bracket are variants of the word before it rather than names: 45个县（市、区）.
fn are_variants(list: &NameList, count: usize) -> bool {
    const SHORT: usize = 3;
    list.names.len() != count && list.names.iter().all(|name| name.len() <= SHORT)
}

/// Splits a region into names.
///
/// The finest reading (、，；, and 和 or 及 before the last name) is taken unless a coarser one gives the count.
///
/// ```
/// use gongkai::fact::split;
///
/// let chars: Vec<char> = "高境二村、党群服务中心A、B馆和新杨湾科创园".chars().collect();
/// let list = split(&chars, 0..chars.len(), 4);
/// let names: Vec<String> = list.names.iter().map(|name| chars[name.clone()].iter().collect()).collect();
/// assert_eq!(names, ["高境二村", "党群服务中心A", "B馆", "新杨湾科创园"]);
/// assert_eq!(list.merged, 3);
/// ```
#[must_use]
pub fn split(chars: &[char], region: Range<usize>, count: usize) -> NameList {
    let (region, open) = without_etcetera(chars, region);
    let readings: [&[char]; 3] = [&['、', '，', '；'], &['，', '；'], &['；']];
    let mut chosen: Option<NameList> = None;
    for separators in readings {
        let plain = cut(chars, region.clone(), separators);
        for names in [with_conjunction(chars, plain.clone()), plain] {
            let merged = names.len()
                - names
                    .windows(2)
                    .filter(|pair| share_a_word(chars, &pair[0], &pair[1]))
                    .count();
            let list = NameList { names, open, merged };
            if list.names.len() == count {
                return list;
            }
            chosen.get_or_insert(list);
        }
    }
    chosen.unwrap_or(NameList {
        names: Vec::new(),
        open,
        merged: 0,
    })
}

/// Cuts a region at separators outside brackets and quotes, and between quotes that touch (“A”“B”); trims blanks, marks and
/// quotes.
fn cut(chars: &[char], region: Range<usize>, separators: &[char]) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let (mut depth, mut start) = (0_usize, region.start);
    for at in region.clone() {
        match chars[at] {
            '（' | '(' | '“' | '《' => depth += 1,
            '）' | ')' | '”' | '》' => {
                depth = depth.saturating_sub(1);
                if depth == 0 && chars[at] == '”' && chars.get(at + 1) == Some(&'“') && at + 1 < region.end {
                    pieces.push(start..at + 1);
                    start = at + 1;
                }
            }
            it if depth == 0 && separators.contains(&it) => {
                pieces.push(start..at);
                start = at + 1;
            }
            _ => {}
        }
    }
    pieces.push(start..region.end);
    pieces
        .into_iter()
        .map(|piece| trim(chars, piece))
        .filter(|piece| !piece.is_empty())
        .collect()
}

/// Splits the last name at 和, 及, 以及 or 与, where both sides are long enough to be names.
fn with_conjunction(chars: &[char], mut names: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let Some(last) = names.pop() else { return names };
    let found = ["以及", "和", "及", "与"].iter().find_map(|word| {
        let at = find(chars, last.clone(), word)?;
        let after = at + word.chars().count();
        (at >= last.start + 2 && after + 2 <= last.end).then_some([last.start..at, after..last.end])
    });
    match found {
        Some(pair) => names.extend(pair.map(|piece| trim(chars, piece))),
        None => names.push(last),
    }
    names
}

/// Takes 等 or 等等 off the end of a region.
fn without_etcetera(chars: &[char], region: Range<usize>) -> (Range<usize>, bool) {
    let region = trim(chars, region);
    let mut end = region.end;
    while end > region.start && chars[end - 1] == '等' {
        end -= 1;
    }
    (region.start..end, end < region.end)
}

/// Whether two names that follow each other share a word that is written once: 党群服务中心A、B馆, 7、9弄.
fn share_a_word(chars: &[char], first: &Range<usize>, second: &Range<usize>) -> bool {
    let single = |at: usize, neighbour: Option<usize>| {
        chars[at].is_ascii_alphanumeric() && neighbour.is_none_or(|it| !chars[it].is_ascii_alphanumeric())
    };
    let longer = |range: &Range<usize>| range.len() > 1;
    let ends = single(first.end - 1, first.end.checked_sub(2).filter(|at| *at >= first.start));
    let begins = single(second.start, Some(second.start + 1).filter(|at| *at < second.end));
    ends && begins && (longer(first) || longer(second))
}

/// Whether every piece can be a name: not empty, not as long as a clause.
fn all_names(chars: &[char], list: &NameList) -> bool {
    const NOT_NAMES: [&str; 9] = ["其中", "不含", "含", "每", "约", "占", "比上年", "同比", "均"];
    let is_name = |name: &Range<usize>| {
        name.len() <= LONGEST_NAME && !NOT_NAMES.iter().any(|word| starts_with(chars, name.start, word))
    };
    !list.names.is_empty() && list.names.iter().all(is_name)
}

/// Takes the count that may close a list off its last name (…、南水北调西线6个工程). `None` if a quantity stands anywhere else in the
/// list: then it is an account of something, not a list of names.
#[must_use]
pub fn without_total(chars: &[char], numerals: &[Numeral], mut list: NameList) -> Option<NameList> {
    let quantities = numerals.iter().filter(|it| it.kind == NumeralKind::Quantity);
    for start in quantities.map(|it| offset(it.source_start)) {
        let holder = list.names.iter().position(|name| name.contains(&start));
        let Some(holder) = holder else { continue };
        let name = list.names[holder].clone();
        if holder + 1 < list.names.len() || start == name.start {
            return None;
        }
        list.names[holder] = trim(chars, name.start..start);
    }
    Some(list)
}

/// Steps over the verbs that open a clause, so that the first name begins at its first character.
fn skip_verb(chars: &[char], region: Range<usize>) -> usize {
    const VERBS: [&str; 44] = [
        "提出", "我们", "先后", "同", "与", "和", "对", "向", "包括", "涉及", "成功", "新增", "新建", "建成", "建设",
        "成立", "创建", "创成", "打造", "完成", "推进", "推动", "实施", "启动", "开展", "引进", "落地", "加快", "布局",
        "培育", "支持", "获批", "举办", "组建", "建立", "全面", "统筹", "系统", "率先", "深化", "拥有", "以", "在",
        "将",
    ];
    let mut start = region.start;
    while let Some(verb) = VERBS.iter().find(|verb| starts_with(chars, start, verb)) {
        if start + verb.chars().count() >= region.end {
            break;
        }
        start += verb.chars().count();
    }
    start
}

/// Trims blanks and marks, and one pair of quotes around the whole.
fn trim(chars: &[char], mut range: Range<usize>) -> Range<usize> {
    let ornament = |it: char| it.is_whitespace() || it == '*' || is_superscript(it);
    while range.start < range.end && ornament(chars[range.start]) {
        range.start += 1;
    }
    while range.start < range.end && ornament(chars[range.end - 1]) {
        range.end -= 1;
    }
    let quoted = range.len() > 2 && chars[range.start] == '“' && chars[range.end - 1] == '”';
    if quoted && !chars[range.start + 1..range.end - 1].contains(&'“') {
        range.start + 1..range.end - 1
    } else {
        range
    }
}

/// Where a word first stands in a region.
fn find(chars: &[char], region: Range<usize>, word: &str) -> Option<usize> {
    region
        .clone()
        .find(|at| at + word.chars().count() <= region.end && starts_with(chars, *at, word))
}

fn starts_with(chars: &[char], at: usize, word: &str) -> bool {
    word.chars()
        .zip(at..)
        .all(|(wanted, at)| chars.get(at) == Some(&wanted))
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

fn is_superscript(character: char) -> bool {
    matches!(character, '⁰' | '¹' | '²' | '³' | '⁴'..='⁹')
}

fn offset(value: i64) -> usize {
    usize::try_from(value).unwrap_or(0)
}
