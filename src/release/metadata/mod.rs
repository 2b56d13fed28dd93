//! Metadata for machines, one file a standard, all made from the same description and schemas.

mod croissant;
mod csvw;
mod datapackage;
mod dcat;
mod prov;
mod schema_org;

use serde_json::{Value, json};

use super::files::{FileEntry, Files, table_path};
use super::{Changelog, Content, Result, portal};
use crate::table::{ForeignKey, Table, TableSchema, Text};

/// What every metadata file is made from.
struct Sources<'a> {
    content: &'a Content<'a>,
    catalogue: &'a Table,
    changelog: &'a Changelog,
    /// The files that the metadata describes.
    files: &'a [FileEntry],
}

impl<'a> Sources<'a> {
    /// The tables with the folders that they lie in.
    fn tables(&self) -> impl Iterator<Item = (&'static str, &'a Table)> {
        self.content
            .tables
            .iter()
            .map(|table| ("data", table))
            .chain([(portal::FOLDER, self.catalogue)])
    }

    /// A file of a table.
    fn file(&self, folder: &str, table: &Table, ending: &str) -> &'a FileEntry {
        let path = table_path(folder, table.name(), ending);
        self.files
            .iter()
            .find(|file| file.path == path)
            .expect("every table is written before the metadata")
    }

    /// The foreign keys of a table that refer to a table of the release.
    fn foreign_keys(&self, schema: &'a TableSchema) -> impl Iterator<Item = &'a ForeignKey> {
        schema
            .foreign_keys
            .iter()
            .filter(|key| self.content.tables.get(&key.table).is_some())
    }

    /// Those of them that no row leaves out: standards whose tools can't have nulls in a key state these alone.
    fn strict_foreign_keys(&self, schema: &'a TableSchema) -> impl Iterator<Item = &'a ForeignKey> {
        self.foreign_keys(schema).filter(|key| schema.is_strict(key))
    }

    /// Midnight of the day of release, as a time.
    fn released_at(&self) -> String {
        format!("{}T00:00:00Z", self.content.description.released)
    }
}

/// Writes every metadata file.
pub(super) fn write(content: &Content<'_>, catalogue: &Table, changelog: &Changelog, files: &mut Files) -> Result<()> {
    let written = files.entries().to_vec();
    let sources = Sources {
        content,
        catalogue,
        changelog,
        files: &written,
    };
    let title = |zh: &str, en: &str| Text {
        zh: zh.into(),
        en: en.into(),
    };
    let documents = [
        (
            "datapackage.json",
            title("元数据（Data Package）", "Metadata (Data Package)"),
            datapackage::json(&sources),
        ),
        (
            "csv-metadata.json",
            title("元数据（CSV on the Web）", "Metadata (CSV on the Web)"),
            csvw::json(&sources),
        ),
        (
            "croissant.json",
            title("元数据（Croissant）", "Metadata (Croissant)"),
            croissant::json(&sources),
        ),
        (
            "dcat.jsonld",
            title("元数据（DCAT-AP）", "Metadata (DCAT-AP)"),
            dcat::json(&sources),
        ),
        (
            "schema.jsonld",
            title("元数据（schema.org）", "Metadata (schema.org)"),
            schema_org::json(&sources),
        ),
        (
            "prov.jsonld",
            title("来源记录（PROV-O）", "Provenance (PROV-O)"),
            prov::json(&sources),
        ),
    ];
    documents
        .into_iter()
        .try_for_each(|(path, title, json)| files.add_json(path, title, &json))
}

/// A reference in JSON-LD.
fn id(address: impl Into<String>) -> Value {
    json!({ "@id": address.into() })
}

/// A text in JSON-LD, once a language.
fn languages(text: &Text) -> Value {
    json!([{ "@value": text.zh, "@language": "zh" }, { "@value": text.en, "@language": "en" }])
}

/// A typed value in JSON-LD.
fn typed(value: impl std::fmt::Display, datatype: &str) -> Value {
    json!({ "@value": value.to_string(), "@type": format!("xsd:{datatype}") })
}
