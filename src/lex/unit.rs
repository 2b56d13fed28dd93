//! Units after numerals: `[scale] symbol [(second classifier)]`, as the text writes them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::numeral::scale;
use crate::lexicon::codes::unit_symbols;
use crate::lexicon::words::{self, Class};

/// Symbols by first character, longest first.
static SYMBOLS: LazyLock<BTreeMap<char, Vec<Box<[char]>>>> = LazyLock::new(|| {
    let mut table = BTreeMap::<char, Vec<Box<[char]>>>::new();
    // They come longest first.
    for symbol in unit_symbols() {
        let chars: Box<[char]> = symbol.chars().collect();
        if let Some(&first) = chars.first() {
            table.entry(first).or_default().push(chars);
        }
    }
    table
});

/// Whether a word begins at a position that only looks like a unit: 点位, 人口.
fn begins_noun(chars: &[char], at: usize) -> bool {
    words::longest(chars, at).is_some_and(|w| words::word(w).class.has(Class::GUARD))
}

/// End of the longest symbol that begins at `at`.
fn symbol(chars: &[char], at: usize) -> Option<usize> {
    let list = SYMBOLS.get(chars.get(at)?)?;
    list.iter()
        .find(|s| chars[at..].starts_with(s) && !begins_noun(chars, at + s.len() - 1))
        .map(|s| at + s.len())
}

/// End of the unit that begins at `at`: scales, a symbol, symbols it is divided by, a second classifier in brackets.
///
/// A scale alone is a unit too: 12亿左右. What is no unit gives none.
#[must_use]
pub fn scan(chars: &[char], at: usize) -> Option<usize> {
    let mut start = at;
    while chars.get(start).is_some_and(|&c| scale(c).is_some()) {
        start += 1;
    }
    // A symbol may itself begin with a scale character.
    let symbol_end =
        symbol(chars, start).or_else(|| (start > at).then(|| symbol(chars, at)).flatten().filter(|&e| e > start));
    let Some(mut end) = symbol_end else {
        return (start > at).then_some(start);
    };
    while chars.get(end) == Some(&'/') {
        let mut next = end + 1;
        while chars.get(next).is_some_and(|&c| scale(c).is_some()) {
            next += 1;
        }
        match symbol(chars, next) {
            Some(e) => end = e,
            None => break,
        }
    }
    if chars.get(end) == Some(&'（')
        && let Some(close) = symbol(chars, end + 1)
        && chars.get(close) == Some(&'）')
    {
        end = close + 1;
    }
    Some(end)
}
