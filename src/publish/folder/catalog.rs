//! The catalogue and the page of a static portal: every release, newest first.
//!
//! Addresses are relative, so that the portal can be served from anywhere.

use std::collections::BTreeMap;

use minijinja::value::Serde;
use minijinja::{Environment, context};
use serde::Serialize;
use serde_json::{Value, json};
use url::Url;

use crate::publish::release::{DataPackage, PACKAGE, SUMS, kind_of};

/// The catalogue's file, and a text by which one of ours is known.
pub(super) const CATALOG: &str = "catalog.jsonld";
pub(super) const CATALOG_MARK: &str = "#gongkai-catalog";
/// The page's file, and a text by which one of ours is known.
pub(super) const INDEX: &str = "index.html";
pub(super) const INDEX_MARK: &str = r#"<meta name="generator" content="gongkai">"#;

/// One version of one dataset.
#[derive(Debug, Clone)]
pub(super) struct Edition {
    pub(super) package: DataPackage,
    /// Path in the release to length and sha256, `SHA256SUMS` included.
    pub(super) files: BTreeMap<String, (u64, String)>,
}

impl Edition {
    /// `<name>/<version>`.
    pub(super) fn place(&self) -> String {
        format!("{}/{}", self.package.name, self.package.version)
    }

    /// Path to sha256, as `SHA256SUMS` has it.
    pub(super) fn sums(&self) -> BTreeMap<String, String> {
        let listed = self.files.iter().filter(|(path, _)| *path != SUMS);
        listed.map(|(path, (_, sum))| (path.clone(), sum.clone())).collect()
    }
}

/// The catalogue in DCAT, as JSON-LD. `editions` are by name, newest first.
pub(super) fn catalog(editions: &[Edition]) -> String {
    let mut graph = vec![json!({
        "@id": CATALOG_MARK,
        "@type": "dcat:Catalog",
        "dct:title": text("政府工作报告开放数据目录"),
        "dct:description": text("由政府工作报告整理而成的开放数据，每个数字均可追溯到原文。"),
        "dct:publisher": editions.last().map(publisher),
        "dct:issued": editions.iter().filter_map(|edition| edition.package.created.as_deref()).min().map(date),
        "dct:modified": editions.iter().filter_map(|edition| edition.package.created.as_deref()).max().map(date),
        "foaf:homepage": {"@id": INDEX, "@type": "foaf:Document"},
        "dcat:dataset": editions.iter().map(|edition| json!({"@id": dataset_id(edition)})).collect::<Vec<_>>(),
    })];
    for newest in newest_of_each(editions) {
        let package = &newest.package;
        graph.push(json!({
            "@id": format!("{}/", package.name),
            "@type": "dcat:DatasetSeries",
            "dct:title": text(&package.title),
            "dct:description": text(&package.description),
            "dct:publisher": publisher(newest),
            "dcat:last": {"@id": dataset_id(newest)},
        }));
    }
    graph.extend(editions.iter().map(dataset));
    let mut document = json!({
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "spdx": "http://spdx.org/rdf/terms#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@graph": graph,
    });
    drop_nulls(&mut document);
    let mut text = serde_json::to_string_pretty(&document).expect("a JSON value becomes JSON");
    text.push('\n');
    text
}

/// The page that lists all releases.
pub(super) fn index(editions: &[Edition]) -> String {
    #[derive(Serialize)]
    struct Release<'e> {
        version: &'e str,
        created: &'e str,
        page: String,
        package: String,
    }
    #[derive(Serialize)]
    struct Dataset<'e> {
        title: &'e str,
        description: &'e str,
        license: &'e str,
        latest: String,
        releases: Vec<Release<'e>>,
    }
    let release = |edition: &'_ Edition| -> (String, String) {
        let page = if edition.files.contains_key(INDEX) {
            INDEX
        } else {
            PACKAGE
        };
        (
            link(&format!("{}/{page}", edition.place())),
            link(&format!("{}/{PACKAGE}", edition.place())),
        )
    };
    let datasets: Vec<_> = newest_of_each(editions)
        .map(|newest| {
            let page = if newest.files.contains_key(INDEX) {
                INDEX
            } else {
                PACKAGE
            };
            let versions = editions
                .iter()
                .filter(|edition| edition.package.name == newest.package.name);
            Dataset {
                title: &newest.package.title,
                description: &newest.package.description,
                license: newest.package.license(),
                latest: link(&format!("{}/latest/{page}", newest.package.name)),
                releases: versions
                    .map(|edition| {
                        let (page, package) = release(edition);
                        let created = edition.package.created.as_deref().unwrap_or_default();
                        let created = created.split('T').next().unwrap_or_default();
                        Release {
                            version: &edition.package.version,
                            created,
                            page,
                            package,
                        }
                    })
                    .collect(),
            }
        })
        .collect();
    let mut environment = Environment::new();
    environment
        .add_template(INDEX, include_str!("index.html"))
        .expect("the template is part of the program");
    let template = environment.get_template(INDEX).expect("the template was just added");
    let mut page = template
        .render(context! { mark => INDEX_MARK, catalog => CATALOG, datasets => Serde(datasets) })
        .expect("the template names only what it is given");
    page.push('\n');
    page
}

