//! Glyphs to pieces of lines.

use super::content::{Glyph, Page};
use crate::read::flow::{Run, push_text};

/// Largest difference of two baselines of one line, as a multiple of the font size.
const SAME_BASELINE: f64 = 0.15;
/// Smallest gap that parts two pieces of a line, as a multiple of the font size. Justified Chinese text has smaller ones
/// between its characters, columns have wider ones between them.
const PIECE_GAP: f64 = 1.2;
/// Smallest gap that is a space between two Latin letters or digits, as a multiple of the font size.
const WORD_GAP: f64 = 0.25;
/// Largest size of a raised number, as a share of the text's that it stands in.
const RAISED_SIZE: f64 = 0.8;
/// How many pieces near a raised number are looked at for the one that it stands in.
const NEAR_PIECES: usize = 400;

/// A glyph in its line.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    glyph: Glyph,
    /// A space is printed before it.
    space: bool,
    /// It is raised and small.
    raised: bool,
}

/// Glyphs that stand together on one baseline.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    glyphs: Vec<Placed>,
    /// Left end.
    pub start: f64,
    /// Right end.
    pub end: f64,
    /// Baseline.
    pub y: f64,
    /// Font size of most of its glyphs.
    pub size: f64,
}

impl Piece {
    fn new(glyphs: Vec<Placed>) -> Self {
        let start = glyphs.iter().map(|placed| placed.glyph.x).fold(f64::INFINITY, f64::min);
        let end = glyphs
            .iter()
            .map(|placed| placed.glyph.end())
            .fold(f64::NEG_INFINITY, f64::max);
        let size = common_size(
            glyphs
                .iter()
                .filter(|placed| !placed.raised)
                .map(|placed| &placed.glyph),
        );
        let y = glyphs
            .iter()
            .find(|placed| !placed.raised)
            .map_or(0.0, |placed| placed.glyph.y);
        Self {
            glyphs,
            start,
            end,
            y,
            size,
        }
    }

    /// Joins the pieces of one line, from left to right.
    pub fn join(mut pieces: Vec<Self>) -> Self {
        pieces.sort_by(|a, b| a.start.total_cmp(&b.start));
        let mut glyphs: Vec<Placed> = Vec::new();
        for mut piece in pieces {
            if let (Some(first), false) = (piece.glyphs.first_mut(), glyphs.is_empty()) {
                first.space = true;
            }
            glyphs.append(&mut piece.glyphs);
        }
        Self::new(glyphs)
    }

    /// Right end without punctuation at the line's end, which may hang over the edge of the text.
    pub fn end_of_words(&self) -> f64 {
        let hangs = |placed: &&Placed| placed.glyph.text.chars().all(is_closing);
        self.glyphs
            .iter()
            .rev()
            .find(|placed| !hangs(placed))
            .map_or(self.end, |placed| placed.glyph.end())
    }

    /// Number of characters.
    pub fn length(&self) -> usize {
        self.glyphs.len()
    }

    /// Characters that are printed bold.
    pub fn bold_length(&self) -> usize {
        self.glyphs.iter().filter(|placed| placed.glyph.bold).count()
    }

    /// Its characters, raised ones too, without spaces.
    pub fn text(&self) -> String {
        self.glyphs.iter().map(|placed| placed.glyph.text.as_str()).collect()
    }

    /// The raised numbers in it.
    pub fn marks(&self) -> Vec<u32> {
        let parts = self
            .glyphs
            .chunk_by(|a, b| a.raised == b.raised)
            .filter(|part| part[0].raised);
        parts
            .filter_map(|part| {
                part.iter()
                    .map(|p| p.glyph.text.as_str())
                    .collect::<String>()
                    .parse()
                    .ok()
            })
            .collect()
    }

    /// The raised number that it begins with.
    pub fn leading_mark(&self) -> Option<u32> {
        let mark: String = self
            .glyphs
            .iter()
            .take_while(|p| p.raised)
            .map(|p| p.glyph.text.as_str())
            .collect();
        mark.parse()
            .ok()
            .filter(|_| self.glyphs.iter().any(|placed| !placed.raised))
    }

