//! A sentence under reading: its tokens, and what has been decided about its numerals.

use std::cell::OnceCell;
use std::ops::Deref;

use super::{Amount, Dated, Decided, Measured, Period, Subject};
use crate::lex::{Token, TokenKind, Tokens};
use crate::lexicon;
use crate::lexicon::terms::{NumeralKind, Part, Status};
use crate::lexicon::words::Class;

/// What the report says around a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    pub part: Part,
    /// The period of the section or passage, if it names one.
    pub period: Option<String>,
    /// The span of years that the section's title names beside a single year.
    pub span: Option<String>,
    pub reviewed_year: Option<i32>,
    pub planned_year: Option<i32>,
    /// The year in which the report was delivered, which it calls 今年; the planned year where that is not known.
    pub this_year: Option<i32>,
    /// Length of the list or heading number at the head of the sentence.
    pub label_end: usize,
    /// Whether the sentence is page furniture or the front matter, in which nothing is a statement.
    pub silent: bool,
    /// Names of the report's own place, folded, longest first.
    pub own_place: std::sync::Arc<[Box<[char]>]>,
    /// Whether the sentence stands in a footnote.
    pub note: bool,
}

/// A sentence under reading.
#[derive(Debug)]
pub struct Scene<'a> {
    /// The sentence in its own characters.
    pub text: &'a [char],
    /// The same folded, which is what rules match.
    pub folded: &'a [char],
    pub context: &'a Context,
    pub tokens: Tokens,
    pub kinds: Vec<Option<Decided<NumeralKind>>>,
    pub amounts: Vec<Option<Decided<Amount>>>,
    pub measures: Vec<Option<Decided<Measured>>>,
    pub subjects: Vec<Option<Decided<Subject>>>,
    pub periods: Vec<Option<Decided<Period>>>,
    pub statuses: Vec<Option<Decided<Status>>>,
    /// The time expressions, read once the kinds are decided.
    pub dated: OnceCell<Vec<Dated>>,
    /// The phrase to the left of each amount, read once the measures are decided.
    pub phrases: Vec<OnceCell<(usize, usize)>>,
    /// The clause to the left of each amount, or as much of it as follows the amount before, read once the amounts are decided.
    pub lefts: Vec<OnceCell<(usize, usize)>>,
    /// Which characters the sentence has.
    characters: CharacterSet,
}

/// A set of characters that may take one for a member that is none, but never the other way round.
#[derive(Debug, Default)]
struct CharacterSet([u64; Self::BITS / 64]);

impl CharacterSet {
    const BITS: usize = 1024;

    fn of(characters: &[char]) -> Self {
        let mut set = Self::default();
        for c in characters {
            let (word, bit) = Self::place(*c);
            set.0[word] |= bit;
        }
        set
    }

    const fn place(c: char) -> (usize, u64) {
        let at = c as usize % Self::BITS;
        (at / 64, 1 << (at % 64))
    }

    fn has_all(&self, word: &str) -> bool {
        word.chars().all(|c| {
            let (word, bit) = Self::place(c);
            self.0[word] & bit != 0
        })
    }
}

impl Deref for Scene<'_> {
    type Target = Tokens;

    fn deref(&self) -> &Tokens {
        &self.tokens
    }
}

impl<'a> Scene<'a> {
    /// A scene about which nothing is decided yet. `text` and `folded` have the same length.
    #[must_use]
    pub fn new(text: &'a [char], folded: &'a [char], context: &'a Context) -> Self {
        let tokens = crate::lex::tokenise(folded);
        let n = tokens.numbers.len();
        Self {
            text,
            folded,
            context,
            tokens,
            kinds: vec![None; n],
            amounts: vec![None; n],
            measures: vec![None; n],
            subjects: vec![None; n],
            periods: vec![None; n],
            statuses: vec![None; n],
            dated: OnceCell::new(),
            phrases: vec![OnceCell::new(); n],
            lefts: vec![OnceCell::new(); n],
            characters: CharacterSet::of(folded),
        }
    }

    /// The kind decided for a numeral.
    #[must_use]
    pub fn kind(&self, i: usize) -> Option<NumeralKind> {
        self.kinds[i].as_ref().map(|d| d.value)
    }

    /// The amount decided for a numeral.
    #[must_use]
    pub fn amount(&self, i: usize) -> Option<&Amount> {
        self.amounts[i].as_ref().map(|d| &d.value)
    }

    /// The measure decided for a numeral.
    #[must_use]
    pub fn measured(&self, i: usize) -> Option<&Measured> {
        self.measures[i].as_ref().map(|d| &d.value)
    }

