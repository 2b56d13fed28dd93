//! What an amount measures: the characters of the sentence that name it.

mod bare_head;
mod bare_verb;
mod carried;
mod carried_share;
mod counted_object;
mod in_stages;
mod owned_head;
mod phrase;
mod plan_rate;
mod population;
mod respective;
mod run_of_years;
mod set_member;
mod shared_head;
mod size_class;
mod subject_before;
mod topic_rate;
mod whole_clause;

pub use phrase::SCOPES;

use crate::grammar::{Rule, Subject};

/// The rules of the stage, in order of precedence.
pub static RULES: &[&Rule<Subject>] = &[
    &respective::RULE,
    &run_of_years::RULE,
    &population::RULE,
    &in_stages::RULE,
    &plan_rate::RULE,
    &size_class::RULE,
    &set_member::RULE,
    &shared_head::RULE,
    &carried_share::RULE,
    &topic_rate::RULE,
    &bare_head::RULE,
    &owned_head::RULE,
    &bare_verb::RULE,
    &counted_object::RULE,
    &subject_before::RULE,
    &carried::RULE,
    &whole_clause::RULE,
];
