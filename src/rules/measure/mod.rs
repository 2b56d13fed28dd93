//! What kind of value an amount is, and what it is compared with.

mod change;
mod doubling;
mod growth;
mod level;
mod listed;
mod multiple;
mod points;
mod predicate;
mod rank;
mod ratio;
mod verb_object;
mod verb_object_rise;

use crate::grammar::{Measured, Rule};

/// The rules of the stage, in order of precedence.
pub static RULES: &[&Rule<Measured>] = &[
    &rank::RULE,
    &doubling::RULE,
    &multiple::RULE,
    &points::RULE,
    &growth::RULE,
    &change::RULE,
    &listed::RULE,
    &verb_object::RULE,
    &verb_object_rise::RULE,
    &ratio::RULE,
    &level::RULE,
];
