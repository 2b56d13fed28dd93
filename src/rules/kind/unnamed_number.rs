//! What is left.

use crate::grammar::{Rule, Scene};
use crate::lexicon::terms::NumeralKind;

/// Reads a numeral that no other rule reads: it has no unit and nothing makes it a value.
pub static RULE: Rule<NumeralKind> = Rule {
    name: "no-unit",
    reads: "a numeral without a unit that nothing makes a value",
    apply,
};

fn apply(_: &Scene, _: usize) -> Option<NumeralKind> {
    Some(NumeralKind::Other)
}
