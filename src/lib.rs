//! Gongkai (公开, "made public"): open data out of Chinese government work reports.
//!
//! A report goes through the library in one straight line, and each room of `src/` is one step of it:
//!
//! `source` (where the bytes are) → `read` (bytes to text) → `document` (text to sections, sentences, footnotes) →
//! `lex` (sentences to tokens) → `grammar` with `rules` and `lexicon` (tokens to statements) →
//! `fact` (statements to rows) → `normalise` (units, periods, codes) → `table` (rows to Arrow) →
//! `audit` (rows checked against each other) → `release` (a folder) → `publish` (a portal).
//!
//! A step imports only from steps before it. `pipeline` runs the steps, `cli` is the command line over it.

pub mod audit;
pub mod cli;
pub mod document;
pub mod fact;
pub mod grammar;
pub mod lex;
pub mod lexicon;
pub mod normalise;
pub mod pipeline;
pub mod publish;
pub mod read;
pub mod release;
pub mod rules;
pub mod source;
pub mod table;
