//! A release folder as the publisher sees it: what the release says of itself, and its files with their checksums.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::Read as _;
use std::path::{Component, Path, PathBuf};

use oxjsonld::JsonLdParser;
use oxrdf::{NamedOrBlankNode, Quad, Term, vocab::rdf};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::Error;

/// The list of the files of a release with their checksums.
pub(super) const SUMS: &str = "SHA256SUMS";
/// The description of a release.
pub(super) const PACKAGE: &str = "datapackage.json";

/// A release folder whose files have the checksums that its `SHA256SUMS` gives.
#[derive(Debug, Clone)]
pub struct Release {
    folder: PathBuf,
    pub(super) package: DataPackage,
    pub(super) coverage: Coverage,
    /// In the order in which a portal shows them.
    pub(super) files: Vec<ReleaseFile>,
}

/// The parts of `datapackage.json` that are published as metadata.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct DataPackage {
    pub(super) name: String,
    pub(super) id: Option<String>,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) homepage: Option<String>,
    pub(super) version: String,
    pub(super) created: Option<String>,
    #[serde(default)]
    pub(super) keywords: Vec<String>,
    pub(super) licenses: Vec<License>,
    #[serde(default)]
    pub(super) contributors: Vec<Contributor>,
    #[serde(default)]
    pub(super) sources: Vec<Source>,
    resources: Vec<Resource>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct License {
    pub(super) name: Option<String>,
    pub(super) path: Option<String>,
    pub(super) title: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Contributor {
    pub(super) title: String,
    path: Option<String>,
    email: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Source {
    pub(super) title: Option<String>,
    pub(super) path: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct Resource {
    path: String,
    title: Option<String>,
    description: Option<String>,
    mediatype: Option<String>,
    schema: Option<TableSchema>,
}

/// The columns of a CSV file.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct TableSchema {
    pub(super) fields: Vec<Field>,
    #[serde(default, rename = "primaryKey")]
    pub(super) primary_key: Vec<String>,
    #[serde(default = "only_empty", rename = "missingValues")]
    pub(super) missing_values: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Field {
    pub(super) name: String,
    #[serde(rename = "type", default = "any")]
    pub(super) kind: String,
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
}

fn only_empty() -> Vec<String> {
    vec![String::new()]
}

fn any() -> String {
    "any".to_owned()
}

/// What the release is about, from `dcat.jsonld`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Coverage {
    /// Chinese title and description, where there are any.
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    /// Addresses of the places covered.
    pub(super) spatial: Vec<String>,
    /// First and last day covered.
    pub(super) start: Option<String>,
    pub(super) end: Option<String>,
    /// Addresses of the languages, and of the frequency of publication.
    pub(super) languages: Vec<String>,
    pub(super) frequency: Option<String>,
    /// Keywords in any language.
    pub(super) keywords: Vec<String>,
}

/// One file of a release.
#[derive(Debug, Clone)]
pub(super) struct ReleaseFile {
    /// Path in the release, with `/`.
    pub(super) path: String,
    pub(super) bytes: u64,
    /// Lower-case hexadecimal.
    pub(super) sha256: String,
    /// For people, in Chinese.
    pub(super) title: String,
    pub(super) description: String,
    /// Name of the format as portals show it, such as `CSV`.
    pub(super) format: &'static str,
    pub(super) media_type: &'static str,
    /// The columns, for a CSV file whose schema `datapackage.json` has.
    pub(super) schema: Option<TableSchema>,
}

impl Release {
    /// Reads a release folder and checks every file's checksum.
    ///
    /// # Errors
    /// When `SHA256SUMS`, `datapackage.json` or `dcat.jsonld` is missing or not well formed, or a file has another
    /// checksum than the one listed.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let sums_path = folder.join(SUMS);
        let sums = read_text(&sums_path)?;
        let mut listed = parse_sums(&sums).map_err(|problem| problem_in(&sums_path, problem))?;
        for (path, sum) in &listed {
            let (found, _) = digest_of(&folder.join(path))?;
            if &found != sum {
                return Err(problem_in(
                    &folder.join(path),
                    format!("has sha256 {found}, and {SUMS} says {sum}; build the release again"),
                ));
            }
        }
        listed.insert(SUMS.to_owned(), digest_of(&sums_path)?.0);

        let package_path = folder.join(PACKAGE);
        let package =
            DataPackage::parse(&read_text(&package_path)?).map_err(|problem| problem_in(&package_path, problem))?;
        let dcat_path = folder.join("dcat.jsonld");
        let coverage = Coverage::parse(&read_text(&dcat_path)?, package.id.as_deref())
            .map_err(|problem| problem_in(&dcat_path, problem))?;

        let mut files = Vec::with_capacity(listed.len());
        for (path, sha256) in listed {
            files.push(describe(folder, &package, path, sha256)?);
        }
        files.sort_by_cached_key(|file| rank(&package, &file.path));
        Ok(Self {
            folder: folder.to_owned(),
            package,
            coverage,
            files,
        })
    }

    /// Refuses a homepage or a publisher under `.example`, which is kept for examples and never anybody's own.
    pub(super) fn check_addresses(&self) -> Result<(), Error> {
        let homepage = self.package.homepage.iter().map(|found| ("homepage", found));
        let publishers = self.package.contributors.iter().flat_map(|it| {
            let path = it.path.iter().map(|found| ("publisher.url", found));
            path.chain(it.email.iter().map(|found| ("publisher.email", found)))
        });
        match homepage.chain(publishers).find(|(_, found)| is_example(found)) {
            Some((field, found)) => Err(Error::Placeholder {
                path: self.folder.join(PACKAGE),
                field,
                found: found.clone(),
            }),
            None => Ok(()),
        }
    }

    /// Where a file of the release lies on this machine.
    pub(super) fn path_of(&self, file: &ReleaseFile) -> PathBuf {
        self.folder.join(&file.path)
    }

    /// The file with a path in the release.
    pub(super) fn file(&self, path: &str) -> Option<&ReleaseFile> {
        self.files.iter().find(|file| file.path == path)
    }
}

/// Whether an address or a mail address is one under `.example`.
fn is_example(address: &str) -> bool {
    let host = match url::Url::parse(address) {
        Ok(url) => url.host_str().unwrap_or_default().to_owned(),
        Err(_) => address.rsplit('@').next().unwrap_or_default().to_owned(),
    };
    host.to_ascii_lowercase().ends_with(".example")
}

impl DataPackage {
    /// Reads a `datapackage.json`. The error says what is wrong with it.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let package: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
        for (what, value) in [("name", &package.name), ("version", &package.version)] {
            let is_plain = value
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_.+".contains(&byte));
            if !is_plain || value.is_empty() || value.starts_with('.') || value == "latest" {
                return Err(format!(
                    "{what} is {value:?}; expected ASCII letters, digits, - _ . (and not \"latest\")"
                ));
            }
        }
        if package.licenses.is_empty() {
            return Err("no licence is named".to_owned());
        }
        Ok(package)
    }

    /// The licence's short name, such as `CC-BY-4.0`.
    pub(super) fn license(&self) -> &str {
        let License { name, title, path } = &self.licenses[0];
        name.as_deref()
            .or(title.as_deref())
            .or(path.as_deref())
            .unwrap_or_default()
    }

    /// Path in the release and media type of each listed resource.
    pub(super) fn resources(&self) -> impl Iterator<Item = (&str, &str)> {
        self.resources
            .iter()
            .map(|resource| (resource.path.as_str(), resource.mediatype.as_deref().unwrap_or("")))
    }

    fn resource(&self, path: &str) -> Option<(usize, &Resource)> {
        self.resources
            .iter()
            .enumerate()
            .find(|(_, resource)| resource.path == path)
    }
}

