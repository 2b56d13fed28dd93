//! Sentences to tokens: numerals, units, words of the list, punctuation, and the text between them.

pub mod numeral;
pub mod unit;

use crate::lexicon::is_ideograph;
use crate::lexicon::words::{self, Class, Word};
use numeral::Number;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// A numeral: index into [`Tokens::numbers`].
    Number(usize),
    /// The unit of the numeral before it.
    Unit,
    /// A word of the list, by the index that `words::longest` gives.
    Word(u16),
    /// A mark of punctuation.
    Punctuation(char),
    /// Anything else.
    Text,
}

/// A token: a run of characters of one sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    pub start: usize,
    pub end: usize,
    pub kind: TokenKind,
}

impl Token {
    /// The word that the token is.
    #[must_use]
    pub fn word(&self) -> Option<&'static Word> {
        match self.kind {
            TokenKind::Word(index) => Some(words::word(index)),
            _ => None,
        }
    }

    /// Whether the token is a word of one of the classes.
    #[must_use]
    pub fn is(&self, class: Class) -> bool {
        self.word().is_some_and(|w| w.class.has(class))
    }
}

/// The tokens of one sentence, in order and without gaps, and its numerals.
#[derive(Debug, Clone, Default)]
pub struct Tokens {
    pub tokens: Vec<Token>,
    pub numbers: Vec<Number>,
    /// For each number, the index of its token.
    pub number_token: Vec<usize>,
    /// Numeral characters inside ordinary words, as ranges.
    pub idioms: Vec<(usize, usize)>,
}

fn is_punctuation(c: char) -> bool {
    !is_ideograph(c)
        && matches!(
            c,
            '，' | '。'
                | '；'
                | '：'
                | '？'
                | '！'
                | '、'
                | '（'
                | '）'
                | '“'
                | '”'
                | '‘'
                | '’'
                | '「'
                | '」'
                | '『'
                | '』'
                | '《'
                | '》'
                | '〈'
                | '〉'
                | '【'
                | '】'
                | '—'
                | '–'
                | '-'
                | '－'
                | '~'
                | '～'
                | '…'
                | '·'
                | '+'
                | '×'
                | ','
                | ';'
                | ':'
                | '('
                | ')'
                | '∶'
                | '/'
                | '"'
                | '\''
                | '!'
                | '?'
                | '.'
                | '%'
                | '\u{3000}'
                | ' '
        )
}

/// Cuts a sentence into tokens. `chars` are folded.
#[must_use]
pub fn tokenise(chars: &[char]) -> Tokens {
    let mut out = Tokens {
        tokens: Vec::with_capacity(chars.len() / 2),
        ..Tokens::default()
    };
    let mut at = 0;
    while at < chars.len() {
        at = next(chars, at, &mut out);
    }
    out
}

/// Reads one token at `at`, and gives its end.
fn next(chars: &[char], at: usize, out: &mut Tokens) -> usize {
    let c = chars[at];
    let word = words::longest(chars, at);
    if let Some(index) = word
        && words::word(index).class.has(Class::IDIOM)
    {
        let end = at + words::word(index).chars.len();
        let mut i = at;
        while i < end {
            let begin = i;
            while i < end && numeral::begins(chars[i]) {
                i += 1;
            }
            if i > begin {
                out.idioms.push((begin, i));
            } else {
                i += 1;
            }
        }
        return push(out, at, end, TokenKind::Word(index));
    }
    if let Some(number) = numeral::scan(chars, at) {
        let end = number.end;
        out.numbers.push(number);
        out.number_token.push(out.tokens.len());
        push(out, at, end, TokenKind::Number(out.numbers.len() - 1));
        return unit_after(chars, end, out);
    }
    if let Some(index) = word.filter(|_| !is_ratio_noun(chars, at)) {
        let end = at + words::word(index).chars.len();
        let class = words::word(index).class;
        // 、 and quotation marks are words of a class and punctuation at once; punctuation is what rules ask for.
        if !(end == at + 1 && is_punctuation(c)) || class.has(Class::IDIOM) {
            return push(out, at, end, TokenKind::Word(index));
        }
    }
    if is_punctuation(c) {
        return push(out, at, at + 1, TokenKind::Punctuation(c));
    }
    match out.tokens.last_mut() {
        Some(last) if last.kind == TokenKind::Text => {
            last.end = at + 1;
            at + 1
        }
        _ => push(out, at, at + 1, TokenKind::Text),
    }
}

/// Whether a 比 ends a noun (收入比缩小到2.28) and compares nothing: a verb or a mark follows at once.
fn is_ratio_noun(chars: &[char], at: usize) -> bool {
    chars[at] == '比'
        && chars
            .get(at + 1)
            .is_none_or(|&next| "，。；、由从达为降缩升扩控".contains(next))
}

/// Reads the unit right after a numeral, past a 多 or 余 between them (820多万).
fn unit_after(chars: &[char], end: usize, out: &mut Tokens) -> usize {
    if let Some(stop) = more(chars, end, out) {
        return stop;
    }
    let hedged = match chars.get(end) {
        Some('多' | '余') => end + 1,
        _ => end,
    };
    let Some(stop) = unit::scan(chars, hedged) else {
        return end;
    };
    // 二十余年: a hedge needs the unit that it stands before.
    if hedged > end {
        match words::exact(&chars[end..hedged]) {
            Some(index) => push(out, end, hedged, TokenKind::Word(index)),
            None => return end,
        };
    }
    push(out, hedged, stop, TokenKind::Unit);
    if let Some(stop) = more(chars, stop, out) {
        return stop;
    }
    // 3万余人次: the hedge stands inside the unit.
    if chars.get(stop).is_some_and(|c| matches!(c, '多' | '余'))
        && chars[hedged..stop].iter().all(|&c| numeral::scale(c).is_some())
        && let Some(far) = unit::scan(chars, stop + 1)
        && let Some(index) = words::exact(&chars[stop..=stop])
    {
        push(out, stop, stop + 1, TokenKind::Word(index));
        return push(out, stop + 1, far, TokenKind::Unit);
    }
    stop
}

/// Reads the 多 of 一倍多 and 翻一番多.
fn more(chars: &[char], at: usize, out: &mut Tokens) -> Option<usize> {
    let last = at.checked_sub(1).map(|p| chars[p]);
    if chars.get(at) != Some(&'多') || !matches!(last, Some('倍' | '番')) {
        return None;
    }
    let index = words::exact(&chars[at..=at])?;
    Some(push(out, at, at + 1, TokenKind::Word(index)))
}

fn push(out: &mut Tokens, start: usize, end: usize, kind: TokenKind) -> usize {
    out.tokens.push(Token { start, end, kind });
    end
}
