//! Rows to columns: a serde serializer that writes each field of a row struct straight into its column's builder.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, StringBuilder, StringDictionaryBuilder,
};
use arrow::datatypes::Int32Type;
use jiff::civil::Date;
use serde::ser::{self, Impossible, Serialize};

use super::cell::to_days;
use super::schema::{Column, ColumnType, TableSchema};
use super::{Error, Result, Table};

/// The builder of one column.
pub(super) enum Builder {
    Text(StringBuilder),
    Codes(StringDictionaryBuilder<Int32Type>),
    Integers(Int64Builder),
    Numbers(Float64Builder),
    Dates(Date32Builder),
    Booleans(BooleanBuilder),
}

impl Builder {
    pub(super) fn of(column: &Column) -> Self {
        match column.kind {
            ColumnType::String if column.dictionary => Self::Codes(StringDictionaryBuilder::new()),
            ColumnType::String => Self::Text(StringBuilder::new()),
            ColumnType::Integer => Self::Integers(Int64Builder::new()),
            ColumnType::Number => Self::Numbers(Float64Builder::new()),
            ColumnType::Date => Self::Dates(Date32Builder::new()),
            ColumnType::Boolean => Self::Booleans(BooleanBuilder::new()),
        }
    }

    pub(super) fn null(&mut self) {
        match self {
            Self::Text(builder) => builder.append_null(),
            Self::Codes(builder) => builder.append_null(),
            Self::Integers(builder) => builder.append_null(),
            Self::Numbers(builder) => builder.append_null(),
            Self::Dates(builder) => builder.append_null(),
            Self::Booleans(builder) => builder.append_null(),
        }
    }

    /// Appends the value that a text stands for; the empty text is null. Says what it is not when it is none.
    pub(super) fn text(&mut self, text: &str) -> std::result::Result<(), String> {
        if text.is_empty() {
            self.null();
            return Ok(());
        }
        let not = |what: &str| format!("`{text}` is not {what}");
        match self {
            Self::Text(builder) => builder.append_value(text),
            Self::Codes(builder) => {
                builder.append(text).map_err(|e| e.to_string())?;
            }
            Self::Integers(builder) => builder.append_value(text.parse().map_err(|_| not("an integer"))?),
            Self::Numbers(builder) => builder.append_value(text.parse().map_err(|_| not("a number"))?),
            Self::Dates(builder) => {
                builder.append_value(to_days(
                    text.parse::<Date>().map_err(|_| not("a date, year-month-day"))?,
                ));
            }
            Self::Booleans(builder) => builder.append_value(text.parse().map_err(|_| not("true or false"))?),
        }
        Ok(())
    }

    pub(super) fn integer(&mut self, value: i64) -> std::result::Result<(), String> {
        match self {
            Self::Integers(builder) => builder.append_value(value),
            // Every integer that a report states is far below 2^53.
            #[expect(clippy::cast_precision_loss)]
            Self::Numbers(builder) => builder.append_value(value as f64),
            _ => return Err(format!("{value} is an integer, the column is none")),
        }
        Ok(())
    }

    pub(super) fn number(&mut self, value: f64) -> std::result::Result<(), String> {
        match self {
            Self::Numbers(builder) if value.is_finite() => builder.append_value(value),
            _ => return Err(format!("{value} is no finite number, or the column takes none")),
        }
        Ok(())
    }

    pub(super) fn boolean(&mut self, value: bool) -> std::result::Result<(), String> {
        match self {
            Self::Booleans(builder) => builder.append_value(value),
            _ => return Err(format!("{value} is a truth value, the column takes none")),
        }
        Ok(())
    }

    /// Appends a value with `put`, or null.
    pub(super) fn optional<T>(
        &mut self,
        value: Option<T>,
        put: fn(&mut Self, T) -> std::result::Result<(), String>,
    ) -> std::result::Result<(), String> {
        if let Some(value) = value {
            return put(self, value);
        }
        self.null();
        Ok(())
    }

