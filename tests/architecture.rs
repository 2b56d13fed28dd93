//! The rooms of `src/` stand in one line: a room imports only from rooms before it. No rule is made for a place.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms in the order of the line. Those of one step may not import each other.
const LINE: &[&[&str]] = &[
    &["source"],
    &["read"],
    &["lexicon"],
    &["lex"],
    &["document"],
    &["grammar"],
    &["rules"],
    &["fact"],
    &["normalise"],
    &["table"],
    &["audit"],
    &["release"],
    &["publish"],
    &["pipeline"],
    &["cli"],
];

fn step(room: &str) -> usize {
    LINE.iter()
        .position(|rooms| rooms.contains(&room))
        .unwrap_or_else(|| panic!("room `{room}` is not in the line"))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The rooms named after `crate::`, in a path or a braced list.
fn imported_rooms(code: &str) -> BTreeSet<String> {
    let word = |text: &str| {
        text.chars()
            .take_while(|c| c.is_ascii_lowercase() || *c == '_')
            .collect::<String>()
    };
    let mut rooms = BTreeSet::new();
    for after in code.split("crate::").skip(1) {
        match after.strip_prefix('{') {
            None => {
                rooms.insert(word(after));
            }
            Some(list) => {
                let mut depth = 0;
                for part in list.split_inclusive([',', '{', '}']) {
                    if depth == 0 {
                        rooms.insert(word(part.trim_start()));
                    }
                    match part.chars().last() {
                        Some('{') => depth += 1,
                        Some('}') if depth == 0 => break,
                        Some('}') => depth -= 1,
                        _ => {}
                    }
                }
            }
        }
    }
    rooms.remove("");
    rooms
}

/// What the compiler sees: no comments, no tests at the end of a file.
fn without_comments_and_tests(code: &str) -> String {
    let code = code.split("#[cfg(test)]").next().unwrap_or_default();
    code.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn every_room_imports_only_from_rooms_before_it() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let rooms: BTreeSet<_> = LINE.iter().flat_map(|rooms| rooms.iter().copied()).collect();
    let mut wrong = Vec::new();
    let mut imports = 0;
    for file in rust_files(&src) {
        let inside = file.strip_prefix(&src).unwrap();
        let room = inside
            .components()
            .next()
            .unwrap()
            .as_os_str()
            .to_string_lossy()
            .replace(".rs", "");
        if room == "lib" || room == "bin" {
            continue;
        }
        let code = without_comments_and_tests(&fs::read_to_string(&file).unwrap());
        for imported in imported_rooms(&code) {
            if imported == room || !rooms.contains(imported.as_str()) {
                continue;
            }
            imports += 1;
            if step(&imported) >= step(&room) {
                wrong.push(format!(
                    "src/{}: `{room}` imports `{imported}`, which comes later",
                    inside.display()
                ));
            }
        }
    }
    assert!(imports > 0, "no import was recognised: the test is blind");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_room_is_in_the_line() {
    let lib = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    for line in lib.lines() {
        if let Some(room) = line.strip_prefix("pub mod ").and_then(|rest| rest.strip_suffix(';')) {
            step(room);
        }
    }
}

#[test]
fn imports_are_recognised() {
    let found = |code: &str| imported_rooms(code).into_iter().collect::<Vec<_>>();
    assert_eq!(found("use crate::fact::{Extraction, Level};"), ["fact"]);
    assert_eq!(
        found("use crate::{fact::Level, lex::{Token, self}, table};\nuse std::fs;"),
        ["fact", "lex", "table"]
    );
    assert_eq!(
        found("let x = crate::normalise::run(crate::read::read());"),
        ["normalise", "read"]
    );
    assert_eq!(
        without_comments_and_tests("/// [`crate::cli`]\nuse crate::fact;\n#[cfg(test)]\nuse crate::cli;"),
        "use crate::fact;"
    );
}

/// Texts of a file's code in quotation marks.
fn literals(code: &str) -> impl Iterator<Item = &str> {
    code.lines().flat_map(|line| line.split('"').skip(1).step_by(2))
}

#[test]
fn no_rule_names_a_place() {
    // A word that is a place's name, too.
    const WORDS: [&str; 1] = ["日照"];
    let places: BTreeSet<&str> = gongkai::lexicon::codes::places()
        .iter()
        .filter(|place| matches!(place.level.as_str(), "province" | "prefecture"))
        .flat_map(|place| [place.zh.as_str(), place.short.as_str()])
        .filter(|name| name.chars().count() > 1 && !WORDS.contains(name))
        .collect();
    assert!(places.contains("上海"));
    for room in ["document", "lex", "grammar", "rules", "fact"] {
        for file in rust_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(room)) {
            let code = without_comments_and_tests(&fs::read_to_string(&file).unwrap());
            for literal in literals(&code) {
                let place = places.iter().find(|place| literal.contains(**place));
                assert_eq!(place, None, "{}: `{literal}`", file.display());
            }
        }
    }
}
