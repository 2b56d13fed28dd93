//! The ledger's accounting: what each numeral of the text is.

use super::canvas::{self, Anchor, Caption, Ink};
use crate::fact::{Extraction, NumeralKind};
use crate::release::page::PageError;
use crate::release::page::words::Vocabulary;

const CHART: &str = "ledger";
const WIDTH: i32 = 440;
const ROW: i32 = 30;
/// Width of the column that names the kinds.
const NAMES: i32 = 110;
/// Room for the counts at the right.
const COUNTS: i32 = 96;

pub(super) fn draw(
    report_no: usize,
    extraction: &Extraction,
    vocabulary: &Vocabulary<'_>,
) -> Result<Option<String>, PageError> {
    let counts: Vec<(NumeralKind, usize)> = NumeralKind::ALL
        .iter()
        .map(|&kind| {
            (
                kind,
                extraction
                    .numerals
                    .iter()
                    .filter(|numeral| numeral.kind == kind)
                    .count(),
            )
        })
        .filter(|&(_, count)| count > 0)
        .collect();
    let total = extraction.numerals.len();
    let Some(most) = counts.iter().map(|&(_, count)| count).max() else {
        return Ok(None);
    };
    let said: Vec<String> = counts
        .iter()
        .map(|&(kind, count)| format!("{} {count}", vocabulary.word(kind_word(kind))))
        .collect();
    let caption = Caption {
        id: format!("ledger-{report_no}-{}", vocabulary.language.tag()),
        title: vocabulary.word("chart.ledger"),
        description: &format!("{} {total}: {}", vocabulary.word("stat.numerals"), said.join(", ")),
    };
    let height = ROW * canvas::pixels(counts.len()) + 8;
    let svg = canvas::draw(CHART, &caption, (WIDTH, height), |canvas| {
        let mut top = 4;
        for &(kind, count) in &counts {
            let middle = top + ROW / 2;
            canvas.text(
                vocabulary.word(kind_word(kind)),
                (NAMES - 10, middle),
                13,
                Anchor::End,
                Ink::Text,
            )?;
            let room = WIDTH - NAMES - COUNTS;
            canvas.bar((NAMES, top + 7), (room, ROW - 14), Ink::Track)?;
            let length = canvas::length(room, canvas::share(count, most));
            canvas.bar((NAMES, top + 7), (length, ROW - 14), kind_ink(kind))?;
            let percent = format!("{:.1}%", 100.0 * canvas::share(count, total));
            canvas.text(&count.to_string(), (WIDTH - 52, middle), 13, Anchor::End, Ink::Text)?;
            canvas.text(&percent, (WIDTH - 2, middle), 12, Anchor::End, Ink::Faint)?;
            top += ROW;
        }
        Ok(())
    })?;
    Ok(Some(svg))
}

const fn kind_word(kind: NumeralKind) -> &'static str {
    match kind {
        NumeralKind::Quantity => "kind.quantity",
        NumeralKind::RangeEnd => "kind.range_end",
        NumeralKind::Date => "kind.date",
        NumeralKind::Ordinal => "kind.ordinal",
        NumeralKind::Name => "kind.name",
        NumeralKind::Marker => "kind.marker",
        NumeralKind::Other => "kind.other",
    }
}

const fn kind_ink(kind: NumeralKind) -> Ink {
    match kind {
        NumeralKind::Quantity => Ink::Actual,
        NumeralKind::RangeEnd => Ink::RangeEnd,
        NumeralKind::Date => Ink::Date,
        NumeralKind::Ordinal => Ink::Ordinal,
        NumeralKind::Name => Ink::Name,
        NumeralKind::Marker => Ink::Marker,
        NumeralKind::Other => Ink::Other,
    }
}
