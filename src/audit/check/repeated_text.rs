#![doc = include_str!("repeated_text.md")]

use std::cell::LazyCell;

use super::{Check, Citation, Run, Verdict};
use crate::audit::message::Message;
use crate::audit::panel::Place;
use crate::audit::view::{ReportView, is_ornament};
use crate::fact::Severity;
use crate::lexicon::is_ideograph;

pub(super) const CHECK: Check = Check {
    name: "repeated_text",
    title_zh: "没有重复排印的文字",
    title_en: "no passage is printed twice",
    explanation: include_str!("repeated_text.md"),
    run: Run::Report(run),
};

/// Letters of the shortest passage that is no stock phrase.
const SHORTEST: u32 = 24;

/// The same, as texts are cut into windows of it.
const WINDOW: usize = SHORTEST as usize;

/// How many letters after a passage begins it may come again.
const REACH: u32 = 600;

/// How many windows are remembered: a power of two above [`REACH`].
const RING: usize = 1 << 10;

/// Among how many slots windows are spread.
const SLOTS: usize = 1 << 12;

/// Stands for no window.
const NONE: u32 = u32::MAX;

fn run(report: &ReportView<'_>, verdicts: &mut Vec<Verdict>) {
    let letters = Letters::of(report.chars());
    let mut repeats = letters.repeats();
    repeats.retain(|repeat| repeat.is_slip(report));
    if repeats.is_empty() {
        verdicts.extend(letters.unrepeated(report));
    }
    verdicts.extend(repeats.iter().map(|repeat| judge(report, repeat)));
}

/// A passage that comes again.
struct Repeat {
    first: Place,
    again: Place,
    /// Whether nothing stands in between.
    at_once: bool,
}

impl Repeat {
    /// Whether it is a slip: what comes again at once, or with the end of a sentence in it. A title, or a phrase that sentences share, is
    /// neither; nor is what a footnote takes up from the text.
    fn is_slip(&self, report: &ReportView<'_>) -> bool {
        let again = self.again;
        let follows = report.chars().get(again.end) == Some(&'。');
        let sentence = follows && report.sentence_start(again.start) == again.start;
        let same_text = in_note(report, self.first.start) == in_note(report, again.start);
        same_text && (self.at_once || sentence || report.text(again.start..again.end).contains('。'))
    }
}

/// Whether a character is one of the marks of punctuation that most of what is no letter consists of.
const fn is_mark(character: char) -> bool {
    matches!(
        character,
        '，' | '。' | '、' | '；' | '：' | '“' | '”' | '（' | '）' | '《' | '》'
    )
}

/// Whether a character is no punctuation and no blank.
fn is_letter(c: char) -> bool {
    is_ideograph(c) || !is_mark(c) && c.is_alphanumeric() && !is_ornament(c)
}

/// What a text consists of besides punctuation and blanks.
struct Letters<'t> {
    text: &'t [char],
    letters: Vec<char>,
}

impl<'t> Letters<'t> {
    fn of(text: &'t [char]) -> Self {
        let mut letters = Vec::with_capacity(text.len());
        for run in text.chunk_by(|a, b| is_ideograph(*a) == is_ideograph(*b)) {
            if is_ideograph(run[0]) {
                letters.extend_from_slice(run);
            } else {
                letters.extend(run.iter().filter(|c| is_letter(**c)));
            }
        }
        Self { text, letters }
    }

    /// The offsets of all of it.
    fn whole(&self) -> Option<Place> {
        let letter = |c: &char| is_letter(*c);
        let (first, last) = (self.text.iter().position(letter)?, self.text.iter().rposition(letter)?);
        Some(Place {
            start: first,
            end: last + 1,
        })
    }

    /// The offset of each letter.
    fn offsets(&self) -> Vec<usize> {
        (0..self.text.len()).filter(|at| is_letter(self.text[*at])).collect()
    }

    /// Each passage that comes again, with the place where it does. Windows are looked up by their hash, and those of one hash are
    /// chained, the latest first, so that the time goes with the length of the text.
    fn repeats(&self) -> Vec<Repeat> {
        let mut latest = vec![NONE; SLOTS];
        // Of the windows before the last REACH none is asked for.
        let mut before = [NONE; RING];
        let mut slots = [0; RING];
        // Few texts repeat anything and so need them.
        let offsets = LazyCell::new(|| self.offsets());
        let place = |start: usize, length: usize| Place {
            start: offsets[start],
            end: offsets[start + length - 1] + 1,
        };
        let mut found = Vec::new();
        // Where the next passage may begin to come again: windows that overlap are no repetition.
        let mut next = WINDOW;
        for (number, slot) in (0..NONE).zip(Hashes::new(&self.letters)) {
            let at = number as usize;
            slots[at % RING] = slot;
            // The window that ends where this one begins.
            let Some(ended) = at.checked_sub(WINDOW) else { continue };
            let head = &mut latest[usize::from(slots[ended % RING])];
            before[ended % RING] = std::mem::replace(head, number - SHORTEST);
            if at < next {
                continue;
            }
            let mut earlier = latest[usize::from(slot)];
            while earlier != NONE && number - earlier <= REACH && !self.are_alike(earlier as usize, at) {
                earlier = before[earlier as usize % RING];
            }
            if earlier == NONE || number - earlier > REACH {
                continue;
            }
            let earlier = earlier as usize;
            let (first, again) = (&self.letters[earlier..], &self.letters[at..]);
            let length = first.iter().zip(again).take_while(|(a, b)| a == b).count();
            // What follows on itself is a further repetition only if all of it comes once more.
            let whole = at - earlier;
            let length = if length < 2 * whole { length.min(whole) } else { length };
            found.push(Repeat {
                first: place(earlier, length.min(whole)),
                again: place(at, length),
                at_once: earlier + length >= at,
            });
            next = at + length;
        }
        found
    }

