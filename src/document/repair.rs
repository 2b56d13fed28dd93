//! Lines to paragraphs: page breaks closed, spaced digits joined, bold and footnote marks taken out.

use super::line::{Kind, Line, blank, superscript_number};
use super::{Mark, Paragraph, Span};
use crate::lex::numeral::begins;
use crate::lexicon::structure::Class;
use crate::lexicon::{fold, fold_chars, is_ideograph};

/// Shortest paragraph that a page break may have cut: anything shorter is a heading or a line of its own.
const SHORTEST_CUT: usize = 24;

/// Longest numbered heading.
const LONGEST_NUMBERED: usize = 60;

/// Longest heading, however it looks.
const LONGEST_HEADING: usize = 1_000;

/// The paragraphs of the source, and the superscripts that open the footnotes' texts.
pub fn paragraphs(source: &[char], lines: &[Line]) -> (Vec<Paragraph>, Vec<Span>) {
    let mut out: Vec<Paragraph> = Vec::new();
    let mut labels = Vec::new();
    // The body paragraph that the next body line may go on, past the notes at the page's foot.
    let mut open: Option<usize> = None;
    // Before the speech every line stands for itself.
    let mut spoken = false;
    for line in lines {
        match line.kind {
            Kind::Note { number, label } => {
                labels.push(label);
                let mut paragraph = Paragraph {
                    footnote: Some(number),
                    ..Paragraph::default()
                };
                append(
                    &mut paragraph,
                    source,
                    Span {
                        start: label.end,
                        end: line.span.end,
                    },
                    true,
                );
                out.push(paragraph);
            }
            Kind::NoteContinued => {
                if let Some(last) = out.last_mut() {
                    append(last, source, line.span, false);
                }
            }
            Kind::Furniture => {
                let mut paragraph = Paragraph {
                    furniture: true,
                    ..Paragraph::default()
                };
                append(&mut paragraph, source, line.span, true);
                out.push(paragraph);
                open = None;
            }
            Kind::Text => {
                spoken = spoken || greets(source, line.span);
                if let Some(i) = open.filter(|_| spoken)
                    && goes_on(&out[i], source, line.span)
                {
                    append(&mut out[i], source, line.span, true);
                } else {
                    let mut paragraph = Paragraph::default();
                    append(&mut paragraph, source, line.span, true);
                    if paragraph.text.is_empty() && paragraph.marks.is_empty() {
                        continue;
                    }
                    out.push(paragraph);
                    open = Some(out.len() - 1);
                }
            }
        }
    }
    for paragraph in &mut out {
        paragraph.folded = fold_chars(&paragraph.text);
        paragraph.label_end = label_end(&paragraph.folded);
    }
    (out, labels)
}

/// Whether a line is the greeting that opens the speech.
fn greets(source: &[char], line: Span) -> bool {
    greeting(source[line.start..line.end].iter().map(|&c| fold(c)))
}

/// Whether folded characters begin with the greeting that opens the speech.
pub fn greeting(folded: impl Iterator<Item = char>) -> bool {
    Class::Greeting.begins(&folded.take(8).collect::<String>())
}

/// Whether a line goes on with a paragraph that a page break cut: the paragraph has no end, the line no beginning.
fn goes_on(paragraph: &Paragraph, source: &[char], line: Span) -> bool {
    let text = &paragraph.text;
    let Some(&last) = text.last() else { return false };
    let unfinished = !matches!(
        last,
        '。' | '！' | '？' | '：' | '；' | '”' | '」' | '）' | '…' | ':' | '.' | '!' | '?' | ')' | '】'
    );
    if !unfinished || text.len() < SHORTEST_CUT {
        return false;
    }
    // A numbered line without a full stop is a heading.
    let folded = fold_chars(&text[..text.len().min(8)]);
    if label_end(&folded) > 0 && text.len() <= LONGEST_NUMBERED && !text.contains(&'。') {
        return false;
    }
    // A line without any mark of punctuation is a heading, however long.
    let mark = |c: &char| matches!(c, '，' | '。' | '；' | '：');
    if text.len() <= LONGEST_HEADING && !text.iter().any(mark) {
        return false;
    }
    let start = fold_chars(&source[line.start..line.end.min(line.start + 16)]);
    !greets(source, line) && label_end(&start) == 0 && !matches!(start[0], '—' | '（' | '(' | '　' | '★' | '●' | '■')
}

