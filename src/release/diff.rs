//! What differs between two sets of tables, told by observation.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Change, Error, Result};
use crate::source::sha256_hex;
use crate::table::{Table, TableSchema, Tables};

/// The table whose rows are compared one by one.
const OBSERVATIONS: &str = "observations";

/// Columns that say what an observation states. A difference in one of them is a changed value.
const VALUE: &[&str] = &["value", "value_max", "value_text", "unit", "value_base", "modifier"];

/// Columns that change when something else in the report does, or only say how the row came about. A difference in
/// these alone is none.
const SURROUNDINGS: &[&str] = &[
    "section_id",
    "footnote_no",
    "footnote_refs",
    "paragraph_no",
    "sentence_no",
    "source_start",
    "source_end",
    "sentence",
    "rule",
];

/// A row as its column names and values.
pub type Row = Map<String, Value>;

/// What differs between two sets of tables.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Changes {
    /// Tables that were added, removed or are not the same to the byte, by name.
    pub tables: Vec<TableChange>,
    /// Columns that were added, removed or have another type, of tables that both sides have.
    pub columns: Vec<ColumnChange>,
    /// Observations that were added, removed or changed, by identifier.
    pub observations: Vec<RowChange>,
}

/// One table, before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableChange {
    pub table: String,
    pub before: Option<TableState>,
    pub after: Option<TableState>,
}

/// What a table is, in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableState {
    pub rows: usize,
    /// Hash of the table as CSV.
    pub sha256: String,
}

/// One column, before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnChange {
    pub table: String,
    pub column: String,
    /// Its type.
    pub before: Option<String>,
    pub after: Option<String>,
}

/// One observation, before and after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RowChange {
    pub observation_id: String,
    pub before: Option<Row>,
    pub after: Option<Row>,
}

/// Which observations are compared. Empty lists select all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    pub reports: Vec<String>,
    pub themes: Vec<String>,
}

/// What happened to an observation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    ValueChanged,
    Renamed,
    Removed,
    Added,
    MetadataChanged,
}

impl Kind {
    /// Every kind, in the order of a report.
    pub const ALL: [Self; 5] = [
        Self::ValueChanged,
        Self::Renamed,
        Self::Removed,
        Self::Added,
        Self::MetadataChanged,
    ];

    /// Name in Chinese and English.
    #[must_use]
    pub const fn title(self) -> (&'static str, &'static str) {
        match self {
            Self::ValueChanged => ("数值变更", "value changed"),
            Self::Renamed => ("指标改名", "indicator renamed"),
            Self::Removed => ("删除", "removed"),
            Self::Added => ("新增", "added"),
            Self::MetadataChanged => ("仅元数据变更", "only metadata changed"),
        }
    }
}

/// What happened to one observation, or to two that are one under two identifiers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Event<'a> {
    pub kind: Kind,
    pub before: Option<&'a Row>,
    pub after: Option<&'a Row>,
}

/// Compares two sets of tables.
///
/// # Errors
/// When a side has no table `observations`, or the selection selects nothing on either side: then nothing was compared,
/// which is not the same as no difference.
pub fn compare(old: &Tables, new: &Tables, selection: &Selection) -> Result<Changes> {
    let all = *selection == Selection::default();
    let (before, after) = (
        observations(old, "old", selection)?,
        observations(new, "new", selection)?,
    );
    if before.is_empty() && after.is_empty() {
        return Err(Error::NothingToCompare(if all {
            "neither side has an observation".into()
        } else {
            "the selection selects no observation on either side".into()
        }));
    }
    if all {
        return changes(old, new);
    }
    Ok(Changes {
        observations: rows(before, after),
        ..Changes::default()
    })
}

/// What differs between all tables of two sides.
pub(super) fn changes(old: &Tables, new: &Tables) -> Result<Changes> {
    let all = Selection::default();
    let (before, after) = (observations(old, "old", &all)?, observations(new, "new", &all)?);
    Ok(Changes {
        tables: tables(old, new)?,
        columns: columns(old, new),
        observations: rows(before, after),
    })
}

