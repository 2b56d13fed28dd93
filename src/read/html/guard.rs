//! Parsing under limits: a parser that mends every fault can be made to build far more than it was given.

use html5ever::driver::{self, ParseOpts};
use html5ever::tendril::TendrilSink;
use scraper::{Html, HtmlTreeSink};

use crate::read::{Limits, ReadError, tags};

/// Characters parsed between two checks of the tree's size and depth.
const CHUNK: usize = 4096;
/// Most nodes of a tree. A long report has some thousands.
const MOST_NODES: usize = 1_000_000;
/// Most attributes of a tag. The parser compares each with all before it.
const MOST_ATTRIBUTES: usize = 4096;

/// Parses a page.
///
/// # Errors
///
/// [`ReadError::TooLarge`], [`ReadError::OverLimit`].
pub(super) fn parse(text: &str, name: &str, limits: &Limits) -> Result<Html, ReadError> {
    if text.len() > limits.part_bytes {
        let (bytes, limit) = (text.len(), limits.part_bytes);
        return Err(ReadError::TooLarge {
            name: name.to_owned(),
            what: "page",
            bytes,
            limit,
        });
    }
    let over = |at: usize, limit, what| ReadError::OverLimit {
        name: name.to_owned(),
        format: "HTML",
        place: format!("near byte {at}"),
        limit,
        what,
    };
    if let Some(at) = tags::crowded_tag(text.as_bytes(), MOST_ATTRIBUTES) {
        return Err(over(at, MOST_ATTRIBUTES, "attributes of one tag"));
    }
    let mut parser = driver::parse_document(HtmlTreeSink::new(Html::new_document()), ParseOpts::default());
    let mut at = 0;
    while at < text.len() {
        let end = text.ceil_char_boundary((at + CHUNK).min(text.len()));
        parser.process(text[at..end].into());
        at = end;
        let page = parser.tokenizer.sink.sink.0.borrow();
        let mut nodes = page.tree.nodes();
        if nodes.len() > MOST_NODES {
            return Err(over(at, MOST_NODES, "nodes"));
        }
        if nodes
            .next_back()
            .is_some_and(|last| last.ancestors().nth(limits.depth).is_some())
        {
            return Err(over(at, limits.depth, "nested elements"));
        }
    }
    Ok(parser.finish())
}
