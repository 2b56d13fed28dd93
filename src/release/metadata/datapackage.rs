//! `datapackage.json`: Data Package 2.0.

use serde_json::{Map, Value, json};

use super::Sources;
use crate::release::{FileEntry, source_path};
use crate::table::{Column, ColumnType, TableSchema};

pub(super) fn json(sources: &Sources<'_>) -> Value {
    let description = sources.content.description;
    let publisher = &description.publisher;
    let mut resources = Vec::new();
    for (folder, table) in sources.tables() {
        let (csv, parquet) = (
            sources.file(folder, table, "csv"),
            sources.file(folder, table, "parquet"),
        );
        let mut resource = resource(table.name(), csv, "csv", &table.schema().description.both());
        resource.insert("type".into(), "table".into());
        resource.insert("bytes".into(), csv.bytes.into());
        resource.insert("encoding".into(), "utf-8".into());
        let dialect = json!({
            "header": true, "delimiter": ",", "quoteChar": "\"", "doubleQuote": true, "lineTerminator": "\r\n",
        });
        resource.insert("dialect".into(), dialect);
        resource.insert("schema".into(), schema(sources, table.schema()));
        resources.push(Value::Object(resource));
        let name = format!("{}_parquet", table.name());
        let mut resource = self::resource(&name, parquet, "parquet", &table.schema().description.both());
        resource.insert("schema".into(), parquet_schema(table.schema()));
        resources.push(Value::Object(resource));
    }
    for file in sources.files.iter().filter(|file| file.path.starts_with("source/")) {
        let name = format!("source-{}", resources.len());
        let about = "报告的来源文本，各表中的位置均以它的 Unicode 码位计。 \
                     Source text of a report, which every offset in the tables counts in Unicode code points.";
        let mut resource = resource(&name, file, "txt", about);
        resource.insert("bytes".into(), file.bytes.into());
        resource.insert("encoding".into(), "utf-8".into());
        resources.push(Value::Object(resource));
    }
    let report_sources: Vec<Value> = sources
        .content
        .extractions
        .iter()
        .map(|extraction| {
            let report = &extraction.report;
            let web = url::Url::parse(&report.source_uri).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
            let path = if web {
                report.source_uri.clone()
            } else {
                source_path(&report.report_id)
            };
            json!({ "title": report.title.as_ref().unwrap_or(&report.report_id), "path": path })
        })
        .collect();
    json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": description.name,
        "id": description.homepage,
        "title": description.title.both(),
        "description": description.description.both(),
        "homepage": description.homepage,
        "version": description.version,
        "created": sources.released_at(),
        "keywords": description.keywords.zh.iter().chain(&description.keywords.en).collect::<Vec<_>>(),
        "licenses": [{
            "name": description.licence.spdx,
            "path": description.licence.url,
            "title": description.licence.title.both(),
        }],
        "contributors": [{
            "title": publisher.name.both(), "path": publisher.url, "email": publisher.email,
            "roles": ["creator", "publisher"],
        }],
        "sources": report_sources,
        "resources": resources,
    })
}

fn resource(name: &str, file: &FileEntry, format: &str, description: &str) -> Map<String, Value> {
    let resource = json!({
        "name": name,
        "title": file.title.both(),
        "description": description,
        "path": file.path,
        "format": format,
        "mediatype": file.media_type(),
        "hash": format!("sha256:{}", file.sha256),
    });
    match resource {
        Value::Object(resource) => resource,
        _ => unreachable!("an object was just written"),
    }
}

fn schema(sources: &Sources<'_>, schema: &TableSchema) -> Value {
    let fields: Vec<Value> = schema.columns.iter().map(|column| field(schema, column)).collect();
    let mut json = json!({ "fields": fields, "missingValues": [""] });
    if !schema.primary_key.is_empty() {
        json["primaryKey"] = json!(schema.primary_key);
    }
    let keys: Vec<Value> = sources
        .strict_foreign_keys(schema)
        .map(|key| {
            // A table that refers to itself has no name there.
            let resource = if key.table == schema.name { "" } else { &key.table };
            json!({ "fields": key.columns, "reference": { "resource": resource, "fields": key.references } })
        })
        .collect();
    if !keys.is_empty() {
        json["foreignKeys"] = json!(keys);
    }
    json
}

/// The schema of a Parquet file. Its own types say more; this one keeps readers of Data Packages from guessing, and is no
/// stricter than they can check: they read a column of integers or dates that has nulls as another type, and miscount
/// the bytes of the file.
fn parquet_schema(schema: &TableSchema) -> Value {
    let field = |column: &Column| {
        let safe = column.required || column.kind == ColumnType::String;
        json!({
            "name": column.name,
            "type": if safe { column.kind.as_str() } else { "any" },
            "title": column.title.both(),
            "description": column.description.both(),
        })
    };
    json!({ "fields": schema.columns.iter().map(field).collect::<Vec<_>>() })
}

fn field(schema: &TableSchema, column: &Column) -> Value {
    let mut constraints = Map::new();
    if column.required {
        constraints.insert("required".into(), true.into());
    }
    if schema.primary_key == [column.name.as_str()] {
        constraints.insert("unique".into(), true.into());
    }
    if !column.codes.is_empty() {
        constraints.insert(
            "enum".into(),
            column.codes.iter().map(|code| code.code.as_str()).collect(),
        );
    }
    if let Some(pattern) = &column.pattern {
        constraints.insert("pattern".into(), pattern.as_str().into());
    }
    for (name, limit) in [("minimum", column.minimum), ("maximum", column.maximum)] {
        if let Some(limit) = limit {
            constraints.insert(name.into(), limit.into());
        }
    }
    let mut field = json!({
        "name": column.name,
        "type": column.kind.as_str(),
        "title": column.title.both(),
        "description": column.description.both(),
    });
    if let Some(unit) = &column.unit {
        field["unit"] = unit.as_str().into();
    }
    if !constraints.is_empty() {
        field["constraints"] = constraints.into();
    }
    field
}
