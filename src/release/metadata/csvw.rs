//! `csv-metadata.json`: CSV on the Web.

use serde_json::{Value, json};

use super::{Sources, id, languages};
use crate::release::files::table_path;
use crate::table::{Column, ColumnType, Table};

pub(super) fn json(sources: &Sources<'_>) -> Value {
    let description = sources.content.description;
    let tables: Vec<Value> = sources
        .tables()
        .map(|(folder, table)| self::table(sources, folder, table))
        .collect();
    json!({
        "@context": ["http://www.w3.org/ns/csvw", { "@language": "zh" }],
        "dc:title": languages(&description.title),
        "dc:description": languages(&description.description),
        "dc:license": id(&description.licence.url),
        "dc:issued": { "@value": description.released.to_string(), "@type": "xsd:date" },
        "dc:publisher": {
            "schema:name": languages(&description.publisher.name),
            "schema:url": id(&description.publisher.url),
        },
        "dialect": {
            "encoding": "utf-8", "delimiter": ",", "quoteChar": "\"", "doubleQuote": true, "header": true,
            "lineTerminators": ["\r\n", "\n"],
        },
        "tables": tables,
    })
}

fn table(sources: &Sources<'_>, folder: &str, table: &Table) -> Value {
    let schema = table.schema();
    let mut table_schema = json!({
        "columns": schema.columns.iter().map(column).collect::<Vec<_>>(),
    });
    if !schema.primary_key.is_empty() {
        table_schema["primaryKey"] = json!(schema.primary_key);
        let key: Vec<String> = schema.primary_key.iter().map(|name| format!("{{{name}}}")).collect();
        // Names that are no variables of a URI template can't build an address.
        if schema.primary_key.iter().all(|name| name.is_ascii()) {
            table_schema["aboutUrl"] = format!("#{}/{}", schema.name, key.join("/")).into();
        }
    }
    let keys: Vec<Value> = sources
        .strict_foreign_keys(schema)
        .map(|key| {
            let resource = table_path("data", &key.table, "csv");
            let reference = json!({ "resource": resource, "columnReference": key.references });
            json!({ "columnReference": key.columns, "reference": reference })
        })
        .collect();
    if !keys.is_empty() {
        table_schema["foreignKeys"] = json!(keys);
    }
    json!({
        "url": table_path(folder, &schema.name, "csv"),
        "dc:title": languages(&schema.title),
        "dc:description": languages(&schema.description),
        "tableSchema": table_schema,
    })
}

fn column(column: &Column) -> Value {
    json!({
        "name": column.name,
        "titles": column.name,
        "dc:title": languages(&column.title),
        "dc:description": languages(&column.description),
        "datatype": datatype(column),
        "required": column.required,
    })
}

fn datatype(column: &Column) -> Value {
    match column.kind {
        ColumnType::String if !column.codes.is_empty() => {
            let codes: Vec<&str> = column.codes.iter().map(|code| code.code.as_str()).collect();
            json!({ "base": "string", "format": codes.join("|") })
        }
        ColumnType::String => match &column.pattern {
            Some(pattern) => json!({ "base": "string", "format": pattern }),
            None => "string".into(),
        },
        ColumnType::Integer => {
            let mut datatype = json!({ "base": "integer" });
            for (name, limit) in [("minimum", column.minimum), ("maximum", column.maximum)] {
                if let Some(limit) = limit {
                    datatype[name] = limit.into();
                }
            }
            datatype
        }
        ColumnType::Number => "number".into(),
        ColumnType::Date => json!({ "base": "date", "format": "yyyy-MM-dd" }),
        ColumnType::Boolean => json!({ "base": "boolean", "format": "true|false" }),
    }
}
