//! Whether a release is what it says it is.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;
use walkdir::WalkDir;

use super::files::{SUMS, table_path};
use super::read::{read_table, source_path};
use super::{Changelog, Error, OldRelease, Record, Result};
use crate::source::sha256_hex;
use crate::table::{Cell, ForeignKey, Table, TableSchema, Tables, harmless, original};

/// How many problems of one kind in one file are told one by one.
const MOST: usize = 10;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// What was checked: `checksums`, `schemas`, `keys`, `offsets`, `chain`, `rebuild`.
    pub check: &'static str,
    /// Path of the file within the release.
    pub file: String,
    /// What was expected and what was found.
    pub message: String,
}

/// What was checked and what is wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// What was checked, in order: name and, in words, how much.
    pub checks: Vec<(&'static str, String)>,
    pub problems: Vec<Problem>,
}

impl Verified {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.problems.is_empty()
    }

    fn problem(&mut self, check: &'static str, file: impl Into<String>, message: impl Into<String>) {
        self.problems.push(Problem {
            check,
            file: file.into(),
            message: message.into(),
        });
    }

    /// Adds the first problems of a file, and says how many more there are.
    fn problems(&mut self, check: &'static str, file: &str, messages: impl IntoIterator<Item = String>) {
        let mut messages = messages.into_iter();
        messages
            .by_ref()
            .take(MOST)
            .for_each(|message| self.problem(check, file, message));
        let more = messages.count();
        if more > 0 {
            self.problem(check, file, format!("and {more} more"));
        }
    }

    fn done(&mut self, check: &'static str, what: String) {
        self.checks.push((check, what));
    }
}

/// Makes a release again: reads the record and the source texts of the release, and writes into an empty folder.
pub type Rebuild<'a> = dyn Fn(&OldRelease, &Path) -> std::result::Result<(), String> + 'a;

/// Checks a release: checksums, schemas, keys, offsets, the chain of releases, and that a rebuild from its own `source/`
/// gives the same bytes.
///
/// `None` for `rebuild` leaves the rebuild out. `previous` is the folder of the previous release, if it is at hand.
///
/// # Errors
/// When the folder is no release that can be read at all, or the rebuild fails to run. All that is wrong with a release
/// that can be read is in the answer.
pub fn verify(folder: &Path, previous: Option<&Path>, rebuild: Option<&Rebuild<'_>>) -> Result<Verified> {
    let mut verified = Verified::default();
    checksums(folder, &mut verified)?;
    let record = Record::read(folder)?;
    let tables = schemas(folder, &record, &mut verified);
    keys(&tables, &mut verified);
    offsets(folder, &record, &tables, &mut verified);
    chain(folder, &record, previous, &mut verified)?;
    if let Some(rebuild) = rebuild
        && verified.is_ok()
    {
        let aside = tempfile::tempdir().map_err(Error::io("make", std::env::temp_dir()))?;
        rebuild(&OldRelease::open(folder)?, aside.path()).map_err(Error::Rebuild)?;
        same_bytes(folder, aside.path(), &mut verified)?;
    }
    Ok(verified)
}

/// The files of a folder, by path with `/`.
fn files(folder: &Path) -> Result<BTreeMap<String, PathBuf>> {
    let mut files = BTreeMap::new();
    for entry in WalkDir::new(folder) {
        let entry = entry.map_err(|e| Error::io("read", folder)(e.into()))?;
        if let Ok(path) = entry.path().strip_prefix(folder)
            && !entry.file_type().is_dir()
        {
            let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
            files.insert(parts.join("/"), entry.into_path());
        }
    }
    Ok(files)
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(Error::io("read", path))
}

