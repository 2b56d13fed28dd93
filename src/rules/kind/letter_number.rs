//! Numerals glued to letters.

use crate::grammar::{Rule, Scene};
use crate::lexicon::terms::NumeralKind;

/// Reads a numeral that is glued to a letter: `PM2.5`, `5G基站`, `4S店`, `5A级`, `G20`. Symbols of units are no such letters.
pub static RULE: Rule<NumeralKind> = Rule {
    name: "letter-number",
    reads: "a numeral glued to a letter: PM2.5 5G基站 4S店",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<NumeralKind> {
    let number = &scene.numbers[i];
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    let hyphen = matches!(scene.before(number.start), Some('-' | '_'))
        && letter(number.start.checked_sub(2).and_then(|p| scene.at(p)));
    let unit = scene.unit_after(i).is_some();
    let before = letter(scene.before(number.start));
    // 万P and 5GW are units; 5G is none.
    let after = letter(scene.at(number.end)) && !unit;
    (before || hyphen || after).then_some(NumeralKind::Name)
}
