//! From the document's elements to paragraphs, tables and notes.

use roxmltree::Node;

use super::numbering::Numbering;
use super::styles::{Styles, numbering_of};
use super::{attribute, child, children, switch, value};
use crate::read::Origin;
use crate::read::flow::{Block, Flow, Note, Run, push_text};
use crate::read::table::{Cell, Table};

/// Reads the parts of a document into a [`Flow`].
pub(super) struct BodyReader<'a> {
    styles: &'a Styles,
    numbering: Numbering,
    flow: &'a mut Flow,
    /// The paragraph under way: it goes on in the next one when the end between them was deleted.
    runs: Vec<Run>,
    /// Paragraphs of text boxes that hang on the paragraph under way.
    boxes: Vec<Vec<Run>>,
    blocks: usize,
}

impl<'a> BodyReader<'a> {
    /// A reader that appends to `flow`.
    pub fn new(styles: &'a Styles, numbering: Numbering, flow: &'a mut Flow) -> Self {
        Self {
            styles,
            numbering,
            flow,
            runs: Vec::new(),
            boxes: Vec::new(),
            blocks: 0,
        }
    }

    /// Reads the main document.
    pub fn body(&mut self, document: Node<'_, '_>) {
        children(document, "body").for_each(|body| self.blocks_of(body));
        self.end_paragraph();
    }

    /// Reads `footnotes.xml` or `endnotes.xml`; `prefix` tells their keys apart.
    pub fn notes(&mut self, root: Node<'_, '_>, prefix: &str) {
        for node in root.children().filter(Node::is_element) {
            // Separators between text and notes are notes too, of a type.
            let is_note = matches!(attribute(node, "type"), None | Some("normal"));
            let Some(id) = attribute(node, "id").filter(|_| is_note) else {
                continue;
            };
            let mut runs = Vec::new();
            self.note_content(node, &mut runs);
            if let Some(Run::Text { text, .. }) = runs.first_mut() {
                *text = text.trim_start().to_owned();
            }
            let origin = self.next_origin();
            self.flow.notes.push(Note {
                key: format!("{prefix}{id}"),
                label: None,
                runs,
                origin,
            });
        }
    }

    fn note_content(&mut self, node: Node<'_, '_>, runs: &mut Vec<Run>) {
        for element in node.children().filter(Node::is_element) {
            match element.tag_name().name() {
                "p" => self.runs_of(element, runs),
                "tbl" | "tr" | "tc" | "sdt" | "sdtContent" | "ins" => self.note_content(element, runs),
                _ => {}
            }
        }
    }

    fn blocks_of(&mut self, parent: Node<'_, '_>) {
        for node in parent.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "p" => self.paragraph(node),
                "tbl" => {
                    self.end_paragraph();
                    let table = self.table(node);
                    let origin = self.next_origin();
                    self.flow.blocks.push((Block::Table(table), origin));
                    self.end_paragraph();
                }
                "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo" | "smartTag" => self.blocks_of(node),
                "AlternateContent" => children(node, "Choice")
                    .take(1)
                    .for_each(|choice| self.blocks_of(choice)),
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, node: Node<'_, '_>) {
        let properties = child(node, "pPr");
        let mut runs = Vec::new();
        self.runs_of(node, &mut runs);
        let is_continuation = !self.runs.is_empty();
        if !is_continuation && !runs.is_empty() {
            let style = properties.and_then(|properties| value(properties, "pStyle"));
            let own = properties.and_then(numbering_of);
            let mut reference = own.or_else(|| style.and_then(|style| self.styles.numbering(style)).cloned());
            // A style's level may be given only there.
            if let (Some(reference), Some(style)) = (&mut reference, style) {
                let inherited = self.styles.numbering(style).and_then(|inherited| inherited.level);
                reference.level = reference.level.or(inherited);
            }
            if let Some(label) = reference.and_then(|reference| self.numbering.next_label(&reference)) {
                let gap = if label.chars().last().is_some_and(|last| last.is_ascii()) {
                    " "
                } else {
                    ""
                };
                runs.insert(
                    0,
                    Run::Text {
                        text: format!("{label}{gap}"),
                        bold: false,
                    },
                );
            }
        }
        self.runs.append(&mut runs);
        let mark = properties.and_then(|properties| child(properties, "rPr"));
        let is_end_deleted = mark.is_some_and(|mark| child(mark, "del").or_else(|| child(mark, "moveFrom")).is_some());
        if !is_end_deleted {
            self.end_paragraph();
        }
    }

    /// Writes the paragraph under way and the text boxes that hang on it.
    fn end_paragraph(&mut self) {
        let paragraph = std::mem::take(&mut self.runs);
        for runs in std::iter::once(paragraph).chain(std::mem::take(&mut self.boxes)) {
            if !runs.is_empty() {
                let origin = self.next_origin();
                self.flow.blocks.push((Block::Paragraph(runs), origin));
            }
        }
    }

