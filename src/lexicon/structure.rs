//! The words by which the structure of a report is known: `structure.csv`, one row a class of words.
//!
//! The lexer does not know them: they are no words of the grammar.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::characters::Characters;
use super::codes;
use super::{chars, fold_str};

/// A class of words. They are folded, and so must be what they are looked for in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// What the speaker greets the assembly with.
    Greeting,
    /// What a sentence of the speaker's begins with, and no title.
    Speech,
    /// Titles of those who read reports.
    Speaker,
    /// Names of the country.
    State,
    /// What the speaker of the country's government says of himself.
    StateGovernment,
    /// What the name of a province ends in.
    Province,
    /// What the name of a prefecture ends in.
    Prefecture,
    /// What the name of a county ends in.
    County,
    /// What the name of a town ends in.
    Town,
    /// What a heading with the year under review says.
    LooksBack,
    /// What a heading with the year planned says.
    LooksAhead,
    /// What the title of a review says.
    Review,
    /// What the title of a plan says.
    Plan,
    /// What a passage about problems begins with.
    Problems,
    /// What a title below a chapter says that is of another part than its chapter.
    OwnPart,
    /// What a title says of five years that are over.
    YearsPast,
    /// What a title says of five years to come.
    YearsAhead,
    /// What a title says of the first year of a five-year plan.
    PlanOpening,
    /// Lines that a web page puts around a report.
    PageLine,
    /// What such lines begin with.
    PageBegin,
    /// What the first of such lines after a report begins with.
    PageEnd,
}

#[derive(Debug, Deserialize)]
struct Row {
    class: Class,
    words: String,
}

/// The words of a class, and the characters that they begin with.
#[derive(Debug)]
struct List {
    words: Vec<String>,
    first: Characters,
}

static LISTS: LazyLock<BTreeMap<Class, List>> = LazyLock::new(|| {
    codes::read(include_str!("structure.csv"))
        .into_iter()
        .map(|row: Row| {
            let words: Vec<String> = codes::words(&row.words).map(fold_str).collect();
            let first = Characters::first_of(&words);
            (row.class, List { words, first })
        })
        .collect()
});

impl Class {
    /// The words of the class.
    #[must_use]
    pub fn words(self) -> &'static [String] {
        &LISTS[&self].words
    }

    /// Whether a text holds a word of the class.
    #[must_use]
    pub fn is_in(self, text: &str) -> bool {
        self.is_among(&chars(text))
    }

    /// Whether characters hold a word of the class.
    #[must_use]
    pub fn is_among(self, chars: &[char]) -> bool {
        let List { words, first } = &LISTS[&self];
        let begins = |at: usize, word: &String| {
            let mut rest = chars[at..].iter();
            word.chars().all(|c| rest.next() == Some(&c))
        };
        let mut places = (0..chars.len()).filter(|at| first.has(chars[*at]));
        places.any(|at| words.iter().any(|word| begins(at, word)))
    }

    /// Whether a text is a word of the class.
    #[must_use]
    pub fn is(self, text: &str) -> bool {
        self.words().iter().any(|word| text == word)
    }

    /// Whether a text begins with a word of the class.
    #[must_use]
    pub fn begins(self, text: &str) -> bool {
        let List { words, first } = &LISTS[&self];
        let may = text.chars().next().is_some_and(|c| first.has(c));
        may && words.iter().any(|word| text.starts_with(word))
    }

    /// Length of the longest word of the class that a text ends in.
    #[must_use]
    pub fn ending(self, text: &str) -> Option<usize> {
        let words = self.words().iter().filter(|word| text.ends_with(*word));
        words.map(String::len).max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_has_words() {
        assert!(LISTS.values().all(|list| !list.words.is_empty()));
        for (class, list) in LISTS.iter() {
            assert!(list.words.iter().all(|word| class.begins(word) && class.is_in(word)));
        }
        assert_eq!(LISTS.len(), Class::PageEnd as usize + 1);
    }
}
