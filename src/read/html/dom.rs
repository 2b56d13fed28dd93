//! Questions about the nodes of a page's tree.

use ego_tree::NodeRef;
use scraper::Node;

/// Whether a node is an element with one of these names.
pub(super) fn is_named(node: NodeRef<'_, Node>, names: &[&str]) -> bool {
    node.value()
        .as_element()
        .is_some_and(|element| names.contains(&element.name()))
}

/// All text in a node, trimmed.
pub(super) fn text_of(node: NodeRef<'_, Node>) -> String {
    let text: String = node
        .descendants()
        .filter_map(|inner| inner.value().as_text())
        .map(|text| &**text)
        .collect();
    text.trim().to_owned()
}
