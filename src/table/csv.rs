//! Tables as CSV and JSON Lines: UTF-8 without a byte order mark; CSV as RFC 4180 wants it.

use std::io::{Read, Write};
use std::sync::Arc;

use csv::{ByteRecord, ReaderBuilder, Terminator, WriterBuilder};

use super::build::Builders;
use super::cell::{Cell, Cells, harmless, original};
use super::schema::TableSchema;
use super::{Error, Result, Table};

/// Whether a column of codes holds none that must be made [`harmless`]: then no cell need be looked at.
fn is_harmless(cells: &Cells<'_>) -> bool {
    let Cells::Codes(_, codes) = cells else { return false };
    codes.iter().flatten().all(|code| harmless(code) == code)
}

/// A writer of CSV as RFC 4180 wants it.
fn writer<W: Write>(to: W) -> csv::Writer<W> {
    /// Bytes that are kept before they are written: more than most rows have.
    const BUFFER: usize = 1 << 14;
    let mut builder = WriterBuilder::new();
    let builder = builder.terminator(Terminator::CRLF).buffer_capacity(BUFFER);
    builder.from_writer(to)
}

impl TableSchema {
    /// Writes the names of the columns as CSV.
    ///
    /// # Errors
    /// When writing fails.
    pub fn write_csv_header(&self, to: impl Write) -> Result<()> {
        let fail = |source| Error::Csv {
            table: self.name.clone(),
            source,
        };
        let mut csv = writer(to);
        csv.write_record(self.columns.iter().map(|column| &column.name))
            .map_err(fail)?;
        csv.flush().map_err(|e| fail(e.into()))
    }
}

impl Table {
    /// Writes a header and the rows as CSV, texts made [`harmless`].
    ///
    /// # Errors
    /// When writing fails.
    pub fn write_csv(&self, mut to: impl Write) -> Result<()> {
        self.schema().write_csv_header(&mut to)?;
        self.write_csv_rows(to)
    }

    /// Writes the rows as CSV without a header, texts made [`harmless`].
    ///
    /// # Errors
    /// When writing fails.
    pub fn write_csv_rows(&self, to: impl Write) -> Result<()> {
        use std::fmt::Write as _;

        let mut digits = itoa::Buffer::new();
        let fail = |source| Error::Csv {
            table: self.name().to_owned(),
            source,
        };
        let mut csv = writer(to);
        let columns: Vec<_> = self
            .cells()
            .into_iter()
            .map(|cells| (cells, is_harmless(&cells)))
            .collect();
        let mut text = String::new();
        let mut record = ByteRecord::new();
        for row in 0..self.len() {
            record.clear();
            for (cells, is_harmless) in &columns {
                match cells.get(row) {
                    Cell::Null => record.push_field(b""),
                    Cell::Integer(value) => record.push_field(digits.format(value).as_bytes()),
                    Cell::Text(value) if *is_harmless => record.push_field(value.as_bytes()),
                    Cell::Text(value) => record.push_field(harmless(value).as_bytes()),
                    value => {
                        text.clear();
                        write!(text, "{value}").expect("writing to a string can't fail");
                        record.push_field(text.as_bytes());
                    }
                }
            }
            csv.write_byte_record(&record).map_err(fail)?;
        }
        csv.flush().map_err(|e| fail(e.into()))
    }

    /// Writes the rows as JSON Lines, one object a row, nulls included.
    ///
    /// # Errors
    /// When writing fails.
    pub fn write_jsonl(&self, mut to: impl Write) -> Result<()> {
        let fail = |source| Error::Io {
            table: self.name().to_owned(),
            source,
        };
        for row in self.rows::<serde_json::Map<String, serde_json::Value>>()? {
            serde_json::to_writer(&mut to, &row).map_err(|e| fail(e.into()))?;
            to.write_all(b"\n").map_err(fail)?;
        }
        to.flush().map_err(fail)
    }

    /// Reads CSV whose header is exactly the columns of the schema. Texts that were quoted against spreadsheets come back.
    ///
    /// # Errors
    /// When the CSV is broken, the columns are others, or a value does not fit its column.
    pub fn read_csv(schema: &Arc<TableSchema>, from: impl Read) -> Result<Self> {
        let fail = |source| Error::Csv {
            table: schema.name.clone(),
            source,
        };
        let mut csv = ReaderBuilder::new().from_reader(from);
        let header = csv.headers().map_err(fail)?;
        if !header
            .iter()
            .eq(schema.columns.iter().map(|column| column.name.as_str()))
        {
            return Err(Error::Columns {
                table: schema.name.clone(),
                expected: schema
                    .columns
                    .iter()
                    .map(|column| column.name.as_str())
                    .collect::<Vec<_>>()
                    .join(","),
                found: header.iter().collect::<Vec<_>>().join(","),
            });
        }
        let mut builders = Builders::new(Arc::clone(schema));
        let mut record = csv::StringRecord::new();
        let mut row = 0;
        while csv.read_record(&mut record).map_err(fail)? {
            row += 1;
            for (at, text) in record.iter().enumerate() {
                builders.column(at).text(original(text)).map_err(|message| Error::Row {
                    table: schema.name.clone(),
                    row,
                    message: format!("column `{}`: {message}", schema.columns[at].name),
                })?;
            }
        }
        builders.finish()
    }
}
