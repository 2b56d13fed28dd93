//! What CKAN says of a dataset, as far as the publisher reads it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::publish::release::hex;

/// The extra of a dataset, and the field of a resource, that hold a [`Memory`].
pub(super) const MEMORY: &str = "gongkai";

/// A portal's `status_show`.
#[derive(Debug, Deserialize)]
pub(super) struct Status {
    pub(super) ckan_version: String,
    #[serde(default)]
    pub(super) extensions: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct User {
    pub(super) name: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Organization {
    pub(super) id: String,
    pub(super) name: String,
}

/// A dataset.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Package {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) state: Option<String>,
    pub(super) metadata_modified: String,
    pub(super) owner_org: Option<String>,
    pub(super) title: Option<String>,
    pub(super) notes: Option<String>,
    pub(super) author: Option<String>,
    pub(super) url: Option<String>,
    pub(super) license_id: Option<String>,
    pub(super) version: Option<String>,
    #[serde(default)]
    pub(super) extras: Vec<Extra>,
    #[serde(default)]
    pub(super) tags: Vec<Tag>,
    #[serde(default)]
    pub(super) resources: Vec<Resource>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Extra {
    pub(super) key: String,
    #[serde(deserialize_with = "text_or_empty")]
    pub(super) value: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Tag {
    pub(super) name: String,
    pub(super) vocabulary_id: Option<String>,
}

/// A file of a dataset.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Resource {
    pub(super) id: String,
    #[serde(default, deserialize_with = "text")]
    pub(super) name: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) description: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) format: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) mimetype: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) hash: Option<String>,
    pub(super) size: Option<Value>,
    #[serde(default, deserialize_with = "text")]
    pub(super) url: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) url_type: Option<String>,
    /// Path in the release. A resource with it is ours.
    #[serde(default, deserialize_with = "text")]
    pub(super) release_path: Option<String>,
    /// The sha256 of the CSV file whose rows the `DataStore` has.
    #[serde(default, deserialize_with = "text")]
    pub(super) datastore_sha256: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) gongkai: Option<String>,
}

/// A text. A portal may keep a field of its own making as another type: that is read as its JSON.
fn text<'d, D: Deserializer<'d>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::Null => None,
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    })
}

fn text_or_empty<'d, D: Deserializer<'d>>(deserializer: D) -> Result<String, D::Error> {
    text(deserializer).map(Option::unwrap_or_default)
}

impl Package {
    pub(super) fn extra(&self, key: &str) -> Option<&str> {
        self.extras
            .iter()
            .find(|extra| extra.key == key)
            .map(|extra| extra.value.as_str())
    }

    /// The value of a field for people.
    pub(super) fn field(&self, name: &str) -> Option<&str> {
        match name {
            "title" => self.title.as_deref(),
            "notes" => self.notes.as_deref(),
            "author" => self.author.as_deref(),
            "url" => self.url.as_deref(),
            _ => None,
        }
    }

    /// Whether the dataset was published from a release.
    pub(super) fn is_ours(&self) -> bool {
        self.extra(MEMORY).is_some() || self.resources.iter().any(|resource| resource.release_path.is_some())
    }

    pub(super) fn memory(&self) -> Memory {
        Memory::parse(self.extra(MEMORY))
    }

    /// The names of the tags that belong to no vocabulary.
    pub(super) fn free_tags(&self) -> BTreeSet<String> {
        self.tags
            .iter()
            .filter(|tag| tag.vocabulary_id.is_none())
            .map(|tag| tag.name.clone())
            .collect()
    }
}

impl Resource {
    /// The value of a field for people.
    pub(super) fn field(&self, name: &str) -> Option<&str> {
        match name {
            "name" => self.name.as_deref(),
            "description" => self.description.as_deref(),
            _ => None,
        }
    }

    pub(super) fn memory(&self) -> Memory {
        Memory::parse(self.gongkai.as_deref())
    }

    /// The size in bytes. Some portals give it as a text.
    pub(super) fn bytes(&self) -> Option<u64> {
        match self.size.as_ref()? {
            Value::Number(number) => number.as_u64(),
            Value::String(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// The checksum on record, if there is one.
    pub(super) fn checksum(&self) -> Option<&str> {
        self.hash
            .as_deref()
            .map(|hash| hash.trim_start_matches("sha256:"))
            .filter(|hash| !hash.is_empty())
    }

    /// The name under which the portal gives the file.
    pub(super) fn file_name(&self) -> Option<&str> {
        self.url.as_deref()?.rsplit('/').next()
    }
}

/// What we last wrote, so that a person's edits can be told from our own values of an earlier release.
///
/// It is written after the values themselves were read back: a value without a memory is one whose writing was
/// begun, and is ours to write again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Memory {
    /// Tags that we set.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) tags: BTreeSet<String>,
    /// Fingerprint of each text field that we set.
    #[serde(default)]
    text: BTreeMap<String, String>,
}

/// What to do with a text field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    /// It has the release's text.
    Same,
    /// Write the release's text.
    Write,
    /// A person edited it: leave it.
    Keep,
}

impl Memory {
    /// A memory of tags alone.
    pub(super) fn of_tags(tags: BTreeSet<String>) -> Self {
        Self {
            tags,
            text: BTreeMap::new(),
        }
    }

    /// Reads a memory. One that can't be read is none.
    fn parse(text: Option<&str>) -> Self {
        text.and_then(|text| serde_json::from_str(text).ok())
            .unwrap_or_default()
    }

    pub(super) fn to_text(&self) -> String {
        serde_json::to_string(self).expect("maps of strings become JSON")
    }

    pub(super) fn decide(&self, field: &str, current: Option<&str>, wanted: &str) -> Decision {
        let current = current.unwrap_or_default();
        if current == wanted {
            return Decision::Same;
        }
        match self.text.get(field) {
            Some(ours) if !current.is_empty() && *ours != fingerprint(current) => Decision::Keep,
            _ => Decision::Write,
        }
    }

    /// Forgets a field that is about to be written.
    pub(super) fn forget(&mut self, field: &str) {
        self.text.remove(field);
    }

    /// Remembers a field that was written and read back.
    pub(super) fn remember(&mut self, field: &str, value: &str) {
        self.text.insert(field.to_owned(), fingerprint(value));
    }
}

/// The first 16 hexadecimal digits of the sha256 of a value.
fn fingerprint(value: &str) -> String {
    hex(&Sha256::digest(value.as_bytes())[..8])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_by_hand_is_told_from_an_older_value_of_ours() {
        let mut memory = Memory::default();
        assert_eq!(memory.decide("title", None, "new"), Decision::Write);
        assert_eq!(memory.decide("title", Some("half-written"), "new"), Decision::Write);
        memory.remember("title", "old");
        assert_eq!(memory.decide("title", Some("old"), "new"), Decision::Write);
        assert_eq!(memory.decide("title", Some("by hand"), "new"), Decision::Keep);
        assert_eq!(memory.decide("title", Some("new"), "new"), Decision::Same);
        assert_eq!(memory.decide("title", Some(""), "new"), Decision::Write);
        memory.forget("title");
        assert_eq!(memory.decide("title", Some("by hand"), "new"), Decision::Write);
    }

    #[test]
    fn a_memory_survives_the_portal() {
        let mut memory = Memory::of_tags(BTreeSet::from(["统计".to_owned()]));
        memory.remember("notes", "正文");
        assert_eq!(Memory::parse(Some(&memory.to_text())), memory);
        assert_eq!(Memory::parse(Some("{broken")), Memory::default());
    }
}
