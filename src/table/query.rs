//! Thematic tables: SQL over other tables, run by Polars.

use std::sync::Arc;

use polars::prelude::{Column as PolarsColumn, DataFrame, DataType, IntoLazy, NamedFrom, PolarsResult, Series};
use polars::sql::SQLContext;
use serde::Deserialize;

use super::build::{Builder, Builders};
use super::cell::{Cell, Cells, from_days, to_days};
use super::schema::{ArrowSchema, Column, ColumnType, ForeignKey, TableSchema, Text};
use super::{Error, Result, Table, Tables};

/// A table that is the answer to an SQL query, as a pipeline file describes it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Query {
    /// Name of the table and of its files: `a-z`, `0-9` and `_`.
    pub name: String,
    pub title: Text,
    pub description: Text,
    /// A query in Polars' SQL with an `ORDER BY` at its end. Rows that it leaves in doubt are put in the order of the primary
    /// key, or else of all columns.
    pub sql: String,
    #[serde(default)]
    pub primary_key: Vec<String>,
    #[serde(default)]
    pub foreign_keys: Vec<ForeignKey>,
    /// Columns that no table of the contract describes under the same name, or not as they are meant here.
    #[serde(default)]
    pub columns: Vec<QueryColumn>,
}

/// What a column of a query's answer means.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QueryColumn {
    pub name: String,
    pub title: Text,
    pub description: Text,
    #[serde(default)]
    pub unit: Option<String>,
}

impl Tables {
    /// Answers queries over the tables, each over the same ones.
    ///
    /// # Errors
    /// When a query fails, has no `ORDER BY`, gives a column that nothing describes or of a type that no column has, or
    /// a key of the answer is null or repeated. The error names the table and the query.
    pub fn query(&self, queries: &[Query]) -> Result<Vec<Table>> {
        if queries.is_empty() {
            return Ok(Vec::new());
        }
        let mut context = SQLContext::new();
        for table in self {
            let frame = frame(table).map_err(|e| Error::Query {
                table: table.name().to_owned(),
                query: String::new(),
                message: e.to_string(),
            })?;
            context.register(table.name(), frame.lazy());
        }
        queries.iter().map(|query| answer(&mut context, query)).collect()
    }
}

fn answer(context: &mut SQLContext, query: &Query) -> Result<Table> {
    let fail = |message: String| Error::Query {
        table: query.name.clone(),
        query: query.sql.split_whitespace().collect::<Vec<_>>().join(" "),
        message,
    };
    let Some(end) = end_of_order(&query.sql) else {
        return Err(fail(
            "expected an ORDER BY at its end, so that the rows have one order; found none".into(),
        ));
    };
    let names = context.execute(&query.sql).and_then(|mut frame| frame.collect_schema());
    let names = names.map_err(|e| fail(e.to_string()))?;
    let is_key = |name: &str| query.primary_key.is_empty() || query.primary_key.iter().any(|key| key == name);
    let ties: String = names
        .iter_names()
        .filter(|name| is_key(name))
        .map(|name| format!(", \"{name}\""))
        .collect();
    let (order, rest) = query.sql.split_at(end);
    // On a line of its own, for the one before may end in a comment.
    let answer = context
        .execute(&format!("{order}\n{ties}\n{rest}"))
        .and_then(polars::prelude::LazyFrame::collect);
    let answer = answer.map_err(|e| fail(e.to_string()))?;
    let columns = answer
        .columns()
        .iter()
        .map(|column| describe(query, column))
        .collect::<std::result::Result<_, _>>();
    let schema = TableSchema {
        name: query.name.clone(),
        title: query.title.clone(),
        description: query.description.clone(),
        primary_key: query.primary_key.clone(),
        foreign_keys: query.foreign_keys.clone(),
        columns: columns.map_err(fail)?,
        arrow: ArrowSchema::default(),
    };
    let keys = schema
        .primary_key
        .iter()
        .chain(schema.foreign_keys.iter().flat_map(|key| &key.columns));
    if let Some(key) = keys.into_iter().find(|key| schema.column(key).is_none()) {
        return Err(fail(format!("the key column `{key}` is not in the answer")));
    }
    let mut builders = Builders::new(Arc::new(schema));
    for (at, column) in answer.columns().iter().enumerate() {
        fill(&mut builders, at, column).map_err(|e| fail(format!("column `{}`: {e}", column.name())))?;
    }
    let table = builders.finish()?;
    match table.repeated_key() {
        Some(key) => Err(fail(format!("the primary key {key} stands in two rows"))),
        None => Ok(table),
    }
}

/// Where the list of the query's own `ORDER BY` ends, in bytes: not that of a sub-query or a window, which stand in brackets.
fn end_of_order(sql: &str) -> Option<usize> {
    let words = outer_words(sql);
    let is = |at: usize, word: &str| {
        words
            .get(at)
            .is_some_and(|it: &(usize, &str)| it.1.eq_ignore_ascii_case(word))
    };
    let order = (0..words.len()).rfind(|&at| is(at, "order") && is(at + 1, "by"))?;
    let after =
        (order + 2..words.len()).find(|&at| is(at, "limit") || is(at, "offset") || is(at, "fetch") || is(at, ";"));
    Some(after.map_or(sql.trim_end().len(), |at| words[at].0))
}

