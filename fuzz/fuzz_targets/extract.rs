//! Any text through the whole extractor.
#![no_main]

use gongkai_fuzz::{check_extraction, document, fact, limits, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(reading) = read::read(bytes, "report.txt", &limits()) {
        check_extraction(&fact::extract(
            &reading,
            &fact::Origin::default(),
            &document::Known::default(),
        ));
    }
});
