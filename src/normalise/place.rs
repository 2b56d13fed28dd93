//! Places to division codes.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::lexicon::characters::Pairs;
use crate::lexicon::codes::{Place, places};
use crate::lexicon::{fold, fold_str};

/// Code of the country.
pub const COUNTRY: &str = "000000";

/// Places by full and by short name.
static BY_NAME: LazyLock<HashMap<&'static str, Vec<&'static Place>>> = LazyLock::new(|| {
    let mut by_name: HashMap<&str, Vec<&Place>> = HashMap::new();
    for place in places() {
        by_name.entry(&place.zh).or_default().push(place);
        if place.short != place.zh {
            by_name.entry(&place.short).or_default().push(place);
        }
    }
    by_name
});

/// The first two characters of the names of places, folded.
static HEADS: LazyLock<Pairs> = LazyLock::new(|| Pairs::of(BY_NAME.keys().filter_map(|name| head(name))));

/// The first two characters of a text, folded.
fn head(text: &str) -> Option<(char, char)> {
    let mut folded = text.chars().map(fold);
    folded.next().zip(folded.next())
}

/// Places by code.
static BY_CODE: LazyLock<HashMap<&'static str, &'static Place>> =
    LazyLock::new(|| places().iter().map(|place| (place.code.as_str(), place)).collect());

/// The place with a division code.
#[must_use]
pub fn by_code(code: &str) -> Option<&'static Place> {
    BY_CODE.get(code).copied()
}

/// The place called `name`, by its full name (上海市宝山区), its own full name (宝山区) or its short name (宝山).
///
/// 全国 and 我国 are the country. `within` is the code of a place that it must lie in, or be. Where the name still fits several, the one of the highest level is
/// meant (吉林 is the province); two of the same level (朝阳区) give `None`, never a guess.
#[must_use]
pub fn find(name: &str, within: Option<&str>) -> Option<&'static Place> {
    let folded = fold_str(name.trim());
    if within.is_none() && (folded == "全国" || folded == "我国") {
        return by_code(COUNTRY);
    }
    exact(&folded, within).or_else(|| composed(&folded, within))
}

/// A place whose own name is `name`.
fn exact(name: &str, within: Option<&str>) -> Option<&'static Place> {
    let candidates: Vec<&Place> = BY_NAME
        .get(name)?
        .iter()
        .copied()
        .filter(|place| within.is_none_or(|code| lies_in(place, code)))
        .collect();
    let highest = candidates.iter().map(|place| rank(place)).min()?;
    let mut best = candidates.into_iter().filter(|place| rank(place) == highest);
    match (best.next(), best.next()) {
        (Some(place), None) => Some(place),
        _ => None,
    }
}

/// A place named after the places it lies in: 上海市宝山区, 河北省石家庄市.
fn composed(name: &str, within: Option<&str>) -> Option<&'static Place> {
    name.char_indices().skip(1).find_map(|(at, _)| {
        let (outer, inner) = name.split_at(at);
        let outer = exact(outer, within)?;
        find(inner, Some(&outer.code))
    })
}

/// The place that a text begins with, and what follows its name: 郑州机场货邮吞吐量. Only a place within the place of code `within`, and not
/// that place itself.
#[must_use]
pub fn leading<'t>(text: &'t str, within: Option<&str>) -> Option<(&'t str, &'static Place, &'t str)> {
    /// Longest place name that is tried, in characters.
    const LONGEST: usize = 9;
    let (first, second) = head(text)?;
    if !HEADS.may_have(first, second) {
        return None;
    }
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).skip(2).take(LONGEST).collect();
    ends.into_iter().rev().find_map(|at| {
        let (name, rest) = text.split_at(at);
        let place = exact(&fold_str(name), within).filter(|place| within != Some(place.code.as_str()))?;
        Some((name, place, rest))
    })
}

/// The name that tells a place from all others: a county's with those of the places it lies in (北京市朝阳区), else its own (吉林市).
#[must_use]
pub fn full_name(place: &Place) -> String {
    let outer = place
        .parent
        .as_deref()
        .filter(|_| place.level == "county")
        .and_then(by_code);
    let province = outer
        .and_then(|outer| by_code(outer.parent.as_deref()?))
        .filter(|place| place.code != COUNTRY);
    [province, outer, Some(place)]
        .into_iter()
        .flatten()
        .map(|place| place.zh.as_str())
        .collect()
}

/// The names by which a report of the place called `name` speaks of it: 上海市宝山区高境镇 is also 高境镇 and 高境.
#[must_use]
pub fn names(name: &str) -> Vec<String> {
    let folded = fold_str(name.trim());
    let own = match find(&folded, None) {
        Some(place) => place.zh.as_str(),
        None => folded
            .char_indices()
            .rev()
            .find_map(|(at, _)| find(&folded[..at], None).map(|_| &folded[at..]))
            .unwrap_or(&folded),
    };
    let short = match find(&folded, None) {
        Some(place) => place.short.as_str(),
        None => ["街道", "镇", "乡"]
            .iter()
            .find_map(|kind| own.strip_suffix(kind))
            .unwrap_or(own),
    };
    let mut names = vec![folded.clone(), own.to_owned(), short.to_owned()];
    names.dedup();
    names
}

/// Whether `place` is the place with the code `outer` or lies in it.
fn lies_in(place: &Place, outer: &str) -> bool {
    let mut current = Some(place.code.as_str());
    while let Some(code) = current {
        if code == outer {
            return true;
        }
        current = by_code(code).and_then(|place| place.parent.as_deref());
    }
    false
}

/// The level as a number, 0 for the country.
fn rank(place: &Place) -> usize {
    ["state", "province", "prefecture", "county"]
        .iter()
        .position(|level| *level == place.level)
        .unwrap_or(usize::MAX)
}
