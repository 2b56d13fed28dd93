//! Indicators, as a report words them, to entries of the code list.

use std::collections::HashMap;
use std::iter::successors;
use std::sync::LazyLock;

use crate::fact::Measure;
use crate::lexicon::characters::Characters;
use crate::lexicon::codes::{Indicator, indicators, words};
use crate::lexicon::fold;

use super::unit::ResolvedUnit;

/// What a report may put before an indicator and mean its own place by.
const OWN_PLACE: [&str; 26] = [
    "我国",
    "我省",
    "我市",
    "我区",
    "我县",
    "我镇",
    "我乡",
    "全国",
    "全省",
    "全市",
    "全区",
    "全县",
    "全镇",
    "全乡",
    "全街道",
    "全州",
    "全盟",
    "全旗",
    "全自治区",
    "本省",
    "本市",
    "本区",
    "本县",
    "本镇",
    "国家",
    "全社区",
];
/// Words before an indicator that do not change what is measured.
const LEADING: [&str; 12] = [
    "全年",
    "年度",
    "当年",
    "年末",
    "年底",
    "预计",
    "实际完成",
    "完成",
    "实现",
    "累计",
    "全部",
    "拟",
];
/// Words after an indicator that do not change what is measured.
const TRAILING: [&str; 8] = ["总量", "水平", "规模", "数量", "人数", "目标", "总数", "数"];

/// Words after an indicator that only say what a growth rate says already.
const GROWTH: [&str; 5] = ["增长率", "增速", "增幅", "涨幅", "增长"];

/// One wording of an entry.
#[derive(Debug)]
struct Wording {
    entry: &'static Indicator,
    /// The only measure that the wording stands for the entry with, if it is bound to one.
    measure: Option<String>,
}

/// A wording with `*` in it: the text before the star and after it.
#[derive(Debug)]
struct Pattern {
    prefix: String,
    suffix: String,
    wording: Wording,
}

/// The code list by wording.
#[derive(Debug, Default)]
struct Index {
    exact: HashMap<String, Vec<Wording>>,
    /// Longest first, so that the most specific pattern decides.
    patterns: Vec<Pattern>,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let mut index = Index::default();
    for entry in indicators() {
        for word in std::iter::once(entry.zh.as_str()).chain(words(&entry.variants)) {
            let (text, measure) = word
                .split_once('@')
                .map_or((word, None), |(text, measure)| (text, Some(measure)));
            let wording = Wording {
                entry,
                measure: measure.map(str::to_owned),
            };
            let text = plain(text);
            if let Some((prefix, suffix)) = text.split_once('*') {
                index.patterns.push(Pattern {
                    prefix: prefix.into(),
                    suffix: suffix.into(),
                    wording,
                });
            } else {
                index.exact.entry(text).or_default().push(wording);
            }
        }
    }
    index
        .patterns
        .sort_by_key(|pattern| std::cmp::Reverse(pattern.prefix.len() + pattern.suffix.len()));
    index
});

/// The entry that `text` names when it is said with `measure` and `unit`.
///
/// The text is folded, and quotes, spaces and 的 are dropped; it must then be a wording of the entry, or become one when words that do
/// not change what is measured are taken off its ends, one after the other, first those after it: a remark in brackets, 总数, 增速 of a
/// growth rate and the like, then those before it: the report's own place (`全省`, or a folded name in `places`), 全年, 累计. A level must also be in a unit of the entry's kind, so that 粮食产量 in
/// yuan is not the output of grain. No match is `None`: the nearest wording is never taken.
#[must_use]
pub fn find(text: &str, measure: Measure, unit: Option<&ResolvedUnit>, places: &[&str]) -> Option<&'static Indicator> {
    let text = plain(text);
    successors(Some(text.as_str()), |text| without_leading(text, places)).find_map(|text| {
        successors(Some(text), |text| without_trailing(text, measure)).find_map(|text| lookup(text, measure, unit))
    })
}

/// The entry with exactly this wording.
fn lookup(text: &str, measure: Measure, unit: Option<&ResolvedUnit>) -> Option<&'static Indicator> {
    let fits = |wording: &&Wording| {
        wording.measure.as_deref().is_none_or(|only| only == measure.as_str())
            && words(&wording.entry.measures).any(|allowed| allowed == measure.as_str())
            && (measure != Measure::Level || in_kind(wording.entry, unit))
    };
    if let Some(wordings) = INDEX.exact.get(text) {
        return wordings.iter().find(fits).map(|wording| wording.entry);
    }
    INDEX
        .patterns
        .iter()
        .filter(|pattern| {
            text.len() >= pattern.prefix.len() + pattern.suffix.len()
                && text.starts_with(&pattern.prefix)
                && text.ends_with(&pattern.suffix)
        })
        .map(|pattern| &pattern.wording)
        .find(fits)
        .map(|wording| wording.entry)
}

/// Whether a level in `unit` can be a level of `entry`.
fn in_kind(entry: &Indicator, unit: Option<&ResolvedUnit>) -> bool {
    unit.is_some_and(|unit| words(&entry.base_unit).any(|base| base == unit.unit.base_unit))
}

/// `text` without one more word before it that does not change what is measured, the longest that fits.
fn without_leading<'t>(text: &'t str, places: &[&str]) -> Option<&'t str> {
    static FIRST: LazyLock<Characters> = LazyLock::new(|| Characters::first_of(OWN_PLACE.iter().chain(&LEADING)));
    let leads = FIRST.has(text.chars().next()?);
    let words = OWN_PLACE.iter().chain(&LEADING).filter(|_| leads);
    words
        .chain(places)
        .filter_map(|word| text.strip_prefix(word))
        .filter(|rest| !rest.is_empty() && rest.len() < text.len())
        .min_by_key(|rest| rest.len())
}

/// `text` without one more word or remark after it that does not change what is measured.
fn without_trailing(text: &str, measure: Measure) -> Option<&str> {
    static LAST: LazyLock<Characters> = LazyLock::new(|| {
        let words = TRAILING.iter().chain(&GROWTH);
        Characters::of(words.filter_map(|word| word.chars().next_back()).chain(['）']))
    });
    if !LAST.has(text.chars().next_back()?) {
        return None;
    }
    let growth: &[&str] = if measure == Measure::GrowthRate { &GROWTH } else { &[] };
    without_remark(text)
        .or_else(|| TRAILING.iter().chain(growth).find_map(|word| text.strip_suffix(word)))
        .filter(|rest| !rest.is_empty())
}

/// `text` without the remark in brackets at its end.
fn without_remark(text: &str) -> Option<&str> {
    let inner = text.strip_suffix('）')?;
    inner.rfind('（').map(|start| &text[..start])
}

/// `text` as it is compared: folded, without spaces, quotation marks and 的.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let left_out = |c: char| {
        c.is_whitespace() || matches!(c, '“' | '”' | '‘' | '’' | '"' | '\'' | '「' | '」' | '『' | '』' | '的')
    };
    let folded = text.chars().map(fold).filter(|c| !left_out(*c));
    plain.extend(folded.map(|c| match c {
        '(' => '（',
        ')' => '）',
        other => other,
    }));
    plain
}
