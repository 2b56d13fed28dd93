//! What the audit's checks look for: `audit.csv`, one row a list of words, or a part of one.

use std::sync::LazyLock;

/// Declares the lists, with their names in `audit.csv`.
macro_rules! lists {
    ($($(#[$meta:meta])* $name:ident = $text:literal;)+) => {
        /// A list of words, each of its rows with an attribute.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum List { $($(#[$meta])* $name),+ }

        impl List {
            const ALL: &'static [(Self, &'static str)] = &[$((Self::$name, $text)),+];
        }
    };
}

lists! {
    /// What a report calls its own place before an indicator.
    OwnPlace = "own_place";
    /// Verbs of a from–to, the attribute their direction; a longer verb stands before one that it contains.
    Turn = "turn";
    /// Verbs before a multiple that say a growth.
    Growth = "growth";
    /// Growth at constant prices: `custom` by what it is a growth of, but for `current`, and `said` in the sentence.
    ConstantPrices = "constant_prices";
    /// Words of which each names a part, and all of a row together the whole.
    Partition = "partition";
    /// Names of a whole; the attribute names its division.
    Whole = "whole";
    /// Names of one part of the division that the attribute names.
    Part = "part";
    /// Words that open another statement after the parts of 其中.
    LeavesParts = "leaves_parts";
    /// Words for what a list leaves out.
    Remainder = "remainder";
    /// Rates that lie between 0 and 100 % by what they are, and those that may not.
    Rate = "rate";
    /// An announcement: what is `counted`, what is only `listed` at once, its `items`, and words that are `announcing`.
    Announced = "announced";
    /// Words before a number that say over what it is taken.
    Scope = "scope";
    /// Words of a number that is a yearly average.
    Average = "average";
    /// Indicators that count what a period adds.
    Added = "added";
    /// Words of a clause that sets the plan.
    Plan = "plan";
    /// Words that a statement is made again.
    Restated = "restated";
    /// Words that lead from an increment or a mark to the level that it belongs to.
    ToALevel = "to_a_level";
    /// Words that only end like a hedge before a number: 附近 is no 近.
    NoHedge = "no_hedge";
    /// What anniversaries are counted from; the attribute is the year.
    Founded = "founded";
}

/// One row.
#[derive(Debug)]
pub struct Row {
    pub attribute: &'static str,
    pub words: Vec<&'static str>,
}

static FILE: &str = include_str!("audit.csv");

static LISTS: LazyLock<Vec<Vec<Row>>> = LazyLock::new(|| {
    let rows_of = |name: &str| {
        let rows = FILE.lines().skip(1).filter_map(|line| {
            let (list, rest) = line.split_once(',')?;
            let (attribute, words) = rest.split_once(',')?;
            (list == name).then(|| Row {
                attribute,
                words: words.split('|').collect(),
            })
        });
        rows.collect()
    };
    List::ALL.iter().map(|(_, name)| rows_of(name)).collect()
});

/// The rows of a list, in the order of the file.
#[must_use]
pub fn rows(list: List) -> &'static [Row] {
    &LISTS[list as usize]
}

/// The words of a list's rows that have the attribute.
pub fn words(list: List, attribute: &str) -> impl Iterator<Item = &'static str> {
    rows(list)
        .iter()
        .filter(move |row| row.attribute == attribute)
        .flat_map(|row| row.words.iter().copied())
}

/// Whether a text has a word of the list's rows with the attribute.
#[must_use]
pub fn mentions(text: &str, list: List, attribute: &str) -> bool {
    words(list, attribute).any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_belongs_to_a_list_and_every_list_has_rows() {
        for line in FILE.lines().skip(1) {
            let mut fields = line.splitn(3, ',');
            let list = fields.next().unwrap_or_default();
            assert!(List::ALL.iter().any(|(_, name)| *name == list), "{line}");
            let words = fields.nth(1).unwrap_or_default();
            assert!(words.split('|').all(|word| !word.is_empty()), "{line}");
        }
        for (list, name) in List::ALL {
            assert!(!rows(*list).is_empty(), "{name}");
        }
    }

    #[test]
    fn an_event_has_a_year() {
        for row in rows(List::Founded) {
            assert!(row.attribute.parse::<i32>().is_ok_and(|year| year > 1900), "{row:?}");
        }
    }
}