impl Coverage {
    /// Reads the first dataset of a DCAT file in JSON-LD.
    fn parse(text: &str, base: Option<&str>) -> Result<Self, String> {
        const DCAT: &str = "http://www.w3.org/ns/dcat#";
        const DCT: &str = "http://purl.org/dc/terms/";
        let parser = match base.map(|base| JsonLdParser::new().with_base_iri(base)) {
            Some(Ok(parser)) => parser,
            _ => JsonLdParser::new(),
        };
        let quads: Vec<Quad> = parser
            .for_slice(text.as_bytes())
            .collect::<Result<_, _>>()
            .map_err(|error| error.to_string())?;
        let dataset_class = format!("{DCAT}Dataset");
        let Some(dataset) = quads.iter().find_map(|quad| {
            let is_dataset = quad.predicate == rdf::TYPE
                && matches!(&quad.object, Term::NamedNode(class) if class.as_str() == dataset_class);
            is_dataset.then(|| quad.subject.clone())
        }) else {
            return Err("describes no dcat:Dataset".to_owned());
        };
        let objects = |subject: &NamedOrBlankNode, namespace: &str, name: &str| -> Vec<Term> {
            let predicate = format!("{namespace}{name}");
            quads
                .iter()
                .filter(|quad| &quad.subject == subject && quad.predicate.as_str() == predicate)
                .map(|quad| quad.object.clone())
                .collect()
        };
        let addresses = |name: &str| -> Vec<String> {
            let nodes = objects(&dataset, DCT, name);
            nodes
                .into_iter()
                .filter_map(|term| match term {
                    Term::NamedNode(node) => Some(node.into_string()),
                    _ => None,
                })
                .collect()
        };
        let chinese = |name: &str| {
            objects(&dataset, DCT, name).into_iter().find_map(|term| match term {
                Term::Literal(text) if text.language().is_some_and(|tag| tag.starts_with("zh")) => {
                    Some(text.value().to_owned())
                }
                _ => None,
            })
        };
        let period = objects(&dataset, DCT, "temporal")
            .into_iter()
            .find_map(|term| match term {
                Term::NamedNode(node) => Some(NamedOrBlankNode::from(node)),
                Term::BlankNode(node) => Some(NamedOrBlankNode::from(node)),
                Term::Literal(_) => None,
            });
        let day = |name: &str| {
            let period = period.as_ref()?;
            objects(period, DCAT, name).into_iter().find_map(|term| match term {
                Term::Literal(text) => Some(text.value().to_owned()),
                _ => None,
            })
        };
        let keywords = objects(&dataset, DCAT, "keyword");
        Ok(Self {
            title: chinese("title"),
            description: chinese("description"),
            spatial: addresses("spatial"),
            start: day("startDate"),
            end: day("endDate"),
            languages: addresses("language"),
            frequency: addresses("accrualPeriodicity").into_iter().next(),
            keywords: keywords
                .into_iter()
                .filter_map(|term| match term {
                    Term::Literal(text) => Some(text.value().to_owned()),
                    _ => None,
                })
                .collect(),
        })
    }
}

