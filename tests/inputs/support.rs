//! What the tests of this binary share.

use std::io::{Cursor, Write};

use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::read::{self, Limits, ReadError, Reading};

/// Reads `bytes` as a file called `name`, checking what holds of any reading.
pub fn read(bytes: &[u8], name: &str) -> Result<Reading, ReadError> {
    let result = read::read(bytes, name, &Limits::default());
    crate::invariants::check_reading(&result, name);
    result
}

/// The lines of text that `bytes` give.
pub fn lines(bytes: &[u8], name: &str) -> Vec<String> {
    let reading = read(bytes, name).expect("readable");
    reading
        .text
        .lines()
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A zip archive of these files.
pub fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A Word file with this body and these notes, styles and lists (the elements inside the root of each part).
pub fn word(body: &str, footnotes: &str, styles: &str, numbering: &str) -> Vec<u8> {
    let part = |root: &str, content: &str| {
        format!(
            r#"<?xml version="1.0" encoding="UTF-8"?><w:{root} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{content}</w:{root}>"#
        )
    };
    archive(&[
        (
            "word/document.xml",
            part("document", &format!("<w:body>{body}</w:body>")).as_bytes(),
        ),
        ("word/footnotes.xml", part("footnotes", footnotes).as_bytes()),
        ("word/styles.xml", part("styles", styles).as_bytes()),
        ("word/numbering.xml", part("numbering", numbering).as_bytes()),
    ])
}

/// A PDF with one page for each content stream; `F1` is a font for Chinese without `ToUnicode`, whose codes are UTF-16.
/// `forms` are the resources `X0`, `X1` … that any content may draw.
pub fn pdf(pages: &[&str], forms: &[&str]) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let descendant = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "CIDFontType0", "BaseFont" => "STSong", "DW" => 1000,
        "CIDSystemInfo" => dictionary! {
            "Registry" => Object::string_literal("Adobe"), "Ordering" => Object::string_literal("GB1"), "Supplement" => 2,
        },
        // CIDs 1 to 95 are the Latin letters and digits, half as wide.
        "W" => vec![1.into(), 95.into(), 500.into()],
    });
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "STSong", "Encoding" => "UniGB-UCS2-H",
        "DescendantFonts" => vec![descendant.into()],
    });
    let ids: Vec<_> = forms.iter().map(|_| document.new_object_id()).collect();
    let xobjects: Dictionary = ids
        .iter()
        .enumerate()
        .map(|(index, id)| (format!("X{index}"), Object::from(*id)))
        .collect();
    let resources = document.add_object(dictionary! { "Font" => dictionary! { "F1" => font }, "XObject" => xobjects });
    for (id, form) in ids.iter().zip(forms) {
        let form_dictionary = dictionary! {
            "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
            "Resources" => resources,
        };
        document
            .objects
            .insert(*id, Stream::new(form_dictionary, form.as_bytes().to_vec()).into());
    }
    let tree = document.new_object_id();
    let kids: Vec<Object> = pages
        .iter()
        .map(|content| {
            let content = document.add_object(Stream::new(Dictionary::new(), content.as_bytes().to_vec()));
            document
                .add_object(dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => content })
                .into()
        })
        .collect();
    let count = i64::try_from(kids.len()).unwrap();
    let media_box = vec![0.into(), 0.into(), 595.into(), 842.into()];
    document.objects.insert(
        tree,
        dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count, "MediaBox" => media_box, "Resources" => resources }
            .into(),
    );
    finish(document, tree.into())
}

/// The bytes of a document with this page tree.
pub fn finish(mut document: Document, pages: Object) -> Vec<u8> {
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

/// Drawing operators for `text` at a place, for the font of [`pdf`].
pub fn draw(x: f64, y: f64, size: f64, text: &str) -> String {
    let codes: String = text.encode_utf16().map(|unit| format!("{unit:04x}")).collect();
    format!("BT /F1 {size} Tf {x} {y} Td <{codes}> Tj ET\n")
}