/// The selected observations of one side, by identifier.
fn observations(tables: &Tables, side: &str, selection: &Selection) -> Result<BTreeMap<String, Row>> {
    let table = tables.get(OBSERVATIONS);
    let table = table.ok_or_else(|| Error::NothingToCompare(format!("the {side} side has no table `observations`")))?;
    let chosen = |row: &Row| {
        let among = |list: &[String], column| list.is_empty() || list.iter().any(|item| text(row, column) == item);
        among(&selection.reports, "report_id") && among(&selection.themes, "theme")
    };
    let rows: Vec<Row> = table.rows()?;
    Ok(rows
        .into_iter()
        .filter(chosen)
        .map(|row| (text(&row, "observation_id").to_owned(), row))
        .collect())
}

/// The rows that differ in more than their surroundings, by identifier.
fn rows(mut before: BTreeMap<String, Row>, after: BTreeMap<String, Row>) -> Vec<RowChange> {
    let mut changes = Vec::new();
    for (observation_id, after) in after {
        match before.remove(&observation_id) {
            Some(before) if !differs(&before, &after) => {}
            before => changes.push(RowChange {
                observation_id,
                before,
                after: Some(after),
            }),
        }
    }
    let removed = |(observation_id, before)| RowChange {
        observation_id,
        before: Some(before),
        after: None,
    };
    changes.extend(before.into_iter().map(removed));
    changes.sort_by(|a, b| a.observation_id.cmp(&b.observation_id));
    changes
}

/// The columns in which two rows differ, surroundings aside.
fn differing<'a>(before: &'a Row, after: &'a Row) -> impl Iterator<Item = &'a str> {
    let names = after
        .keys()
        .chain(before.keys().filter(|name| !after.contains_key(*name)));
    names
        .map(String::as_str)
        .filter(|name| !SURROUNDINGS.contains(name) && before.get(*name) != after.get(*name))
}

fn differs(before: &Row, after: &Row) -> bool {
    differing(before, after).next().is_some()
}

fn tables(old: &Tables, new: &Tables) -> Result<Vec<TableChange>> {
    let mut changes = Vec::new();
    let gone = old.iter().filter(|table| new.get(table.name()).is_none());
    for table in new.iter().chain(gone) {
        let state = |tables: &Tables| tables.get(table.name()).map(TableState::of).transpose();
        let change = TableChange {
            table: table.name().to_owned(),
            before: state(old)?,
            after: state(new)?,
        };
        if change.before != change.after {
            changes.push(change);
        }
    }
    changes.sort_by(|a, b| a.table.cmp(&b.table));
    Ok(changes)
}

fn columns(old: &Tables, new: &Tables) -> Vec<ColumnChange> {
    let both = new
        .iter()
        .filter_map(|after| Some((old.get(after.name())?.schema(), after.schema())));
    let mut changes: Vec<ColumnChange> = both.flat_map(|(before, after)| column_changes(before, after)).collect();
    changes.sort_by(|a, b| (&a.table, &a.column).cmp(&(&b.table, &b.column)));
    changes
}

fn column_changes(before: &TableSchema, after: &TableSchema) -> Vec<ColumnChange> {
    let gone = before
        .columns
        .iter()
        .filter(|column| after.column(&column.name).is_none());
    let kind = |schema: &TableSchema, name: &str| schema.column(name).map(|column| column.kind.as_str().to_owned());
    let changes = after.columns.iter().chain(gone).map(|column| ColumnChange {
        table: after.name.clone(),
        column: column.name.clone(),
        before: kind(before, &column.name),
        after: kind(after, &column.name),
    });
    changes.filter(|change| change.before != change.after).collect()
}

impl TableState {
    /// The state of a table.
    ///
    /// # Errors
    /// When the table can't be written as CSV.
    pub fn of(table: &Table) -> Result<Self> {
        let mut csv = Vec::new();
        table.write_csv(&mut csv)?;
        Ok(Self {
            rows: table.len(),
            sha256: sha256_hex(&csv),
        })
    }
}

