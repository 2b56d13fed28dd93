//! One form for characters that are written in several ways, so that a rule needs one spelling only.

use std::sync::LazyLock;

/// The code point that each code point of the Basic Multilingual Plane is matched as.
static TABLE: LazyLock<Box<[u16]>> = LazyLock::new(|| {
    let mut table: Box<[u16]> = (0..=u16::MAX).collect();
    for line in include_str!("fold.csv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .skip(1)
    {
        let mut columns = line.split(',').map(bmp);
        if let (Some(Some(from)), Some(Some(to))) = (columns.next(), columns.next()) {
            table[usize::from(from)] = to;
        }
    }
    // Full-width ASCII (U+FF01..=U+FF5E) lies at a fixed distance from ASCII (U+0021..=U+007E).
    for full_width in 0xFF01..=0xFF5E_u16 {
        if !is_chinese_punctuation(full_width) {
            table[usize::from(full_width)] = full_width - 0xFEE0;
        }
    }
    table
});

/// The single UTF-16 unit of a one-character column.
fn bmp(column: &str) -> Option<u16> {
    let mut units = column.encode_utf16();
    units.next().filter(|_| units.next().is_none())
}

/// Full-width marks that Chinese text uses as its own punctuation, and that rules expect as they are.
fn is_chinese_punctuation(code_point: u16) -> bool {
    const MARKS: &str = "，；：！？（）～";
    MARKS.encode_utf16().any(|mark| mark == code_point)
}

/// The character that `c` is matched as: simplified for traditional and variant characters (`國` → `国`), half-width for full-width
/// digits, letters and signs (`８` → `8`, `％` → `%`, `．` → `.`); any other character is itself. Chinese punctuation is kept.
///
/// One character always gives one character, so offsets into folded text are offsets into the text itself. Folding twice is folding
/// once.
#[must_use]
pub fn fold(c: char) -> char {
    if c.is_ascii() { c } else { matched(&TABLE, c) }
}

/// The character that the table says `c` is matched as.
fn matched(table: &[u16], c: char) -> char {
    // Surrogates are no `char`s and no values of the table, so the conversion always succeeds.
    let unit = table.get(c as usize).and_then(|&unit| char::from_u32(u32::from(unit)));
    unit.unwrap_or(c)
}

/// Whether `c` is of the main block of Chinese characters, as most characters of a report are: neither a mark nor white space, and a
/// letter.
#[must_use]
pub const fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// `text` with every character folded. It has as many characters as `text`.
#[must_use]
pub fn fold_str(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    folded.extend(text.chars().map(fold));
    folded
}

/// `chars` with every character folded.
#[must_use]
pub fn fold_chars(chars: &[char]) -> Vec<char> {
    let table: &[u16] = &TABLE;
    chars.iter().map(|c| matched(table, *c)).collect()
}

/// The characters of a text. They are counted first: collecting them would make room for them again and again.
#[must_use]
pub fn chars(text: &str) -> Vec<char> {
    let mut chars = vec!['\0'; text.chars().count()];
    for (place, c) in chars.iter_mut().zip(text.chars()) {
        *place = c;
    }
    chars
}

/// The string of some characters. It is made at the length that Chinese characters take: collecting them would make room for it again
/// and again.
#[must_use]
pub fn string(chars: &[char]) -> String {
    let mut string = String::with_capacity('一'.len_utf8() * chars.len());
    for c in chars {
        string.push(*c);
    }
    string
}

#[cfg(test)]
mod tests {
    use super::{fold, fold_chars, fold_str};

    #[test]
    fn writes_one_form() {
        for (text, folded) in [
            ("國營農場糧食兩億參千萬噸", "国营农场粮食两亿参千万吨"),
            ("１２．５％", "12.5%"),
            ("微克／立方米", "微克/立方米"),
            ("增长，（下降）；一○、二〇", "增长，（下降）；一○、二〇"),
            ("显著 乾坤 100 GDP 𠮷", "显著 乾坤 100 GDP 𠮷"),
        ] {
            assert_eq!(fold_str(text), folded);
        }
    }

    #[test]
    fn is_idempotent_for_every_character() {
        for c in '\0'..=char::MAX {
            assert_eq!(fold(fold(c)), fold(c), "{c:?}");
            assert_eq!(fold_chars(&[c]), [fold(c)], "{c:?}");
        }
    }
}
