//! Themes of indicators that have no code.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::lexicon::codes::{Theme, themes, words};
use crate::lexicon::fold_str;

/// The themes by folded keyword, and the length of the longest keyword in characters.
static KEYWORDS: LazyLock<(HashMap<String, &'static Theme>, usize)> = LazyLock::new(|| {
    let mut by_word = HashMap::new();
    for theme in themes() {
        for word in words(&theme.keywords) {
            by_word.entry(fold_str(word)).or_insert(theme);
        }
    }
    let longest = themes()
        .iter()
        .flat_map(|theme| words(&theme.keywords))
        .map(|word| word.chars().count())
        .max();
    (by_word, longest.unwrap_or_default())
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
    let (by_word, longest) = &*KEYWORDS;
    let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    (1..bounds.len()).rev().find_map(|end| {
        (end.saturating_sub(*longest)..end).find_map(|start| by_word.get(&text[bounds[start]..bounds[end]]).copied())
    })
}