impl Changes {
    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The gravest of the changes: none is metadata, since metadata is not in tables.
    #[must_use]
    pub fn change(&self) -> Change {
        let appears = |table: &TableChange| table.before.is_none() || table.after.is_none();
        if !self.columns.is_empty() || self.tables.iter().any(appears) {
            Change::Schema
        } else if self.is_empty() {
            Change::None
        } else {
            Change::Data
        }
    }

    /// The changes of `self` followed by those of `next`, as if made at once.
    #[must_use]
    pub fn then(self, next: Self) -> Self {
        let tables = merge(
            self.tables.into_iter().map(|it| (it.table, (it.before, it.after))),
            next.tables.into_iter().map(|it| (it.table, (it.before, it.after))),
        );
        let columns = merge(
            self.columns
                .into_iter()
                .map(|it| ((it.table, it.column), (it.before, it.after))),
            next.columns
                .into_iter()
                .map(|it| ((it.table, it.column), (it.before, it.after))),
        );
        let observations = merge(
            self.observations
                .into_iter()
                .map(|it| (it.observation_id, (it.before, it.after))),
            next.observations
                .into_iter()
                .map(|it| (it.observation_id, (it.before, it.after))),
        );
        Self {
            tables: tables
                .map(|(table, (before, after))| TableChange { table, before, after })
                .collect(),
            columns: columns
                .map(|((table, column), (before, after))| ColumnChange {
                    table,
                    column,
                    before,
                    after,
                })
                .collect(),
            observations: observations
                .map(|(observation_id, (before, after))| RowChange {
                    observation_id,
                    before,
                    after,
                })
                .filter(|row| match (&row.before, &row.after) {
                    (Some(before), Some(after)) => differs(before, after),
                    (before, after) => before != after,
                })
                .collect(),
        }
    }

