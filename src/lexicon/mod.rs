//! Closed lists as data: units, hedges, verbs, indicators, places, themes.

pub mod audit;
pub mod characters;
pub mod codes;
pub mod fold;
pub mod structure;
pub mod terms;
pub mod words;

pub use fold::{fold, fold_str, is_ideograph, string};
