//! Any bytes, read as a file of this format (or of the one that they turn out to be).
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| gongkai_fuzz::check_read(bytes, "report.html"));
