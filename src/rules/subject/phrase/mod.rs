//! The phrases around an amount. Not a rule: the rules of the stage share it.

mod before;
mod left;
mod nouns;
mod object;
mod verb;

pub use before::{before, clause_before, same_unit_before, things_before};
pub use left::{left, named};
pub use nouns::{SCOPES, SHARE, is_thing, measures, measures_much, scope, treasury};
pub use object::{is_size_of, object};
pub use verb::{has_verb, head_verb, inherited_verb, is_predicate, tail_verb, verb_before};