fn checksums(folder: &Path, verified: &mut Verified) -> Result<()> {
    const CHECK: &str = "checksums";
    let path = folder.join(SUMS);
    let sums = fs::read_to_string(&path).map_err(Error::io("read", path))?;
    let mut files = files(folder)?;
    files.remove(SUMS);
    let mut listed = BTreeSet::new();
    for line in sums.lines() {
        let Some((sum, name)) = line.split_once("  ") else {
            verified.problem(CHECK, SUMS, format!("expected a sum and a path, found `{line}`"));
            continue;
        };
        if !listed.insert(name) {
            verified.problem(CHECK, SUMS, format!("{name} is listed twice"));
        }
        match files.remove(name) {
            None => verified.problem(CHECK, name, "is listed and is not there"),
            Some(path) => {
                let found = sha256_hex(&read(&path)?);
                if found != sum {
                    verified.problem(CHECK, name, format!("expected the sum {sum}, found {found}"));
                }
            }
        }
    }
    for name in files.into_keys() {
        verified.problem(CHECK, name, "is there and is not listed");
    }
    verified.done(CHECK, format!("{} files", listed.len()));
    Ok(())
}

/// Reads every table in both forms: they must fit the schema, agree, and be described as the program describes them.
fn schemas(folder: &Path, record: &Record, verified: &mut Verified) -> Tables {
    const CHECK: &str = "schemas";
    let mut tables = Tables::default();
    for recorded in &record.tables {
        let schema = std::sync::Arc::new(recorded.schema.clone());
        let path = |ending| table_path("data", &schema.name, ending);
        if TableSchema::find(&schema.name).is_some_and(|known| **known != *schema) {
            verified.problem(
                CHECK,
                super::record::FILE,
                format!("table `{}` is not described as in schemas/", schema.name),
            );
        }
        let mut forms = Vec::new();
        for ending in ["csv", "parquet"] {
            match read_table(&schema, &folder.join(path(ending))) {
                Ok(table) => {
                    let strange = codes(&table);
                    verified.problems(CHECK, &path(ending), strange);
                    forms.push(table);
                }
                Err(e) => verified.problem(CHECK, path(ending), e.to_string()),
            }
        }
        if let [csv, parquet] = &forms[..]
            && let Some(message) = first_difference(csv, parquet)
        {
            verified.problem(
                CHECK,
                path("parquet"),
                format!("is not the table of the CSV file: {message}"),
            );
        }
        if let Some(table) = forms.pop() {
            if table.len() != recorded.rows {
                let message = format!("expected {} rows, found {}", recorded.rows, table.len());
                verified.problem(CHECK, path("parquet"), message);
            }
            tables.push(table);
        }
    }
    verified.done(CHECK, format!("{} tables", record.tables.len()));
    tables
}

/// Values that are not among the codes of their column, or outside its limits.
fn codes(table: &Table) -> Vec<String> {
    let mut messages = Vec::new();
    for (column, cells) in table.schema().columns.iter().zip(table.cells()) {
        let allowed = |cell: Cell| match cell {
            Cell::Text(text) => column.codes.is_empty() || column.codes.iter().any(|code| code.code == text),
            Cell::Integer(value) => {
                column.minimum.is_none_or(|least| value >= least) && column.maximum.is_none_or(|most| value <= most)
            }
            _ => true,
        };
        let strange = (0..table.len()).filter(|row| !allowed(cells.get(*row)));
        messages.extend(strange.map(|row| format!("row {}: {} can't be `{}`", row + 1, column.name, cells.get(row))));
    }
    messages
}

/// Whether a cell of a CSV file holds a value as far as CSV can: it has no control characters.
fn is_read_from(csv: Cell, exact: Cell) -> bool {
    match (csv, exact) {
        (Cell::Text(csv), Cell::Text(exact)) => csv == exact || csv == original(&harmless(exact)),
        _ => csv == exact,
    }
}

/// Where the table of a CSV file differs first from the table that it should hold.
fn first_difference(one: &Table, other: &Table) -> Option<String> {
    if one.len() != other.len() {
        return Some(format!("{} rows, not {}", other.len(), one.len()));
    }
    let columns = one
        .schema()
        .columns
        .iter()
        .zip(one.cells().into_iter().zip(other.cells()));
    for (column, (one_cells, other_cells)) in columns {
        if let Some(row) = (0..one.len()).find(|row| !is_read_from(one_cells.get(*row), other_cells.get(*row))) {
            let (expected, found) = (one_cells.get(row), other_cells.get(row));
            return Some(format!("row {}, {}: `{found}`, not `{expected}`", row + 1, column.name));
        }
    }
    None
}