    pub(super) fn finish(self) -> ArrayRef {
        match self {
            Self::Text(mut builder) => Arc::new(builder.finish()),
            Self::Codes(mut builder) => Arc::new(builder.finish()),
            Self::Integers(mut builder) => Arc::new(builder.finish()),
            Self::Numbers(mut builder) => Arc::new(builder.finish()),
            Self::Dates(mut builder) => Arc::new(builder.finish()),
            Self::Booleans(mut builder) => Arc::new(builder.finish()),
        }
    }
}

/// The builders of a table's columns.
pub(super) struct Builders {
    schema: Arc<TableSchema>,
    columns: Vec<Builder>,
}

impl Builders {
    pub(super) fn new(schema: Arc<TableSchema>) -> Self {
        let columns = schema.columns.iter().map(Builder::of).collect();
        Self { schema, columns }
    }

    /// The builder of the column at a position.
    pub(super) fn column(&mut self, at: usize) -> &mut Builder {
        &mut self.columns[at]
    }

    /// The finished table.
    pub(super) fn finish(self) -> Result<Table> {
        let Self { schema, columns } = self;
        let arrays: Vec<ArrayRef> = columns.into_iter().map(Builder::finish).collect();
        for (column, array) in schema.columns.iter().zip(&arrays) {
            if column.required
                && let Some(row) = array
                    .logical_nulls()
                    .and_then(|nulls| (0..nulls.len()).find(|&row| nulls.is_null(row)))
            {
                let message = format!("column `{}` needs a value and has none", column.name);
                return Err(Error::Row {
                    table: schema.name.clone(),
                    row: row + 1,
                    message,
                });
            }
        }
        Table::new(schema, arrays)
    }
}

/// Makes a table of rows.
pub(super) fn from_rows<T: Serialize>(schema: Arc<TableSchema>, rows: impl IntoIterator<Item = T>) -> Result<Table> {
    let mut builders = Builders::new(schema);
    for (row, value) in rows.into_iter().enumerate() {
        value
            .serialize(Row {
                builders: &mut builders,
                at: 0,
            })
            .map_err(|Message(message)| Error::Row {
                table: builders.schema.name.clone(),
                row: row + 1,
                message,
            })?;
    }
    builders.finish()
}

/// What went wrong within a row.
#[derive(Debug)]
struct Message(String);

impl std::fmt::Display for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Message {}

impl ser::Error for Message {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// Serializes one struct as a row, field after field into column after column.
struct Row<'a> {
    builders: &'a mut Builders,
    at: usize,
}

impl ser::SerializeStruct for Row<'_> {
    type Ok = ();
    type Error = Message;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> std::result::Result<(), Message> {
        match self.builders.schema.columns.get(self.at) {
            Some(column) if column.name == key => {}
            Some(column) => return Err(Message(format!("expected the field `{}`, found `{key}`", column.name))),
            None => return Err(Message(format!("the field `{key}` has no column"))),
        }
        let builder = self.builders.column(self.at);
        self.at += 1;
        value
            .serialize(Value(builder))
            .map_err(|Message(message)| Message(format!("column `{key}`: {message}")))
    }

    fn end(self) -> std::result::Result<(), Message> {
        match self.builders.schema.columns.get(self.at) {
            Some(column) => Err(Message(format!("the row has no field `{}`", column.name))),
            None => Ok(()),
        }
    }
}

/// Serializes one value into a column.
struct Value<'a>(&'a mut Builder);

type Done = std::result::Result<(), Message>;
type No = std::result::Result<Impossible<(), Message>, Message>;

/// Implements the methods for values that neither a row nor a cell can be.
macro_rules! refuse {
    ($what:literal: $($method:ident($($arg:ty),*)),+ $(,)?) => {
        $(fn $method(self, $(_: $arg),*) -> Done { Err(Message(concat!("expected ", $what).into())) })+
    };
}
macro_rules! refuse_compound {
    ($what:literal: $($method:ident($($arg:ty),*)),+ $(,)?) => {
        $(fn $method(self, $(_: $arg),*) -> No { Err(Message(concat!("expected ", $what).into())) })+
    };
}

