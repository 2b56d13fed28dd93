//! The code lists: closed lists that observations refer to and that a release ships as tables.
//!
//! Each list is a CSV file beside this one, compiled in and read once. A column that holds several words separates them by `|`.

use std::sync::LazyLock;

use rust_decimal::Decimal;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};

use super::fold_str;

/// One entry of `units`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// UCUM or ISO 4217 code where one exists, otherwise an annotation in braces or brackets, such as `{household}`.
    pub code: String,
    /// The name or symbol that texts use most.
    pub zh: String,
    pub en: String,
    /// What is measured: `money`, `mass`, `count`, … Every unit of a dimension has the same base unit, but for money.
    pub dimension: String,
    /// How many base units one unit is; null where that is no finite decimal or no fixed number.
    #[serde(deserialize_with = "decimal")]
    pub factor: Option<Decimal>,
    /// Code of the base unit.
    pub base_unit: String,
    /// Other names and symbols.
    pub variants: String,
    /// Words one of which the indicator must contain for this entry to be meant, where a symbol has several meanings.
    pub context: String,
}

/// One entry of `indicators`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// Stable name in English.
    pub code: String,
    pub zh: String,
    pub en: String,
    /// Entry of `themes`.
    pub theme: String,
    /// Base unit of a level: the `base_unit` of an entry of `units`.
    pub base_unit: String,
    pub definition: String,
    /// Other wordings, of other decades and places. `经济@growth_rate` is one for that measure only; `12345*满意率` holds one `*` for any
    /// text, or none.
    pub variants: String,
    /// Measures that the entry is for; empty for all.
    pub measures: String,
}

/// One entry of `themes`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Theme {
    pub code: String,
    pub zh: String,
    pub en: String,
    pub definition: String,
    /// Words that place an indicator without a code in this theme.
    pub keywords: String,
}

/// One entry of `places`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Division code of GB/T 2260; `000000` is the country.
    pub code: String,
    /// Full name: 石家庄市.
    pub zh: String,
    /// Name without the kind of division: 石家庄.
    pub short: String,
    /// English name, null for counties.
    pub en: Option<String>,
    /// Code of the level of government.
    pub level: String,
    /// Code of the division that this one belongs to.
    pub parent: Option<String>,
}

/// One entry of `measures`, `modifiers` or `statuses`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    pub code: String,
    pub zh: String,
    pub en: String,
    pub definition: String,
}

/// The entries of `units`.
#[must_use]
pub fn units() -> &'static [Unit] {
    static LIST: LazyLock<Vec<Unit>> = LazyLock::new(|| read(include_str!("units.csv")));
    &LIST
}

/// The entries of `indicators`.
#[must_use]
pub fn indicators() -> &'static [Indicator] {
    static LIST: LazyLock<Vec<Indicator>> = LazyLock::new(|| read(include_str!("indicators.csv")));
    &LIST
}

/// The entries of `themes`.
#[must_use]
pub fn themes() -> &'static [Theme] {
    static LIST: LazyLock<Vec<Theme>> = LazyLock::new(|| read(include_str!("themes.csv")));
    &LIST
}

/// The entries of `places`, by code.
#[must_use]
pub fn places() -> &'static [Place] {
    static LIST: LazyLock<Vec<Place>> = LazyLock::new(|| read(include_str!("places.csv")));
    &LIST
}

/// The entries of `measures`.
#[must_use]
pub fn measures() -> &'static [Code] {
    static LIST: LazyLock<Vec<Code>> = LazyLock::new(|| read(include_str!("measures.csv")));
    &LIST
}

/// The entries of `modifiers`.
#[must_use]
pub fn modifiers() -> &'static [Code] {
    static LIST: LazyLock<Vec<Code>> = LazyLock::new(|| read(include_str!("modifiers.csv")));
    &LIST
}

/// The entries of `statuses`.
#[must_use]
pub fn statuses() -> &'static [Code] {
    static LIST: LazyLock<Vec<Code>> = LazyLock::new(|| read(include_str!("statuses.csv")));
    &LIST
}

/// Every name and symbol of a unit as texts write it after a numeral and its scale (万, 亿), folded, longest first and then in the
/// order of code points, each once. These are what an engine recognises; the `normalise` stage says what they are worth.
#[must_use]
pub fn unit_symbols() -> &'static [String] {
    static SYMBOLS: LazyLock<Vec<String>> = LazyLock::new(|| {
        let mut symbols: Vec<String> = units()
            .iter()
            .filter(|unit| !is_unity(unit))
            .flat_map(|unit| std::iter::once(unit.zh.as_str()).chain(words(&unit.variants)))
            .map(fold_str)
            .collect();
        symbols.sort_by(|a, b| b.chars().count().cmp(&a.chars().count()).then_with(|| a.cmp(b)));
        symbols.dedup();
        symbols
    });
    &SYMBOLS
}

/// Whether the entry stands for a number that the text gives no unit.
#[must_use]
pub fn is_unity(unit: &Unit) -> bool {
    unit.code == "1"
}

/// The words of a column that holds several.
pub fn words(column: &str) -> impl Iterator<Item = &str> {
    column.split('|').filter(|word| !word.is_empty())
}

/// The rows of a compiled-in list.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Vec<T> {
    csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .expect("a compiled-in list never changes, and a test reads every one of them")
}

/// A decimal read from its digits; left to itself, the CSV reader would go through a float.
fn decimal<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
    let digits = String::deserialize(deserializer)?;
    if digits.is_empty() {
        return Ok(None);
    }
    Decimal::from_str_exact(&digits)
        .map(Some)
        .map_err(serde::de::Error::custom)
}