    /// The piece without the raised number that it begins with.
    pub fn without_leading_mark(&self) -> Self {
        Self::new(self.glyphs.iter().skip_while(|placed| placed.raised).cloned().collect())
    }

    /// Width of what could not be parted at its beginning when lines were broken: a Chinese character or a Latin word,
    /// with the punctuation after it.
    pub fn first_word_width(&self) -> f64 {
        let mut end = self.start;
        let mut before: Option<char> = None;
        for placed in &self.glyphs {
            let character = placed.glyph.text.chars().next().unwrap_or(' ');
            let holds_on = before.is_none_or(|before| {
                !may_break_before(character)
                    || !may_break_after(before)
                    || (is_latin(character) && (is_latin(before) || is_closing(before)))
            });
            if !holds_on && !placed.raised {
                break;
            }
            end = placed.glyph.end();
            before = Some(character);
        }
        end - self.start
    }

    /// Appends its text to `runs`; `page` is part of the keys of its marks.
    pub fn append_to(&self, runs: &mut Vec<Run>, page: usize, bold_counts: bool) {
        let mut mark = String::new();
        let mut bold = bold_counts
            && self
                .glyphs
                .iter()
                .find(|p| !is_word(&p.glyph.text))
                .is_some_and(|p| p.glyph.bold);
        for placed in &self.glyphs {
            let text = &placed.glyph.text;
            if placed.raised && text.bytes().all(|byte| byte.is_ascii_digit()) {
                mark.push_str(text);
                continue;
            }
            push_mark(runs, &mut mark, page);
            // Latin letters often come from another font; they are as bold as what they stand beside.
            if !is_word(text) {
                bold = bold_counts && placed.glyph.bold;
            }
            if placed.space && !runs.is_empty() {
                push_text(runs, " ", bold);
            }
            push_text(runs, text, bold);
        }
        push_mark(runs, &mut mark, page);
    }
}

fn push_mark(runs: &mut Vec<Run>, mark: &mut String, page: usize) {
    if !mark.is_empty() {
        runs.push(Run::Mark(format!("{page}.{}", std::mem::take(mark))));
    }
}

/// The pieces of a page's lines, from top to bottom.
pub(super) fn pieces(page: &Page) -> Vec<Piece> {
    let mut glyphs = page.glyphs.clone();
    glyphs.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut pieces = Vec::new();
    let mut rest = glyphs.as_mut_slice();
    while let Some(first) = rest.first() {
        let (y, size) = (first.y, first.size);
        let length = rest
            .iter()
            .take_while(|glyph| y - glyph.y <= glyph.size.max(size) * SAME_BASELINE);
        let (line, below) = rest.split_at_mut(length.count());
        line.sort_by(|a, b| a.x.total_cmp(&b.x));
        split_line(line, &mut pieces);
        rest = below;
    }
    attach_raised(pieces)
}

/// Splits one baseline's glyphs, in order, at wide gaps. Blank ones become spaces before others.
fn split_line(line: &[Glyph], pieces: &mut Vec<Piece>) {
    let mut current: Vec<Placed> = Vec::new();
    let mut end = f64::INFINITY;
    let mut space = false;
    for glyph in line {
        if glyph.is_blank() {
            if glyph.x - end > glyph.size * PIECE_GAP {
                pieces.push(Piece::new(std::mem::take(&mut current)));
                end = f64::INFINITY;
            } else if end.is_finite() {
                (space, end) = (true, end.max(glyph.end()));
            }
            continue;
        }
        if let Some(last) = current.last_mut() {
            let size = glyph.size.max(last.glyph.size);
            // The same character printed twice in nearly the same place is a way to print it bold.
            if last.glyph.text == glyph.text && glyph.x - last.glyph.x < size * 0.2 {
                last.glyph.bold = true;
                continue;
            }
            let gap = glyph.x - end;
            if gap > size * PIECE_GAP {
                pieces.push(Piece::new(std::mem::take(&mut current)));
            } else if gap > size * WORD_GAP && is_word(&last.glyph.text) && is_word(&glyph.text) {
                space = true;
            }
        }
        space &= !current.is_empty();
        current.push(Placed {
            glyph: glyph.clone(),
            space: std::mem::take(&mut space),
            raised: false,
        });
        end = glyph.end();
    }
    if !current.is_empty() {
        pieces.push(Piece::new(current));
    }
}

