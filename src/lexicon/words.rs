//! The word list of the grammar: `words.csv`, one row a class of words.

use std::sync::LazyLock;

use super::characters::Pairs;
use super::fold;

/// Declares the word classes: a bit each, and their names in `words.csv`.
macro_rules! classes {
    ($($(#[$meta:meta])* $name:ident = $bit:literal, $text:literal;)+) => {
        /// A set of word classes. A word may be in several.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub struct Class(u64);

        impl Class {
            $($(#[$meta])* pub const $name: Self = Self(1 << $bit);)+

            fn named(name: &str) -> Option<Self> {
                match name { $($text => Some(Self::$name),)+ _ => None }
            }

            /// Names of the classes in the set, in the order of their declaration.
            #[must_use]
            pub fn names(self) -> Vec<&'static str> {
                let mut names = Vec::new();
                $(if self.has(Self::$name) { names.push($text); })+
                names
            }
        }
    };
}

classes! {
    /// A hedge before its number: 约, 超过. The attribute is the modifier.
    HEDGE_BEFORE = 0, "hedge_before";
    /// A hedge after its number: 左右, 以上. The attribute is the modifier.
    HEDGE_AFTER = 1, "hedge_after";
    /// A verb of growth.
    UP = 2, "up";
    /// A verb of decline.
    DOWN = 3, "down";
    /// What turns a verb of growth into one of arrival: 增加 + 到.
    TO = 4, "to";
    /// A verb that links a subject to its number.
    REACH = 5, "reach";
    /// A word that may be left out at the head of an indicator.
    LEAD = 6, "lead";
    /// A verb that defines a count and stays in the indicator: 新增.
    EVENT = 7, "event";
    /// A noun whose value is a growth rate: 增速. The attribute is the direction.
    RATE_NOUN = 8, "rate_noun";
    /// Particles.
    AUX = 9, "aux";
    /// A verb whose object is the whole of a share: 占.
    SHARE = 10, "share";
    /// A comparison with a year before.
    YEAR_ON_YEAR = 11, "yoy";
    /// A yearly average.
    AVERAGE = 12, "avg";
    /// 分别: a list of values follows a list of subjects.
    RESPECTIVE = 13, "respective";
    /// 其中.
    AMONG = 14, "among";
    /// An expectation about the year under review.
    ESTIMATE = 15, "estimate";
    /// A word of intention.
    TARGET = 16, "target";
    /// A word that sets a statement in the past.
    PAST = 17, "past";
    /// Prepositions.
    PREPOSITION = 18, "prep";
    /// Conjunctions, 、 included.
    CONJUNCTION = 19, "conj";
    /// 第.
    ORDINAL_BEFORE = 20, "ordinal_before";
    /// Opening quotation marks.
    QUOTE_OPEN = 21, "quote_open";
    /// Closing quotation marks.
    QUOTE_CLOSE = 22, "quote_close";
    /// A word that only looks as if it began with a word of another class.
    NOUN = 23, "noun";
    /// A word with a numeral character in it that is no number.
    IDIOM = 24, "idiom";
    /// A noun that a small Chinese number before it only strings together: 两个问题.
    RHETORICAL = 25, "rhetorical";
    /// A noun that closes an indicator and that listed subjects may share: 增加值.
    HEAD = 26, "head";
    /// A comparison with another place that a value lies above.
    ABOVE = 31, "above";
    /// A comparison with another place that a value lies below.
    BELOW = 32, "below";
    /// A noun that measures the subject stated before it: 增速, 总量.
    BARE_HEAD = 33, "bare_head";
    /// An adverb that may stand between a verb of growth and its amount without making it an arrival.
    ADVERB = 30, "adverb";
    /// A word that begins with the character of a unit and is none: 人口, 点位.
    GUARD = 29, "guard";
    /// A verb of counting that may speak of a state: 开通, 参保.
    STATE = 28, "state";
    /// A noun that is a rate by itself: 满意率 after a topic.
    RATE = 27, "rate";
}

impl Class {
    /// Whether the set holds any class of `other`.
    #[must_use]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets together.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// A word of the list.
#[derive(Debug)]
pub struct Word {
    /// Its characters, folded.
    pub chars: Box<[char]>,
    /// The classes it is in.
    pub class: Class,
    /// For each class with an attribute, class and attribute.
    attributes: Vec<(Class, &'static str)>,
}

impl Word {
    /// The attribute that the word has in a class.
    #[must_use]
    pub fn attribute(&self, class: Class) -> Option<&'static str> {
        self.attributes
            .iter()
            .find(|(c, _)| *c == class)
            .map(|(_, attribute)| *attribute)
    }
}

/// The words by their first two characters; those that share them adjoin, longest first.
#[derive(Debug)]
pub struct Words {
    list: Vec<Word>,
    /// For each character of the basic plane, the range of `list` whose words it begins.
    first: Vec<(u16, u16)>,
    /// Second character of each word, in which most places of a text already differ, [`NO_SECOND`] for none, and its length.
    heads: Vec<(char, usize)>,
    /// First and second character of the words that have a second one.
    pairs: Pairs,
}

/// Stands for the second character of a word of one, which so comes before all others.
const NO_SECOND: char = '\0';

static FILE: &str = include_str!("words.csv");

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut entries: Vec<(Box<[char]>, Class, &str)> = Vec::new();
    for line in FILE.lines().skip(1) {
        let mut fields = line.splitn(3, ',');
        let (name, attribute, list) = (
            fields.next().unwrap_or(""),
            fields.next().unwrap_or(""),
            fields.next().unwrap_or(""),
        );
        let class = Class::named(name).expect("words.csv names known classes only: a test reads it");
        for word in list.split('|').filter(|w| !w.is_empty()) {
            // A word with a number in it would hide the number from the ledger.
            let is_number = |c| {
                matches!(
                    c,
                    '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '两'
                )
            };
            if class == Class::IDIOM || !word.chars().any(is_number) {
                entries.push((word.chars().map(fold).collect(), class, attribute));
            }
        }
    }
    let head = |chars: &[char]| [chars[0], chars.get(1).copied().unwrap_or(NO_SECOND)];
    // The rows of one word keep their order.
    entries.sort_by(|(a, ..), (b, ..)| head(a).cmp(&head(b)).then(b.len().cmp(&a.len())).then(a.cmp(b)));
    let mut words: Vec<Word> = Vec::new();
    for (chars, class, attribute) in entries {
        let attributes = (!attribute.is_empty()).then_some((class, attribute));
        match words.last_mut() {
            Some(word) if word.chars == chars => {
                word.class = word.class.or(class);
                word.attributes.extend(attributes);
            }
            _ => words.push(Word {
                chars,
                class,
                attributes: Vec::from_iter(attributes),
            }),
        }
    }
    let mut first = vec![(0, 0); 0x1_0000];
    for (i, word) in words.iter().enumerate() {
        if let Some((start, end)) = first.get_mut(word.chars[0] as usize) {
            let i = u16::try_from(i).expect("the list is shorter than 65,535 words");
            *start = if *end == 0 { i } else { *start };
            *end = i + 1;
        }
    }
    let heads: Vec<(char, usize)> = words
        .iter()
        .map(|word| (head(&word.chars)[1], word.chars.len()))
        .collect();
    let long = words.iter().filter(|word| word.chars.len() > 1);
    Words {
        pairs: Pairs::of(long.map(|word| (word.chars[0], word.chars[1]))),
        list: words,
        first,
        heads,
    }
});

/// The longest word that begins at `at`, as its index for [`word`].
#[must_use]
pub fn longest(chars: &[char], at: usize) -> Option<u16> {
    let words = &*WORDS;
    let c = *chars.get(at)?;
    let (start, end) = *words.first.get(c as usize)?;
    if start == end {
        return None;
    }
    let alone = || (words.heads[usize::from(start)].0 == NO_SECOND).then_some(start);
    let Some(second) = chars
        .get(at + 1)
        .copied()
        .filter(|second| words.pairs.may_have(c, *second))
    else {
        return alone();
    };
    let heads = &words.heads[usize::from(start)..usize::from(end)];
    let before = heads.partition_point(|(own, _)| *own < second);
    let rest = &chars[at + 2..];
    // Of the words that share both characters.
    for (nth, (own, length)) in (usize::from(start) + before..).zip(&heads[before..]) {
        if *own != second {
            break;
        }
        if *length <= 2 || rest.starts_with(&words.list[nth].chars[2..]) {
            return u16::try_from(nth).ok();
        }
    }
    alone()
}

/// The word that is exactly these characters, as its index for [`word`].
#[must_use]
pub fn exact(chars: &[char]) -> Option<u16> {
    let words = &*WORDS;
    let (start, end) = *words.first.get(*chars.first()? as usize)?;
    (start..end).find(|i| *words.list[usize::from(*i)].chars == *chars)
}

/// The word of an index that [`longest`] gave.
#[must_use]
pub fn word(index: u16) -> &'static Word {
    &WORDS.list[usize::from(index)]
}

/// Looks a whole string up.
#[must_use]
pub fn find(chars: &[char]) -> Option<&'static Word> {
    exact(chars).map(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_by_itself_and_before_anything() {
        for (at, word) in WORDS.list.iter().enumerate() {
            let at = u16::try_from(at).ok();
            for next in ['\0', '。', '𠀀'] {
                let chars: Vec<char> = word.chars.iter().copied().chain([next]).collect();
                assert_eq!(longest(&word.chars, 0), at);
                assert_eq!(longest(&chars, 0), at, "{chars:?}");
            }
        }
    }
}
