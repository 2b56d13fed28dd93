//! Columns to rows: a serde deserializer over the cells of each row.

use serde::de::value::{Error as Message, StrDeserializer};
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::cell::{Cell, Cells};
use super::{Error, Result, Table};

/// The rows of a table.
pub(super) fn rows<T: DeserializeOwned>(table: &Table) -> Result<Vec<T>> {
    let columns: Vec<(&str, Cells)> = table
        .schema()
        .columns
        .iter()
        .map(|column| column.name.as_str())
        .zip(table.cells())
        .collect();
    let read = |row| {
        T::deserialize(Row { columns: &columns, row }).map_err(|e| Error::Row {
            table: table.name().to_owned(),
            row: row + 1,
            message: e.to_string(),
        })
    };
    (0..table.len()).map(read).collect()
}

/// One row, as a map from column names to values.
struct Row<'a> {
    columns: &'a [(&'a str, Cells<'a>)],
    row: usize,
}

impl<'de> Deserializer<'de> for Row<'de> {
    type Error = Message;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> std::result::Result<V::Value, Message> {
        visitor.visit_map(Entries { row: self, at: 0 })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct Entries<'de> {
    row: Row<'de>,
    at: usize,
}

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = Message;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> std::result::Result<Option<K::Value>, Message> {
        let Some((name, _)) = self.row.columns.get(self.at) else {
            return Ok(None);
        };
        let name: StrDeserializer<Message> = (*name).into_deserializer();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> std::result::Result<S::Value, Message> {
        let (_, cells) = &self.row.columns[self.at];
        self.at += 1;
        seed.deserialize(Value(cells.get(self.row.row)))
    }
}

/// One value. A null is the empty text where a text is wanted.
struct Value<'de>(Cell<'de>);

impl<'de> Deserializer<'de> for Value<'de> {
    type Error = Message;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> std::result::Result<V::Value, Message> {
        match self.0 {
            Cell::Null => visitor.visit_unit(),
            Cell::Text(text) => visitor.visit_borrowed_str(text),
            Cell::Integer(value) => visitor.visit_i64(value),
            Cell::Number(value) => visitor.visit_f64(value),
            Cell::Date(value) => visitor.visit_string(value.to_string()),
            Cell::Boolean(value) => visitor.visit_bool(value),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> std::result::Result<V::Value, Message> {
        match self.0 {
            Cell::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> std::result::Result<V::Value, Message> {
        match self.0 {
            Cell::Null => visitor.visit_borrowed_str(""),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> std::result::Result<V::Value, Message> {
        self.deserialize_str(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> std::result::Result<V::Value, Message> {
        let text: StrDeserializer<Message> = self.0.as_str().unwrap_or_default().into_deserializer();
        text.deserialize_enum(name, variants, visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> std::result::Result<V::Value, Message> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char bytes byte_buf unit unit_struct
        seq tuple tuple_struct map struct identifier ignored_any
    }
}
