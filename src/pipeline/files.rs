//! The files of tables that grow report by report.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::error::{Error, Result};
use crate::table::{self, ParquetWriter, Table, TableSchema};

/// A form that a table is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Csv,
    Parquet,
    /// One JSON object a line.
    Jsonl,
}

impl Format {
    /// Every form.
    pub const ALL: &'static [Self] = &[Self::Csv, Self::Parquet, Self::Jsonl];

    /// Ending of its files' names.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Parquet => "parquet",
            Self::Jsonl => "jsonl",
        }
    }

    /// Name of a table's file.
    pub fn file_name(self, table: &str) -> String {
        format!("{table}.{}", self.extension())
    }
}

/// Some rows of a table, with what files of text get of them.
#[derive(Debug)]
pub struct Rows {
    table: Table,
    /// For each form its bytes; none for Parquet, whose pages take rows of many reports.
    texts: Vec<Vec<u8>>,
}

impl Rows {
    /// Prepares rows for files in these forms.
    ///
    /// # Errors
    ///
    /// When a row can't be written.
    pub fn of(table: Table, formats: &[Format]) -> table::Result<Self> {
        let text = |format: &Format| {
            let mut text = Vec::new();
            match format {
                Format::Csv => table.write_csv_rows(&mut text)?,
                Format::Jsonl => table.write_jsonl(&mut text)?,
                Format::Parquet => {}
            }
            Ok(text)
        };
        Ok(Self {
            texts: formats.iter().map(text).collect::<table::Result<_>>()?,
            table,
        })
    }
}

/// The files of several tables, each in every form, in a folder.
#[derive(Debug)]
pub struct TableFiles<'a> {
    folder: &'a Path,
    formats: &'a [Format],
    tables: Vec<TableFile>,
}

/// The files of one table.
#[derive(Debug)]
struct TableFile {
    name: String,
    rows: usize,
    /// One for each form.
    files: Vec<FormatFile>,
}

#[derive(Debug)]
enum FormatFile {
    Text(File, PathBuf),
    Parquet(Box<ParquetWriter<BufWriter<File>>>, PathBuf),
}

impl<'a> TableFiles<'a> {
    /// No files yet, in a folder that is there.
    pub const fn new(folder: &'a Path, formats: &'a [Format]) -> Self {
        Self {
            folder,
            formats,
            tables: Vec::new(),
        }
    }

    /// Makes the files of a table, without rows.
    ///
    /// # Errors
    ///
    /// When a file can't be made.
    pub fn begin(&mut self, table: &TableSchema) -> Result<()> {
        let file = |format: &Format| {
            let path = self.folder.join(format.file_name(&table.name));
            let file = File::create(&path).map_err(Error::io("write", &path))?;
            Ok(match format {
                Format::Csv => {
                    table.write_csv_header(&file)?;
                    FormatFile::Text(file, path)
                }
                Format::Jsonl => FormatFile::Text(file, path),
                Format::Parquet => {
                    FormatFile::Parquet(Box::new(ParquetWriter::new(table, BufWriter::new(file))?), path)
                }
            })
        };
        self.tables.push(TableFile {
            name: table.name.clone(),
            rows: 0,
            files: self.formats.iter().map(file).collect::<Result<_>>()?,
        });
        Ok(())
    }

    /// Adds rows to the files of their table, which are made if they are not there.
    ///
    /// # Errors
    ///
    /// When a file can't be written.
    pub fn append(&mut self, rows: &Rows) -> Result<()> {
        let name = rows.table.name();
        if self.tables.iter().all(|table| table.name != name) {
            self.begin(rows.table.schema())?;
        }
        for table in self.tables.iter_mut().filter(|table| table.name == name) {
            table.rows += rows.table.len();
            for (file, text) in table.files.iter_mut().zip(&rows.texts) {
                match file {
                    FormatFile::Text(file, path) => file.write_all(text).map_err(Error::io("write", &*path))?,
                    FormatFile::Parquet(writer, _) => writer.write(&rows.table)?,
                }
            }
        }
        Ok(())
    }

    /// Completes the files. Gives the tables with their numbers of rows.
    ///
    /// # Errors
    ///
    /// When a file can't be written.
    pub fn finish(self) -> Result<Vec<(String, usize)>> {
        let finish = |TableFile { name, rows, files }| {
            for file in files {
                if let FormatFile::Parquet(writer, path) = file {
                    writer.finish()?.flush().map_err(Error::io("write", path))?;
                }
            }
            Ok((name, rows))
        };
        // What is still to be compressed, of several tables at a time. Of several errors the first table's is told.
        let finished: Vec<_> = self.tables.into_par_iter().map(finish).collect();
        finished.into_iter().collect()
    }
}