    /// What happened to each observation, by kind and then by place in the text. A removed and an added observation of
    /// like sentences are one that was renamed, if they state the same value, or one whose value changed, if they have
    /// the same indicator.
    #[must_use]
    pub fn events(&self) -> Vec<Event<'_>> {
        let mut events = Vec::new();
        let (mut removed, mut added) = (Vec::new(), Vec::new());
        for change in &self.observations {
            match (&change.before, &change.after) {
                (Some(before), Some(after)) => {
                    let kind = kind_of(before, after);
                    events.push(Event {
                        kind,
                        before: Some(before),
                        after: Some(after),
                    });
                }
                (Some(before), None) => removed.push(before),
                (None, Some(after)) => added.push(after),
                (None, None) => {}
            }
        }
        removed.sort_by_key(|row| place(row));
        added.sort_by_key(|row| place(row));
        for same in [same_statement as fn(&Row, &Row) -> bool, same_indicator] {
            removed.retain(|before| {
                let alike = |after: &&Row| same(before, after) && like(before, after);
                let Some(at) = added.iter().position(alike) else {
                    return true;
                };
                let after = added.remove(at);
                events.push(Event {
                    kind: kind_of(before, after),
                    before: Some(before),
                    after: Some(after),
                });
                false
            });
        }
        events.extend(removed.into_iter().map(|row| Event {
            kind: Kind::Removed,
            before: Some(row),
            after: None,
        }));
        events.extend(added.into_iter().map(|row| Event {
            kind: Kind::Added,
            before: None,
            after: Some(row),
        }));
        events.sort_by_key(|event| (event.kind, event.after.or(event.before).map(place)));
        events
    }

    /// The changes as text, for a terminal.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        for line in self.schema_lines() {
            let _ = writeln!(out, "{line}");
        }
        let events = self.events();
        for kind in Kind::ALL {
            let of_kind: Vec<&Event> = events.iter().filter(|event| event.kind == kind).collect();
            if of_kind.is_empty() {
                continue;
            }
            let _ = write!(out, "\n{}: {}\n", kind.title().1, of_kind.len());
            for event in of_kind {
                let _ = writeln!(out, "  {}", event.line());
                for (sign, sentence) in event.sentences() {
                    let _ = writeln!(out, "    {sign} {sentence}");
                }
            }
        }
        if out.is_empty() {
            "no differences\n".into()
        } else {
            out.trim_start().to_owned()
        }
    }

    /// One line for each table and column that differs.
    #[must_use]
    pub fn schema_lines(&self) -> Vec<String> {
        let table = |change: &TableChange| match (&change.before, &change.after) {
            (Some(before), Some(after)) if before.rows == after.rows => {
                format!("{}: {} rows, not all the same", change.table, after.rows)
            }
            (Some(before), Some(after)) => format!("{}: {} → {} rows", change.table, before.rows, after.rows),
            (Some(before), None) => format!("{}: table removed ({} rows)", change.table, before.rows),
            (None, Some(after)) => format!("{}: table added ({} rows)", change.table, after.rows),
            (None, None) => change.table.clone(),
        };
        let column = |change: &ColumnChange| match (&change.before, &change.after) {
            (Some(before), Some(after)) => format!("{}.{}: {before} → {after}", change.table, change.column),
            (Some(_), None) => format!("{}.{}: column removed", change.table, change.column),
            _ => format!("{}.{}: column added", change.table, change.column),
        };
        self.columns
            .iter()
            .map(column)
            .chain(self.tables.iter().map(table))
            .collect()
    }

    /// The changes as JSON, with the kind of each.
    #[must_use]
    pub fn json(&self) -> Value {
        let events: Vec<Value> = self
            .events()
            .iter()
            .map(|event| serde_json::json!({ "kind": event.kind, "before": event.before, "after": event.after }))
            .collect();
        serde_json::json!({ "tables": self.tables, "columns": self.columns, "observations": events })
    }

    /// The changes as a page of HTML that needs nothing else.
    ///
    /// # Errors
    /// When the page's template fails.
    pub fn html(&self) -> Result<String> {
        #[derive(Serialize)]
        struct Section {
            zh: &'static str,
            en: &'static str,
            events: Vec<Item>,
        }
        #[derive(Serialize)]
        struct Item {
            line: String,
            sentences: Vec<(char, String)>,
        }
        let events = self.events();
        let section = |kind: Kind| {
            let of_kind = events.iter().filter(|event| event.kind == kind);
            let item = |event: &Event| Item {
                line: event.line(),
                sentences: event.sentences(),
            };
            Section {
                zh: kind.title().0,
                en: kind.title().1,
                events: of_kind.map(item).collect(),
            }
        };
        let sections: Vec<Section> = Kind::ALL
            .into_iter()
            .map(section)
            .filter(|section| !section.events.is_empty())
            .collect();
        let mut environment = minijinja::Environment::new();
        environment.set_auto_escape_callback(|_| minijinja::AutoEscape::Html);
        let fail = |e: minijinja::Error| Error::Make {
            file: "diff.html",
            message: e.to_string(),
        };
        environment
            .render_str(
                include_str!("diff.html"),
                minijinja::value::Serde(serde_json::json!({ "lines": self.schema_lines(), "sections": sections })),
            )
            .map_err(fail)
    }
}

impl Event<'_> {
    /// What happened, in one line.
    #[must_use]
    pub fn line(&self) -> String {
        match (self.before, self.after) {
            (Some(before), Some(after)) => match self.kind {
                Kind::Renamed => format!(
                    "{} → {} · {}: {}",
                    text(before, "indicator"),
                    text(after, "indicator"),
                    about(after),
                    statement(after)
                ),
                Kind::ValueChanged => format!("{}: {} → {}", name(after), statement(before), statement(after)),
                _ => {
                    let columns = differing(before, after).map(|column| {
                        let of = |row: &Row| row.get(column).map(shown).unwrap_or_default();
                        format!("{column} {} → {}", of(before), of(after))
                    });
                    format!("{}: {}", name(after), columns.collect::<Vec<_>>().join(", "))
                }
            },
            (before, after) => before
                .or(after)
                .map(|row| format!("{}: {}", name(row), statement(row)))
                .unwrap_or_default(),
        }
    }

    /// The sentences, with the sign of their side; one without sign if both are the same.
    #[must_use]
    pub fn sentences(&self) -> Vec<(char, String)> {
        let sentence = |row: Option<&Row>| row.map(|row| text(row, "sentence").to_owned());
        match (sentence(self.before), sentence(self.after)) {
            (Some(before), Some(after)) if before == after => vec![(' ', after)],
            (before, after) => before
                .map(|text| ('-', text))
                .into_iter()
                .chain(after.map(|text| ('+', text)))
                .collect(),
        }
    }
}

