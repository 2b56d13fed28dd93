//! Statements to rows: what a release's tables hold, before they are normalised.
//!
//! The structs here are the rows of the tables that `schemas/` describes, field for field and in the same order.

mod explain;
mod extract;
mod members;
mod names;
mod row;
mod statement;

pub use crate::lexicon::terms::{Comparison, Level, Measure, Modifier, NumeralKind, Part, Severity, Status};
pub use explain::{ExplainedToken, Explanation, Step, explain};
pub use extract::{Origin, extract};
pub use members::members;
pub use names::{NameList, list_after, split, without_total};
pub use row::{Finding, Footnote, Member, Numeral, Observation, Report, Section};
pub use statement::{Quantity, Statement, read_sentence};

/// Everything that one report yields.
#[derive(Debug, Clone, PartialEq)]
pub struct Extraction {
    /// The report itself: one row of `reports`.
    pub report: Report,
    /// The outline, in reading order.
    pub sections: Vec<Section>,
    /// The footnotes, in reading order.
    pub footnotes: Vec<Footnote>,
    /// The ledger: every numeral of the text once, by offset.
    pub numerals: Vec<Numeral>,
    /// The quantitative statements, by offset.
    pub observations: Vec<Observation>,
    /// The names listed for counted observations.
    pub members: Vec<Member>,
    /// The decoded source text that every offset points into.
    pub source_text: String,
}