/// Puts each small raised piece into the piece that it stands in or beside.
fn attach_raised(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut hosts: Vec<Option<usize>> = vec![None; pieces.len()];
    for (index, small) in pieces.iter().enumerate() {
        // Pieces run from top to bottom, so a raised one comes before its host.
        let below = pieces.iter().enumerate().skip(index + 1).take(NEAR_PIECES);
        let near = below.take_while(|(_, piece)| small.y - piece.y < piece.size.max(small.size) * 2.0);
        let host = near
            .filter(|(_, host)| is_raised_in(small, host))
            .min_by(|(_, a), (_, b)| distance(small, a).total_cmp(&distance(small, b)));
        hosts[index] = host.map(|(index, _)| index);
    }
    let mut added: Vec<Vec<Placed>> = vec![Vec::new(); pieces.len()];
    for (piece, host) in pieces.iter().zip(&hosts) {
        if let Some(host) = host {
            added[*host].extend(
                piece
                    .glyphs
                    .iter()
                    .cloned()
                    .map(|placed| Placed { raised: true, ..placed }),
            );
        }
    }
    let kept = pieces
        .into_iter()
        .zip(added)
        .zip(hosts)
        .filter(|(_, host)| host.is_none());
    kept.map(|((mut piece, added), _)| {
        if !added.is_empty() {
            piece.glyphs.extend(added);
            piece.glyphs.sort_by(|a, b| a.glyph.x.total_cmp(&b.glyph.x));
            piece = Piece::new(piece.glyphs);
        }
        piece
    })
    .collect()
}

fn is_raised_in(small: &Piece, host: &Piece) -> bool {
    let rise = small.y - host.y;
    small.size <= host.size * RAISED_SIZE
        && rise > host.size * SAME_BASELINE
        && rise < host.size
        && small.length() <= 4
        && small.start >= host.start - host.size * 1.5
        && small.end <= host.end + host.size * 1.5
}

fn distance(small: &Piece, host: &Piece) -> f64 {
    small.y - host.y + (host.start - small.start).max(0.0) + (small.end - host.end).max(0.0)
}

/// The size that most of the glyphs have, to a tenth of a point; 0 for none.
fn common_size<'g>(glyphs: impl Iterator<Item = &'g Glyph>) -> f64 {
    let mut sizes: Vec<f64> = glyphs.map(|glyph| (glyph.size * 10.0).round() / 10.0).collect();
    sizes.sort_by(f64::total_cmp);
    let runs = sizes.chunk_by(|a, b| a.total_cmp(b).is_eq());
    runs.max_by_key(|run| run.len())
        .and_then(|run| run.first().copied())
        .unwrap_or(0.0)
}

fn is_word(text: &str) -> bool {
    text.chars().all(|character| character.is_ascii_alphanumeric())
}

fn is_latin(character: char) -> bool {
    character.is_ascii_graphic()
}

/// Whether a line may begin with a character. Some programs let no line begin with an opening quotation mark, which
/// they can't tell from a closing one.
fn may_break_before(character: char) -> bool {
    !is_closing(character) && !"“‘…—%％".contains(character)
}

/// Whether a line may end with a character.
fn may_break_after(character: char) -> bool {
    !"“”‘’（《【〈「『".contains(character)
}

/// Punctuation that hangs on the character before it.
fn is_closing(character: char) -> bool {
    "，。、；：！？”’）》】〉」』".contains(character)
}