/// The words outside brackets, quotation marks and comments, and the semicolons, each with where it begins.
fn outer_words(sql: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(c) = sql[at..].chars().next() {
        let rest = &sql[at..];
        let until = |end: &str, from: usize| {
            rest[from..]
                .find(end)
                .map_or(rest.len(), |found| from + found + end.len())
        };
        let length = match c {
            '\'' | '"' | '`' => until(&c.to_string(), 1),
            '-' if rest.starts_with("--") => until("\n", 2),
            '/' if rest.starts_with("/*") => until("*/", 2),
            c if c.is_alphanumeric() || c == '_' => rest
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ';' if depth == 0 => words.push((at, ";")),
            c if depth == 0 && c.is_alphabetic() => words.push((at, &rest[..length])),
            _ => {}
        }
        at += length;
    }
    words
}

/// The description of a column of the answer: the query's own, or else that of the contract's column of the same name,
/// observations first.
fn describe(query: &Query, column: &PolarsColumn) -> std::result::Result<Column, String> {
    let name = column.name().as_str();
    let kind = match column.dtype() {
        DataType::String | DataType::Null => ColumnType::String,
        DataType::Boolean => ColumnType::Boolean,
        DataType::Date => ColumnType::Date,
        dtype if dtype.is_integer() => ColumnType::Integer,
        dtype if dtype.is_float() => ColumnType::Number,
        dtype => {
            return Err(format!(
                "column `{name}` has the type {dtype}, which no table has; cast it"
            ));
        }
    };
    let observations = TableSchema::find("observations").into_iter();
    let known = observations
        .chain(TableSchema::all())
        .find_map(|schema| schema.column(name));
    let described = match query.columns.iter().find(|column| column.name == name) {
        Some(own) => Some(Column {
            name: name.to_owned(),
            kind,
            title: own.title.clone(),
            description: own.description.clone(),
            required: false,
            dictionary: false,
            unit: own.unit.clone(),
            minimum: None,
            maximum: None,
            pattern: None,
            codes: Vec::new(),
        }),
        None => known.filter(|known| known.kind == kind).cloned(),
    };
    let mut column = described.ok_or_else(|| {
        format!(
            "column `{name}` ({}) needs a title and a description in the pipeline file",
            kind.as_str()
        )
    })?;
    column.required = query.primary_key.iter().any(|key| key == name);
    Ok(column)
}

/// A table as Polars holds it.
fn frame(table: &Table) -> PolarsResult<DataFrame> {
    let rows = 0..table.len();
    let column = |(column, cells): (&Column, Cells)| -> PolarsResult<PolarsColumn> {
        let name = column.name.as_str().into();
        let cell = |row| cells.get(row);
        let series = match column.kind {
            ColumnType::String => Series::new(name, rows.clone().map(|row| cell(row).as_str()).collect::<Vec<_>>()),
            ColumnType::Integer => Series::new(name, rows.clone().map(|row| integer(cell(row))).collect::<Vec<_>>()),
            ColumnType::Number => Series::new(name, rows.clone().map(|row| number(cell(row))).collect::<Vec<_>>()),
            ColumnType::Date => {
                Series::new(name, rows.clone().map(|row| days(cell(row))).collect::<Vec<_>>()).cast(&DataType::Date)?
            }
            ColumnType::Boolean => Series::new(name, rows.clone().map(|row| truth(cell(row))).collect::<Vec<_>>()),
        };
        Ok(series.into())
    };
    let columns = table
        .schema()
        .columns
        .iter()
        .zip(table.cells())
        .map(column)
        .collect::<PolarsResult<Vec<_>>>()?;
    DataFrame::new(table.len(), columns)
}

const fn integer(cell: Cell) -> Option<i64> {
    if let Cell::Integer(value) = cell {
        Some(value)
    } else {
        None
    }
}

const fn number(cell: Cell) -> Option<f64> {
    if let Cell::Number(value) = cell {
        Some(value)
    } else {
        None
    }
}

fn days(cell: Cell) -> Option<i32> {
    if let Cell::Date(value) = cell {
        Some(to_days(value))
    } else {
        None
    }
}

const fn truth(cell: Cell) -> Option<bool> {
    if let Cell::Boolean(value) = cell {
        Some(value)
    } else {
        None
    }
}

/// Puts the values of a column of the answer into the builder at its position.
fn fill(builders: &mut Builders, at: usize, column: &PolarsColumn) -> std::result::Result<(), String> {
    let fail = |e: polars::prelude::PolarsError| e.to_string();
    let series = column.as_materialized_series();
    let builder = builders.column(at);
    match series.dtype() {
        DataType::String => {
            for value in series.str().map_err(fail)?.iter() {
                builder.text(value.unwrap_or_default())?;
            }
        }
        DataType::Boolean => {
            for value in series.bool().map_err(fail)?.iter() {
                builder.optional(value, Builder::boolean)?;
            }
        }
        DataType::Date => {
            let days = series.cast(&DataType::Int32).map_err(fail)?;
            for value in days.i32().map_err(fail)?.iter() {
                builder.text(&value.map(|days| from_days(days).to_string()).unwrap_or_default())?;
            }
        }
        dtype if dtype.is_integer() => {
            let series = series.cast(&DataType::Int64).map_err(fail)?;
            for value in series.i64().map_err(fail)?.iter() {
                builder.optional(value, Builder::integer)?;
            }
        }
        dtype if dtype.is_float() => {
            let series = series.cast(&DataType::Float64).map_err(fail)?;
            for value in series.f64().map_err(fail)?.iter() {
                builder.optional(value, Builder::number)?;
            }
        }
        _ => (0..series.len()).for_each(|_| builder.null()),
    }
    Ok(())
}
