//! Closed lists as data: units, hedges, verbs, indicators, places, themes.

pub mod codes;
mod fold;

pub use fold::{fold, fold_str};
