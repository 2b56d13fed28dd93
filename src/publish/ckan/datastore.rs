//! A CSV file into a table of CKAN's `DataStore`, with the types that the release's schema gives.

use std::path::Path;

use serde::Deserialize;
use serde_json::{Value, json};

use super::client::Client;
use crate::publish::Error;
use crate::publish::release::{Field, ReleaseFile, TableSchema};

/// Bounds of one request with rows.
const ROWS: usize = 2_000;
const BYTES: usize = 1 << 20;

#[derive(Deserialize)]
struct Search {
    total: Option<u64>,
}

/// Makes the table anew and fills it. A table that an interrupted load left behind goes first.
pub(super) async fn load(client: &Client, resource: &str, local: &Path, file: &ReleaseFile) -> Result<(), Error> {
    let Some(schema) = &file.schema else { return Ok(()) };
    let unreadable = |error: csv::Error| Error::Release {
        path: local.to_owned(),
        problem: error.to_string(),
    };
    let mut reader = csv::Reader::from_path(local).map_err(unreadable)?;
    let header = reader.headers().map_err(unreadable)?.clone();
    let names: Vec<_> = schema.fields.iter().map(|field| field.name.as_str()).collect();
    if header.iter().ne(names.iter().copied()) {
        let problem = format!(
            "has the columns {}, and its schema {}",
            header.iter().collect::<Vec<_>>().join(","),
            names.join(",")
        );
        return Err(Error::Release {
            path: local.to_owned(),
            problem,
        });
    }

    let delete = json!({"resource_id": resource, "force": true});
    match client.write::<Value>("datastore_delete", &delete).await {
        Ok(_) | Err(Error::Refused { status: 404, .. }) => {}
        Err(error) => return Err(error),
    }
    let create = json!({
        "resource_id": resource,
        "force": true,
        "fields": schema.fields.iter().map(column).collect::<Vec<_>>(),
        "primary_key": schema.primary_key,
    });
    client.write::<Value>("datastore_create", &create).await?;

    let mut total = 0;
    let mut rows = Vec::new();
    let mut bytes = 0;
    for record in reader.records() {
        let record = record.map_err(unreadable)?;
        bytes += record.as_slice().len();
        rows.push(row(&record, schema));
        total += 1;
        if rows.len() == ROWS || bytes >= BYTES {
            insert(client, resource, schema, std::mem::take(&mut rows)).await?;
            bytes = 0;
        }
    }
    if !rows.is_empty() {
        insert(client, resource, schema, rows).await?;
    }
    let query = [("resource_id", resource), ("limit", "0"), ("include_total", "true")];
    let found: Search = client.read("datastore_search", &query).await?;
    if found.total != Some(total) {
        return Err(Error::Checksum {
            subject: format!("DataStore table of {}", file.path),
            expected: format!("of {total} rows"),
            found: format!("{} rows", found.total.unwrap_or_default()),
        });
    }
    Ok(())
}

/// Sends rows. Where the table has a key a row that is there already is replaced, so that rows are never doubled.
async fn insert(client: &Client, resource: &str, schema: &TableSchema, rows: Vec<Value>) -> Result<(), Error> {
    let method = if schema.primary_key.is_empty() {
        "insert"
    } else {
        "upsert"
    };
    let body = json!({"resource_id": resource, "force": true, "method": method, "records": rows});
    client.write::<Value>("datastore_upsert", &body).await.map(|_| ())
}

/// A column as `datastore_create` takes it, with the data dictionary's label and notes.
fn column(field: &Field) -> Value {
    let kind = match field.kind.as_str() {
        "integer" => "int8",
        "number" => "float8",
        "boolean" => "bool",
        "date" => "date",
        "time" => "time",
        "datetime" => "timestamp",
        "year" => "int4",
        _ => "text",
    };
    let label = field.title.as_deref().unwrap_or_default();
    let notes = field.description.as_deref().unwrap_or_default();
    json!({"id": field.name, "type": kind, "info": {"label": label, "notes": notes, "type_override": ""}})
}

/// A record as an object. The database reads numbers and dates from their text.
fn row(record: &csv::StringRecord, schema: &TableSchema) -> Value {
    let cells = schema.fields.iter().zip(record).map(|(field, cell)| {
        let is_missing = schema.missing_values.iter().any(|missing| missing == cell);
        (
            field.name.clone(),
            if is_missing { Value::Null } else { Value::from(cell) },
        )
    });
    Value::Object(cells.collect())
}