/// Merges two lists of (before, after) by key: the first list's before, the second one's after, nothing where these are
/// the same.
fn merge<K: Ord, T: PartialEq>(
    first: impl Iterator<Item = (K, (Option<T>, Option<T>))>,
    second: impl Iterator<Item = (K, (Option<T>, Option<T>))>,
) -> impl Iterator<Item = (K, (Option<T>, Option<T>))> {
    let mut merged: BTreeMap<K, (Option<T>, Option<T>)> = first.collect();
    for (key, (before, after)) in second {
        match merged.get_mut(&key) {
            Some(change) => change.1 = after,
            None => {
                merged.insert(key, (before, after));
            }
        }
    }
    merged.into_iter().filter(|(_, (before, after))| before != after)
}

fn kind_of(before: &Row, after: &Row) -> Kind {
    let differs = |names: &[&str]| names.iter().any(|name| before.get(*name) != after.get(*name));
    if differs(VALUE) {
        Kind::ValueChanged
    } else if differs(&["indicator"]) {
        Kind::Renamed
    } else {
        Kind::MetadataChanged
    }
}

fn same_statement(before: &Row, after: &Row) -> bool {
    ["report_id", "value", "value_max", "unit", "measure", "status"]
        .iter()
        .all(|name| before.get(*name) == after.get(*name))
}

fn same_indicator(before: &Row, after: &Row) -> bool {
    ["report_id", "indicator", "measure", "status", "period"]
        .iter()
        .all(|name| before.get(*name) == after.get(*name))
}

/// Whether two rows stand in like sentences: more than half of the pairs of neighbouring characters are common.
fn like(before: &Row, after: &Row) -> bool {
    let (mut before, after) = (pairs(text(before, "sentence")), pairs(text(after, "sentence")));
    let total = before.len() + after.len();
    let mut common = 0;
    for pair in &after {
        if let Some(at) = before.iter().position(|other| other == pair) {
            before.swap_remove(at);
            common += 1;
        }
    }
    common * 4 > total
}

fn pairs(text: &str) -> Vec<(char, char)> {
    text.chars().zip(text.chars().skip(1)).collect()
}

fn place(row: &Row) -> (String, i64) {
    (
        text(row, "report_id").to_owned(),
        row.get("source_start").and_then(Value::as_i64).unwrap_or_default(),
    )
}

fn text<'a>(row: &'a Row, column: &str) -> &'a str {
    row.get(column).and_then(Value::as_str).unwrap_or_default()
}

/// A value as people read it.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "∅".into(),
        Value::String(text) => text.clone(),
        Value::Number(number) => number.as_f64().map(|number| number.to_string()).unwrap_or_default(),
        other => other.to_string(),
    }
}

/// What an observation is about.
fn name(row: &Row) -> String {
    format!("{} · {}", text(row, "indicator"), about(row))
}

fn about(row: &Row) -> String {
    let parts = ["measure", "status", "period"].map(|column| text(row, column));
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// What an observation states.
fn statement(row: &Row) -> String {
    let value = |column| row.get(column).filter(|value| !value.is_null()).map(shown);
    let range = value("value_max").map(|max| format!("–{max}")).unwrap_or_default();
    let hedge = match text(row, "modifier") {
        "" | "exact" => String::new(),
        modifier => format!("{modifier} "),
    };
    format!(
        "{hedge}{}{range} {}",
        value("value").unwrap_or_default(),
        text(row, "unit")
    )
    .trim_end()
    .to_owned()
}
