//! What must hold of any input. The property tests and the fuzz targets share this file.

use std::collections::BTreeMap;

use crate::fact::{Extraction, Section};
use crate::read::{ReadError, Reading};

/// A reading's segments are its lines that hold text, in order; an error names the file.
///
/// # Panics
///
/// When that is not so.
pub fn check_reading(result: &Result<Reading, ReadError>, name: &str) {
    let reading = match result {
        Ok(reading) => reading,
        Err(error) => {
            assert!(
                error.to_string().starts_with(name),
                "an error that doesn't name the file: {error}"
            );
            return;
        }
    };
    let characters: Vec<char> = reading.text.chars().collect();
    assert!(!characters.contains(&'\0'), "a NUL in the text");
    let mut end = 0;
    for segment in &reading.segments {
        assert!(
            end <= segment.start && segment.start < segment.end,
            "segments out of order: {segment:?} after {end}"
        );
        let between = &characters[end..segment.start];
        assert!(
            between.iter().all(|c| c.is_whitespace()),
            "text outside of segments before {segment:?}"
        );
        assert!(
            !characters[segment.start..segment.end].contains(&'\n'),
            "a segment of two lines: {segment:?}"
        );
        end = segment.end;
    }
    assert!(
        characters[end..].iter().all(|c| c.is_whitespace()),
        "text after the last segment"
    );
}

/// Offsets are valid, slices are exact, and every digit is in the ledger.
///
/// # Panics
///
/// When that is not so.
pub fn check_extraction(extraction: &Extraction) {
    let text: Vec<char> = extraction.source_text.chars().collect();
    let slice = |start: i64, end: i64| -> String {
        let (start, end) = (
            usize::try_from(start).expect("not negative"),
            usize::try_from(end).expect("not negative"),
        );
        assert!(
            start < end && end <= text.len(),
            "an offset out of the text: {start}..{end} of {}",
            text.len()
        );
        text[start..end].iter().collect()
    };
    let mut covered = vec![false; text.len()];
    let mut end = 0;
    for numeral in &extraction.numerals {
        assert_eq!(slice(numeral.source_start, numeral.source_end), numeral.surface);
        assert!(
            numeral.source_start >= end,
            "numerals overlap at {}",
            numeral.source_start
        );
        end = numeral.source_end;
        let range = usize::try_from(numeral.source_start).expect("checked")..usize::try_from(end).expect("checked");
        covered[range].fill(true);
    }
    for observation in &extraction.observations {
        assert_eq!(
            slice(observation.source_start, observation.source_end),
            observation.value_text
        );
    }
    check_sections(&extraction.sections);
    for section in &extraction.sections {
        slice(section.source_start, section.source_end);
    }
    for note in &extraction.footnotes {
        slice(note.source_start, note.source_end);
    }
    for member in &extraction.members {
        assert_eq!(slice(member.source_start, member.source_end), member.name);
    }
    let is_digit = |character: char| character.is_ascii_digit() || ('０'..='９').contains(&character);
    let missed = text
        .iter()
        .zip(&covered)
        .position(|(character, covered)| is_digit(*character) && !covered);
    assert_eq!(missed, None, "a digit that is not in the ledger");
}

/// Sections nest: each lies in its parent, after the sections that stand before it there.
fn check_sections(sections: &[Section]) {
    let mut known: BTreeMap<&str, &Section> = BTreeMap::new();
    let mut last: BTreeMap<Option<&str>, i64> = BTreeMap::new();
    for section in sections {
        let parent = section.parent_id.as_deref();
        let from = last.get(&parent).copied().unwrap_or_default();
        assert!(
            from <= section.source_start,
            "a section over the one before it: {section:?}"
        );
        last.insert(parent, section.source_end);
        if let Some(parent) = parent {
            let parent = known.get(parent).expect("a parent stands before its sections");
            assert!(
                parent.source_start <= section.source_start && section.source_end <= parent.source_end,
                "a section out of its parent: {section:?} of {parent:?}"
            );
        }
        known.insert(&section.section_id, section);
    }
}
