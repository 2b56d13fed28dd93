//! What an amount is: value, unit, hedge, and the numeral that ends a range.

mod doubling;
mod elided_unit;
mod half_unit;
mod hedge;
mod number_unit;
mod per_population;
mod range;
mod rank;
mod zero_growth;

use crate::grammar::{Amount, Rule};

pub use per_population::per_population;

/// The rules of the stage, in order of precedence.
pub static RULES: &[&Rule<Amount>] = &[
    &rank::RULE,
    &doubling::RULE,
    &zero_growth::RULE,
    &range::RULE,
    &half_unit::RULE,
    &elided_unit::RULE,
    &per_population::RULE,
    &number_unit::RULE,
];