/// The first of each name.
fn newest_of_each(editions: &[Edition]) -> impl Iterator<Item = &Edition> {
    let is_first = move |index: usize| index == 0 || editions[index - 1].package.name != editions[index].package.name;
    editions
        .iter()
        .enumerate()
        .filter(move |(index, _)| is_first(*index))
        .map(|(_, edition)| edition)
}

fn dataset_id(edition: &Edition) -> String {
    format!("{}/#dataset", link(&edition.place()))
}

fn dataset(edition: &Edition) -> Value {
    let package = &edition.package;
    let place = edition.place();
    let page = edition
        .files
        .contains_key(INDEX)
        .then(|| json!({"@id": link(&format!("{place}/{INDEX}"))}));
    let license = package.licenses[0].path.as_ref().map(|path| json!({"@id": path}));
    let distributions: Vec<_> = package
        .resources()
        .filter_map(|(path, media_type)| {
            let (bytes, sum) = edition.files.get(path)?;
            let address = link(&format!("{place}/{path}"));
            let media_type = if media_type.is_empty() {
                kind_of(path).1
            } else {
                media_type
            };
            Some(json!({
                "@id": format!("{}/#{}", link(&place), link(path)),
                "@type": "dcat:Distribution",
                "dct:title": text(path),
                "dcat:accessURL": {"@id": address},
                "dcat:downloadURL": {"@id": address},
                "dcat:mediaType": {"@id": format!("https://www.iana.org/assignments/media-types/{media_type}")},
                "dct:license": license,
                "dcat:byteSize": {"@value": bytes.to_string(), "@type": "xsd:nonNegativeInteger"},
                "spdx:checksum": {
                    "@type": "spdx:Checksum",
                    "spdx:algorithm": {"@id": "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"},
                    "spdx:checksumValue": {"@value": sum, "@type": "xsd:hexBinary"},
                },
            }))
        })
        .collect();
    json!({
        "@id": dataset_id(edition),
        "@type": "dcat:Dataset",
        "dct:title": text(&package.title),
        "dct:description": text(&package.description),
        "dct:identifier": package.id,
        "dcat:version": package.version,
        "dct:issued": package.created.as_deref().map(date),
        "dct:publisher": publisher(edition),
        "dct:license": license,
        "dcat:keyword": package.keywords.iter().map(|keyword| text(keyword)).collect::<Vec<_>>(),
        "dcat:inSeries": {"@id": format!("{}/", package.name)},
        "dcat:landingPage": page,
        "dcat:distribution": distributions,
    })
}

fn publisher(edition: &Edition) -> Value {
    let names = edition
        .package
        .contributors
        .iter()
        .map(|contributor| contributor.title.as_str());
    json!({"@type": "foaf:Agent", "foaf:name": names.collect::<Vec<_>>().join("、")})
}

/// A text with its language: Chinese where it has Chinese characters.
fn text(value: &str) -> Value {
    let is_chinese = value.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
    json!({"@value": value, "@language": if is_chinese { "zh" } else { "en" }})
}

fn date(value: &str) -> Value {
    json!({"@value": value, "@type": if value.contains('T') { "xsd:dateTime" } else { "xsd:date" }})
}

/// A path as a relative address.
fn link(path: &str) -> String {
    let mut address = Url::parse("file:///").expect("a constant address");
    address.set_path(path);
    address.path().trim_start_matches('/').to_owned()
}

/// Leaves members without a value out.
fn drop_nulls(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|_, member| !member.is_null());
            members.values_mut().for_each(drop_nulls);
        }
        Value::Array(values) => values.iter_mut().for_each(drop_nulls),
        _ => {}
    }
}
