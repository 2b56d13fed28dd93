//! The rules: one module a construct, one folder a stage.
//!
//! A rule's doc comment says what it reads, with examples; `tests/corpus/<stage>/<rule>.txt` holds sentences that it must and must not read.

pub mod amount;
mod clause;
pub mod kind;
pub mod measure;
pub mod status;
pub mod subject;
pub mod time;

use crate::grammar::RuleSet;

/// Every rule, by stage and in order of precedence.
pub static RULES: RuleSet = RuleSet {
    kind: kind::RULES,
    amount: amount::RULES,
    measure: measure::RULES,
    subject: subject::RULES,
    time: time::RULES,
    status: status::RULES,
};
