//! Tables as Parquet, with the schema's titles and descriptions in the Arrow field metadata.

use std::io::Write;
use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch};
use arrow::compute::{cast, concat_batches};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::ChunkReader;
use parquet::schema::types::ColumnPath;

use super::schema::{Column, ColumnType, TableSchema};
use super::{Error, Result, Table};

/// Writes a table as Parquet, some rows after the others.
#[derive(Debug)]
pub struct ParquetWriter<W: Write + Send> {
    table: String,
    writer: ArrowWriter<W>,
}

impl<W: Write + Send> ParquetWriter<W> {
    /// Begins a file of a table without rows.
    ///
    /// # Errors
    /// When writing fails.
    pub fn new(table: &TableSchema, to: W) -> Result<Self> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_created_by(concat!("gongkai ", env!("CARGO_PKG_VERSION")).to_owned());
        // Of numbers and keys hardly any two are alike: a dictionary of them would be as long as they are.
        let keys = &table.primary_key;
        let distinct = |column: &&Column| column.kind == ColumnType::Integer || keys.last() == Some(&column.name);
        let columns = table.columns.iter().filter(distinct);
        let properties = columns.fold(properties, |properties, column| {
            properties.set_column_dictionary_enabled(ColumnPath::from(column.name.as_str()), false)
        });
        let writer = ArrowWriter::try_new(to, Arc::clone(table.arrow()), Some(properties.build()));
        Ok(Self {
            table: table.name.clone(),
            writer: writer.map_err(fail(&table.name))?,
        })
    }

    /// Adds rows, which must be of the table that the file is of.
    ///
    /// # Errors
    /// When writing fails.
    pub fn write(&mut self, rows: &Table) -> Result<()> {
        self.writer.write(rows.batch()).map_err(fail(&self.table))
    }

    /// Finishes the file and gives back what it was written to.
    ///
    /// # Errors
    /// When writing fails.
    pub fn finish(self) -> Result<W> {
        self.writer.into_inner().map_err(fail(&self.table))
    }
}

fn fail(table: &str) -> impl Fn(ParquetError) -> Error + use<'_> {
    move |source| Error::Parquet {
        table: table.to_owned(),
        source,
    }
}

impl Table {
    /// Writes the table as Parquet.
    ///
    /// # Errors
    /// When writing fails.
    pub fn write_parquet(&self, to: impl Write + Send) -> Result<()> {
        let mut writer = ParquetWriter::new(self.schema(), to)?;
        writer.write(self)?;
        writer.finish().map(drop)
    }

    /// Reads Parquet whose columns are exactly those of the schema.
    ///
    /// # Errors
    /// When the file is broken, or names, types or nulls are not those of the schema.
    pub fn read_parquet(schema: &Arc<TableSchema>, from: impl ChunkReader + 'static) -> Result<Self> {
        let fail = fail(&schema.name);
        let fail_arrow = |source| Error::Arrow {
            table: schema.name.clone(),
            source,
        };
        let reader = ParquetRecordBatchReaderBuilder::try_new(from)
            .and_then(ParquetRecordBatchReaderBuilder::build)
            .map_err(fail)?;
        let found = arrow::array::RecordBatchReader::schema(&reader);
        let batches = reader
            .collect::<std::result::Result<Vec<RecordBatch>, _>>()
            .map_err(fail_arrow)?;
        let batch = concat_batches(&found, &batches).map_err(fail_arrow)?;
        let names = |columns: &mut dyn Iterator<Item = &str>| columns.collect::<Vec<_>>().join(",");
        let expected = names(&mut schema.columns.iter().map(|column| column.name.as_str()));
        let found = names(&mut found.fields().iter().map(|field| field.name().as_str()));
        if expected != found {
            return Err(Error::Columns {
                table: schema.name.clone(),
                expected,
                found,
            });
        }
        let columns: std::result::Result<Vec<ArrayRef>, _> = batch
            .columns()
            .iter()
            .zip(&schema.columns)
            .map(|(array, column)| cast(array, &column.data_type()))
            .collect();
        Self::new(Arc::clone(schema), columns.map_err(fail_arrow)?)
    }
}
