//! Whether a value is said of what happened, expected, or set.

mod estimate;
mod future_in_review;
mod hoped;
mod of_the_part;
mod past_in_plan;
mod present_state;
mod supposed;

use crate::grammar::Rule;
use crate::lexicon::terms::Status;

pub use supposed::is_supposed;

/// The rules of the stage, in order of precedence.
pub static RULES: &[&Rule<Status>] = &[
    &supposed::RULE,
    &present_state::RULE,
    &future_in_review::RULE,
    &estimate::RULE,
    &hoped::RULE,
    &past_in_plan::RULE,
    &of_the_part::RULE,
];
