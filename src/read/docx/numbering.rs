//! Automatic numbers of headings and list items.

use std::collections::BTreeMap;

use roxmltree::{Document, Node};

use super::styles::NumberingRef;
use super::{attribute, child, children, value};

/// The lists of a document and where each has got to.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// Definition and levels restarted by each list.
    lists: BTreeMap<String, List>,
    /// Levels by definition.
    definitions: BTreeMap<String, Vec<Level>>,
    /// Last number of each level, by definition; none where a level has not begun.
    counters: BTreeMap<String, Vec<Option<u32>>>,
}

#[derive(Debug, Default)]
struct List {
    definition: String,
    /// Level and first number.
    restarts: Vec<(usize, u32)>,
}

#[derive(Debug, Clone)]
struct Level {
    start: u32,
    format: String,
    /// Text with `%1` for the first level's number.
    text: String,
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub fn read(document: &Document<'_>) -> Self {
        let root = document.root_element();
        let mut numbering = Self::default();
        for node in children(root, "abstractNum") {
            if let Some(id) = attribute(node, "abstractNumId") {
                numbering
                    .definitions
                    .insert(id.to_owned(), children(node, "lvl").map(level).collect());
            }
        }
        for node in children(root, "num") {
            if let (Some(id), Some(definition)) = (attribute(node, "numId"), value(node, "abstractNumId")) {
                let restarts = children(node, "lvlOverride").filter_map(|over| {
                    let level = attribute(over, "ilvl")?.parse().ok()?;
                    let start = value(over, "startOverride")?.parse().ok()?;
                    Some((level, start))
                });
                let list = List {
                    definition: definition.to_owned(),
                    restarts: restarts.collect(),
                };
                numbering.lists.insert(id.to_owned(), list);
            }
        }
        numbering
    }

    /// The label of the next paragraph of a list, such as `（一）`; none for bullets and unknown lists.
    pub fn next_label(&mut self, reference: &NumberingRef) -> Option<String> {
        let list = self.lists.get_mut(&reference.list)?;
        let levels = self.definitions.get(&list.definition)?;
        let depth = reference.level.unwrap_or(0);
        let level = levels.get(depth)?;
        let counters = self.counters.entry(list.definition.clone()).or_default();
        for (restarted, start) in list.restarts.drain(..) {
            if counters.len() <= restarted && restarted < levels.len() {
                counters.resize(restarted + 1, None);
            }
            if let Some(counter) = counters.get_mut(restarted) {
                *counter = start.checked_sub(1);
            }
        }
        counters.truncate(depth + 1);
        counters.resize(depth + 1, None);
        for (counter, above) in counters.iter_mut().zip(levels).take(depth) {
            counter.get_or_insert(above.start);
        }
        let number = counters[depth].map_or(level.start, |last| last.saturating_add(1));
        counters[depth] = Some(number);
        if matches!(level.format.as_str(), "bullet" | "none") {
            return None;
        }
        let mut label = level.text.clone();
        for (index, counter) in counters.iter().enumerate() {
            let format = &levels.get(index)?.format;
            label = label.replace(&format!("%{}", index + 1), &written(counter.unwrap_or(1), format));
        }
        Some(label)
    }
}

fn level(node: Node<'_, '_>) -> Level {
    Level {
        start: value(node, "start").and_then(|start| start.parse().ok()).unwrap_or(1),
        format: value(node, "numFmt").unwrap_or("decimal").to_owned(),
        text: child(node, "lvlText")
            .and_then(|text| attribute(text, "val"))
            .unwrap_or_default()
            .to_owned(),
    }
}

/// A number in one of Word's formats.
fn written(number: u32, format: &str) -> String {
    match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "ideographDigital" => chinese(number),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if (1..=20).contains(&number) => {
            char::from_u32(u32::from('①') + number - 1)
                .map(String::from)
                .unwrap_or_default()
        }
        "decimalFullWidth" => {
            let wide = |digit: char| char::from_u32(u32::from(digit) + 0xFEE0).unwrap_or(digit);
            number.to_string().chars().map(wide).collect()
        }
        "ideographTraditional" => nth("甲乙丙丁戊己庚辛壬癸", number),
        "lowerLetter" => nth("abcdefghijklmnopqrstuvwxyz", number),
        "upperLetter" => nth("ABCDEFGHIJKLMNOPQRSTUVWXYZ", number),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperRoman" => roman(number),
        _ => number.to_string(),
    }
}

fn nth(letters: &str, number: u32) -> String {
    let index = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
    index
        .and_then(|index| letters.chars().nth(index))
        .map_or_else(|| number.to_string(), String::from)
}

/// Chinese numerals up to 99, which is further than headings go; Arabic ones beyond.
fn chinese(number: u32) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |value: u32| DIGITS[usize::try_from(value % 10).unwrap_or(0)];
    match number {
        1..=9 => digit(number).to_owned(),
        10..=19 => format!("十{}", digit(number)),
        20..=99 => format!("{}十{}", digit(number / 10), digit(number)),
        _ => number.to_string(),
    }
}

fn roman(number: u32) -> String {
    const NUMERALS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number >= 4000 {
        return number.to_string();
    }
    let mut rest = number;
    let mut text = String::new();
    for (value, letters) in NUMERALS {
        while rest >= value {
            text.push_str(letters);
            rest -= value;
        }
    }
    text
}
