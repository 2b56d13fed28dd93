//! Closed lists as data: units, hedges, verbs, indicators, places, themes.

pub mod audit;
pub mod characters;
pub mod codes;
pub mod fold;
pub mod structure;
pub mod terms;
pub mod words;

pub use fold::{chars, fold, fold_chars, fold_str, is_ideograph, string};
