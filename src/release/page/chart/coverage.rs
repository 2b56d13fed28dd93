//! Observations by theme and section: a grid whose fields hold counts.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::canvas::{self, Anchor, Caption, Ink};
use crate::fact::Extraction;
use crate::release::page::PageError;
use crate::release::page::words::{Language, Vocabulary};

const CHART: &str = "coverage";
const WIDTH: i32 = 440;
const ROW: i32 = 28;
/// Width of the column of totals.
const TOTALS: i32 = 40;
/// Most sections that stay readable on a phone; a report with more is counted by its main sections.
const MOST_SECTIONS: usize = 14;

pub(super) fn draw(
    report_no: usize,
    extraction: &Extraction,
    vocabulary: &Vocabulary<'_>,
) -> Result<Option<String>, PageError> {
    let sections = sections(extraction);
    let themes = themes(extraction, sections.depth);
    let Some(most) = themes.iter().flat_map(|theme| theme.counts.values()).copied().max() else {
        return Ok(None);
    };
    let name = |theme: &Theme| match theme.code {
        Some(code) => vocabulary.code("themes", code).to_owned(),
        None => vocabulary.word("theme.none").to_owned(),
    };
    let said: Vec<String> = themes
        .iter()
        .map(|theme| format!("{} {}", name(theme), theme.total()))
        .collect();
    let caption = Caption {
        id: format!("coverage-{report_no}-{}", vocabulary.language.tag()),
        title: vocabulary.word("chart.coverage"),
        description: &said.join(", "),
    };
    let height = ROW * (canvas::pixels(themes.len()) + 1) + 4;
    // English names are longer.
    let names = match vocabulary.language {
        Language::Zh => 110,
        Language::En => 158,
    };
    let column = (WIDTH - names - TOTALS) / canvas::pixels(sections.ids.len());
    let svg = canvas::draw(CHART, &caption, (WIDTH, height), |canvas| {
        for (number, section) in sections.ids.iter().enumerate() {
            let middle = names + column * canvas::pixels(number) + column / 2;
            canvas.text(section, (middle, ROW / 2), 11, Anchor::Middle, Ink::Faint)?;
        }
        canvas.text(
            vocabulary.word("chart.total"),
            (WIDTH - 2, ROW / 2),
            11,
            Anchor::End,
            Ink::Faint,
        )?;
        let mut top = ROW;
        for theme in &themes {
            let middle = top + ROW / 2;
            canvas.rule((0, top), (WIDTH, top))?;
            canvas.text(
                &canvas::shortened(&name(theme), canvas::columns(names - 10, 13)),
                (names - 10, middle),
                13,
                Anchor::End,
                Ink::Text,
            )?;
            for (number, section) in sections.ids.iter().enumerate() {
                let Some(&count) = theme.counts.get(section) else {
                    continue;
                };
                let left = names + column * canvas::pixels(number);
                let field = (column - 2, ROW - 4);
                canvas.tint(
                    (left + 1, top + 2),
                    field,
                    Ink::Actual,
                    0.12 + 0.4 * canvas::share(count, most),
                )?;
                canvas.text(
                    &count.to_string(),
                    (left + column / 2, middle),
                    12,
                    Anchor::Middle,
                    Ink::Text,
                )?;
            }
            canvas.text(
                &theme.total().to_string(),
                (WIDTH - 2, middle),
                13,
                Anchor::End,
                Ink::Text,
            )?;
            top += ROW;
        }
        Ok(())
    })?;
    Ok(Some(svg))
}

/// The columns of the chart.
pub(super) struct Sections {
    /// Depth of the outline that is counted.
    depth: usize,
    /// Identifiers of sections, in the order in which observations meet them.
    pub ids: Vec<String>,
}

/// The sections that have observations, at the greatest depth up to two that does not give too many.
pub(super) fn sections(extraction: &Extraction) -> Sections {
    let at = |depth: usize| {
        let mut ids: Vec<String> = Vec::new();
        for observation in &extraction.observations {
            let id = ancestor(&observation.section_id, depth);
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        Sections { depth, ids }
    };
    let fine = at(2);
    if fine.ids.len() <= MOST_SECTIONS { fine } else { at(1) }
}

/// The first parts of a section's identifier: `1.3.2` is within `1.3`.
fn ancestor(section_id: &str, depth: usize) -> String {
    section_id.split('.').take(depth).collect::<Vec<_>>().join(".")
}

/// A row of the chart.
struct Theme<'a> {
    code: Option<&'a str>,
    counts: BTreeMap<String, usize>,
}

impl Theme<'_> {
    fn total(&self) -> usize {
        self.counts.values().sum()
    }
}

/// The themes of the report's observations, the largest first, those without a theme last.
fn themes(extraction: &Extraction, depth: usize) -> Vec<Theme<'_>> {
    let mut counts: BTreeMap<Option<&str>, BTreeMap<String, usize>> = BTreeMap::new();
    for observation in &extraction.observations {
        let theme = counts.entry(observation.theme.as_deref()).or_default();
        *theme.entry(ancestor(&observation.section_id, depth)).or_default() += 1;
    }
    let mut themes: Vec<Theme<'_>> = counts
        .into_iter()
        .map(|(code, counts)| Theme { code, counts })
        .collect();
    themes.sort_by_key(|theme| (theme.code.is_none(), Reverse(theme.total()), theme.code));
    themes
}
