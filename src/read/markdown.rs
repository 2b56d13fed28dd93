//! Markdown: `CommonMark` with footnotes (`[^1]`), tables and front matter.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::flow::{Block, Flow, Note, Run, joins_without_space, push_text};
use super::table::{Cell, Table};
use super::{Limits, Origin, ReadError, Reading, html, text};

/// Reads Markdown.
///
/// # Errors
///
/// [`ReadError::NotText`]; [`ReadError::OverLimit`] for HTML blocks that nest too deep.
pub(super) fn read(
    bytes: &[u8],
    name: &str,
    content_type: Option<&str>,
    limits: &Limits,
) -> Result<Reading, ReadError> {
    let decoded = super::decode::decode(bytes, name, content_type.and_then(text::charset))?;
    let options = Options::ENABLE_FOOTNOTES | Options::ENABLE_TABLES | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut builder = Builder {
        warnings: decoded.warning.into_iter().collect(),
        ..Builder::default()
    };
    for event in Parser::new_ext(&decoded.text, options) {
        builder.event(event, name, limits)?;
    }
    builder.flush();
    builder.flow.lift_notes();
    let (text, segments) = builder.flow.write();
    Ok(Reading {
        text,
        media_type: "text/markdown",
        segments,
        warnings: builder.warnings,
    })
}

/// Whether text has Markdown's footnotes, which no other format has.
pub(super) fn has_footnotes(text: &str) -> bool {
    text.lines().any(|line| line.starts_with("[^") && line.contains("]:"))
}

/// What has been read so far.
#[derive(Default)]
struct Builder {
    flow: Flow,
    /// The paragraph, heading, list item or cell under way.
    runs: Vec<Run>,
    /// Number of the list item whose text comes next.
    item: Option<u64>,
    /// Nested `**`.
    bold: usize,
    /// Numbers of the next items of nested lists; none for one with bullets.
    lists: Vec<Option<u64>>,
    /// The footnote under way.
    note: Option<Note>,
    table: Option<Table>,
    /// A line end inside a paragraph, which is a space between two words but not between Chinese characters.
    line_end: bool,
    /// Inside `<sup>`.
    superscript: bool,
    /// HTML of the block under way.
    html: String,
    in_front_matter: bool,
    blocks: usize,
    warnings: Vec<String>,
}

impl Builder {
    fn event(&mut self, event: Event<'_>, name: &str, limits: &Limits) -> Result<(), ReadError> {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(TagEnd::HtmlBlock) => {
                let fragment = std::mem::take(&mut self.html);
                self.blocks = html::append(&fragment, &mut self.flow, self.blocks, name, limits)?;
            }
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) => self.text(&text),
            Event::Html(tag) => self.html.push_str(&tag),
            Event::InlineHtml(tag) => self.inline_html(&tag),
            Event::FootnoteReference(label) => {
                self.line_end = false;
                self.runs.push(Run::Mark(label.into_string()));
            }
            Event::SoftBreak => self.line_end = true,
            Event::HardBreak => self.runs.push(Run::Break),
            Event::Rule | Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
        Ok(())
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Strong => self.bold += 1,
            Tag::List(first) => {
                self.flush();
                self.lists.push(first);
            }
            Tag::Item => {
                self.flush();
                if let Some(Some(number)) = self.lists.last_mut() {
                    self.item = Some(*number);
                    *number += 1;
                }
            }
            Tag::FootnoteDefinition(label) => {
                self.flush();
                let origin = self.next_origin();
                let key = label.into_string();
                self.note = Some(Note {
                    label: key.parse().ok(),
                    key,
                    runs: Vec::new(),
                    origin,
                });
            }
            Tag::Table(_) => {
                self.flush();
                self.table = Some(Table::default());
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.rows.push(Vec::new());
                }
            }
            Tag::MetadataBlock(_) => {
                self.in_front_matter = true;
                self.warnings.push("front matter left out".to_owned());
            }
            Tag::Emphasis | Tag::Link { .. } | Tag::Image { .. } | Tag::TableCell => {}
            _ => self.flush(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong => self.bold = self.bold.saturating_sub(1),
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::FootnoteDefinition => {
                self.flush();
                self.flow.notes.extend(self.note.take());
            }
            TagEnd::TableCell => {
                let runs = std::mem::take(&mut self.runs);
                if let Some(table) = &mut self.table {
                    // The first row is the head, always.
                    let header = table.rows.len() == 1;
                    if let Some(row) = table.rows.last_mut() {
                        row.push(Cell {
                            runs,
                            header,
                            columns: 1,
                            rows: 1,
                        });
                    }
                }
            }
            TagEnd::Table => {
                let origin = self.next_origin();
                self.flow
                    .blocks
                    .extend(self.table.take().map(|table| (Block::Table(table), origin)));
            }
            TagEnd::MetadataBlock(_) => self.in_front_matter = false,
            TagEnd::Emphasis | TagEnd::Link | TagEnd::Image | TagEnd::TableHead | TagEnd::TableRow => {}
            _ => self.flush(),
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_front_matter {
            return;
        }
        let number = text.trim();
        if self.superscript && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) {
            self.runs.push(Run::Mark(number.to_owned()));
            return;
        }
        if std::mem::take(&mut self.line_end) {
            let before = match self.runs.last() {
                Some(Run::Text { text, .. }) => text.chars().last(),
                _ => None,
            };
            if !joins_without_space(before, text.chars().next()) {
                push_text(&mut self.runs, " ", self.bold > 0);
            }
        }
        for (index, line) in text.trim_end_matches('\n').split('\n').enumerate() {
            if index > 0 {
                self.runs.push(Run::Break);
            }
            push_text(&mut self.runs, line, self.bold > 0);
        }
    }

    fn inline_html(&mut self, tag: &str) {
        let tag = tag
            .trim_matches(['<', '>', ' '])
            .trim_end_matches(['/', ' '])
            .to_ascii_lowercase();
        match tag.as_str() {
            "sup" => self.superscript = true,
            "/sup" => self.superscript = false,
            "br" => self.runs.push(Run::Break),
            "b" | "strong" => self.bold += 1,
            "/b" | "/strong" => self.bold = self.bold.saturating_sub(1),
            _ => {}
        }
    }

    /// Ends the paragraph under way.
    fn flush(&mut self) {
        self.line_end = false;
        let mut runs = std::mem::take(&mut self.runs);
        if runs.is_empty() {
            return;
        }
        if let Some(number) = self.item.take() {
            runs.insert(
                0,
                Run::Text {
                    text: format!("{number}. "),
                    bold: false,
                },
            );
        }
        if let Some(note) = &mut self.note {
            note.runs.extend(runs);
        } else {
            let origin = self.next_origin();
            self.flow.blocks.push((Block::Paragraph(runs), origin));
        }
    }

    fn next_origin(&mut self) -> Origin {
        self.blocks += 1;
        Origin::Block(self.blocks)
    }
}