fn keys(tables: &Tables, verified: &mut Verified) {
    const CHECK: &str = "keys";
    let mut count = 0;
    for table in tables {
        let schema = table.schema();
        let file = table_path("data", &schema.name, "csv");
        if !schema.primary_key.is_empty() {
            count += 1;
            let mut seen = BTreeSet::new();
            let twice = table
                .key_values(&schema.primary_key)
                .into_iter()
                .filter(|(_, key)| !seen.insert(key.clone()));
            let twice: Vec<_> = twice
                .map(|(row, key)| format!("row {}: the key {} stands twice", row + 1, key.join(", ")))
                .collect();
            verified.problems(CHECK, &file, twice);
        }
        for key in &schema.foreign_keys {
            count += 1;
            match tables.get(&key.table) {
                None => verified.problem(
                    CHECK,
                    &file,
                    format!("refers to the table `{}`, which is missing", key.table),
                ),
                Some(target) => verified.problems(CHECK, &file, dangling(table, key, target)),
            }
        }
    }
    verified.done(CHECK, format!("{count} keys"));
}

/// References to rows that are not there.
fn dangling(table: &Table, key: &ForeignKey, target: &Table) -> Vec<String> {
    let there: BTreeSet<Vec<String>> = target
        .key_values(&key.references)
        .into_iter()
        .map(|(_, value)| value)
        .collect();
    table
        .key_values(&key.columns)
        .into_iter()
        .filter(|(_, value)| !there.contains(value))
        .map(|(row, value)| {
            let (columns, value) = (key.columns.join(", "), value.join(", "));
            format!("row {}: {columns} {value} is not in the table `{}`", row + 1, key.table)
        })
        .collect()
}

/// The tables whose rows point at the source text, each with the column that repeats what stands there.
const VERBATIM: &[(&str, Option<&str>)] = &[
    ("numerals", Some("surface")),
    ("observations", Some("value_text")),
    ("members", Some("name")),
    ("sections", None),
    ("footnotes", Some("text")),
];

fn offsets(folder: &Path, record: &Record, tables: &Tables, verified: &mut Verified) {
    const CHECK: &str = "offsets";
    let mut texts = BTreeMap::new();
    for source in &record.sources {
        let path = source_path(&source.report_id);
        match fs::read_to_string(folder.join(&path)) {
            Ok(text) => {
                texts.insert(source.report_id.as_str(), text.chars().collect::<Vec<char>>());
            }
            Err(e) => verified.problem(CHECK, path, format!("can't be read: {e}")),
        }
    }
    let mut count = 0;
    for (name, verbatim) in VERBATIM {
        let Some(table) = tables.get(name) else { continue };
        let file = table_path("data", name, "csv");
        let messages: Vec<String> = (0..table.len())
            .filter_map(|row| astray(table, row, *verbatim, &texts))
            .collect();
        count += table.len();
        verified.problems(CHECK, &file, messages);
    }
    verified.done(CHECK, format!("{count} rows"));
}

/// What is wrong with the offsets of a row.
fn astray(table: &Table, row: usize, verbatim: Option<&str>, texts: &BTreeMap<&str, Vec<char>>) -> Option<String> {
    let cell = |column: &str| table.column(column).map_or(Cell::Null, |cells| cells.get(row));
    let (Cell::Text(report), Cell::Integer(start), Cell::Integer(end)) =
        (cell("report_id"), cell("source_start"), cell("source_end"))
    else {
        return Some(format!("row {}: expected a report and offsets", row + 1));
    };
    let text = texts.get(report)?;
    let range = usize::try_from(start).ok().zip(usize::try_from(end).ok());
    let Some(found) = range.and_then(|(start, end)| text.get(start..end)) else {
        return Some(format!(
            "row {}: {start}..{end} is not within the text of {report}",
            row + 1
        ));
    };
    let found: String = found.iter().collect();
    let Cell::Text(expected) = cell(verbatim?) else {
        return Some(format!("row {}: expected a verbatim text", row + 1));
    };
    (found != expected).then(|| {
        format!(
            "row {}: the text at {start}..{end} is `{found}`, not `{expected}`",
            row + 1
        )
    })
}

