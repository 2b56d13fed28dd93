//! What a unit, as a text writes it, is worth in base units.

use std::collections::HashMap;
use std::sync::LazyLock;

use rust_decimal::Decimal;

use crate::lexicon::codes::{Unit, is_unity, units, words};
use crate::lexicon::{fold, fold_str};

/// A unit of a text, resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResolvedUnit {
    /// Entry of the code list, without the scale.
    pub unit: &'static Unit,
    /// How many base units the unit is, scale included; null where the entry has no factor.
    pub factor: Option<Decimal>,
}

/// Entries by folded name.
static BY_NAME: LazyLock<HashMap<String, Vec<&'static Unit>>> = LazyLock::new(|| {
    let mut by_name: HashMap<String, Vec<&Unit>> = HashMap::new();
    for unit in units() {
        let names = std::iter::once(unit.zh.as_str()).chain(words(&unit.variants));
        for name in names.filter(|_| !is_unity(unit)) {
            by_name.entry(fold_str(name)).or_default().push(unit);
        }
    }
    by_name
});

/// The entry for a number that the text gives no unit.
static UNITY: LazyLock<Option<&'static Unit>> = LazyLock::new(|| units().iter().find(|unit| is_unity(unit)));

/// Resolves `text`, a unit as an observation has it: `[scale] name [qualifier]`, such as `亿元`, `万套（间）`, `百亿亿次/秒`.
///
/// The longest name wins (`千瓦` is a name, so `万千瓦` is 万 of it). A qualifier in brackets names a second classifier and is left
/// out. Where a name has several meanings, `indicator` decides by the words of each entry's context. A scale alone, or no unit at
/// all, is a pure number. What is not in the code list, or stays ambiguous, is `None`.
///
/// Money without a currency is yuan, as `units` says of 元.
#[must_use]
pub fn resolve(text: &str, indicator: &str) -> Option<ResolvedUnit> {
    let mut folded = String::with_capacity(text.len());
    folded.extend(text.chars().map(fold).filter(|c| !c.is_whitespace()));
    let mut scale = Decimal::ONE;
    let mut rest = folded.as_str();
    loop {
        if let Some(unit) = entry(rest, indicator).or_else(|| entry(without_qualifier(rest)?, indicator)) {
            let factor = match unit.factor {
                Some(factor) => Some(factor.checked_mul(scale)?),
                None => None,
            };
            return Some(ResolvedUnit { unit, factor });
        }
        let mut chars = rest.chars();
        scale = scale.checked_mul(scale_of(chars.next()?)?)?;
        rest = chars.as_str();
    }
}

/// The entry that `name` means of something called `indicator`.
fn entry(name: &str, indicator: &str) -> Option<&'static Unit> {
    if name.is_empty() {
        return *UNITY;
    }
    let entries = BY_NAME.get(name)?;
    if let [unit] = entries[..]
        && unit.context.is_empty()
    {
        return Some(unit);
    }
    let indicator = fold_str(indicator);
    let mut fitting = entries
        .iter()
        .filter(|unit| words(&unit.context).any(|word| indicator.contains(word)));
    match (fitting.next(), fitting.next()) {
        (Some(unit), None) => Some(unit),
        (Some(_), Some(_)) => None,
        (None, _) => entries.iter().find(|unit| unit.context.is_empty()).copied(),
    }
}

/// `套` of `套（间）`.
fn without_qualifier(name: &str) -> Option<&str> {
    let (name, qualifier) = name.split_once(['（', '('])?;
    (!name.is_empty() && qualifier.ends_with(['）', ')'])).then_some(name)
}

/// The worth of a scale character.
fn scale_of(c: char) -> Option<Decimal> {
    let power = match c {
        '十' => 10,
        '百' => 100,
        '千' => 1_000,
        '万' => 10_000,
        '亿' => 100_000_000,
        _ => return None,
    };
    Some(Decimal::from(power))
}

/// The same sum in yuan of the issue that circulated until 1 March 1955, ten thousand of which became one yuan; other units as they are.
///
/// A rate in yuan (元/人) has no entry in old yuan and gives `None`.
#[must_use]
pub fn in_old_yuan(resolved: ResolvedUnit) -> Option<ResolvedUnit> {
    if resolved.unit.code != "CNY" {
        return (!resolved.unit.base_unit.starts_with("CNY/")).then_some(resolved);
    }
    let unit = units().iter().find(|unit| unit.code == "CNY{old}")?;
    Some(ResolvedUnit {
        unit,
        factor: resolved.factor?.checked_mul(unit.factor?),
    })
}
