//! Rows to columns: every table of a release as Arrow, with what it takes to write it down and read it back.
//!
//! A [`Table`] is a [`TableSchema`] and an Arrow record batch of exactly those columns. It is made from rows
//! ([`Table::from_rows`]), from a CSV or a Parquet file, or by an SQL [`query`](Tables::query) over other tables, and
//! gives rows back ([`Table::rows`]).

mod build;
mod cell;
mod csv;
mod parquet;
mod query;
mod rows;
mod schema;

use std::collections::BTreeSet;
use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::error::ArrowError;
use serde::Serialize;
use serde::de::DeserializeOwned;

pub use cell::{Cell, Cells, harmless, original};
pub use parquet::ParquetWriter;
pub use query::{Query, QueryColumn};
pub use schema::{Code, Column, ColumnType, ForeignKey, TableSchema, Text};

/// Why a table could not be made, read or written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("no table `{0}` is described in schemas/: expected one of {names}", names = TableSchema::names())]
    UnknownTable(String),
    #[error("table `{0}` is missing")]
    MissingTable(String),
    #[error("table `{table}`, row {row}: {message}")]
    Row { table: String, row: usize, message: String },
    #[error("table `{table}`: expected the columns {expected}, found {found}")]
    Columns {
        table: String,
        expected: String,
        found: String,
    },
    #[error("table `{table}`: the query failed: {message}; query: {query}")]
    Query {
        table: String,
        query: String,
        message: String,
    },
    #[error("table `{table}`: {source}")]
    Arrow { table: String, source: ArrowError },
    #[error("table `{table}`: {source}")]
    Parquet {
        table: String,
        source: ::parquet::errors::ParquetError,
    },
    #[error("table `{table}`: {source}")]
    Csv { table: String, source: ::csv::Error },
    #[error("table `{table}`: {source}")]
    Io { table: String, source: std::io::Error },
}

/// Result of the table stage.
pub type Result<T> = std::result::Result<T, Error>;

/// A table in memory.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    schema: Arc<TableSchema>,
    batch: RecordBatch,
}

impl Table {
    /// Makes the table `name` of the contract from rows whose fields are its columns, in order.
    ///
    /// # Errors
    /// When there is no such table, a field is not the column expected, or a required value is missing.
    pub fn from_rows<T: Serialize>(name: &str, rows: impl IntoIterator<Item = T>) -> Result<Self> {
        let schema = TableSchema::find(name).ok_or_else(|| Error::UnknownTable(name.to_owned()))?;
        Self::from_rows_of(schema, rows)
    }

    /// Makes a table of any schema from rows whose fields are its columns, in order.
    ///
    /// # Errors
    /// When a field is not the column expected, or a required value is missing.
    pub fn from_rows_of<T: Serialize>(schema: &Arc<TableSchema>, rows: impl IntoIterator<Item = T>) -> Result<Self> {
        build::from_rows(Arc::clone(schema), rows)
    }

    /// Pairs a schema with the columns it describes.
    ///
    /// # Errors
    /// When names, types or nulls of the batch are not those of the schema.
    pub fn new(schema: Arc<TableSchema>, columns: Vec<arrow::array::ArrayRef>) -> Result<Self> {
        let fail = |source| Error::Arrow {
            table: schema.name.clone(),
            source,
        };
        let batch = RecordBatch::try_new(Arc::clone(schema.arrow()), columns).map_err(fail)?;
        Ok(Self { schema, batch })
    }

    /// Name of the table.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.schema.name
    }

    /// What describes the table.
    #[must_use]
    pub const fn schema(&self) -> &Arc<TableSchema> {
        &self.schema
    }

    /// The columns.
    #[must_use]
    pub const fn batch(&self) -> &RecordBatch {
        &self.batch
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.batch.num_rows()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The cells of every column, in order.
    #[must_use]
    pub fn cells(&self) -> Vec<Cells<'_>> {
        self.batch.columns().iter().map(Cells::of).collect()
    }

    /// The cells of one column.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<Cells<'_>> {
        self.batch.column_by_name(name).map(Cells::of)
    }

    /// The values of some columns, in the rows in which none of them is null; nothing if a column is not there.
    #[must_use]
    pub fn key_values(&self, columns: &[String]) -> Vec<(usize, Vec<String>)> {
        let cells: Option<Vec<_>> = columns.iter().map(|column| self.column(column)).collect();
        let Some(cells) = cells else { return Vec::new() };
        let value = |row: usize| -> Option<Vec<String>> {
            let cells = cells
                .iter()
                .map(|cells| Some(cells.get(row)).filter(|cell| *cell != Cell::Null));
            cells.map(|cell| cell.map(|cell| cell.to_string())).collect()
        };
        (0..self.len()).filter_map(|row| Some((row, value(row)?))).collect()
    }

    /// The first primary key that an earlier row has too.
    #[must_use]
    pub fn repeated_key(&self) -> Option<String> {
        if self.schema.primary_key.is_empty() {
            return None;
        }
        let mut seen = BTreeSet::new();
        let keys = self.key_values(&self.schema.primary_key);
        keys.into_iter()
            .map(|(_, key)| key.join(", "))
            .find(|key| !seen.insert(key.clone()))
    }

    /// The rows as structs whose fields are named as the columns (or as `serde_json::Map`).
    ///
    /// # Errors
    /// When a row does not fit `T`.
    pub fn rows<T: DeserializeOwned>(&self) -> Result<Vec<T>> {
        rows::rows(self)
    }
}

/// The tables of a release, in its order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tables(Vec<Table>);

impl Tables {
    /// The table with this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Table> {
        self.0.iter().find(|table| table.name() == name)
    }

    /// The table with this name.
    ///
    /// # Errors
    /// When there is none.
    pub fn require(&self, name: &str) -> Result<&Table> {
        self.get(name).ok_or_else(|| Error::MissingTable(name.to_owned()))
    }

    /// Adds a table at the end, or puts it in the place of the one with the same name.
    pub fn push(&mut self, table: Table) {
        match self.0.iter_mut().find(|old| old.name() == table.name()) {
            Some(old) => *old = table,
            None => self.0.push(table),
        }
    }

    /// The tables in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Table> {
        self.0.iter()
    }

    /// The rows of one table.
    ///
    /// # Errors
    /// When there is no such table, or a row does not fit `T`.
    pub fn rows<T: DeserializeOwned>(&self, name: &str) -> Result<Vec<T>> {
        self.require(name)?.rows()
    }
}

impl FromIterator<Table> for Tables {
    fn from_iter<I: IntoIterator<Item = Table>>(tables: I) -> Self {
        let mut all = Self::default();
        tables.into_iter().for_each(|table| all.push(table));
        all
    }
}

impl IntoIterator for Tables {
    type Item = Table;
    type IntoIter = std::vec::IntoIter<Table>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Tables {
    type Item = &'a Table;
    type IntoIter = std::slice::Iter<'a, Table>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