/// Reads a `SHA256SUMS` file: path to checksum. The error says what is wrong with it.
pub(super) fn parse_sums(text: &str) -> Result<BTreeMap<String, String>, String> {
    let mut sums = BTreeMap::new();
    for (index, line) in text.lines().enumerate() {
        let entry = line.split_once("  ").filter(|(sum, path)| {
            let is_sum = sum.len() == 64
                && sum
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
            let stays_inside = Path::new(path)
                .components()
                .all(|part| matches!(part, Component::Normal(_)));
            is_sum && !path.is_empty() && stays_inside
        });
        let Some((sum, path)) = entry else {
            return Err(format!(
                "line {}: expected a sha256, two spaces and a path inside the release",
                index + 1
            ));
        };
        if sums.insert(path.to_owned(), sum.to_owned()).is_some() {
            return Err(format!("line {}: {path} is listed twice", index + 1));
        }
    }
    if sums.is_empty() {
        return Err("lists no file".to_owned());
    }
    Ok(sums)
}

/// The sha256 and the length of a file, read piece by piece.
fn digest_of(path: &Path) -> Result<(String, u64), Error> {
    let failed = |source| Error::Io {
        path: path.to_owned(),
        source,
    };
    let mut file = File::open(path).map_err(failed)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    let mut length = 0;
    loop {
        let read = file.read(&mut buffer).map_err(failed)?;
        if read == 0 {
            return Ok((hex(&hasher.finalize()), length));
        }
        hasher.update(&buffer[..read]);
        length += read as u64;
    }
}

/// Bytes in lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
            let _ = write!(text, "{byte:02x}"); // writing to a String can't fail
            text
        })
}

fn describe(folder: &Path, package: &DataPackage, path: String, sha256: String) -> Result<ReleaseFile, Error> {
    let local = folder.join(&path);
    let bytes = std::fs::metadata(&local)
        .map_err(|source| Error::Io { path: local, source })?
        .len();
    let (format, media_type) = kind_of(&path);
    let listed = package.resource(&path).map(|(_, resource)| resource);
    // A Parquet file that is not listed goes by its table's description.
    let beside = || {
        package
            .resource(&format!("{}.csv", path.strip_suffix(".parquet")?))
            .map(|(_, resource)| resource)
    };
    let (title, description) = match (listed.or_else(beside), known_file(&path)) {
        (Some(resource), _) => (
            resource.title.clone().unwrap_or_else(|| path.clone()),
            resource.description.clone().unwrap_or_default(),
        ),
        (None, Some((title, description))) => (title.to_owned(), description.to_owned()),
        (None, None) => (path.clone(), String::new()),
    };
    let schema = listed
        .filter(|_| format == "CSV")
        .and_then(|resource| resource.schema.clone());
    Ok(ReleaseFile {
        path,
        bytes,
        sha256,
        title,
        description,
        format,
        media_type,
        schema,
    })
}

/// Name of the format and media type, by the file's name.
pub(super) fn kind_of(path: &str) -> (&'static str, &'static str) {
    let extension = Path::new(path).extension().and_then(|extension| extension.to_str());
    let known = KINDS.iter().find(|(known, ..)| extension == Some(known));
    known.map_or(("TXT", "text/plain"), |(_, format, media_type)| (format, media_type))
}

