//! Lists of names in running text: where they begin, how they are split.
//!
//! Names are ranges of character offsets; nothing is copied or changed.

use std::ops::Range;

use super::{Numeral, NumeralKind};

/// Longest name, in characters; what is longer is a clause.
const LONGEST_NAME: usize = 40;

/// Longest list, in characters.
pub(super) const LONGEST_LIST: usize = 2_000;

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

/// The list that follows a number which ends at `end`: after a colon, in brackets, after 分别是, 包括, 即, 指, or, in a
/// footnote, after a comma.
#[must_use]
pub fn list_after(chars: &[char], end: usize, count: usize, in_note: bool) -> Option<NameList> {
    // In a body sentence 为, 是 and 指 mostly open a statement, in a footnote mostly a list.
    const OPENERS: [&str; 9] = ["分别是", "分别为", "包括", "依次是", "它们是", "即", "指", "为", "是"];
    const IN_BODY: usize = 6;
    let openers = if in_note { &OPENERS[..] } else { &OPENERS[..IN_BODY] };
    let ends = |it: &char| matches!(it, '。' | '；' | '\n');
    let stop = |from: usize| {
        let length = chars[from..].iter().take(LONGEST_LIST).position(ends)?;
        Some(from + length)
    };
    let mut at = end;
    while at - end <= LONGEST_NAME && chars.get(at).is_some_and(|it| !ends(it)) {
        let (start, close) = match chars[at] {
            '：' => (at + 1, stop(at)?),
            '（' => {
                let length = chars[at..stop(at)?].iter().position(|it| *it == '）')?;
                let inner = at + 1..at + length;
                if let Some(list) = accept(chars, inner, count).filter(|list| !are_variants(list, count)) {
                    return Some(list);
                }
                at += length + 1;
                continue;
            }
            '，' => match openers.iter().find(|opener| starts_with(chars, at + 1, opener)) {
                Some(opener) => (at + 1 + opener.chars().count(), stop(at)?),
                None if in_note => (at + 1, stop(at)?),
                None => return None,
            },
            '、' => return None,
            _ if in_note && at <= end + 1 && starts_with(chars, at, "为") => (at + 1, stop(at)?),
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

/// Reads a region as a list, if it is one: at least one name, and none as long as a clause.
///
/// Commas and semicolons part clauses more often than names: a region that has them outside brackets is a list only if it has as many
/// names as are counted.
pub(super) fn accept(chars: &[char], region: Range<usize>, count: usize) -> Option<NameList> {
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
        let several = plain.len() > 1;
        for (names, sure) in [(with_conjunction(chars, plain.clone()), several), (plain, true)] {
            let shared = names
                .windows(2)
                .filter(|pair| share_a_word(chars, &pair[0], &pair[1]))
                .count();
            let list = NameList {
                merged: names.len() - shared,
                names,
                open,
            };
            if list.names.len() == count {
                return list;
            }
            // 和 alone joins the words of one name (收入增长与经济增长同步) as often as two names.
            if sure {
                chosen.get_or_insert(list);
            }
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
pub(super) fn cut(chars: &[char], region: Range<usize>, separators: &[char]) -> Vec<Range<usize>> {
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
pub(super) fn all_names(chars: &[char], list: &NameList) -> bool {
    const NOT_NAMES: [&str; 13] = [
        "其中",
        "不含",
        "含",
        "每",
        "约",
        "占",
        "比上年",
        "同比",
        "均",
        "一是",
        "》",
        "”",
        "）",
    ];
    let is_name = |name: &Range<usize>| {
        name.len() <= LONGEST_NAME && !NOT_NAMES.iter().any(|word| starts_with(chars, name.start, word))
    };
    !list.names.is_empty() && list.names.iter().all(is_name)
}

/// Takes the count that may close a list off its last name (…、南水北调西线6个工程). `None` if a quantity stands anywhere else in the
/// list: then it is an account of something, not a list of names.
#[must_use]
pub fn without_total(chars: &[char], numerals: &[Numeral], mut list: NameList) -> Option<NameList> {
    let ends = list.names.first().zip(list.names.last());
    let Some(region) = ends.map(|(first, final_name)| first.start..final_name.end) else {
        return Some(list);
    };
    for start in quantities(numerals, region) {
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

/// Where the quantities of a region begin. The numerals stand in reading order.
pub(super) fn quantities(numerals: &[Numeral], region: Range<usize>) -> impl Iterator<Item = usize> {
    let from = numerals.partition_point(|it| offset(it.source_start) < region.start);
    numerals[from..]
        .iter()
        .take_while(move |it| offset(it.source_start) < region.end)
        .filter(|it| it.kind == NumeralKind::Quantity)
        .map(|it| offset(it.source_start))
}

/// Trims blanks and marks, and one pair of quotes around the whole.
pub(super) fn trim(chars: &[char], mut range: Range<usize>) -> Range<usize> {
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
pub(super) fn find(chars: &[char], region: Range<usize>, word: &str) -> Option<usize> {
    region
        .clone()
        .find(|at| at + word.chars().count() <= region.end && starts_with(chars, *at, word))
}

pub(super) fn starts_with(chars: &[char], at: usize, word: &str) -> bool {
    word.chars()
        .zip(at..)
        .all(|(wanted, at)| chars.get(at) == Some(&wanted))
}

pub(super) fn is_superscript(character: char) -> bool {
    matches!(character, '⁰' | '¹' | '²' | '³' | '⁴'..='⁹')
}

pub(super) fn offset(value: i64) -> usize {
    usize::try_from(value).unwrap_or(0)
}
