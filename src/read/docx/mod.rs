//! DOCX: Word's document in a zip archive.
//!
//! Tracked changes are taken as accepted: what was inserted or moved here is read, what was deleted or moved away is
//! not. Numbers that Word makes (`一、`, `（一）`, `1.`) are made here too, since they are not in the text.

mod body;
mod numbering;
mod package;
mod styles;

use roxmltree::Node;

use super::flow::Flow;
use super::{Limits, ReadError, Reading};
use package::Package;

/// Reads a Word document.
///
/// # Errors
///
/// [`ReadError::Damaged`], [`ReadError::OverLimit`], [`ReadError::Unsupported`] for another kind of zip archive.
pub(super) fn read(bytes: &[u8], name: &str, limits: &Limits) -> Result<Reading, ReadError> {
    let mut package = Package::open(bytes, name, limits)?;
    let main = package.main_part()?;
    let folder = main
        .rsplit_once('/')
        .map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let styles = match package.part(&format!("{folder}styles.xml"))? {
        Some(text) => styles::Styles::read(&package.parse(&text, "styles.xml")?),
        None => styles::Styles::default(),
    };
    let numbering = match package.part(&format!("{folder}numbering.xml"))? {
        Some(text) => numbering::Numbering::read(&package.parse(&text, "numbering.xml")?),
        None => numbering::Numbering::default(),
    };
    let mut flow = Flow::default();
    let mut reader = body::BodyReader::new(&styles, numbering, &mut flow);
    let document = package.required(&main)?;
    reader.body(package.parse(&document, &main)?.root_element());
    for (part, prefix) in [("footnotes.xml", "f"), ("endnotes.xml", "e")] {
        if let Some(text) = package.part(&format!("{folder}{part}"))? {
            reader.notes(package.parse(&text, part)?.root_element(), prefix);
        }
    }
    flow.lift_notes();
    let (text, segments) = flow.write();
    let media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    Ok(Reading {
        text,
        media_type,
        segments,
        warnings: Vec::new(),
    })
}

/// The children of `node` that are elements called `name`, whatever their namespace (there are two, for the
/// transitional and the strict form of the format).
fn children<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children()
        .filter(move |child| child.is_element() && child.tag_name().name() == name)
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> Option<Node<'a, 'i>> {
    children(node, name).next()
}

/// The value of an attribute, whatever its namespace.
fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes()
        .find(|attribute| attribute.name() == name)
        .map(|attribute| attribute.value())
}

/// The `val` of a child, as in `<w:pStyle w:val="Heading1"/>`.
fn value<'a>(node: Node<'a, '_>, name: &'static str) -> Option<&'a str> {
    child(node, name).and_then(|child| attribute(child, "val"))
}

/// Whether a property such as `<w:b/>` is switched on; none if it isn't mentioned.
fn switch(properties: Node<'_, '_>, name: &'static str) -> Option<bool> {
    child(properties, name).map(|child| !matches!(attribute(child, "val"), Some("0" | "false" | "off")))
}
