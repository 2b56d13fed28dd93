//! From a page's tree to paragraphs, tables and notes.

use std::collections::BTreeMap;

use ego_tree::{NodeId, NodeRef};
use scraper::{ElementRef, Html, Node};

use super::content::{is_skipped, main_content};
use super::dom::{is_named, text_of};
use super::notes::{linked_notes, note_number, strip_label};
use crate::read::Origin;
use crate::read::flow::{Block, Flow, Note, Run, joins_without_space, push_text};
use crate::read::table::{Cell, Table};

/// Longest text of a cell of a table of data, in characters; one with more is layout.
const LONGEST_CELL: usize = 200;
/// Longest text of a link from a note back to its mark, in characters: `↩︎`, `[12]`.
const LONGEST_LINK_BACK: usize = 6;

/// Appends the content of a page to `flow`: its heading, its blocks and the notes that they mark.
pub(super) fn page(page: &Html, flow: &mut Flow) {
    let root = page.root_element();
    let body = root
        .child_elements()
        .find(|element| element.value().name() == "body")
        .unwrap_or(root);
    let content = main_content(body);
    let mut walker = Walker::new(page, flow, 0);
    if let Some(heading) = outer_heading(body, content) {
        walker.block(*heading);
    }
    walker.blocks_of(*content);
    walker.flush();
    walker.append_notes();
}

/// Appends all blocks of a fragment to `flow`; gives the number of the last.
pub(super) fn fragment(fragment: &Html, flow: &mut Flow, blocks: usize) -> usize {
    let mut walker = Walker::new(fragment, flow, blocks);
    walker.blocks_of(*fragment.root_element());
    walker.flush();
    walker.append_notes();
    walker.blocks
}

/// The page's `h1` that stands before its content.
fn outer_heading<'a>(body: ElementRef<'a>, content: ElementRef<'a>) -> Option<ElementRef<'a>> {
    let is_inside = |element: ElementRef<'_>| element.ancestors().any(|ancestor| ancestor.id() == content.id());
    let headings: Vec<_> = body
        .descendent_elements()
        .filter(|element| element.value().name() == "h1" && !element.ancestors().any(is_skipped_element))
        .collect();
    if headings.iter().any(|heading| is_inside(*heading)) {
        None
    } else {
        headings.first().copied()
    }
}

fn is_skipped_element(node: NodeRef<'_, Node>) -> bool {
    node.value().is_element() && is_skipped(node)
}

struct Walker<'a, 'f> {
    flow: &'f mut Flow,
    /// Links that mark notes, and the printed numbers.
    marks: BTreeMap<NodeId, u32>,
    /// Elements that are notes, which are not content, and their numbers.
    notes: BTreeMap<NodeId, u32>,
    page: &'a Html,
    /// The paragraph under way.
    runs: Vec<Run>,
    /// Number of the list item whose text comes next.
    item: Option<i64>,
    /// White space has been seen since the last character.
    space: Option<Space>,
    /// Inside `<pre>`, where line ends count.
    preformatted: bool,
    blocks: usize,
}

/// White space between two characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Space {
    /// With a line end of the page's source in it, which means nothing between Chinese characters.
    LineEnd,
    Plain,
}

impl<'a, 'f> Walker<'a, 'f> {
    fn new(page: &'a Html, flow: &'f mut Flow, blocks: usize) -> Self {
        let (marks, notes) = linked_notes(page);
        Self {
            flow,
            marks,
            notes,
            page,
            runs: Vec::new(),
            item: None,
            space: None,
            preformatted: false,
            blocks,
        }
    }

    fn blocks_of(&mut self, node: NodeRef<'a, Node>) {
        for child in node.children() {
            self.block(child);
        }
    }

    fn block(&mut self, node: NodeRef<'a, Node>) {
        if self.is_left_out(node) {
            return;
        }
        let name = node.value().as_element().map_or("", scraper::node::Element::name);
        match name {
            "table" if is_data_table(node) => {
                self.flush();
                let table = self.table(node);
                let origin = self.next_origin();
                self.flow.blocks.push((Block::Table(table), origin));
            }
            "ol" => self.ordered_list(node),
            "pre" => {
                self.flush();
                self.preformatted = true;
                self.inline_children(node, false);
                self.preformatted = false;
                self.flush();
            }
            name if is_inline(name) && !holds_blocks(node) => self.inline(node, false),
            _ => {
                self.flush();
                self.blocks_of(node);
                self.flush();
            }
        }
    }

    fn ordered_list(&mut self, list: NodeRef<'a, Node>) {
        self.flush();
        let start = list.value().as_element().and_then(|element| element.attr("start"));
        let mut number: i64 = start.and_then(|start| start.trim().parse().ok()).unwrap_or(1);
        for item in list.children() {
            if is_named(item, &["li"]) {
                self.item = (!self.notes.contains_key(&item.id())).then_some(number);
                number = number.saturating_add(1);
            }
            self.block(item);
        }
        self.item = None;
    }

    /// Whether a node is no content here: it surrounds the content, or it is a note, which is written elsewhere.
    fn is_left_out(&self, node: NodeRef<'a, Node>) -> bool {
        is_skipped(node) || self.notes.contains_key(&node.id())
    }