/// The record, the changelog and the previous release must tell one story.
fn chain(folder: &Path, record: &Record, previous: Option<&Path>, verified: &mut Verified) -> Result<()> {
    const CHECK: &str = "chain";
    let changelog = Changelog::read(folder)?;
    if changelog.latest.version != record.version || changelog.latest.previous != record.previous {
        verified.problem(
            CHECK,
            super::changelog::FILE,
            "its latest version or the one before is not that of release.json",
        );
    }
    let entries: Vec<_> = changelog.entries().collect();
    for pair in entries.windows(2) {
        let stated = pair[0].previous.as_ref().map(|previous| previous.version.as_str());
        if stated != Some(&pair[1].version) {
            let message = format!(
                "version {} does not follow version {}",
                pair[0].version, pair[1].version
            );
            verified.problem(CHECK, super::changelog::FILE, message);
        }
    }
    if let Some(previous) = previous {
        let found = sha256_hex(&read(&previous.join(SUMS))?);
        match &record.previous {
            Some(stated) if stated.sha256sums == found => {}
            Some(stated) => {
                let message = format!(
                    "expected a previous release with the sum {}, found {found}",
                    stated.sha256sums
                );
                verified.problem(CHECK, super::record::FILE, message);
            }
            None => verified.problem(CHECK, super::record::FILE, "names no previous release"),
        }
    }
    verified.done(CHECK, format!("{} versions", entries.len()));
    Ok(())
}

/// Every file must be the same in the release and in its rebuild.
fn same_bytes(folder: &Path, rebuilt: &Path, verified: &mut Verified) -> Result<()> {
    const CHECK: &str = "rebuild";
    let (expected, mut found) = (files(folder)?, files(rebuilt)?);
    verified.done(CHECK, format!("{} files", expected.len()));
    for (name, path) in expected {
        let Some(other) = found.remove(&name) else {
            verified.problem(CHECK, name, "the rebuild does not make it");
            continue;
        };
        if let Some(message) = byte_difference(&read(&path)?, &read(&other)?) {
            verified.problem(CHECK, name, message);
        }
    }
    for name in found.into_keys() {
        verified.problem(CHECK, name, "only the rebuild makes it");
    }
    Ok(())
}

/// Where two files differ first: line and text where both are text, else the byte.
fn byte_difference(released: &[u8], rebuilt: &[u8]) -> Option<String> {
    if released == rebuilt {
        return None;
    }
    if let (Ok(released), Ok(rebuilt)) = (std::str::from_utf8(released), std::str::from_utf8(rebuilt)) {
        let (mut one, mut other) = (released.lines(), rebuilt.lines());
        let mut line = 0;
        loop {
            line += 1;
            match (one.next(), other.next()) {
                (None, None) => return Some("differs in its line ends".into()),
                (one, other) if one != other => {
                    let short = |text: Option<&str>| match text {
                        Some(text) => format!("`{}`", text.chars().take(120).collect::<String>()),
                        None => "the end".into(),
                    };
                    return Some(format!(
                        "line {line}: released {}, rebuilt {}",
                        short(one),
                        short(other)
                    ));
                }
                _ => {}
            }
        }
    }
    let at = released.iter().zip(rebuilt).position(|(one, other)| one != other);
    let at = at.unwrap_or_else(|| released.len().min(rebuilt.len()));
    Some(format!(
        "byte {at} differs ({} bytes released, {} rebuilt)",
        released.len(),
        rebuilt.len()
    ))
}
