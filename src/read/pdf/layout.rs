//! Lines in reading order, without page furniture.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "points of a page and counts of its lines are small numbers"
)]

use std::collections::BTreeMap;

use super::content::Page;
use super::line::{Piece, pieces};

/// Lines at the top and at the bottom of a page that may be running heads or page numbers.
const FURNITURE_LINES: usize = 2;
/// Longest running head, in characters.
const LONGEST_HEAD: usize = 40;
/// Largest difference in height of a running head from page to page, in points.
const HEAD_SHIFT: f64 = 6.0;
/// Narrowest gap between two columns, in points.
const NARROWEST_GUTTER: usize = 8;
/// Widest page that is looked at for columns, in points.
const WIDEST_PAGE: usize = 4096;
/// Fewest lines of a column on a page that shows where the columns are.
const FEWEST_LINES: usize = 5;
/// Share of a page's lines that may run across both columns.
const CROSSING_SHARE: f64 = 0.25;
/// How much of a column's width its lines fill on average; a table's cells fill less.
const FILLED_SHARE: f64 = 0.55;

/// Lines of one column of a page (or of what spans its columns), from top to bottom.
#[derive(Debug)]
pub(super) struct Column {
    /// The page, counted from 1.
    pub page: usize,
    /// Left edge of its text.
    pub left: f64,
    /// Right edge of its text.
    pub right: f64,
    pub lines: Vec<Piece>,
}

/// All columns of a document in reading order.
pub(super) fn columns(pages: &[Page]) -> Vec<Column> {
    let rows: Vec<Vec<Piece>> = pages.iter().map(pieces).collect();
    let rows = without_furniture(rows, pages);
    let gutters: Vec<Option<f64>> = rows.iter().map(|pieces| gutter(pieces)).collect();
    let mut known: Vec<f64> = gutters.iter().flatten().copied().collect();
    known.sort_by(f64::total_cmp);
    // The last page may have too few lines to show what the others do.
    let common = known.get(known.len() / 2).copied();
    let mut columns = Vec::new();
    for (index, (pieces, own)) in rows.into_iter().zip(gutters).enumerate() {
        let gutter = own.or_else(|| common.filter(|x| !crosses_much(&pieces, *x)));
        for lines in in_reading_order(pieces, gutter) {
            let left = lines.iter().map(|line| line.start).fold(f64::INFINITY, f64::min);
            let right = lines.iter().map(Piece::end_of_words).fold(f64::NEG_INFINITY, f64::max);
            columns.push(Column {
                page: index + 1,
                left,
                right,
                lines,
            });
        }
    }
    settle_edges(&mut columns);
    columns
}

/// Gives a column with few lines, which may all be short, the edges of a fuller one in the same place.
fn settle_edges(columns: &mut [Column]) {
    let edges: Vec<(f64, f64)> = columns
        .iter()
        .filter(|column| column.lines.len() >= FEWEST_LINES)
        .map(|c| (c.left, c.right))
        .collect();
    for column in columns.iter_mut() {
        let size = column.lines.first().map_or(0.0, |line| line.size);
        let same = edges
            .iter()
            .filter(|(left, right)| column.left >= left - size && column.left < *right && column.right <= right + size);
        // The narrowest that holds it: a left column, not the full width.
        if let Some((left, right)) = same.min_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)))
            && column.lines.len() < FEWEST_LINES
        {
            (column.left, column.right) = (column.left.min(*left), column.right.max(*right));
        }
    }
}

/// Drops running heads, which stand in the same place of several pages and differ in numbers only, and page numbers.
fn without_furniture(pages: Vec<Vec<Piece>>, sizes: &[Page]) -> Vec<Vec<Piece>> {
    let outer: Vec<Vec<Vec<usize>>> = pages.iter().map(|pieces| outer_rows(pieces)).collect();
    // Heights of the outer lines by what they say.
    let mut seen: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for (pieces, rows) in pages.iter().zip(&outer) {
        for row in rows {
            seen.entry(pattern(pieces, row)).or_default().push(pieces[row[0]].y);
        }
    }
    let count = pages.len();
    let is_furniture = |pieces: &[Piece], row: &[usize], page: usize| {
        let pattern = pattern(pieces, row);
        let y = pieces[row[0]].y;
        let repeats = seen.get(&pattern).map_or(0, |heights| {
            heights
                .iter()
                .filter(|height| (**height - y).abs() <= HEAD_SHIFT)
                .count()
        });
        let is_in_margin = y < sizes[page].height * 0.12 || y > sizes[page].height * 0.88;
        let is_number = is_page_number(&pattern);
        (is_number && is_in_margin)
            || (repeats >= 3 || (repeats == 2 && count <= 3)) && pattern.chars().count() <= LONGEST_HEAD && is_in_margin
    };
    let mut kept = Vec::with_capacity(count);
    for (page, (pieces, rows)) in pages.into_iter().zip(outer).enumerate() {
        let dropped: Vec<usize> = rows
            .iter()
            .filter(|row| is_furniture(&pieces, row, page))
            .flatten()
            .copied()
            .collect();
        let pieces = pieces
            .into_iter()
            .enumerate()
            .filter(|(index, _)| !dropped.contains(index));
        kept.push(pieces.map(|(_, piece)| piece).collect());
    }
    kept
}