    /// Appends the content of a paragraph, or of an element inside one.
    fn runs_of(&mut self, parent: Node<'_, '_>, runs: &mut Vec<Run>) {
        for node in parent.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "r" => self.run(node, runs),
                "hyperlink" | "ins" | "moveTo" | "smartTag" | "sdt" | "sdtContent" | "fldSimple" | "customXml"
                | "bdo" | "dir" | "oMath" | "oMathPara" => self.runs_of(node, runs),
                "AlternateContent" => children(node, "Choice")
                    .take(1)
                    .for_each(|choice| self.runs_of(choice, runs)),
                _ => {}
            }
        }
    }

    fn run(&mut self, node: Node<'_, '_>, runs: &mut Vec<Run>) {
        let properties = child(node, "rPr");
        let is_on = |name| properties.and_then(|properties| switch(properties, name));
        if is_on("vanish") == Some(true) {
            return;
        }
        let style = properties.and_then(|properties| value(properties, "rStyle"));
        let bold = is_on("b").unwrap_or_else(|| style.is_some_and(|style| self.styles.is_bold(style)));
        let is_raised = properties.and_then(|properties| value(properties, "vertAlign")) == Some("superscript");
        for content in node.children().filter(Node::is_element) {
            match content.tag_name().name() {
                "t" => {
                    let text = content.text().unwrap_or_default();
                    let number = text.trim();
                    if is_raised && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) {
                        runs.push(Run::Mark(number.to_owned()));
                    } else {
                        push_text(runs, &text.replace('\n', " "), bold);
                    }
                }
                "tab" | "ptab" => push_text(runs, " ", bold),
                "noBreakHyphen" => push_text(runs, "-", bold),
                // A page or column break parts nothing.
                "br" if attribute(content, "type").is_none_or(|kind| kind == "textWrapping") => runs.push(Run::Break),
                "cr" => runs.push(Run::Break),
                "footnoteReference" => runs.extend(attribute(content, "id").map(|id| Run::Mark(format!("f{id}")))),
                "endnoteReference" => runs.extend(attribute(content, "id").map(|id| Run::Mark(format!("e{id}")))),
                "AlternateContent" | "drawing" | "pict" | "object" => self.text_boxes(content),
                _ => {}
            }
        }
    }

    /// Keeps the paragraphs of the text boxes in a drawing for after the paragraph that it hangs on.
    fn text_boxes(&mut self, drawing: Node<'_, '_>) {
        // The same box is there twice, for newer and for older programs.
        let newest = children(drawing, "Choice").next().unwrap_or(drawing);
        let boxes = newest
            .descendants()
            .filter(|node| node.tag_name().name() == "txbxContent");
        for paragraph in boxes.flat_map(|content| children(content, "p")) {
            let mut runs = Vec::new();
            self.runs_of(paragraph, &mut runs);
            self.boxes.push(runs);
        }
    }

    fn table(&mut self, table: Node<'_, '_>) -> Table {
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        // Where cells that go on downwards began: column, row, cell.
        let mut open: Vec<(usize, usize, usize)> = Vec::new();
        for row in rows_of(table) {
            let properties = child(row, "trPr");
            let is_deleted = properties.is_some_and(|properties| child(properties, "del").is_some());
            if is_deleted {
                continue;
            }
            let header = properties.and_then(|properties| switch(properties, "tblHeader")) == Some(true);
            let mut cells = Vec::new();
            let mut column = 0;
            for node in cells_of(row) {
                let properties = child(node, "tcPr");
                let span = properties.and_then(|properties| value(properties, "gridSpan"));
                let columns = span.and_then(|span| span.parse().ok()).unwrap_or(1_usize).max(1);
                let merge = properties.and_then(|properties| child(properties, "vMerge"));
                let goes_on = merge.is_some_and(|merge| attribute(merge, "val") != Some("restart"));
                let began = open.iter().position(|(at, _, _)| *at == column);
                match began {
                    Some(index) if goes_on => {
                        let (_, row, cell) = open[index];
                        rows[row][cell].rows += 1;
                    }
                    _ => {
                        open.retain(|(at, _, _)| *at != column);
                        if merge.is_some() {
                            open.push((column, rows.len(), cells.len()));
                        }
                        let mut runs = Vec::new();
                        self.cell_content(node, &mut runs);
                        cells.push(Cell {
                            runs,
                            header,
                            columns,
                            rows: 1,
                        });
                    }
                }
                column = column.saturating_add(columns);
            }
            rows.push(cells);
        }
        Table { rows }
    }

    fn cell_content(&mut self, cell: Node<'_, '_>, runs: &mut Vec<Run>) {
        for node in cell.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "p" => {
                    if !runs.is_empty() {
                        runs.push(Run::Break);
                    }
                    self.runs_of(node, runs);
                }
                "tbl" | "tr" | "tc" | "sdt" | "sdtContent" => self.cell_content(node, runs),
                _ => {}
            }
        }
    }

    fn next_origin(&mut self) -> Origin {
        self.blocks += 1;
        Origin::Block(self.blocks)
    }
}

/// Rows of a table, also those in content controls.
fn rows_of<'a, 'i>(table: Node<'a, 'i>) -> Vec<Node<'a, 'i>> {
    within(table, "tr")
}

fn cells_of<'a, 'i>(row: Node<'a, 'i>) -> Vec<Node<'a, 'i>> {
    within(row, "tc")
}

fn within<'a, 'i>(parent: Node<'a, 'i>, name: &'static str) -> Vec<Node<'a, 'i>> {
    let mut found = Vec::new();
    for node in parent.children().filter(Node::is_element) {
        match node.tag_name().name() {
            tag if tag == name => found.push(node),
            "sdt" | "sdtContent" | "customXml" | "ins" => found.extend(within(node, name)),
            _ => {}
        }
    }
    found
}
