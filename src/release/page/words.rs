//! The words of the page itself, in Chinese and English, from `words.json`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{CodeList, PageError};
use crate::fact::Observation;

/// Languages of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    Zh,
    En,
}

/// One word or phrase of the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Word {
    pub zh: String,
    pub en: String,
}

impl Language {
    /// The language's tag (BCP 47).
    pub(super) const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }
}

impl Word {
    pub(super) fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Zh => &self.zh,
            Language::En => &self.en,
        }
    }
}

/// Every word of the page by its key.
pub(super) fn all() -> Result<BTreeMap<String, Word>, PageError> {
    Ok(serde_json::from_str(include_str!("words.json"))?)
}

/// The page's words and the release's code lists in one language.
pub(super) struct Vocabulary<'a> {
    words: &'a BTreeMap<String, Word>,
    code_lists: &'a [CodeList<'a>],
    pub language: Language,
}

impl<'a> Vocabulary<'a> {
    pub(super) const fn new(
        words: &'a BTreeMap<String, Word>,
        code_lists: &'a [CodeList<'a>],
        language: Language,
    ) -> Self {
        Self {
            words,
            code_lists,
            language,
        }
    }

    /// A word of the page; its key, if `words.json` has no such word.
    pub(super) fn word<'b>(&'b self, key: &'b str) -> &'b str {
        self.words.get(key).map_or(key, |word| word.in_language(self.language))
    }

    /// The name of a code; the code itself, if the list has no such code.
    pub(super) fn code<'b>(&'b self, list: &str, code: &'b str) -> &'b str {
        self.find(list, code).unwrap_or(code)
    }

    /// What an observation measures: in the report's own words, in English by the code list if it has a code.
    pub(super) fn indicator<'b>(&'b self, observation: &'b Observation) -> &'b str {
        match (self.language, observation.indicator_code.as_deref()) {
            (Language::En, Some(code)) => self.find("indicators", code).unwrap_or(&observation.indicator),
            _ => &observation.indicator,
        }
    }

    fn find(&self, list: &str, code: &str) -> Option<&str> {
        let entry = self
            .code_lists
            .iter()
            .filter(|candidate| candidate.name == list)
            .flat_map(|candidate| candidate.entries)
            .find(|entry| entry.code == code)?;
        Some(match self.language {
            Language::Zh => entry.name.zh,
            Language::En => entry.name.en,
        })
    }
}
