//! Any bytes as the document of a Word file, so that the fuzzer need not guess checksums; those that begin with `PK` as
//! the whole file.
#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PK") {
        gongkai_fuzz::check_read(bytes, "report.docx");
    } else if let Some(file) = packed(bytes) {
        gongkai_fuzz::check_read(&file, "report.docx");
    }
});

/// A Word file. A line of `=====` in `bytes` parts the document from its notes, styles and numbering.
fn packed(bytes: &[u8]) -> Option<Vec<u8>> {
    let text = String::from_utf8_lossy(bytes);
    let mut parts = text.split("\n=====\n");
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for name in ["document", "footnotes", "styles", "numbering"] {
        if let Some(part) = parts.next() {
            archive.start_file(format!("word/{name}.xml"), stored).ok()?;
            archive.write_all(part.as_bytes()).ok()?;
        }
    }
    archive.finish().ok().map(Cursor::into_inner)
}
