//! What a release's dataset and resources should say on a CKAN portal, and how that differs from what they say.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::model::{Decision, Extra, MEMORY, Memory, Package, Resource};
use crate::publish::Error;
use crate::publish::plan::{FieldChange, Remark};
use crate::publish::release::{Coverage, DataPackage, Release, ReleaseFile, hex};

/// The extras that are ours. Any other extra was added by hand.
const EXTRAS: [&str; 11] = [
    "identifier",
    "source",
    "spatial",
    "spatial_uri",
    "temporal",
    "language",
    "frequency",
    "licence",
    "licence_url",
    "issued",
    MEMORY,
];
/// Bounds of a tag's length that CKAN sets, in characters.
const TAG_LENGTH: std::ops::RangeInclusive<usize> = 2..=100;
/// Longest name that CKAN takes.
const NAME_LENGTH: usize = 100;

/// The dataset as it should be.
pub(super) struct Wanted {
    pub(super) name: String,
    version: String,
    license_id: &'static str,
    /// Fields that a person may edit: an edit stays.
    texts: Vec<(&'static str, String)>,
    /// Without the memory.
    extras: Vec<Extra>,
    tags: BTreeSet<String>,
}

/// What a change of the dataset itself takes.
pub(super) struct DatasetUpdate {
    pub(super) fields: Vec<FieldChange>,
    pub(super) kept: Vec<Remark>,
    /// For `package_revise`.
    pub(super) body: Map<String, Value>,
}

impl Wanted {
    pub(super) fn of(release: &Release) -> Result<Self, Error> {
        let Release { package, coverage, .. } = release;
        let title = coverage.title.as_ref().unwrap_or(&package.title);
        let notes = coverage.description.as_ref().unwrap_or(&package.description);
        let authors: Vec<_> = package
            .contributors
            .iter()
            .map(|contributor| contributor.title.as_str())
            .collect();
        let texts = [
            ("title", title.trim().to_owned()),
            ("notes", notes.trim().to_owned()),
            ("author", authors.join("、")),
            ("url", package.homepage.clone().unwrap_or_default()),
        ];
        Ok(Self {
            name: dataset_name(&package.name)?,
            version: package.version.clone(),
            license_id: license_id(package.license()),
            texts: texts.into_iter().filter(|(_, text)| !text.is_empty()).collect(),
            extras: extras(package, coverage),
            tags: package
                .keywords
                .iter()
                .chain(&coverage.keywords)
                .filter_map(|keyword| tag(keyword))
                .collect(),
        })
    }

    /// The extras under the names that this portal takes: where the spatial extension is at work, `spatial` has to be
    /// `GeoJSON`.
    fn extras_for<'s>(&'s self, extensions: &'s [String]) -> impl Iterator<Item = (&'static str, &'s str)> {
        let has_spatial = extensions.iter().any(|extension| extension.starts_with("spatial_"));
        EXTRAS.iter().filter_map(move |key| {
            let source = match *key {
                "spatial" if has_spatial => return None,
                "spatial_uri" if has_spatial => "spatial",
                key => key,
            };
            let extra = self.extras.iter().find(|extra| extra.key == source)?;
            Some((*key, extra.value.as_str()))
        })
    }

    /// The body of `package_create`. The version comes last, when all files are there.
    pub(super) fn new_dataset(&self, owner: &str, extensions: &[String]) -> Value {
        let memory = Memory::of_tags(self.tags.clone());
        let mut body = Map::new();
        body.insert("name".to_owned(), json!(self.name));
        body.insert("owner_org".to_owned(), json!(owner));
        body.insert("license_id".to_owned(), json!(self.license_id));
        for (field, text) in &self.texts {
            body.insert((*field).to_owned(), json!(text));
        }
        let mut extras: Vec<_> = self
            .extras_for(extensions)
            .map(|(key, value)| json!({"key": key, "value": value}))
            .collect();
        extras.push(json!({"key": MEMORY, "value": memory.to_text()}));
        body.insert("extras".to_owned(), Value::Array(extras));
        body.insert(
            "tags".to_owned(),
            self.tags.iter().map(|tag| json!({"name": tag})).collect(),
        );
        Value::Object(body)
    }

