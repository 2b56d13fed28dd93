//! Small release folders, well formed as far as the publisher looks.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

/// What a test varies in a release.
pub struct Recipe {
    pub name: &'static str,
    pub version: &'static str,
    pub title: &'static str,
    pub keywords: Vec<&'static str>,
    /// Path to content, besides `datapackage.json`, `dcat.jsonld` and `SHA256SUMS`.
    pub files: BTreeMap<&'static str, Vec<u8>>,
}

impl Recipe {
    /// A release with one table, a page and a source text with a Chinese name.
    pub fn new(version: &'static str) -> Self {
        Self {
            name: "test-release",
            version,
            title: "测试数据",
            keywords: vec!["政府工作报告", "statistics"],
            files: BTreeMap::from([
                (
                    "data/facts.csv",
                    b"id,value,published\r\n0012,8.37,2024-03-05\r\n0013,,\r\n".to_vec(),
                ),
                ("data/facts.parquet", b"PAR1 facts PAR1".to_vec()),
                ("index.html", "<p>报告</p>".into()),
                ("source/高境.txt", "报告原文".into()),
            ]),
        }
    }

    pub fn with(mut self, path: &'static str, content: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path, content.into());
        self
    }

    /// Writes the release.
    pub fn build(&self) -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        let mut files: BTreeMap<String, Vec<u8>> = self
            .files
            .iter()
            .map(|(path, content)| ((*path).to_owned(), content.clone()))
            .collect();
        files.insert("datapackage.json".to_owned(), pretty(&self.package()));
        files.insert("dcat.jsonld".to_owned(), pretty(&dcat()));
        let lines = files
            .iter()
            .map(|(path, content)| format!("{}  {path}", sha256(content)));
        let sums = lines.chain([String::new()]).collect::<Vec<_>>().join("\n");
        files.insert("SHA256SUMS".to_owned(), sums.into_bytes());
        for (path, content) in files {
            let target = folder.path().join(path);
            std::fs::create_dir_all(target.parent().unwrap()).unwrap();
            std::fs::write(target, content).unwrap();
        }
        folder
    }

    fn package(&self) -> Value {
        json!({
            "name": self.name,
            "id": "https://example.org/test-release/",
            "title": self.title,
            "description": "A release for tests.",
            "homepage": "https://example.org/test-release/",
            "version": self.version,
            "created": "2024-03-05",
            "keywords": self.keywords,
            "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
            "contributors": [{"title": "Gongkai"}],
            "sources": [{"title": "政府工作报告", "path": "https://example.org/report"}],
            "resources": [{
                "name": "facts", "path": "data/facts.csv", "title": "观测值（CSV）", "description": "One row a fact.",
                "mediatype": "text/csv",
                "schema": {"fields": [
                    {"name": "id", "type": "string", "title": "编号"},
                    {"name": "value", "type": "number", "title": "数值"},
                    {"name": "published", "type": "date", "title": "日期"},
                ], "primaryKey": ["id"], "missingValues": [""]},
            }],
        })
    }
}

fn dcat() -> Value {
    json!({
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": "https://example.org/test-release/#dataset",
        "@type": "dcat:Dataset",
        "dct:spatial": {"@id": "http://publications.europa.eu/resource/authority/country/CHN"},
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": {"@value": "2023-01-01", "@type": "xsd:date"},
            "dcat:endDate": {"@value": "2024-12-31", "@type": "xsd:date"},
        },
        "dct:language": {"@id": "http://publications.europa.eu/resource/authority/language/ZHO"},
        "dct:accrualPeriodicity": {"@id": "http://publications.europa.eu/resource/authority/frequency/ANNUAL"},
    })
}

fn pretty(value: &Value) -> Vec<u8> {
    serde_json::to_vec_pretty(value).unwrap()
}

pub fn sha256(content: &[u8]) -> String {
    let bytes: Vec<_> = Sha256::digest(content)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    bytes.concat()
}

/// Path to sha256 of every file under a folder.
pub fn contents(folder: &Path) -> BTreeMap<String, String> {
    fn walk(root: &Path, folder: &Path, found: &mut BTreeMap<String, String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(root, &path, found);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                found.insert(name, sha256(&std::fs::read(&path).unwrap()));
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, folder, &mut found);
    found
}
