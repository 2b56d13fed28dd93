//! `prov.jsonld`: PROV-O. How each table came from the reports: source → snapshot → text → rows → files.

use serde_json::{Value, json};

use super::{Sources, id, languages, typed};
use crate::fact::Report;
use crate::release::files::table_path;
use crate::release::portal;
use crate::release::read::source_path;
use crate::source::sha256_hex;
use crate::table::Text;

/// Media type of the workbook.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The steps, in order: name, what it does in Chinese and English.
const STEPS: &[(&str, &str, &str)] = &[
    ("fetch", "取得来源文件", "Source files are fetched"),
    ("read", "读出文本", "Text is read from the files"),
    (
        "extract",
        "识别章节、句子、数字和陈述",
        "Sections, sentences, numerals and statements are found",
    ),
    (
        "normalise",
        "统一单位、时期和代码",
        "Units, periods and codes are made uniform",
    ),
    ("audit", "核查数值", "Values are checked against each other"),
    ("query", "由查询得出专题表", "Thematic tables are queried"),
    ("release", "写出发布文件", "The files of the release are written"),
];

pub(super) fn json(sources: &Sources<'_>) -> Value {
    let content = sources.content;
    let description = content.description;
    let reports: Vec<&Report> = content
        .extractions
        .iter()
        .map(|extraction| &extraction.report)
        .collect();
    let mut graph = agents(sources);
    graph.extend(inputs(sources));
    for report in &reports {
        graph.extend(report_entities(sources, report));
    }
    let parquet_of = |folder: &str, table: &str| description.address(&table_path(folder, table, "parquet"));
    let texts: Vec<Value> = reports.iter().map(|report| id(text_id(sources, report))).collect();
    let canonical: Vec<Value> = content
        .tables
        .iter()
        .filter(|table| origin(table.name()) == Origin::Reports)
        .map(|table| id(parquet_of("data", table.name())))
        .collect();
    for (folder, table) in sources.tables() {
        let derived = match origin(table.name()) {
            _ if folder == portal::FOLDER => json!([id(fragment(sources, "pipeline-file"))]),
            Origin::Reports => json!(texts),
            Origin::CodeList => json!([id(fragment(sources, "rules"))]),
            Origin::Query => json!(canonical),
        };
        let step = match table.name() {
            "findings" => "audit",
            "panel" => "normalise",
            name if origin(name) == Origin::Query && folder != portal::FOLDER => "query",
            _ if folder == portal::FOLDER => "release",
            _ => "normalise",
        };
        let (csv, parquet) = (
            table_path(folder, table.name(), "csv"),
            table_path(folder, table.name(), "parquet"),
        );
        graph.push(entity(sources, &parquet, step, &derived));
        graph.push(entity(sources, &csv, "release", &id(description.address(&parquet))));
    }
    for workbook in sources.files.iter().filter(|file| file.media_type() == XLSX) {
        graph.push(entity(sources, &workbook.path, "release", &json!(canonical)));
    }
    json!({
        "@context": {
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "prov": "http://www.w3.org/ns/prov#",
            "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@graph": graph,
    })
}

/// Where the rows of a table come from.
#[derive(PartialEq, Eq)]
enum Origin {
    Reports,
    CodeList,
    Query,
}

fn origin(table: &str) -> Origin {
    match crate::table::TableSchema::find(table) {
        Some(schema) if schema.primary_key == ["code"] => Origin::CodeList,
        Some(_) => Origin::Reports,
        None => Origin::Query,
    }
}

/// The publisher, the program and the steps that it took.
fn agents(sources: &Sources<'_>) -> Vec<Value> {
    let content = sources.content;
    let description = content.description;
    let at = sources.released_at();
    let program = &content.program;
    let mut graph = vec![
        json!({
            "@id": fragment(sources, "organisation"),
            "@type": ["prov:Agent", "prov:Organization"],
            "foaf:name": languages(&description.publisher.name),
        }),
        json!({
            "@id": fragment(sources, "program"),
            "@type": ["prov:Agent", "prov:SoftwareAgent"],
            "rdfs:label": format!("gongkai {}", program.version),
            "prov:actedOnBehalfOf": id(fragment(sources, "organisation")),
        }),
    ];
    for (position, (step, zh, en)) in STEPS.iter().enumerate() {
        let mut activity = json!({
            "@id": fragment(sources, step),
            "@type": "prov:Activity",
            "rdfs:label": languages(&Text { zh: (*zh).into(), en: (*en).into() }),
            "prov:startedAtTime": typed(&at, "dateTime"),
            "prov:endedAtTime": typed(&at, "dateTime"),
            "prov:wasAssociatedWith": id(fragment(sources, "program")),
        });
        let used = used(sources, step);
        if !used.is_empty() {
            activity["prov:used"] = json!(used);
        }
        if position > 0 {
            activity["prov:wasInformedBy"] = id(fragment(sources, STEPS[position - 1].0));
        }
        graph.push(activity);
    }
    graph
}

/// What a step reads.
fn used(sources: &Sources<'_>, step: &str) -> Vec<Value> {
    let content = sources.content;
    let reports = content.extractions.iter().map(|extraction| &extraction.report);
    match step {
        "fetch" => reports.map(|report| id(source_id(sources, report))).collect(),
        "read" => reports.map(|report| id(snapshot_id(sources, report))).collect(),
        "extract" => {
            let texts = reports.map(|report| id(text_id(sources, report)));
            texts.chain([id(fragment(sources, "rules"))]).collect()
        }
        "normalise" => vec![id(fragment(sources, "rules"))],
        "query" => vec![id(fragment(sources, "pipeline-file"))],
        _ => Vec::new(),
    }
}

/// The rules and the pipeline file.
fn inputs(sources: &Sources<'_>) -> [Value; 2] {
    let content = sources.content;
    let rules = Text {
        zh: "规则和词表".into(),
        en: "Rules and word lists".into(),
    };
    let pipeline = Text {
        zh: "流程文件".into(),
        en: "Pipeline file".into(),
    };
    let input = |name: &str, label: &Text, sum: &str| {
        json!({
            "@id": fragment(sources, name),
            "@type": ["prov:Entity", "prov:Plan"],
            "rdfs:label": languages(label),
            "dct:identifier": format!("sha256:{sum}"),
            "prov:wasAttributedTo": id(fragment(sources, "organisation")),
        })
    };
    [
        input("rules", &rules, &content.program.rules_sha256),
        input(
            "pipeline-file",
            &pipeline,
            &sha256_hex(content.pipeline_file.as_bytes()),
        ),
    ]
}

/// The report as published, the bytes that were read, and their text.
fn report_entities(sources: &Sources<'_>, report: &Report) -> [Value; 3] {
    let title = report.title.as_deref().unwrap_or(&report.report_id);
    let snapshot = Text {
        zh: format!("{title}（所读文件）"),
        en: format!("{title} (file as read)"),
    };
    [
        json!({
            "@id": source_id(sources, report),
            "@type": ["prov:Entity", "prov:PrimarySource", "foaf:Document"],
            "rdfs:label": title,
        }),
        json!({
            "@id": snapshot_id(sources, report),
            "@type": "prov:Entity",
            "rdfs:label": languages(&snapshot),
            "dct:identifier": format!("sha256:{}", report.source_sha256),
            "dct:format": report.media_type,
            "prov:wasGeneratedBy": id(fragment(sources, "fetch")),
            "prov:wasDerivedFrom": id(source_id(sources, report)),
            "prov:generatedAtTime": typed(sources.released_at(), "dateTime"),
        }),
        entity(
            sources,
            &source_path(&report.report_id),
            "read",
            &id(snapshot_id(sources, report)),
        ),
    ]
}

/// A file of the release.
fn entity(sources: &Sources<'_>, path: &str, step: &str, derived_from: &Value) -> Value {
    json!({
        "@id": sources.content.description.address(path),
        "@type": "prov:Entity",
        "rdfs:label": path,
        "prov:wasGeneratedBy": id(fragment(sources, step)),
        "prov:wasDerivedFrom": derived_from,
        "prov:wasAttributedTo": id(fragment(sources, "organisation")),
        "prov:generatedAtTime": typed(sources.released_at(), "dateTime"),
    })
}

/// Where the report was published: its address, or a name for it if it has none.
fn source_id(sources: &Sources<'_>, report: &Report) -> String {
    url::Url::parse(&report.source_uri).map_or_else(
        |_| {
            sources
                .content
                .description
                .address(&format!("#source-{}", report.report_id))
        },
        Into::into,
    )
}

fn snapshot_id(sources: &Sources<'_>, report: &Report) -> String {
    sources
        .content
        .description
        .address(&format!("#snapshot-{}", report.report_id))
}

fn text_id(sources: &Sources<'_>, report: &Report) -> String {
    sources.content.description.address(&source_path(&report.report_id))
}

fn fragment(sources: &Sources<'_>, name: &str) -> String {
    format!("{}#{name}", sources.content.description.homepage)
}