    /// The subject decided for a numeral.
    #[must_use]
    pub fn subject(&self, i: usize) -> Option<&Subject> {
        self.subjects[i].as_ref().map(|d| &d.value)
    }

    /// The numeral before `i` that has an amount.
    #[must_use]
    pub fn amount_before(&self, i: usize) -> Option<usize> {
        (0..i).rev().find(|&j| self.amounts[j].is_some())
    }

    /// The numeral after `i` that has an amount.
    #[must_use]
    pub fn amount_after(&self, i: usize) -> Option<usize> {
        (i + 1..self.numbers.len()).find(|&j| self.amounts[j].is_some())
    }

    /// The character at a position, folded.
    #[must_use]
    pub fn at(&self, position: usize) -> Option<char> {
        self.folded.get(position).copied()
    }

    /// The character before a position, folded.
    #[must_use]
    pub fn before(&self, position: usize) -> Option<char> {
        position.checked_sub(1).and_then(|p| self.at(p))
    }

    /// Whether the folded text goes on with one of the words at a position; no word is empty, here and below.
    #[must_use]
    pub fn starts(&self, position: usize, words: &[&str]) -> bool {
        let rest = self.folded.get(position..).unwrap_or_default();
        let Some(first) = rest.first() else { return false };
        let last_byte = LastByte::of(*first);
        words.iter().any(|w| last_byte.of_first(w) && starts_with(rest, w))
    }

    /// Whether the folded text before a position ends in one of the words.
    #[must_use]
    pub fn ends(&self, position: usize, words: &[&str]) -> bool {
        let text = self.folded.get(..position).unwrap_or_default();
        let Some(last) = text.last() else { return false };
        let last_byte = LastByte::of(*last);
        words.iter().any(|w| last_byte.of_last(w) && ends_with(text, w))
    }

    /// Whether a range of the folded text is one of the words.
    #[must_use]
    pub fn is(&self, start: usize, end: usize, words: &[&str]) -> bool {
        let text = self.folded.get(start..end).unwrap_or_default();
        let bytes: usize = text.iter().map(|c| c.len_utf8()).sum();
        let mut alike = words.iter().filter(|w| w.len() == bytes);
        alike.any(|w| text.iter().copied().eq(w.chars()))
    }

    /// Whether a range of the folded text holds one of the words.
    #[must_use]
    pub fn holds(&self, start: usize, end: usize, words: &[&str]) -> bool {
        let text = self.folded.get(start..end).unwrap_or_default();
        // Of most words the sentence does not even have the characters.
        let mut words = words.iter().filter(|w| self.characters.has_all(w));
        words.any(|w| position(text, text.len(), w).is_some())
    }

    /// The first position of a range at which the folded text goes on with one of the words.
    #[must_use]
    pub fn find(&self, start: usize, end: usize, words: &[&str]) -> Option<usize> {
        let text = self.folded.get(start..).unwrap_or_default();
        let length = end.saturating_sub(start).min(text.len());
        let words = words.iter().filter(|w| self.characters.has_all(w));
        let found = words.filter_map(|w| position(text, length, w)).min()?;
        Some(start + found)
    }

    /// The folded text of a range.
    #[must_use]
    pub fn string(&self, start: usize, end: usize) -> String {
        lexicon::string(self.folded.get(start..end).unwrap_or_default())
    }

    /// Index of the token that begins at or covers a position; the number of tokens at the end.
    #[must_use]
    pub fn token_at(&self, position: usize) -> usize {
        self.tokens.tokens.partition_point(|t| t.end <= position)
    }

    /// The token that ends at a position.
    #[must_use]
    pub fn token_before(&self, position: usize) -> Option<&Token> {
        let index = self.tokens.tokens.partition_point(|t| t.end < position);
        self.tokens.tokens.get(index).filter(|t| t.end == position)
    }

    /// The token that begins at a position.
    #[must_use]
    pub fn token_from(&self, position: usize) -> Option<&Token> {
        self.tokens
            .tokens
            .get(self.token_at(position))
            .filter(|t| t.start == position)
    }

    /// Whether a word of a class ends at a position.
    #[must_use]
    pub fn word_before(&self, position: usize, class: Class) -> bool {
        self.token_before(position).is_some_and(|t| t.is(class))
    }

    /// The tokens within a range.
    pub fn tokens_in(&self, start: usize, end: usize) -> impl DoubleEndedIterator<Item = &Token> {
        let from = self.tokens.tokens.partition_point(|t| t.start < start);
        let to = self.tokens.tokens.partition_point(|t| t.end <= end);
        self.tokens.tokens[from..to.max(from)].iter()
    }

    /// Whether a range holds a word of a class.
    #[must_use]
    pub fn has_word(&self, start: usize, end: usize, class: Class) -> bool {
        self.tokens_in(start, end).any(|t| t.is(class))
    }