/// Adds a range of the source to a paragraph, repaired. `marks` says whether superscripts in it are footnote marks.
fn append(paragraph: &mut Paragraph, source: &[char], span: Span, marks: bool) {
    paragraph.text.reserve(span.end - span.start);
    paragraph.offsets.reserve(span.end - span.start);
    let mut i = span.start;
    while i < span.end {
        let c = source[i];
        if is_ideograph(c) && !after_mark(paragraph, c) {
            let rest = &source[i..span.end];
            let run = rest.iter().position(|&c| !is_ideograph(c)).unwrap_or(rest.len());
            paragraph.text.extend_from_slice(&rest[..run]);
            paragraph.offsets.extend(offset(i)..offset(i + run));
            i += run;
            continue;
        }
        if marks
            && paragraph.footnote.is_none()
            && let Some((number, end)) = superscript_number(source, i)
            && end <= span.end
        {
            paragraph.marks.push(Mark {
                number,
                source: Span { start: i, end },
                at: paragraph.text.len(),
            });
            i = end;
            continue;
        }
        if c == '*' && source.get(i + 1) == Some(&'*') {
            i += 2;
            continue;
        }
        if blank(c) {
            let mut end = i + 1;
            while end < span.end && blank(source[end]) {
                end += 1;
            }
            if keeps_space(paragraph, source, end, span.end) {
                push(paragraph, ' ', i);
            }
            i = end;
            continue;
        }
        // A superscript that is no footnote mark is the digit that it shows.
        let shown = super::line::superscript(c)
            .and_then(|d| char::from_digit(d, 10))
            .unwrap_or(c);
        if after_mark(paragraph, shown) {
            push(paragraph, ' ', i);
        }
        push(paragraph, shown, i);
        i += 1;
    }
}

/// Whether a footnote mark stood right before a character that would make one number with what stands before the mark.
fn after_mark(paragraph: &Paragraph, next: char) -> bool {
    if paragraph.marks.last().is_none_or(|m| m.at != paragraph.text.len()) {
        return false;
    }
    let next = fold(next);
    let before = paragraph.text.last().is_some_and(|&c| begins(fold(c)));
    let goes_on = matches!(next, '.' | ',' | '·' | '/' | '点' | '分' | '成' | '番' | '余' | '多');
    begins(next) || (before && goes_on)
}

fn push(paragraph: &mut Paragraph, c: char, at: usize) {
    paragraph.text.push(c);
    paragraph.offsets.push(offset(at));
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Whether white space separates two things: words of a foreign language, or two numbers of more than one digit each.
fn keeps_space(paragraph: &Paragraph, source: &[char], next: usize, stop: usize) -> bool {
    let (Some(&before), Some(&after)) = (paragraph.text.last(), source.get(next).filter(|_| next < stop)) else {
        return false;
    };
    let (b, a) = (fold(before), fold(after));
    if b.is_ascii_digit() && a.is_ascii_digit() {
        let digit = |c: Option<&char>| c.is_some_and(|&c| fold(c).is_ascii_digit());
        return digit(paragraph.text.iter().nth_back(1)) && digit(source[next..stop].get(1));
    }
    b.is_ascii_alphanumeric() && a.is_ascii_alphanumeric()
}

/// Length of the number that heads a paragraph: `一、`, `（一）`, `1.`, `（1）`, `①`. 0 if there is none.
pub fn label_end(folded: &[char]) -> usize {
    let chinese = |c: char| "一二三四五六七八九十百".contains(c);
    let run = |from: usize, test: &dyn Fn(char) -> bool| {
        folded[from.min(folded.len())..]
            .iter()
            .take_while(|&&c| test(c))
            .count()
    };
    match folded.first() {
        Some('（' | '(') => {
            let n = run(1, &chinese).max(run(1, &|c| c.is_ascii_digit()));
            let closed = matches!(folded.get(1 + n), Some('）' | ')'));
            if n > 0 && n <= 3 && closed { n + 2 } else { 0 }
        }
        Some(&c) if chinese(c) => {
            let n = run(0, &chinese);
            if matches!(folded.get(n), Some('、' | '．' | '.')) && n <= 3 {
                n + 1
            } else {
                0
            }
        }
        Some(c) if c.is_ascii_digit() => {
            let n = run(0, &|c| c.is_ascii_digit());
            let dot = matches!(folded.get(n), Some('.' | '、' | '．'));
            // 1.5万亿元 is no list number.
            let decimal = folded.get(n + 1).is_some_and(char::is_ascii_digit);
            if dot && !decimal && n <= 3 { n + 1 } else { 0 }
        }
        Some('①'..='⑳') => 1,
        _ => 0,
    }
}