    /// Whether two windows hold the same letters.
    fn are_alike(&self, first: usize, second: usize) -> bool {
        // Nearly all that share a slot differ at once.
        self.letters[first] == self.letters[second]
            && self.letters[first..first + WINDOW] == self.letters[second..second + WINDOW]
    }

    /// The verdict on a text that repeats nothing.
    fn unrepeated(&self, report: &ReportView<'_>) -> Option<Verdict> {
        let count = self.letters.len();
        let whole = self.whole()?;
        let citations = vec![Citation::at(&report.rows.report.report_id, whole, "全文", "text")];
        let message = Message::new(
            format!("全文 {count} 字：没有 {WINDOW} 字以上的文字在 {REACH} 字之内重复。"),
            format!("{count} characters: no {WINDOW} of them come again within {REACH}."),
        );
        Some(Verdict::passed(&CHECK, citations, message))
    }
}

/// The slots of all windows of a text, one after the other, each made from the hash of the one before.
struct Hashes<'l> {
    /// The letters that windows begin with, each with the last letter of its window.
    ends: std::iter::Zip<std::slice::Iter<'l, char>, std::slice::Iter<'l, char>>,
    /// Of the letters of the window but for its last.
    hash: u64,
    /// What the first letter of a window is multiplied by.
    highest: u64,
}

impl<'l> Hashes<'l> {
    const BASE: u64 = 0x9E37_79B9_7F4A_7C15;

    fn new(letters: &'l [char]) -> Self {
        let head = &letters[..letters.len().min(WINDOW - 1)];
        let highest = head.iter().fold(1_u64, |power, _| power.wrapping_mul(Self::BASE));
        Self {
            ends: letters.iter().zip(&letters[head.len()..]),
            hash: head.iter().fold(0, |hash, letter| Self::with(hash, *letter)),
            highest,
        }
    }

    /// The hash with one more letter.
    const fn with(hash: u64, letter: char) -> u64 {
        hash.wrapping_mul(Self::BASE).wrapping_add(letter as u64)
    }
}

/// The slot of each window among [`SLOTS`].
impl Iterator for Hashes<'_> {
    type Item = u16;

    fn next(&mut self) -> Option<u16> {
        let (first, last) = self.ends.next()?;
        let whole = Self::with(self.hash, *last);
        self.hash = whole.wrapping_sub(u64::from(*first).wrapping_mul(self.highest));
        u16::try_from((whole >> 32) % SLOTS as u64).ok()
    }
}

/// Whether an offset lies in a footnote.
fn in_note(report: &ReportView<'_>, offset: usize) -> bool {
    let offset = i64::try_from(offset).unwrap_or(i64::MAX);
    let mut notes = report.rows.footnotes.iter();
    notes.any(|note| (note.source_start..note.source_end).contains(&offset))
}

/// How much of a repeated passage a message shows, at either end.
const SHOWN: usize = 12;

fn judge(report: &ReportView<'_>, repeat: &Repeat) -> Verdict {
    let Repeat { first, again, .. } = *repeat;
    let words: Vec<char> = report.chars()[again.start..again.end]
        .iter()
        .copied()
        .filter(|it| !is_ornament(*it))
        .collect();
    let (head, tail) = (&words[..SHOWN], &words[words.len() - SHOWN..]);
    let shown = format!("{}……{}", String::from_iter(head), String::from_iter(tail));
    let length = words.len();
    let before = |offset: usize| report.quantities.partition_point(|it| it.start < offset);
    let numbers = before(again.end) - before(again.start);
    let (zh, en) = if numbers == 0 {
        (String::new(), String::new())
    } else {
        (
            format!("其中的 {numbers} 个数值会计算两次。"),
            format!(" Its numbers ({numbers}) would be counted twice."),
        )
    };
    let lines = (report.line_of(first.start), report.line_of(again.start));
    let message = Message::new(
        format!(
            "“{shown}”（{length} 字）印了两遍：第 {} 行和第 {} 行。{zh}",
            lines.0, lines.1
        ),
        format!(
            "“{shown}” ({length} characters) is printed twice, in lines {} and {}.{en}",
            lines.0, lines.1
        ),
    );
    let report_id = &report.rows.report.report_id;
    let citations = vec![
        Citation::at(report_id, first, "初次", "first time"),
        Citation::at(report_id, again, "重复", "second time"),
    ];
    Verdict::found(&CHECK, Severity::Warning, citations, message)
}
