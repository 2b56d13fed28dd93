//! Closed lists as data: units, hedges, verbs, indicators, places, themes.

mod fold;

pub use fold::{fold, fold_str};