    /// What has to change at the dataset itself, but for what comes last.
    pub(super) fn update(&self, package: Option<&Package>, extensions: &[String]) -> DatasetUpdate {
        let mut memory = package.map(Package::memory).unwrap_or_default();
        let mut fields = Vec::new();
        let mut kept = Vec::new();
        let mut values = Map::new();
        for (field, wanted) in &self.texts {
            let current = package.and_then(|package| package.field(field));
            match memory.decide(field, current, wanted) {
                Decision::Same => {}
                Decision::Keep => kept.push(Remark::new("dataset", format!("its {field} was edited by hand"))),
                Decision::Write => {
                    memory.forget(field);
                    fields.extend(FieldChange::between(field, current, Some(wanted)));
                    values.insert((*field).to_owned(), json!(wanted));
                }
            }
        }
        let license = package.and_then(|package| package.license_id.as_deref());
        if let Some(change) = FieldChange::between("license_id", license, Some(self.license_id)) {
            fields.push(change);
            values.insert("license_id".to_owned(), json!(self.license_id));
        }
        let before = fields.len();
        for (key, wanted) in self.extras_for(extensions) {
            let current = package.and_then(|package| package.extra(key));
            fields.extend(FieldChange::between(key, current, Some(wanted)));
        }
        let is_new_extra = fields.len() > before;
        let tag_change = self.tag_change(package, &memory);
        let is_new_tag = tag_change.is_some();
        fields.extend(tag_change);

        let mut filter = Vec::new();
        if let Some(package) = package.filter(|_| !fields.is_empty()) {
            kept_tags(package, &self.tags, &memory, &mut kept);
            if is_new_tag {
                filter.push("-tags");
                values.insert("tags".to_owned(), self.all_tags(package, &memory));
                memory.tags.extend(self.tags.iter().cloned());
            }
            if is_new_extra || memory != package.memory() {
                filter.push("-extras");
                values.insert("extras".to_owned(), self.all_extras(package, extensions, &memory));
            }
        } else if let Some(package) = package {
            kept_tags(package, &self.tags, &memory, &mut kept);
        }
        let body = Map::from_iter([
            ("filter".to_owned(), json!(filter)),
            ("update".to_owned(), Value::Object(values)),
        ]);
        DatasetUpdate { fields, kept, body }
    }

    /// The fields that are written when all else is done.
    pub(super) fn last_fields(&self, package: Option<&Package>) -> Vec<FieldChange> {
        let version = package.and_then(|package| package.version.as_deref());
        let mut fields = Vec::from_iter(FieldChange::between("version", version, Some(&self.version)));
        if let Some(package) = package {
            let current = package.extra(MEMORY);
            fields.extend(FieldChange::between(
                MEMORY,
                current,
                Some(&self.settled(package, true).to_text()),
            ));
        }
        fields
    }

    /// The body of `package_revise` that writes them.
    pub(super) fn last_body(&self, package: &Package) -> Map<String, Value> {
        let memory = self.settled(package, false);
        let mut extras: Vec<_> = package
            .extras
            .iter()
            .filter(|extra| extra.key != MEMORY)
            .cloned()
            .collect();
        extras.push(Extra {
            key: MEMORY.to_owned(),
            value: memory.to_text(),
        });
        Map::from_iter([
            ("filter".to_owned(), json!(["-extras"])),
            ("update".to_owned(), json!({"version": self.version, "extras": extras})),
        ])
    }

    /// The memory once all is written: of every field that has our text. With `is_ahead`, fields that are to be
    /// written count as written.
    fn settled(&self, package: &Package, is_ahead: bool) -> Memory {
        let mut memory = package.memory();
        for (field, wanted) in &self.texts {
            match memory.decide(field, package.field(field), wanted) {
                Decision::Same => memory.remember(field, wanted),
                Decision::Write if is_ahead => memory.remember(field, wanted),
                Decision::Write | Decision::Keep => {}
            }
        }
        memory.tags.clone_from(&self.tags);
        memory
    }

    fn tag_change(&self, package: Option<&Package>, memory: &Memory) -> Option<FieldChange> {
        let current = package.map(Package::free_tags).unwrap_or_default();
        let wanted = self.merged_tags(&current, memory);
        let list = |tags: &BTreeSet<String>| tags.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
        FieldChange::between("tags", Some(&list(&current)), Some(&list(&wanted)))
    }

    /// The tags as they should be: those of the release, and those added by hand.
    fn merged_tags(&self, current: &BTreeSet<String>, memory: &Memory) -> BTreeSet<String> {
        let by_hand = current.difference(&memory.tags);
        by_hand.chain(&self.tags).cloned().collect()
    }

    fn all_tags(&self, package: &Package, memory: &Memory) -> Value {
        let free = self.merged_tags(&package.free_tags(), memory);
        let controlled = package.tags.iter().filter_map(|tag| {
            let vocabulary = tag.vocabulary_id.as_ref()?;
            Some(json!({"name": tag.name, "vocabulary_id": vocabulary}))
        });
        free.iter()
            .map(|name| json!({"name": name}))
            .chain(controlled)
            .collect()
    }

    fn all_extras(&self, package: &Package, extensions: &[String], memory: &Memory) -> Value {
        let by_hand = package
            .extras
            .iter()
            .filter(|extra| !EXTRAS.contains(&extra.key.as_str()));
        let by_hand = by_hand.map(|extra| json!({"key": extra.key, "value": extra.value}));
        let ours = self
            .extras_for(extensions)
            .map(|(key, value)| json!({"key": key, "value": value}));
        by_hand
            .chain(ours)
            .chain([json!({"key": MEMORY, "value": memory.to_text()})])
            .collect()
    }
}

