//! The files of a release while they are written: each with its size, hash and title, for the metadata that lists it.

use std::fmt::Write as _;
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::page::{self, Bilingual, CodeEntry, CodeList, Download, PageInput};
use super::{Content, Error, Result};
use crate::source::sha256_hex;
use crate::table::{Table, Text};

/// Name of the file that lists the hash of every other file.
pub const SUMS: &str = "SHA256SUMS";

/// One file of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEntry {
    /// Path from the release's folder, with `/`.
    pub path: String,
    pub title: Text,
    pub bytes: u64,
    /// SHA-256, in hexadecimal.
    pub sha256: String,
}

impl FileEntry {
    /// IANA media type, by the file's ending.
    #[must_use]
    pub fn media_type(&self) -> &'static str {
        match self.path.rsplit('.').next().unwrap_or_default() {
            "csv" => "text/csv",
            "parquet" => "application/vnd.apache.parquet",
            "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "json" => "application/json",
            "jsonld" => "application/ld+json",
            "html" => "text/html",
            "md" => "text/markdown",
            "cff" => "application/yaml",
            _ => "text/plain",
        }
    }
}

/// Path of a table's file.
pub(super) fn table_path(folder: &str, table: &str, ending: &str) -> String {
    format!("{folder}/{table}.{ending}")
}

/// The files written so far.
pub(super) struct Files {
    folder: PathBuf,
    entries: Vec<FileEntry>,
}

impl Files {
    pub(super) fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_path_buf(),
            entries: Vec::new(),
        }
    }

    /// The files written so far, in the order of writing.
    pub(super) fn entries(&self) -> &[FileEntry] {
        &self.entries
    }

    /// Writes a file.
    pub(super) fn add(&mut self, path: &str, title: Text, bytes: &[u8]) -> Result<()> {
        let to = self.folder.join(path);
        if !Path::new(path)
            .components()
            .all(|part| matches!(part, Component::Normal(_)))
        {
            return Err(Error::Format {
                path: to,
                expected: "a path within the release",
                found: path.to_owned(),
            });
        }
        if let Some(above) = to.parent() {
            fs::create_dir_all(above).map_err(Error::io("make", above))?;
        }
        fs::write(&to, bytes).map_err(Error::io("write", &to))?;
        self.entries.push(FileEntry {
            path: path.to_owned(),
            title,
            bytes: bytes.len() as u64,
            sha256: sha256_hex(bytes),
        });
        Ok(())
    }

    /// Writes JSON, indented, with a line end.
    pub(super) fn add_json(&mut self, path: &str, title: Text, json: &serde_json::Value) -> Result<()> {
        let mut text = serde_json::to_string_pretty(json).expect("a JSON value has text keys only");
        text.push('\n');
        self.add(path, title, text.as_bytes())
    }

    /// Writes a table as CSV and as Parquet.
    pub(super) fn table(&mut self, folder: &str, table: &Table) -> Result<()> {
        let title = |form: &str| Text {
            zh: format!("{}（{form}）", table.schema().title.zh),
            en: format!("{} ({form})", table.schema().title.en),
        };
        let mut bytes = Vec::new();
        table.write_csv(&mut bytes)?;
        self.add(&table_path(folder, table.name(), "csv"), title("CSV"), &bytes)?;
        bytes.clear();
        table.write_parquet(&mut bytes)?;
        self.add(&table_path(folder, table.name(), "parquet"), title("Parquet"), &bytes)
    }

    /// Writes `index.html`, which links to the files written so far.
    pub(super) fn page(&mut self, content: &Content<'_>) -> Result<()> {
        let description = content.description;
        let released = description.released.to_string();
        let schema_jsonld = self.folder.join("schema.jsonld");
        let schema_jsonld = fs::read_to_string(&schema_jsonld).map_err(Error::io("read", &schema_jsonld))?;
        let code_lists: Vec<(&str, Vec<CodeEntry>)> = content
            .tables
            .iter()
            .filter_map(|table| Some((table.name(), code_entries(table)?)))
            .collect();
        let code_lists: Vec<CodeList> = code_lists
            .iter()
            .map(|(name, entries)| CodeList { name, entries })
            .collect();
        let downloads: Vec<Download> = self
            .entries
            .iter()
            .map(|entry| Download {
                path: &entry.path,
                title: bilingual(&entry.title),
                bytes: Some(entry.bytes),
            })
            .collect();
        let html = page::render(&PageInput {
            title: bilingual(&description.title),
            description: bilingual(&description.description),
            version: &description.version,
            released_on: Some(&released),
            licence: page::Licence {
                name: &description.licence.spdx,
                url: &description.licence.url,
            },
            reports: content.extractions,
            findings: content.findings,
            code_lists: &code_lists,
            downloads: &downloads,
            schema_jsonld: &schema_jsonld,
        })?;
        let title = Text {
            zh: "阅读页".into(),
            en: "The report to read".into(),
        };
        self.add("index.html", title, html.as_bytes())
    }

    /// Writes `SHA256SUMS` and gives the files in its order, by path.
    pub(super) fn finish(mut self) -> Result<Vec<FileEntry>> {
        self.entries.sort_by(|a, b| a.path.cmp(&b.path));
        let mut sums = String::new();
        for entry in &self.entries {
            let _ = writeln!(sums, "{}  {}", entry.sha256, entry.path);
        }
        let to = self.folder.join(SUMS);
        fs::write(&to, sums).map_err(Error::io("write", &to))?;
        Ok(self.entries)
    }
}

fn bilingual(text: &Text) -> Bilingual<'_> {
    Bilingual {
        zh: &text.zh,
        en: &text.en,
    }
}

/// The entries of a code list: a table whose key is `code` and that has names in both languages.
fn code_entries(table: &Table) -> Option<Vec<CodeEntry<'_>>> {
    if table.schema().primary_key != ["code"] {
        return None;
    }
    let (codes, zh, en) = (table.column("code")?, table.column("zh")?, table.column("en")?);
    Some(
        (0..table.len())
            .map(|row| CodeEntry {
                code: codes.get(row).as_str().unwrap_or_default(),
                name: Bilingual {
                    zh: zh.get(row).as_str().unwrap_or_default(),
                    en: en.get(row).as_str().unwrap_or_default(),
                },
            })
            .collect(),
    )
}