/// The first and last lines of a page, as indices of their pieces.
fn outer_rows(pieces: &[Piece]) -> Vec<Vec<usize>> {
    let mut rows: Vec<Vec<usize>> = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        match rows.last_mut() {
            Some(row) if (pieces[row[0]].y - piece.y).abs() < piece.size * 0.5 => row.push(index),
            _ => rows.push(vec![index]),
        }
    }
    let last = rows.len().saturating_sub(FURNITURE_LINES);
    let outer = rows
        .into_iter()
        .enumerate()
        .filter(|(index, _)| *index < FURNITURE_LINES || *index >= last);
    outer.map(|(_, row)| row).collect()
}

/// What a line says, each number as `#`.
fn pattern(pieces: &[Piece], row: &[usize]) -> String {
    let mut pattern = String::new();
    for character in row
        .iter()
        .flat_map(|index| pieces[*index].text().chars().collect::<Vec<_>>())
    {
        let character = if character.is_numeric() { '#' } else { character };
        if character != '#' || !pattern.ends_with('#') {
            pattern.push(character);
        }
    }
    pattern
}

/// `#`, `— # —`, `第#页`, `第#页 共#页`, `#/#`.
fn is_page_number(pattern: &str) -> bool {
    pattern.contains('#')
        && pattern
            .chars()
            .all(|c| c == '#' || c.is_whitespace() || "-–—―─·./|第页共，,".contains(c))
        && pattern.chars().count() <= 12
}

/// The middle of the gap between two columns of a page, if it has two.
fn gutter(pieces: &[Piece]) -> Option<f64> {
    let left = pieces.iter().map(|piece| piece.start).fold(f64::INFINITY, f64::min);
    let right = pieces.iter().map(|piece| piece.end).fold(f64::NEG_INFINITY, f64::max);
    let width = right - left;
    if !width.is_finite() || width <= 0.0 {
        return None;
    }
    // How many pieces cover each point of the width.
    let bin = |x: f64| ((x - left).clamp(0.0, (WIDEST_PAGE - 1) as f64)) as usize;
    let mut steps = vec![0_i64; bin(right) + 2];
    for piece in pieces {
        steps[bin(piece.start)] += 1;
        steps[bin(piece.end) + 1] -= 1;
    }
    let covers: Vec<i64> = steps
        .iter()
        .scan(0, |sum, step| {
            *sum += step;
            Some(*sum)
        })
        .collect();
    let (from, to) = (covers.len() / 5, covers.len() * 4 / 5);
    let least = covers[from..to].iter().min().copied()?;
    // The widest stretch that is covered least.
    let mut best = (0, 0);
    let mut start = from;
    let middle = covers[from..to].iter().map(|cover| *cover > least).chain([true]);
    for (at, is_end) in (from..).zip(middle) {
        if is_end {
            if at - start > best.1 - best.0 {
                best = (start, at);
            }
            start = at + 1;
        }
    }
    if best.1 - best.0 < NARROWEST_GUTTER {
        return None;
    }
    let x = left + (best.0 + best.1) as f64 / 2.0;
    let fills = |side: &[&Piece], width: f64| {
        let sum: f64 = side.iter().map(|piece| piece.end - piece.start).sum();
        side.len() >= FEWEST_LINES && sum >= width * FILLED_SHARE * side.len() as f64
    };
    let before: Vec<&Piece> = pieces.iter().filter(|piece| piece.end <= x).collect();
    let after: Vec<&Piece> = pieces.iter().filter(|piece| piece.start >= x).collect();
    (fills(&before, x - left) && fills(&after, right - x) && !crosses_much(pieces, x)).then_some(x)
}

fn crosses_much(pieces: &[Piece], x: f64) -> bool {
    let crossing = pieces.iter().filter(|piece| crosses(piece, x)).count();
    crossing as f64 > pieces.len() as f64 * CROSSING_SHARE
}

fn crosses(piece: &Piece, x: f64) -> bool {
    piece.start < x && piece.end > x
}

/// The lines of each column in reading order: what runs across both columns parts the page into bands, in each of which
/// the left column comes first.
fn in_reading_order(pieces: Vec<Piece>, gutter: Option<f64>) -> Vec<Vec<Piece>> {
    let Some(x) = gutter else {
        return vec![rows(pieces)]
            .into_iter()
            .filter(|lines| !lines.is_empty())
            .collect();
    };
    let mut columns = Vec::new();
    let (mut left, mut right, mut across) = (Vec::new(), Vec::new(), Vec::new());
    for piece in pieces {
        if crosses(&piece, x) {
            columns.extend([std::mem::take(&mut left), std::mem::take(&mut right)]);
            across.push(piece);
        } else {
            columns.push(std::mem::take(&mut across));
            if piece.end <= x {
                left.push(piece);
            } else {
                right.push(piece);
            }
        }
    }
    columns.extend([across, left, right]);
    columns
        .into_iter()
        .filter(|pieces| !pieces.is_empty())
        .map(rows)
        .collect()
}

/// Joins the pieces on each baseline.
fn rows(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        match rows.last_mut() {
            Some(row) if (row[0].y - piece.y).abs() < piece.size.min(row[0].size) * 0.4 => row.push(piece),
            _ => rows.push(vec![piece]),
        }
    }
    rows.into_iter().map(Piece::join).collect()
}