impl<'a> ser::Serializer for Row<'a> {
    type Ok = ();
    type Error = Message;
    type SerializeSeq = Impossible<(), Message>;
    type SerializeTuple = Impossible<(), Message>;
    type SerializeTupleStruct = Impossible<(), Message>;
    type SerializeTupleVariant = Impossible<(), Message>;
    type SerializeMap = Impossible<(), Message>;
    type SerializeStruct = Row<'a>;
    type SerializeStructVariant = Impossible<(), Message>;

    fn serialize_struct(self, _: &'static str, _: usize) -> std::result::Result<Self, Message> {
        Ok(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(self, _: &'static str, _: u32, _: &'static str, _: &T) -> Done {
        Err(Message("expected a struct".into()))
    }

    refuse! { "a struct":
        serialize_bool(bool), serialize_i8(i8), serialize_i16(i16), serialize_i32(i32), serialize_i64(i64),
        serialize_u8(u8), serialize_u16(u16), serialize_u32(u32), serialize_u64(u64), serialize_f32(f32),
        serialize_f64(f64), serialize_char(char), serialize_str(&str), serialize_bytes(&[u8]), serialize_none(),
        serialize_unit(), serialize_unit_struct(&'static str),
        serialize_unit_variant(&'static str, u32, &'static str),
    }
    refuse_compound! { "a struct":
        serialize_seq(Option<usize>), serialize_tuple(usize), serialize_tuple_struct(&'static str, usize),
        serialize_tuple_variant(&'static str, u32, &'static str, usize), serialize_map(Option<usize>),
        serialize_struct_variant(&'static str, u32, &'static str, usize),
    }
}

impl ser::Serializer for Value<'_> {
    type Ok = ();
    type Error = Message;
    type SerializeSeq = Impossible<(), Message>;
    type SerializeTuple = Impossible<(), Message>;
    type SerializeTupleStruct = Impossible<(), Message>;
    type SerializeTupleVariant = Impossible<(), Message>;
    type SerializeMap = Impossible<(), Message>;
    type SerializeStruct = Impossible<(), Message>;
    type SerializeStructVariant = Impossible<(), Message>;

    fn serialize_bool(self, value: bool) -> Done {
        self.0.boolean(value).map_err(Message)
    }

    fn serialize_i8(self, value: i8) -> Done {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Done {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Done {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Done {
        self.0.integer(value).map_err(Message)
    }

    fn serialize_u8(self, value: u8) -> Done {
        self.serialize_i64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Done {
        self.serialize_i64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Done {
        self.serialize_i64(value.into())
    }

    fn serialize_u64(self, value: u64) -> Done {
        self.serialize_i64(value.try_into().map_err(|_| Message(format!("{value} is too large")))?)
    }

    fn serialize_f32(self, value: f32) -> Done {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Done {
        self.0.number(value).map_err(Message)
    }

    fn serialize_char(self, value: char) -> Done {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    /// Decimals come as text too, and are rounded to 64-bit floating point here, once.
    fn serialize_str(self, value: &str) -> Done {
        self.0.text(value).map_err(Message)
    }

    fn serialize_none(self) -> Done {
        self.0.null();
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Done {
        self.serialize_none()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Done {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(self, _: &'static str, _: u32, _: &'static str, _: &T) -> Done {
        Err(Message("expected one value".into()))
    }

    refuse! { "one value": serialize_bytes(&[u8]), serialize_unit_struct(&'static str) }
    refuse_compound! { "one value":
        serialize_seq(Option<usize>), serialize_tuple(usize), serialize_tuple_struct(&'static str, usize),
        serialize_tuple_variant(&'static str, u32, &'static str, usize), serialize_map(Option<usize>),
        serialize_struct(&'static str, usize),
        serialize_struct_variant(&'static str, u32, &'static str, usize),
    }
}