fn kept_tags(package: &Package, wanted: &BTreeSet<String>, memory: &Memory, kept: &mut Vec<Remark>) {
    for name in package
        .free_tags()
        .difference(wanted)
        .filter(|name| !memory.tags.contains(*name))
    {
        kept.push(Remark::new(format!("tag {name}"), "it was added by hand"));
    }
    for extra in package
        .extras
        .iter()
        .filter(|extra| !EXTRAS.contains(&extra.key.as_str()))
    {
        kept.push(Remark::new(format!("extra {}", extra.key), "it was added by hand"));
    }
}

/// Fields of a resource that a person may edit: an edit stays.
fn resource_texts(file: &ReleaseFile) -> impl Iterator<Item = (&'static str, &str)> {
    [
        ("name", file.title.as_str()),
        ("description", file.description.as_str()),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
}

/// Fields of a resource that are as the file is.
fn resource_facts(file: &ReleaseFile) -> [(&'static str, &str); 3] {
    [
        ("format", file.format),
        ("mimetype", file.media_type),
        ("release_path", file.path.as_str()),
    ]
}

fn fact<'s>(resource: &'s Resource, name: &str) -> Option<&'s str> {
    match name {
        "format" => resource.format.as_deref(),
        "mimetype" => resource.mimetype.as_deref(),
        "release_path" => resource.release_path.as_deref(),
        _ => None,
    }
}

/// The fields of a resource that have to change, but for its checksum.
pub(super) fn resource_fields(resource: Option<&Resource>, file: &ReleaseFile) -> Vec<FieldChange> {
    let memory = resource.map(Resource::memory).unwrap_or_default();
    let mut fields = Vec::new();
    for (field, wanted) in resource_texts(file) {
        let current = resource.and_then(|resource| resource.field(field));
        if memory.decide(field, current, wanted) == Decision::Write {
            fields.extend(FieldChange::between(field, current, Some(wanted)));
        }
    }
    for (field, wanted) in resource_facts(file) {
        let current = resource.and_then(|resource| fact(resource, field));
        fields.extend(FieldChange::between(field, current, Some(wanted)));
    }
    fields
}

/// The fields to send with a file or on their own. The memory of what is being written is dropped until it is proven.
pub(super) fn sent_fields(resource: Option<&Resource>, file: &ReleaseFile) -> Map<String, Value> {
    let mut memory = resource.map(Resource::memory).unwrap_or_default();
    let mut fields = Map::new();
    for (field, wanted) in resource_texts(file) {
        let current = resource.and_then(|resource| resource.field(field));
        if memory.decide(field, current, wanted) == Decision::Write {
            memory.forget(field);
            fields.insert(field.to_owned(), json!(wanted));
        }
    }
    for (field, wanted) in resource_facts(file) {
        fields.insert(field.to_owned(), json!(wanted));
    }
    fields.insert(MEMORY.to_owned(), json!(memory.to_text()));
    fields
}

/// The memory of a resource whose fields were read back.
pub(super) fn proven_fields(resource: &Resource, file: &ReleaseFile) -> Map<String, Value> {
    let mut memory = resource.memory();
    for (field, wanted) in resource_texts(file) {
        if resource.field(field) == Some(wanted) {
            memory.remember(field, wanted);
        }
    }
    Map::from_iter([(MEMORY.to_owned(), json!(memory.to_text()))])
}

/// The fields of a resource that a person edited.
pub(super) fn kept_fields(resource: &Resource, release: &Release) -> Vec<&'static str> {
    let file = resource.release_path.as_deref().and_then(|path| release.file(path));
    let memory = resource.memory();
    let is_kept =
        |(field, wanted): &(&'static str, &str)| memory.decide(field, resource.field(field), wanted) == Decision::Keep;
    file.into_iter()
        .flat_map(resource_texts)
        .filter(is_kept)
        .map(|(field, _)| field)
        .collect()
}

/// The name of a file on the portal: ASCII. What is not ASCII is left out, and a checksum of the path keeps the name
/// its own.
pub(super) fn ascii_file_name(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let kept: String = name
        .chars()
        .filter(|letter| letter.is_ascii_alphanumeric() || "-_.".contains(*letter))
        .collect();
    if kept == name {
        return kept;
    }
    let sum = hex(&Sha256::digest(path.as_bytes())[..4]);
    match kept.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}-{sum}.{extension}").trim_start_matches('-').to_owned(),
        None => format!("{kept}-{sum}").trim_start_matches('-').to_owned(),
    }
}