    /// Content inside a paragraph.
    fn inline(&mut self, node: NodeRef<'a, Node>, bold: bool) {
        if let Some(text) = node.value().as_text() {
            self.text(text, bold);
            return;
        }
        if self.is_left_out(node) {
            return;
        }
        let Some(element) = node.value().as_element() else {
            return;
        };
        match element.name() {
            "br" => {
                self.space = None;
                self.runs.push(Run::Break);
            }
            "sup" => match self.marked_by(node).or_else(|| note_number(&text_of(node))) {
                Some(number) => self.mark(number),
                None => self.inline_children(node, bold),
            },
            "a" => match self.marked_by(node) {
                Some(number) => self.mark(number),
                None => self.inline_children(node, bold),
            },
            "b" | "strong" => self.inline_children(node, true),
            _ => {
                let style = element
                    .attr("style")
                    .unwrap_or_default()
                    .to_ascii_lowercase()
                    .replace(' ', "");
                let is_bold = style.contains("font-weight:bold") || style.contains("font-weight:700");
                self.inline_children(node, bold || is_bold);
            }
        }
    }

    fn inline_children(&mut self, node: NodeRef<'a, Node>, bold: bool) {
        for child in node.children() {
            self.inline(child, bold);
        }
    }

    /// The number of the note that an element, or a link inside it, marks.
    fn marked_by(&self, node: NodeRef<'a, Node>) -> Option<u32> {
        node.descendants()
            .find_map(|inner| self.marks.get(&inner.id()))
            .copied()
    }

    fn mark(&mut self, number: u32) {
        self.space = None;
        self.runs.push(Run::Mark(number.to_string()));
    }

    fn text(&mut self, text: &str, bold: bool) {
        for character in text.chars() {
            match character {
                '\n' if self.preformatted => {
                    self.space = None;
                    self.runs.push(Run::Break);
                }
                '\n' | '\r' => self.space = Some(Space::LineEnd),
                ' ' | '\t' | '\u{C}' | '\u{A0}' => {
                    self.space.get_or_insert(Space::Plain);
                }
                character => {
                    self.write_space(character, bold);
                    push_text(&mut self.runs, character.encode_utf8(&mut [0; 4]), bold);
                }
            }
        }
    }

    /// Writes the white space seen before a character, if it separates anything.
    fn write_space(&mut self, next: char, bold: bool) {
        let before = match self.runs.last() {
            Some(Run::Text { text, .. }) => text.chars().last(),
            _ => None,
        };
        let separates = match self.space.take() {
            Some(Space::LineEnd) => !joins_without_space(before, Some(next)),
            Some(Space::Plain) => before.is_some(),
            None => false,
        };
        if separates {
            push_text(&mut self.runs, " ", bold);
        }
    }

    fn table(&mut self, table: NodeRef<'a, Node>) -> Table {
        let mut rows = Vec::new();
        for row in table.descendants().filter(|node| is_named(*node, &["tr", "caption"])) {
            let is_caption = is_named(row, &["caption"]);
            let nodes: Vec<_> = if is_caption {
                vec![row]
            } else {
                row.children().collect()
            };
            let mut cells = Vec::new();
            for node in nodes
                .into_iter()
                .filter(|node| is_named(*node, &["td", "th", "caption"]))
            {
                self.inline_children(node, false);
                self.space = None;
                let span = |name: &str| {
                    let value = node.value().as_element().and_then(|element| element.attr(name));
                    value.and_then(|value| value.trim().parse::<usize>().ok()).unwrap_or(1)
                };
                let columns = if is_caption { usize::MAX } else { span("colspan") };
                let header = is_named(node, &["th"]);
                cells.push(Cell {
                    runs: std::mem::take(&mut self.runs),
                    header,
                    columns,
                    rows: span("rowspan"),
                });
            }
            rows.push(cells);
        }
        Table { rows }
    }

    /// Appends the notes that links mark.
    fn append_notes(&mut self) {
        for (id, number) in std::mem::take(&mut self.notes) {
            let Some(node) = self.page.tree.get(id) else { continue };
            self.note_content(node);
            self.space = None;
            let mut runs = std::mem::take(&mut self.runs);
            strip_label(&mut runs, number);
            let origin = self.next_origin();
            self.flow.notes.push(Note {
                key: number.to_string(),
                label: Some(number),
                runs,
                origin,
            });
        }
    }

    /// Content of a note, without the links back to its mark.
    fn note_content(&mut self, node: NodeRef<'a, Node>) {
        let is_link_back = node.value().as_element().is_some_and(|element| {
            element.name() == "a"
                && element.attr("href").is_some_and(|href| href.contains('#'))
                && text_of(node).chars().count() <= LONGEST_LINK_BACK
        });
        if is_link_back {
            return;
        }
        if node.value().is_text() || is_named(node, &["br"]) {
            self.inline(node, false);
        } else if !is_skipped(node) {
            for child in node.children() {
                self.note_content(child);
            }
        }
    }

    /// Ends the paragraph under way.
    fn flush(&mut self) {
        self.space = None;
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
        let origin = self.next_origin();
        self.flow.blocks.push((Block::Paragraph(runs), origin));
    }

    fn next_origin(&mut self) -> Origin {
        self.blocks += 1;
        Origin::Block(self.blocks)
    }
}

/// Whether a table holds data: no other table, no long text, more than one column.
fn is_data_table(table: NodeRef<'_, Node>) -> bool {
    let mut inner = table.descendants().skip(1);
    let rows = table.descendants().filter(|node| is_named(*node, &["tr"]));
    let is_cell = |node: &NodeRef<'_, Node>| is_named(*node, &["td", "th"]);
    !inner.any(|node| is_named(node, &["table"]) || (is_cell(&node) && text_of(node).chars().count() > LONGEST_CELL))
        && rows.into_iter().any(|row| row.children().filter(is_cell).count() > 1)
}

/// Whether an element stands inside a line of text.
fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "" | "a"
            | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "br"
            | "cite"
            | "code"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "img"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "q"
            | "s"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
    )
}

fn holds_blocks(node: NodeRef<'_, Node>) -> bool {
    node.descendants().any(|inner| {
        inner
            .value()
            .as_element()
            .is_some_and(|element| !is_inline(element.name()))
    })
}
