//! Themes of indicators that have no code.

use std::sync::LazyLock;

use crate::lexicon::codes::{Theme, themes, words};
use crate::lexicon::fold_str;

/// Every keyword with its theme.
static KEYWORDS: LazyLock<Vec<(String, &'static Theme)>> = LazyLock::new(|| {
    themes()
        .iter()
        .flat_map(|theme| words(&theme.keywords).map(move |word| (fold_str(word), theme)))
        .collect()
});

/// The theme of an indicator by the words in it.
///
/// A Chinese phrase names its subject last, so the keyword that ends last decides (企业贷款 is about loans); of two that end together
/// the longer does, and of equal ones the theme that stands first in the list. Of a share (农业占生产总值比重) the part before 占 is
/// looked at first. `None` if no keyword occurs.
#[must_use]
pub fn of(indicator: &str) -> Option<&'static Theme> {
    let folded = fold_str(indicator);
    let subject = folded.split_once('占').map_or("", |(subject, _)| subject);
    last_keyword(subject).or_else(|| last_keyword(&folded))
}

/// The theme of the keyword that ends last.
fn last_keyword(text: &str) -> Option<&'static Theme> {
    let mut best: Option<(usize, usize, &Theme)> = None;
    for (word, theme) in KEYWORDS.iter() {
        let Some(start) = text.rfind(word.as_str()) else {
            continue;
        };
        let (end, length) = (start + word.len(), word.len());
        if best.is_none_or(|(best_end, best_length, _)| (end, length) > (best_end, best_length)) {
            best = Some((end, length, theme));
        }
    }
    best.map(|(_, _, theme)| theme)
}
