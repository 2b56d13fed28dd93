//! What styles say that matters to the text: bold, and automatic numbers.

use std::collections::BTreeMap;

use roxmltree::{Document, Node};

use super::{attribute, child, children, switch, value};

/// Styles that inherit from more than this many others are cut off; Word allows ten.
const MOST_ANCESTORS: usize = 20;

/// The styles of a document, by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles(BTreeMap<String, Style>);

#[derive(Debug)]
struct Style {
    based_on: Option<String>,
    is_character: bool,
    bold: Option<bool>,
    numbering: Option<NumberingRef>,
}

/// A paragraph's place in a numbered list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NumberingRef {
    /// The list. `0` switches numbering off.
    pub list: String,
    /// The level, from 0.
    pub level: Option<usize>,
}

impl Styles {
    /// Reads `styles.xml`.
    pub fn read(document: &Document<'_>) -> Self {
        let styles = children(document.root_element(), "style").filter_map(|node| {
            let id = attribute(node, "styleId")?.to_owned();
            let bold = child(node, "rPr").and_then(|properties| switch(properties, "b"));
            let style = Style {
                based_on: value(node, "basedOn").map(str::to_owned),
                is_character: attribute(node, "type") == Some("character"),
                bold,
                numbering: child(node, "pPr").and_then(numbering_of),
            };
            Some((id, style))
        });
        Self(styles.collect())
    }

    /// Whether a character style is bold.
    pub fn is_bold(&self, id: &str) -> bool {
        self.lineage(id)
            .find_map(|style| style.bold.filter(|_| style.is_character))
            .unwrap_or(false)
    }

    /// The list that a paragraph style puts its paragraphs in.
    pub fn numbering(&self, id: &str) -> Option<&NumberingRef> {
        self.lineage(id).find_map(|style| style.numbering.as_ref())
    }

    /// A style and those it inherits from.
    fn lineage(&self, id: &str) -> impl Iterator<Item = &Style> {
        let next = |style: &&Style| style.based_on.as_ref().and_then(|id| self.0.get(id));
        std::iter::successors(self.0.get(id), next).take(MOST_ANCESTORS)
    }
}

/// The list named in a paragraph's properties.
pub(super) fn numbering_of(properties: Node<'_, '_>) -> Option<NumberingRef> {
    let numbering = child(properties, "numPr")?;
    let level = value(numbering, "ilvl").and_then(|level| level.parse().ok());
    Some(NumberingRef {
        list: value(numbering, "numId")?.to_owned(),
        level,
    })
}
