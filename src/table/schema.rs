//! What a table is: its columns, keys and codes, described once in `schemas/*.toml`.

use std::sync::{Arc, LazyLock, OnceLock};

use arrow::datatypes::{DataType, Field, Metadata, Schema};
use serde::{Deserialize, Serialize};

/// A text in Chinese and English.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    pub zh: String,
    pub en: String,
}

impl Text {
    /// Both languages in one string, Chinese first, for formats that hold one string only.
    #[must_use]
    pub fn both(&self) -> String {
        match (self.zh.as_str(), self.en.as_str()) {
            (zh, "") => zh.to_owned(),
            ("", en) => en.to_owned(),
            (zh, en) => format!("{zh} {en}"),
        }
    }
}

/// Type of a column's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ColumnType {
    String,
    /// 64-bit.
    Integer,
    /// 64-bit floating point.
    Number,
    Date,
    Boolean,
}

impl ColumnType {
    /// The name that Data Package and the data dictionary use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Date => "date",
            Self::Boolean => "boolean",
        }
    }
}

/// One code of a closed list, with its meaning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    pub code: String,
    pub zh: String,
    pub en: String,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    pub name: String,
    #[serde(rename = "type")]
    pub kind: ColumnType,
    pub title: Text,
    pub description: Text,
    /// Whether every row has a value.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// Whether values are words that repeat so much that they are stored as a dictionary. Not for values that may look
    /// like numbers: readers that guess the type of a dictionary's values by the first of them guess wrong.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub dictionary: bool,
    /// Unit of the values, if they all have the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum: Option<i64>,
    /// Regular expression that a whole value matches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// The closed list of the values; empty if the list is open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<Code>,
}

impl Column {
    /// The Arrow type of the column.
    #[must_use]
    pub fn data_type(&self) -> DataType {
        match self.kind {
            ColumnType::String if self.dictionary => {
                DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
            }
            ColumnType::String => DataType::Utf8,
            ColumnType::Integer => DataType::Int64,
            ColumnType::Number => DataType::Float64,
            ColumnType::Date => DataType::Date32,
            ColumnType::Boolean => DataType::Boolean,
        }
    }
}

/// Columns whose values stand in another table. Rows that have a null in one of them refer to nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForeignKey {
    pub columns: Vec<String>,
    pub table: String,
    pub references: Vec<String>,
}

/// One table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableSchema {
    pub name: String,
    pub title: Text,
    pub description: Text,
    /// Columns that identify a row; empty if none do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub primary_key: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub foreign_keys: Vec<ForeignKey>,
    pub columns: Vec<Column>,
    #[serde(skip)]
    pub(super) arrow: ArrowSchema,
}

/// The Arrow schema of a table, made when it is first asked for. It follows from the rest, so all are equal.
#[derive(Debug, Clone, Default)]
pub(super) struct ArrowSchema(OnceLock<Arc<Schema>>);

impl PartialEq for ArrowSchema {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// The files of `schemas/`, in the order in which a release lists its tables.
const FILES: &[(&str, &str)] = &[
    ("reports", include_str!("../../schemas/reports.toml")),
    ("sections", include_str!("../../schemas/sections.toml")),
    ("footnotes", include_str!("../../schemas/footnotes.toml")),
    ("numerals", include_str!("../../schemas/numerals.toml")),
    ("observations", include_str!("../../schemas/observations.toml")),
    ("members", include_str!("../../schemas/members.toml")),
    ("findings", include_str!("../../schemas/findings.toml")),
    ("panel", include_str!("../../schemas/panel.toml")),
    ("indicators", include_str!("../../schemas/indicators.toml")),
    ("units", include_str!("../../schemas/units.toml")),
    ("themes", include_str!("../../schemas/themes.toml")),
    ("measures", include_str!("../../schemas/measures.toml")),
    ("modifiers", include_str!("../../schemas/modifiers.toml")),
    ("statuses", include_str!("../../schemas/statuses.toml")),
    ("places", include_str!("../../schemas/places.toml")),
];

static ALL: LazyLock<Vec<Arc<TableSchema>>> = LazyLock::new(|| {
    let parse = |&(name, text): &(&str, &str)| {
        let schema: TableSchema =
            toml::from_str(text).unwrap_or_else(|e| unreachable!("a test parses schemas/{name}.toml: {e}"));
        Arc::new(schema)
    };
    FILES.iter().map(parse).collect()
});

impl TableSchema {
    /// Every table of the contract, in the order in which a release lists them.
    #[must_use]
    pub fn all() -> &'static [Arc<Self>] {
        &ALL
    }

    /// The table of the contract with this name.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Arc<Self>> {
        ALL.iter().find(|schema| schema.name == name)
    }

    /// The names of the tables of the contract, for messages.
    #[must_use]
    pub fn names() -> String {
        let names: Vec<_> = ALL.iter().map(|schema| schema.name.as_str()).collect();
        names.join(", ")
    }

    /// The embedded schema files as (table, text), in order: part of what decides whether a release is up to date.
    #[must_use]
    pub const fn files() -> &'static [(&'static str, &'static str)] {
        FILES
    }

    /// The column with this name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Whether every column of the key is required, so that standards without nullable foreign keys can state it.
    #[must_use]
    pub fn is_strict(&self, key: &ForeignKey) -> bool {
        key.columns
            .iter()
            .all(|name| self.column(name).is_some_and(|column| column.required))
    }

    /// The Arrow schema: each field's metadata holds its `title` and `description`, Chinese first.
    #[must_use]
    pub fn arrow(&self) -> &Arc<Schema> {
        self.arrow.0.get_or_init(|| Arc::new(self.make_arrow()))
    }

    fn make_arrow(&self) -> Schema {
        let field = |column: &Column| {
            let mut metadata = Metadata::from([
                ("title", column.title.both()),
                ("description", column.description.both()),
            ]);
            if let Some(unit) = &column.unit {
                metadata.insert("unit", unit);
            }
            Field::new(&column.name, column.data_type(), !column.required).with_metadata(metadata)
        };
        let fields: Vec<Field> = self.columns.iter().map(field).collect();
        Schema::new(fields).with_metadata([("title", self.title.both()), ("description", self.description.both())])
    }
}
