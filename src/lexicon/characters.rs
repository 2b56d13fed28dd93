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

    /// Whether it has a character.
    #[must_use]
    pub fn has(&self, c: char) -> bool {
        let at = u32::from(c) as usize;
        self.0.get(at / 64).is_some_and(|word| word & (1 << (at % 64)) != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_its_characters_and_no_others() {
        let set = Characters::of("零十0\u{ffff}𠀀".chars());
        assert!("零十0\u{ffff}".chars().all(|c| set.has(c)));
        assert!("一1\u{0}\u{fffe}𠀀".chars().all(|c| !set.has(c)));
    }
}
