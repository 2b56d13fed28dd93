//! Which part of a page is its content.

use ego_tree::NodeRef;
use scraper::{ElementRef, Node};

/// Elements that hold no content.
const NO_CONTENT: [&str; 21] = [
    "aside", "audio", "button", "canvas", "embed", "footer", "form", "head", "iframe", "input", "link", "map", "menu",
    "nav", "noscript", "object", "script", "select", "style", "template", "video",
];

/// Words in a `class` or `id` that name what surrounds the content. They count as whole words between `-`, `_`, spaces.
const SURROUNDINGS: [&str; 20] = [
    "ad",
    "ads",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "copyright",
    "crumb",
    "foot",
    "footer",
    "login",
    "menu",
    "nav",
    "navbar",
    "navigation",
    "pager",
    "related",
    "search",
    "share",
    "sidebar",
    "toolbar",
];

/// Share of a part's text that one of its children must hold to be the content instead.
const MAIN_SHARE: f64 = 0.8;

/// Whether a node and all in it are left out.
pub(super) fn is_skipped(node: NodeRef<'_, Node>) -> bool {
    let Some(element) = node.value().as_element() else {
        return !node.value().is_text();
    };
    let style = element
        .attr("style")
        .unwrap_or_default()
        .to_ascii_lowercase()
        .replace(' ', "");
    NO_CONTENT.contains(&element.name())
        || element.attr("hidden").is_some()
        || element.attr("aria-hidden") == Some("true")
        || style.contains("display:none")
        || matches!(
            element.attr("role"),
            Some("navigation" | "banner" | "contentinfo" | "search")
        )
        || (element.name() != "body" && has_surroundings_name(element))
}

fn has_surroundings_name(element: &scraper::node::Element) -> bool {
    // Only a box is surroundings; a word or a paragraph may be called anything.
    let is_box = matches!(
        element.name(),
        "div" | "header" | "ol" | "p" | "section" | "span" | "table" | "td" | "ul"
    );
    let names = [element.attr("class"), element.attr("id")];
    is_box
        && names.into_iter().flatten().any(|name| {
            name.split(['-', '_', ' '])
                .any(|word| SURROUNDINGS.contains(&word.to_ascii_lowercase().as_str()))
        })
}

/// The element that holds the content: from the body down, as long as one child holds most of the text that is not
/// links.
pub(super) fn main_content(body: ElementRef<'_>) -> ElementRef<'_> {
    let mut content = body;
    loop {
        let whole = weight(*content);
        let heaviest = content
            .child_elements()
            .map(|child| (weight(*child), child))
            .max_by_key(|(weight, _)| *weight);
        match heaviest {
            #[expect(clippy::cast_precision_loss, reason = "a share needs no more than 52 bits")]
            Some((part, child)) if part > 0 && part as f64 >= whole as f64 * MAIN_SHARE && is_container(child) => {
                content = child;
            }
            _ => return content,
        }
    }
}

/// Whether an element may hold blocks and is no block of text itself.
fn is_container(element: ElementRef<'_>) -> bool {
    matches!(
        element.value().name(),
        "article"
            | "body"
            | "center"
            | "dd"
            | "div"
            | "font"
            | "html"
            | "main"
            | "section"
            | "span"
            | "table"
            | "tbody"
            | "td"
            | "tr"
    )
}

/// Number of characters of an element's text that are neither in links nor in what is left out.
fn weight(node: NodeRef<'_, Node>) -> usize {
    if let Some(text) = node.value().as_text() {
        return text.chars().filter(|character| !character.is_whitespace()).count();
    }
    if is_skipped(node) || node.value().as_element().is_some_and(|element| element.name() == "a") {
        return 0;
    }
    node.children().map(weight).sum()
}
