//! `dcat.jsonld`: DCAT-AP 3.0.1.

use serde_json::{Value, json};

use super::{Sources, id, languages, typed};
use crate::release::{FileEntry, PublisherKind};
use crate::table::Text;

/// The EU's authority tables.
const AUTHORITY: &str = "http://publications.europa.eu/resource/authority";
const CSVW: &str = "http://www.w3.org/ns/csvw";
const DATA_PACKAGE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";

pub(super) fn json(sources: &Sources<'_>) -> Value {
    let description = sources.content.description;
    let (publisher, licence, contact) = (&description.publisher, &description.licence, description.contact());
    let organisation = fragment(&description.catalogue.url, "organisation");
    let contact_point = fragment(&description.catalogue.url, "contact");
    let homepage = &description.homepage;
    let mut licence_document = json!({
        "@id": licence.url, "@type": "dct:LicenseDocument", "dct:title": languages(&licence.title),
    });
    if let Some(kind) = licence_type(&licence.spdx) {
        licence_document["dct:type"] = id(format!("http://purl.org/adms/licencetype/{kind}"));
    }
    let standard = |address: &str, title: &str| {
        let title = json!([{ "@value": title, "@language": "en" }]);
        json!({ "@id": address, "@type": "dct:Standard", "dct:title": title })
    };
    let mut graph = vec![
        json!({
            "@id": organisation,
            "@type": "foaf:Agent",
            "foaf:name": languages(&publisher.name),
            "foaf:homepage": id(&publisher.url),
            "dct:type": id(format!("http://purl.org/adms/publishertype/{}", publisher_type(publisher.kind))),
        }),
        licence_document,
        json!({
            "@id": contact_point,
            "@type": "vcard:Organization",
            "vcard:fn": languages(&contact.name),
            "vcard:hasEmail": id(format!("mailto:{}", contact.email)),
        }),
        standard(CSVW, "CSV on the Web"),
        standard(DATA_PACKAGE, "Data Package 2.0"),
    ];
    let pages = [homepage, &description.catalogue.url, &publisher.url];
    for (at, page) in pages.iter().enumerate() {
        if !pages[..at].contains(page) {
            graph.push(json!({ "@id": page, "@type": "foaf:Document" }));
        }
    }
    graph.push(catalogue(sources, &organisation));
    graph.push(dataset(sources, &organisation, &contact_point));
    graph.extend(sources.files.iter().map(|file| distribution(sources, file)));
    json!({
        "@context": {
            "adms": "http://www.w3.org/ns/adms#",
            "dcat": "http://www.w3.org/ns/dcat#",
            "dcatap": "http://data.europa.eu/r5r/",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
            "spdx": "http://spdx.org/rdf/terms#",
            "vcard": "http://www.w3.org/2006/vcard/ns#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@graph": graph,
    })
}

fn catalogue(sources: &Sources<'_>, organisation: &str) -> Value {
    let description = sources.content.description;
    json!({
        "@id": fragment(&description.catalogue.url, "catalog"),
        "@type": "dcat:Catalog",
        "dct:title": languages(&description.catalogue.title),
        "dct:description": languages(&description.catalogue.title),
        "dct:publisher": id(organisation),
        "foaf:homepage": id(&description.catalogue.url),
        "dct:language": language_codes(),
        "dct:issued": typed(description.released, "date"),
        "dct:modified": typed(description.released, "date"),
        "dct:license": id(&description.licence.url),
        "dct:spatial": china(),
        "dcat:themeTaxonomy": id(format!("{AUTHORITY}/data-theme")),
        "dcat:dataset": id(dataset_id(sources)),
    })
}

fn dataset(sources: &Sources<'_>, organisation: &str, contact_point: &str) -> Value {
    let description = sources.content.description;
    let homepage = &description.homepage;
    let keywords = |words: &[String], language: &str| -> Vec<Value> {
        words
            .iter()
            .map(|word| json!({ "@value": word, "@language": language }))
            .collect()
    };
    let keywords = [
        keywords(&description.keywords.zh, "zh"),
        keywords(&description.keywords.en, "en"),
    ]
    .concat();
    let notes = sources
        .changelog
        .latest
        .notes
        .clone()
        .unwrap_or_else(|| sources.changelog.latest.summary());
    let provenance = Text {
        zh: "每个数字的来源，按 W3C PROV 记录。".into(),
        en: "Where each figure comes from, in W3C PROV.".into(),
    };
    json!({
        "@id": dataset_id(sources),
        "@type": "dcat:Dataset",
        "dct:title": languages(&description.title),
        "dct:description": languages(&description.description),
        "dct:identifier": homepage,
        "dct:publisher": id(organisation),
        "dct:creator": id(organisation),
        "dcat:contactPoint": id(contact_point),
        "dcat:keyword": keywords,
        "dcat:theme": [id(format!("{AUTHORITY}/data-theme/GOVE")), id(format!("{AUTHORITY}/data-theme/ECON"))],
        "dct:spatial": china(),
        "dct:temporal": {
            "@id": format!("{homepage}#period"),
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": typed(description.temporal.start, "date"),
            "dcat:endDate": typed(description.temporal.end, "date"),
        },
        "dct:language": language_codes(),
        "dct:accrualPeriodicity": id(format!("{AUTHORITY}/frequency/{}", description.frequency.authority_code())),
        "dct:accessRights": id(format!("{AUTHORITY}/access-right/PUBLIC")),
        "dct:type": id(format!("{AUTHORITY}/dataset-type/STATISTICAL")),
        "dct:issued": typed(description.released, "date"),
        "dct:modified": typed(description.released, "date"),
        "dcat:version": description.version,
        "adms:versionNotes": languages(&notes),
        "dcat:landingPage": id(homepage),
        "dct:conformsTo": id(DATA_PACKAGE),
        "dct:provenance": {
            "@id": description.address("prov.jsonld"),
            "@type": "dct:ProvenanceStatement",
            "rdfs:label": languages(&provenance),
        },
        "dcat:distribution": sources.files.iter().map(|file| id(distribution_id(sources, file))).collect::<Vec<_>>(),
    })
}

fn distribution(sources: &Sources<'_>, file: &FileEntry) -> Value {
    let description = sources.content.description;
    let table = sources.tables().find(|(folder, table)| {
        file.path
            .strip_prefix(folder)
            .and_then(|name| name.strip_prefix('/'))
            .and_then(|name| name.rsplit_once('.'))
            .is_some_and(|(name, _)| name == table.name())
    });
    let about = table.map_or_else(|| file.title.clone(), |(_, table)| table.schema().description.clone());
    let format = match file.path.rsplit('.').next() {
        Some("csv") => "CSV",
        Some("parquet") => "PARQUET",
        Some("xlsx") => "XLSX",
        _ => "TXT",
    };
    let mut distribution = json!({
        "@id": distribution_id(sources, file),
        "@type": "dcat:Distribution",
        "dct:title": languages(&file.title),
        "dct:description": languages(&about),
        "dcat:accessURL": id(&description.homepage),
        "dcat:downloadURL": id(description.address(&file.path)),
        "dct:format": id(format!("{AUTHORITY}/file-type/{format}")),
        "dcat:mediaType": id(format!("https://www.iana.org/assignments/media-types/{}", file.media_type())),
        "dct:license": id(&description.licence.url),
        "dcatap:availability": id(format!("{AUTHORITY}/planned-availability/STABLE")),
        "adms:status": id(format!("{AUTHORITY}/distribution-status/COMPLETED")),
        "dcat:byteSize": typed(file.bytes, "nonNegativeInteger"),
        "dct:issued": typed(description.released, "date"),
        "dct:language": language_codes(),
        "spdx:checksum": {
            "@id": format!("{}#sha256-{}", description.homepage, address_part(sources, file)),
            "@type": "spdx:Checksum",
            "spdx:algorithm": id("http://spdx.org/rdf/terms#checksumAlgorithm_sha256"),
            "spdx:checksumValue": typed(&file.sha256, "hexBinary"),
        },
    });
    if format == "CSV" {
        distribution["dct:conformsTo"] = id(CSVW);
    }
    distribution
}

fn dataset_id(sources: &Sources<'_>) -> String {
    fragment(&sources.content.description.homepage, "dataset")
}

fn distribution_id(sources: &Sources<'_>, file: &FileEntry) -> String {
    fragment(&sources.content.description.homepage, &address_part(sources, file))
}

/// The path of a file as it stands in an address.
fn address_part(sources: &Sources<'_>, file: &FileEntry) -> String {
    let description = sources.content.description;
    let address = description.address(&file.path);
    address
        .strip_prefix(&description.homepage)
        .unwrap_or(&address)
        .to_owned()
}

fn fragment(address: &str, name: &str) -> String {
    format!("{address}#{name}")
}

fn china() -> Value {
    id(format!("{AUTHORITY}/country/CHN"))
}

fn language_codes() -> Value {
    json!([
        id(format!("{AUTHORITY}/language/ZHO")),
        id(format!("{AUTHORITY}/language/ENG"))
    ])
}

/// Entry of the ADMS vocabulary of licence types, for licences that have one.
fn licence_type(spdx: &str) -> Option<&'static str> {
    match spdx {
        "CC0-1.0" | "PDDL-1.0" => Some("PublicDomain"),
        "CC-BY-4.0" | "CC-BY-3.0" | "ODC-By-1.0" => Some("Attribution"),
        _ => None,
    }
}

/// Entry of the ADMS vocabulary of publisher types.
const fn publisher_type(kind: PublisherKind) -> &'static str {
    match kind {
        PublisherKind::NationalAuthority => "NationalAuthority",
        PublisherKind::RegionalAuthority => "RegionalAuthority",
        PublisherKind::LocalAuthority => "LocalAuthority",
        PublisherKind::Academia => "Academia-ScientificOrganisation",
        PublisherKind::Company => "Company",
        PublisherKind::PrivateIndividual => "PrivateIndividual(s)",
        PublisherKind::NonProfit => "NonProfitOrganisation",
    }
}