/// The dataset's name, by CKAN's rules: 2 to 100 of a-z, 0-9, - and _.
fn dataset_name(name: &str) -> Result<String, Error> {
    let name: String = name
        .chars()
        .map(|letter| {
            if letter.is_ascii_alphanumeric() || letter == '_' {
                letter.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect();
    if (2..=NAME_LENGTH).contains(&name.len()) && name != "new" {
        return Ok(name);
    }
    Err(Error::Settings(format!(
        "{name} can't be the name of a CKAN dataset: 2 to {NAME_LENGTH} characters, and not new"
    )))
}

/// A keyword as CKAN takes tags: letters, digits, spaces, - _ and full stops. `None` when too little is left.
fn tag(keyword: &str) -> Option<String> {
    let is_allowed = |letter: char| letter.is_alphanumeric() || "-_.".contains(letter);
    let spaced: String = keyword
        .chars()
        .map(|letter| if is_allowed(letter) { letter } else { ' ' })
        .collect();
    let words = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    let tag: String = words.chars().take(*TAG_LENGTH.end()).collect();
    TAG_LENGTH
        .contains(&tag.chars().count())
        .then(|| tag.trim_end().to_owned())
}

/// CKAN's id of a licence, by the licence's SPDX name. CKAN knows families, not versions; the extra `licence` has the
/// exact name.
fn license_id(name: &str) -> &'static str {
    let name = name.to_ascii_lowercase();
    let families = [
        ("cc0", "cc-zero"),
        ("cc-by-sa", "cc-by-sa"),
        ("cc-by-nc", "cc-nc"),
        ("cc-by-nd", "other-closed"),
        ("cc-by", "cc-by"),
        ("odbl", "odc-odbl"),
        ("odc-by", "odc-by"),
        ("pddl", "odc-pddl"),
    ];
    families
        .iter()
        .find(|(prefix, _)| name.starts_with(prefix))
        .map_or("notspecified", |(_, id)| id)
}

fn extras(package: &DataPackage, coverage: &Coverage) -> Vec<Extra> {
    let sources: Vec<_> = package
        .sources
        .iter()
        .map(|source| match (&source.title, &source.path) {
            (Some(title), Some(path)) => format!("{title} {path}"),
            (title, path) => title.clone().or_else(|| path.clone()).unwrap_or_default(),
        })
        .collect();
    let temporal = match (&coverage.start, &coverage.end) {
        (Some(start), Some(end)) => format!("{start}/{end}"),
        (start, end) => start.clone().or_else(|| end.clone()).unwrap_or_default(),
    };
    let values = [
        ("identifier", package.id.clone().unwrap_or_default()),
        ("source", sources.join("; ")),
        ("spatial", coverage.spatial.join("; ")),
        ("temporal", temporal),
        ("language", coverage.languages.join("; ")),
        ("frequency", coverage.frequency.clone().unwrap_or_default()),
        ("licence", package.license().to_owned()),
        ("licence_url", package.licenses[0].path.clone().unwrap_or_default()),
        ("issued", package.created.clone().unwrap_or_default()),
    ];
    let present = values.into_iter().filter(|(_, value)| !value.is_empty());
    present
        .map(|(key, value)| Extra {
            key: key.to_owned(),
            value,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_become_ascii() {
        assert_eq!(ascii_file_name("data/facts.csv"), "facts.csv");
        assert_eq!(ascii_file_name("SHA256SUMS"), "SHA256SUMS");
        let name = ascii_file_name("source/高境镇2024.txt");
        assert!(
            name.starts_with("2024-") && name.contains(".txt") && name.is_ascii(),
            "{name}"
        );
        let (one, other) = (ascii_file_name("source/甲.txt"), ascii_file_name("source/乙.txt"));
        assert!(one != other && !one.starts_with('-'), "{one} {other}");
    }

    #[test]
    fn keywords_become_tags() {
        assert_eq!(tag("政府工作报告").as_deref(), Some("政府工作报告"));
        assert_eq!(tag("economy, society/教育").as_deref(), Some("economy society 教育"));
        assert_eq!(tag("a"), None);
        assert_eq!(tag("（）"), None);
    }

    #[test]
    fn licences_map_to_families() {
        for (name, id) in [
            ("CC-BY-4.0", "cc-by"),
            ("CC-BY-SA-4.0", "cc-by-sa"),
            ("CC0-1.0", "cc-zero"),
            ("ODbL-1.0", "odc-odbl"),
            ("?", "notspecified"),
        ] {
            assert_eq!(license_id(name), id, "{name}");
        }
    }

    #[test]
    fn names_follow_ckan() {
        assert_eq!(dataset_name("Gaojing-2024.v1").unwrap(), "gaojing-2024-v1");
        assert!(dataset_name("x").is_err());
        assert!(dataset_name("new").is_err());
    }
}
