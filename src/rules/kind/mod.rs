//! What a numeral is: date, ordinal, name, marker, something else, or a quantity.

mod big_group;
mod counted_part;
mod date_part;
mod first_of;
mod five_year_plan;
mod hotline;
mod letter_number;
mod list_number;
mod lone_number;
mod named_years;
mod number_unit;
mod numbered_thing;
mod ordinal;
mod per_scale;
mod policy_count;
mod quoted_name;
mod rank;
mod rank_in_name;
mod ratio_pair;
mod round_the_clock;
mod scale_name;
mod silent;
mod slogan_sum;
mod small_number;
mod span_of_years;
mod unnamed_number;
mod vague_number;
mod version;
mod year;

pub use year::mixed as mixed_year;

use crate::grammar::Rule;
use crate::lexicon::terms::NumeralKind;

/// The rules of the stage, in order of precedence: the narrower construct first.
pub static RULES: &[&Rule<NumeralKind>] = &[
    &list_number::RULE,
    &year::RULE,
    &date_part::RULE,
    &silent::RULE,
    &vague_number::RULE,
    &letter_number::RULE,
    &span_of_years::RULE,
    &five_year_plan::RULE,
    &named_years::RULE,
    &rank::RULE,
    &first_of::RULE,
    &ordinal::RULE,
    &slogan_sum::RULE,
    &hotline::RULE,
    &round_the_clock::RULE,
    &per_scale::RULE,
    &version::RULE,
    &numbered_thing::RULE,
    &rank_in_name::RULE,
    &policy_count::RULE,
    &big_group::RULE,
    &scale_name::RULE,
    &quoted_name::RULE,
    &counted_part::RULE,
    &ratio_pair::RULE,
    &small_number::RULE,
    &number_unit::RULE,
    &lone_number::RULE,
    &unnamed_number::RULE,
];
