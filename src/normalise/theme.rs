//! Themes of indicators that have no code.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::lexicon::codes::{Theme, themes, words};
use crate::lexicon::fold_str;

/// The folded keywords by their last character, longest first, and of equal length in the order of the themes.
static KEYWORDS: LazyLock<BTreeMap<char, Vec<(String, &'static Theme)>>> = LazyLock::new(|| {
    let mut by_last: BTreeMap<char, Vec<(String, &'static Theme)>> = BTreeMap::new();
    for theme in themes() {
        for word in words(&theme.keywords).map(fold_str) {
            if let Some(last) = word.chars().next_back() {
                by_last.entry(last).or_default().push((word, theme));
            }
        }
    }
    for keywords in by_last.values_mut() {
        keywords.sort_by_key(|(word, _)| Reverse(word.len()));
    }
    by_last
});

/// The theme of an indicator by the words in it.
///
/// A Chinese phrase names its subject last, so the keyword that ends last decides (企业贷款 is about loans); of those that end together
/// the longest does, and of equal ones the theme that stands first in the list. Of a share (农业占生产总值比重) the part before 占 is
/// looked at first. `None` if no keyword occurs.
#[must_use]
pub fn of(indicator: &str) -> Option<&'static Theme> {
    let folded = fold_str(indicator);
    let subject = folded.split_once('占').map_or("", |(subject, _)| subject);
    last_keyword(subject).or_else(|| last_keyword(&folded))
}

/// The theme of the longest keyword that ends last.
fn last_keyword(text: &str) -> Option<&'static Theme> {
    text.char_indices().rev().find_map(|(at, last)| {
        let before = &text[..at + last.len_utf8()];
        let (_, theme) = KEYWORDS
            .get(&last)?
            .iter()
            .find(|(word, _)| before.ends_with(word.as_str()))?;
        Some(*theme)
    })
}
