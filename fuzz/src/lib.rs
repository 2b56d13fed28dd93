//! The rooms from bytes to rows, compiled without the rest of the project, and what must hold of them for any input.
//!
//! The project links Polars, whose instrumented build takes the better part of an hour and fuzzes nothing that is ours;
//! so the rooms are taken in by path, not as a dependency.

#[path = "../../src/document/mod.rs"]
pub mod document;
#[path = "../../src/fact/mod.rs"]
pub mod fact;
#[path = "../../src/grammar/mod.rs"]
pub mod grammar;
#[path = "../../src/lex/mod.rs"]
pub mod lex;
#[path = "../../src/lexicon/mod.rs"]
pub mod lexicon;
#[path = "../../src/read/mod.rs"]
pub mod read;
#[path = "../../src/rules/mod.rs"]
pub mod rules;

#[path = "../../tests/inputs/invariants.rs"]
mod invariants;

pub use invariants::{check_extraction, check_reading};

/// Limits that keep one input's time and memory small.
pub fn limits() -> read::Limits {
    read::Limits {
        file_bytes: 1 << 20,
        part_bytes: 1 << 20,
        unpacked_bytes: 4 << 20,
        text_bytes: 1 << 20,
        ..read::Limits::default()
    }
}

/// Reads `bytes` as a file called `name` and checks what comes of it.
pub fn check_read(bytes: &[u8], name: &str) {
    check_reading(&read::read(bytes, name, &limits()), name);
}