    /// The unit token right after a numeral.
    #[must_use]
    pub fn unit_after(&self, i: usize) -> Option<&Token> {
        let token = self.tokens.tokens.get(self.number_token[i] + 1)?;
        (token.kind == TokenKind::Unit).then_some(token)
    }

    /// The text of unit tokens, in their own characters but for a full-width per cent sign.
    #[must_use]
    pub fn unit_text(&self, units: &[(usize, usize)]) -> String {
        let chars = units.iter().flat_map(|&(start, end)| &self.text[start..end]);
        chars.map(|&c| if c == '％' { '%' } else { c }).collect()
    }

    /// End of the numeral and of the unit tokens after it, hedges between them included.
    #[must_use]
    pub fn number_and_unit(&self, i: usize) -> (usize, Vec<(usize, usize)>) {
        let mut at = self.number_token[i] + 1;
        let mut end = self.numbers[i].end;
        let mut units = Vec::new();
        while let Some(token) = self.tokens.tokens.get(at) {
            match token.kind {
                TokenKind::Unit => units.push((token.start, token.end)),
                // 多 and 余 between numeral, scale and classifier.
                TokenKind::Word(_)
                    if token.end == token.start + 1
                        && token.is(Class::HEDGE_AFTER)
                        && self
                            .tokens
                            .tokens
                            .get(at + 1)
                            .is_some_and(|t| t.kind == TokenKind::Unit) => {}
                _ => break,
            }
            end = token.end;
            at += 1;
        }
        (end, units)
    }

    /// The text between the marks of punctuation around an amount, with every numeral replaced by `#`.
    #[must_use]
    pub fn masked_clause(&self, i: usize) -> String {
        let mark = |p: &usize| matches!(self.folded[*p], '，' | '。' | '；' | '、');
        let start = (0..self.numbers[i].start).rev().find(mark).map_or(0, |p| p + 1);
        let end = (self.numbers[i].end..self.folded.len())
            .find(mark)
            .unwrap_or(self.folded.len());
        let mut out = String::new();
        let mut at = start;
        for number in self.numbers.iter().filter(|n| n.start >= start && n.end <= end) {
            out.extend(&self.folded[at..number.start]);
            out.push('#');
            at = number.end;
        }
        out.extend(&self.folded[at.min(end)..end]);
        out
    }

    /// The innermost quotation around a position: the range between its marks.
    #[must_use]
    pub fn quotation(&self, position: usize) -> Option<(usize, usize)> {
        if !["“", "「", "『", "《"].iter().any(|open| self.characters.has_all(open)) {
            return None;
        }
        let open = (0..position)
            .rev()
            .find(|&p| matches!(self.folded[p], '“' | '「' | '『' | '《' | '”' | '」' | '』' | '》'))?;
        if matches!(self.folded[open], '”' | '」' | '』' | '》') {
            return None;
        }
        let close = (position..self.folded.len())
            .find(|&p| matches!(self.folded[p], '”' | '」' | '』' | '》' | '“' | '「' | '『' | '《'))?;
        matches!(self.folded[close], '”' | '」' | '』' | '》').then_some((open + 1, close))
    }
}

/// The last byte of a character in UTF-8, which tells most words apart from one another before any is decoded.
#[derive(Debug, Clone, Copy)]
struct LastByte {
    at: usize,
    byte: u8,
}

impl LastByte {
    fn of(c: char) -> Self {
        let mut bytes = [0; 4];
        let at = c.encode_utf8(&mut bytes).len() - 1;
        Self { at, byte: bytes[at] }
    }

    /// Whether it may be of a word's first character.
    fn of_first(self, word: &str) -> bool {
        word.as_bytes().get(self.at) == Some(&self.byte)
    }

    /// Whether it may be of a word's last character.
    fn of_last(self, word: &str) -> bool {
        word.as_bytes().last() == Some(&self.byte)
    }
}

/// The first of so many positions at which a text goes on with a word.
fn position(text: &[char], positions: usize, word: &str) -> Option<usize> {
    let first = word.chars().next()?;
    let places = text[..positions].iter().enumerate();
    let mut places = places.filter(|(_, c)| **c == first);
    places.find(|(at, _)| starts_with(&text[*at..], word)).map(|(at, _)| at)
}

fn ends_with(text: &[char], word: &str) -> bool {
    let mut rest = text.iter().rev();
    word.chars().rev().all(|c| rest.next() == Some(&c))
}

fn starts_with(text: &[char], word: &str) -> bool {
    let mut rest = text.iter();
    word.chars().all(|c| rest.next() == Some(&c))
}
