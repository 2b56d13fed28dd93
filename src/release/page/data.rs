//! The rows that the page's script reads.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::words::Word;
use super::{PageError, PageInput};

/// All rows of the release and the names of the codes that they use, as JSON.
pub(super) fn payload(input: &PageInput<'_>, words: &BTreeMap<String, Word>) -> Result<String, PageError> {
    let reports = input
        .reports
        .iter()
        .map(|extraction| {
            Ok(json!({
                "report": extraction.report,
                "sections": table(&extraction.sections)?,
                "footnotes": table(&extraction.footnotes)?,
                "numerals": table(&extraction.numerals)?,
                "observations": table(&extraction.observations)?,
                "members": table(&extraction.members)?,
            }))
        })
        .collect::<Result<Vec<Value>, PageError>>()?;
    let data = json!({
        "words": words,
        "codes": codes(input),
        "reports": reports,
        "findings": table(input.findings)?,
    });
    Ok(serde_json::to_string(&data)?)
}

/// The names of the codes that the observations use, by code list.
fn codes(input: &PageInput<'_>) -> Value {
    let used: BTreeSet<(&str, &str)> = input
        .reports
        .iter()
        .flat_map(|extraction| &extraction.observations)
        .flat_map(|row| {
            [
                Some(("measures", row.measure.as_str())),
                Some(("statuses", row.status.as_str())),
                Some(("modifiers", row.modifier.as_str())),
                row.theme.as_deref().map(|code| ("themes", code)),
                row.indicator_code.as_deref().map(|code| ("indicators", code)),
            ]
        })
        .flatten()
        .collect();
    input
        .code_lists
        .iter()
        .map(|list| {
            let names: Map<String, Value> = list
                .entries
                .iter()
                .filter(|entry| used.contains(&(list.name, entry.code)))
                .map(|entry| (entry.code.to_owned(), json!({"zh": entry.name.zh, "en": entry.name.en})))
                .collect();
            (list.name.to_owned(), Value::Object(names))
        })
        .collect::<Map<String, Value>>()
        .into()
}

/// Rows with their field names written once: `{"fields": […], "rows": [[…], …]}`.
fn table<T: Serialize>(rows: &[T]) -> Result<Value, PageError> {
    let mut fields: Vec<String> = Vec::new();
    let mut cells: Vec<Value> = Vec::with_capacity(rows.len());
    for row in rows {
        let Value::Object(row) = serde_json::to_value(row)? else {
            continue;
        };
        if fields.is_empty() {
            fields = row.keys().cloned().collect();
        }
        cells.push(row.into_values().collect());
    }
    Ok(json!({"fields": fields, "rows": cells}))
}
