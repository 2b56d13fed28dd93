//! Sets of characters.

/// A set of characters of the Basic Multilingual Plane, for what is asked of every character of a text.
#[derive(Debug)]
pub struct Characters([u64; 1 << 10]);

impl Characters {
    /// The set of these characters; those beyond the plane are left out.
    #[must_use]
    pub fn of(characters: impl IntoIterator<Item = char>) -> Self {
        let mut words = [0; 1 << 10];
        for c in characters {
            let at = u32::from(c) as usize;
            if let Some(word) = words.get_mut(at / 64) {
                *word |= 1 << (at % 64);
            }
        }
        Self(words)
    }

    /// The set of the characters that words begin with.
    #[must_use]
    pub fn first_of(words: impl IntoIterator<Item: AsRef<str>>) -> Self {
        Self::of(words.into_iter().filter_map(|word| word.as_ref().chars().next()))
    }

    /// Whether it has a character.
    #[must_use]
    pub fn has(&self, c: char) -> bool {
        let at = u32::from(c) as usize;
        self.0.get(at / 64).is_some_and(|word| word & (1 << (at % 64)) != 0)
    }
}

/// A set of pairs of characters that may take one for a member that is none, but never the other way round: what it has not need not
/// be looked for.
#[derive(Debug)]
pub struct Pairs([u64; 1 << 10]);

impl Pairs {
    /// A set of these pairs.
    #[must_use]
    pub fn of(pairs: impl IntoIterator<Item = (char, char)>) -> Self {
        let mut words = [0; 1 << 10];
        for (first, second) in pairs {
            let (word, bit) = Self::place(first, second);
            words[word] |= bit;
        }
        Self(words)
    }

    const fn place(first: char, second: char) -> (usize, u64) {
        let at = (first as usize * 31 + second as usize) % (1 << 16);
        (at / 64, 1 << (at % 64))
    }

    /// Whether it may have a pair.
    #[must_use]
    pub const fn may_have(&self, first: char, second: char) -> bool {
        let (word, bit) = Self::place(first, second);
        self.0[word] & bit != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_of_pairs_misses_none_and_takes_few_others() {
        let pairs = || "一二三四五六七八九十".chars().zip("增减升降涨跌快慢多少".chars());
        let set = Pairs::of(pairs());
        assert!(pairs().all(|(first, second)| set.may_have(first, second)));
        let others = ('\u{4e00}'..'\u{5e00}').filter(|c| set.may_have(*c, '了'));
        assert!(others.count() <= 16);
    }

    #[test]
    fn a_set_has_its_characters_and_no_others() {
        let set = Characters::of("零十0\u{ffff}𠀀".chars());
        assert!("零十0\u{ffff}".chars().all(|c| set.has(c)));
        assert!("一1\u{0}\u{fffe}𠀀".chars().all(|c| !set.has(c)));
    }
}
