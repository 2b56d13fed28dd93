//! `schema.jsonld`: the data set as search engines read it.

use serde_json::{Value, json};

use super::Sources;

pub(super) fn json(sources: &Sources<'_>) -> Value {
    let description = sources.content.description;
    let organisation = json!({
        "@type": "Organization",
        "name": description.publisher.name.both(),
        "url": description.publisher.url,
        "email": description.publisher.email,
    });
    let distribution: Vec<Value> = sources
        .files
        .iter()
        .map(|file| {
            json!({
                "@type": "DataDownload",
                "name": file.title.both(),
                "contentUrl": description.address(&file.path),
                "encodingFormat": file.media_type(),
                "contentSize": format!("{} B", file.bytes),
                "sha256": file.sha256,
            })
        })
        .collect();
    let variables: Vec<Value> = sources
        .content
        .tables
        .get("observations")
        .into_iter()
        .flat_map(|table| &table.schema().columns)
        .map(|column| {
            json!({
                "@type": "PropertyValue",
                "name": column.name,
                "alternateName": column.title.both(),
                "description": column.description.both(),
            })
        })
        .collect();
    let mut place = json!({ "@type": "Place", "name": description.spatial.name.both() });
    if let Some(code) = &description.spatial.code {
        place["identifier"] = code.as_str().into();
    }
    json!({
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": format!("{}#dataset", description.homepage),
        "name": description.title.zh,
        "alternateName": description.title.en,
        "description": description.description.both(),
        "url": description.homepage,
        "identifier": [description.homepage],
        "version": description.version,
        "license": description.licence.url,
        "isAccessibleForFree": true,
        "inLanguage": ["zh", "en"],
        "keywords": description.keywords.zh.iter().chain(&description.keywords.en).collect::<Vec<_>>(),
        "creator": organisation,
        "publisher": organisation,
        "datePublished": description.released.to_string(),
        "dateModified": description.released.to_string(),
        "temporalCoverage": format!("{}/{}", description.temporal.start, description.temporal.end),
        "spatialCoverage": place,
        "variableMeasured": variables,
        "measurementTechnique": "按规则从公开的报告文本中抽取 Rule-based extraction from published report texts",
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "name": description.catalogue.title.both(),
            "url": description.catalogue.url,
        },
        "citation": description.citation().en,
        "distribution": distribution,
    })
}
