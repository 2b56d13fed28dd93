//! `croissant.json`: Croissant 1.1.

use serde_json::{Value, json};

use super::{Sources, id};
use crate::release::FileEntry;
use crate::table::{Column, ColumnType, ForeignKey, Table, TableSchema};

pub(super) fn json(sources: &Sources<'_>) -> Value {
    let description = sources.content.description;
    let organisation = json!({
        "@type": "sc:Organization",
        "name": description.publisher.name.both(),
        "url": description.publisher.url,
        "email": description.publisher.email,
    });
    let context: Value = serde_json::from_str(include_str!("croissant-context.json"))
        .unwrap_or_else(|e| unreachable!("a test writes the compiled-in context: {e}"));
    json!({
        "@context": context,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": description.name,
        "alternateName": [description.title.zh, description.title.en],
        "description": description.description.both(),
        "url": description.homepage,
        "license": description.licence.url,
        "version": description.version,
        "datePublished": description.released.to_string(),
        "dateModified": description.released.to_string(),
        "inLanguage": ["zh", "en"],
        "keywords": description.keywords.zh.iter().chain(&description.keywords.en).collect::<Vec<_>>(),
        "citeAs": description.citation().en,
        "creator": organisation,
        "publisher": organisation,
        "isLiveDataset": false,
        "distribution": sources.files.iter().map(file).collect::<Vec<_>>(),
        "recordSet": sources.tables().map(|(folder, table)| record_set(sources, folder, table)).collect::<Vec<_>>(),
    })
}

/// The foreign keys that the record sets state: of one column, to a table that refers to no other itself. The standard's
/// own tool joins record sets to read them, and can't join what is joined already.
fn references<'a>(sources: &Sources<'a>, schema: &'a TableSchema) -> impl Iterator<Item = &'a ForeignKey> {
    let simple = |schema: &'a TableSchema| {
        let keys = sources.foreign_keys(schema);
        keys.filter(|key| key.columns.len() == 1 && key.table != schema.name)
    };
    let leaf = move |key: &&ForeignKey| {
        let target = sources.content.tables.get(&key.table);
        target.is_some_and(|target| simple(target.schema()).next().is_none())
    };
    simple(schema).filter(leaf)
}

fn file(file: &FileEntry) -> Value {
    // The standard's own tool knows Parquet under this name alone.
    let format = if file.path.ends_with(".parquet") {
        "application/x-parquet"
    } else {
        file.media_type()
    };
    json!({
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path.rsplit('/').next().unwrap_or_default(),
        "description": file.title.both(),
        "contentUrl": file.path,
        "contentSize": format!("{} B", file.bytes),
        "encodingFormat": format,
        "sha256": file.sha256,
    })
}

fn record_set(sources: &Sources<'_>, folder: &str, table: &Table) -> Value {
    let schema = table.schema();
    let parquet = sources.file(folder, table, "parquet");
    let field_id = |table: &str, column: &str| format!("{table}/{column}");
    let field = |column: &Column| {
        let mut field = json!({
            "@type": "cr:Field",
            "@id": field_id(&schema.name, &column.name),
            "name": column.name,
            "description": column.description.both(),
            "dataType": data_type(column.kind),
            "source": { "fileObject": id(&parquet.path), "extract": { "column": column.name } },
        });
        let key = references(sources, schema).find(|key| key.columns[0] == column.name);
        if let Some(key) = key {
            field["references"] = json!({ "field": id(field_id(&key.table, &key.references[0])) });
        }
        field
    };
    let mut record_set = json!({
        "@type": "cr:RecordSet",
        "@id": schema.name,
        "name": schema.name,
        "description": schema.description.both(),
        "field": schema.columns.iter().map(field).collect::<Vec<_>>(),
    });
    if !schema.primary_key.is_empty() {
        let key = schema
            .primary_key
            .iter()
            .map(|column| id(field_id(&schema.name, column)));
        record_set["key"] = key.collect();
    }
    record_set
}

const fn data_type(kind: ColumnType) -> &'static str {
    match kind {
        ColumnType::String => "sc:Text",
        ColumnType::Integer => "cr:Int64",
        ColumnType::Number => "cr:Float64",
        ColumnType::Date => "sc:Date",
        ColumnType::Boolean => "sc:Boolean",
    }
}