/// Extension and media type of every kind of file that a release has.
pub(super) fn media_types() -> impl Iterator<Item = (&'static str, &'static str)> {
    KINDS.iter().map(|(extension, _, media_type)| (*extension, *media_type))
}

/// Extension, name of the format, media type.
const KINDS: [(&str, &str, &str); 9] = [
    ("csv", "CSV", "text/csv"),
    ("parquet", "Parquet", "application/vnd.apache.parquet"),
    (
        "xlsx",
        "XLSX",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    ("json", "JSON", "application/json"),
    ("jsonld", "JSON-LD", "application/ld+json"),
    ("html", "HTML", "text/html"),
    ("md", "Markdown", "text/markdown"),
    ("cff", "CFF", "application/yaml"),
    ("txt", "TXT", "text/plain"),
];

/// Metadata files in the order in which a portal shows them, each with title and description in Chinese.
const METADATA: [(&str, &str, &str); 12] = [
    (
        PACKAGE,
        "数据包描述（Data Package）",
        "各数据表的字段、类型、主外键与校验和，Data Package 2.0 格式。",
    ),
    (
        "csv-metadata.json",
        "表格元数据（CSVW）",
        "CSV on the Web 格式的表格结构描述。",
    ),
    (
        "croissant.json",
        "数据集元数据（Croissant）",
        "供机器学习工具读取的 Croissant 格式元数据。",
    ),
    (
        "dcat.jsonld",
        "目录元数据（DCAT）",
        "供数据门户采集的 DCAT-AP 3.0.1 格式元数据。",
    ),
    (
        "schema.jsonld",
        "搜索引擎元数据（schema.org）",
        "供搜索引擎读取的 schema.org 格式元数据。",
    ),
    (
        "prov.jsonld",
        "数据来源（PROV）",
        "各文件的来源与生成过程，PROV-O 格式。",
    ),
    ("release.json", "发布清单", "本次发布的输入、程序与输出。"),
    ("README.md", "使用说明与数据字典", "数据的内容、字段含义、版本与许可。"),
    ("CHANGELOG.md", "变更记录", "各版本之间的变化。"),
    ("changelog.json", "变更明细", "各版本之间变化的机器可读清单。"),
    ("CITATION.cff", "引用方式", "引用本数据时使用的信息，CFF 格式。"),
    (SUMS, "校验和", "各文件的 SHA-256 校验和。"),
];

/// Title and description of a file that is no table, by its name.
fn known_file(path: &str) -> Option<(&'static str, &'static str)> {
    if let Some((_, title, description)) = METADATA.iter().find(|(name, ..)| *name == path) {
        return Some((title, description));
    }
    match path {
        "index.html" => Some(("在线阅读", "在浏览器中阅读报告，并查看每个数字对应的数据。")),
        "portal/catalog_zh.csv" => Some(("门户编目信息", "供数据门户编目人员登记使用。")),
        _ if kind_of(path).0 == "XLSX" => Some(("全部数据表（XLSX）", "全部数据表，每表一个工作表。")),
        _ if path.starts_with("source/") => Some(("报告原文（TXT）", "报告的纯文本，数据中的位置以此为准。")),
        _ => None,
    }
}

/// Where a file stands among the others: tables in the order of `datapackage.json`, each as Parquet and as CSV, the
/// spreadsheet, the metadata, all else by path, and the page last.
fn rank(package: &DataPackage, path: &str) -> (u8, usize, u8, String) {
    let (format, _) = kind_of(path);
    let position = match path.strip_suffix(".parquet") {
        Some(stem) => package
            .resource(&format!("{stem}.csv"))
            .or_else(|| package.resource(path)),
        None => package.resource(path).filter(|_| format == "CSV"),
    };
    if let Some((position, _)) = position {
        return (0, position, u8::from(format == "CSV"), path.to_owned());
    }
    if format == "XLSX" {
        return (1, 0, 0, path.to_owned());
    }
    if let Some(position) = METADATA.iter().position(|(name, ..)| *name == path) {
        return (2, position, 0, path.to_owned());
    }
    (if path == "index.html" { 4 } else { 3 }, 0, 0, path.to_owned())
}

fn read_text(path: &Path) -> Result<String, Error> {
    std::fs::read_to_string(path).map_err(|source| Error::Io {
        path: path.to_owned(),
        source,
    })
}

fn problem_in(path: &Path, problem: impl Into<String>) -> Error {
    Error::Release {
        path: path.to_owned(),
        problem: problem.into(),
    }
}
