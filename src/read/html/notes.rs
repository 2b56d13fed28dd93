//! Notes that links mark.

use std::collections::BTreeMap;

use ego_tree::{NodeId, NodeRef};
use scraper::{Html, Node};

use super::dom::{is_named, text_of};
use crate::read::flow::Run;

/// The links of a page that mark notes, and the notes that they lead to, with their numbers. A link marks a note if
/// its text is a number, it leads to a place on the page, and it does not begin its block (as the link back from a note
/// does).
pub(super) fn linked_notes(page: &Html) -> (BTreeMap<NodeId, u32>, BTreeMap<NodeId, u32>) {
    let mut targets = BTreeMap::new();
    for node in page.tree.nodes() {
        if let Some(element) = node.value().as_element() {
            let name = element.attr("name").filter(|_| element.name() == "a");
            for key in [element.id(), name].into_iter().flatten() {
                targets.entry(key).or_insert(node);
            }
        }
    }
    let (mut marks, mut notes) = (BTreeMap::new(), BTreeMap::new());
    for node in page.tree.nodes().filter(|node| is_named(*node, &["a"])) {
        let href = node.value().as_element().and_then(|element| element.attr("href"));
        let target = href.and_then(|href| targets.get(href.strip_prefix('#')?));
        if let Some(note) = target.and_then(|target| enclosing_block(*target))
            && let Some(number) = note_number(&text_of(node))
            && !begins_block(node)
        {
            marks.insert(node.id(), number);
            notes.insert(note.id(), number);
        }
    }
    (marks, notes)
}

/// The list item or, without one, the innermost box that a node is in.
fn enclosing_block(node: NodeRef<'_, Node>) -> Option<NodeRef<'_, Node>> {
    let mut lineage: Vec<_> = vec![node];
    lineage.extend(node.ancestors());
    let find = |names: &[&str]| lineage.iter().find(|node| is_named(**node, names)).copied();
    find(&["li", "dd", "aside", "tr"]).or_else(|| find(&["p", "div", "td", "section"]))
}

/// Whether no text stands before a node in its block.
fn begins_block(node: NodeRef<'_, Node>) -> bool {
    let Some(block) = node
        .ancestors()
        .find(|ancestor| is_named(*ancestor, &["p", "div", "li", "td", "dd", "body"]))
    else {
        return true;
    };
    let mut before = block.descendants().take_while(|inner| inner.id() != node.id());
    !before.any(|inner| inner.value().as_text().is_some_and(|text| !text.trim().is_empty()))
}

/// The number that a note's mark shows: `1`, `[1]`, `〔1〕`, `(1)`, `①`.
pub(super) fn note_number(text: &str) -> Option<u32> {
    let inner = text
        .trim()
        .trim_matches([
            '[', ']', '［', '］', '〔', '〕', '(', ')', '（', '）', '【', '】', '注', '释',
        ])
        .trim();
    let mut characters = inner.chars();
    match (characters.next(), characters.next()) {
        (Some(circled @ '①'..='⑳'), None) => Some(u32::from(circled) - u32::from('①') + 1),
        _ if inner.bytes().all(|byte| byte.is_ascii_digit()) && inner.len() <= 3 => inner.parse().ok(),
        _ => None,
    }
}

/// Drops the number that a note's text begins with.
pub(super) fn strip_label(runs: &mut [Run], number: u32) {
    match runs.first_mut() {
        Some(Run::Text { text, .. }) => {
            let end = text.find(|character: char| character.is_whitespace() || "]］〕】)）.、：".contains(character));
            if let Some(end) = end
                && note_number(&text[..end]) == Some(number)
                && text.starts_with(['[', '［', '〔', '【', '(', '（', '①'])
            {
                let rest = text[end..]
                    .trim_start_matches([']', '］', '〕', '】', ')', '）'])
                    .trim_start()
                    .to_owned();
                *text = rest;
            }
        }
        Some(mark @ Run::Mark(_)) => {
            *mark = Run::Text {
                text: String::new(),
                bold: false,
            }
        }
        _ => {}
    }
}
