//! What a publication would do, and what it did, as data, text and JSON.

use std::fmt::Write as _;

use serde::Serialize;

/// What publishing a release would do to a target. Nothing is written to make one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// The address of the target.
    pub target: String,
    /// The name of the dataset there.
    pub dataset: String,
    /// The version of the release.
    pub version: String,
    /// What would be done, in the order in which it would be done.
    pub changes: Vec<Change>,
    /// Files that are there already with the release's checksum.
    pub unchanged: Vec<String>,
    /// What is not ours, or was edited by hand, and stays as it is.
    pub kept: Vec<Remark>,
    /// What can't be done. While there is any, nothing is written.
    pub blocked: Vec<Remark>,
}

/// One step of a publication.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    pub action: Action,
    /// What is changed: `dataset`, or the path of a file in the release or under the target's address.
    pub subject: String,
    /// How many bytes are sent, for an upload.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
    /// The fields that change, in a fixed order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldChange>,
}

/// What a step does to its subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Creates the dataset.
    Create,
    /// Sends a file, new or in place of another.
    Upload,
    /// Sets fields, sends no file.
    Update,
    /// Reads a stored file whose checksum is not on record, and records it.
    Check,
    /// Copies a file within the target.
    Copy,
    /// Deletes a file of ours that the release no longer has.
    Remove,
    /// Puts the files into their fixed order.
    Reorder,
    /// Fills a table of the portal's database from a CSV file.
    Load,
    /// Sets the fields that tell that all else is done, such as the version.
    Finish,
}

/// One field, before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    pub field: String,
    pub old: Option<String>,
    pub new: Option<String>,
}

/// Something about a subject that a person should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Remark {
    pub subject: String,
    pub reason: String,
}

/// What a publication did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Applied {
    /// The plan as it was before the first write.
    pub plan: Plan,
    /// Steps carried out, repeated ones included.
    pub steps: usize,
    /// Bytes of the files that were sent.
    pub bytes_sent: u64,
    /// Files that were read back and have the release's checksum: all of them.
    pub files_verified: usize,
}

/// Longest value of a field that the text form shows, in characters.
const SHOWN: usize = 72;

impl Plan {
    /// Whether the target already holds the release.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.blocked.is_empty()
    }

    /// Whether something stands in the way of the release.
    pub fn is_blocked(&self) -> bool {
        !self.blocked.is_empty()
    }

    /// Bytes of the files that would be sent.
    pub fn bytes(&self) -> u64 {
        self.changes.iter().filter_map(|change| change.bytes).sum()
    }

    /// The plan for people, one step a line with its fields below it.
    pub fn to_text(&self) -> String {
        let mut text = format!("{} {} on {}\n", self.dataset, self.version, self.target);
        for change in &self.changes {
            text.push_str(&change.to_text());
            text.push('\n');
            for field in &change.fields {
                let old = field.old.as_deref().map_or_else(|| "(nothing)".to_owned(), quoted);
                let new = field.new.as_deref().map_or_else(|| "(nothing)".to_owned(), quoted);
                let _ = writeln!(text, "      {}: {old} -> {new}", field.field);
            }
        }
        for path in &self.unchanged {
            let _ = writeln!(text, "  =   {path}: unchanged");
        }
        for remark in &self.kept {
            let _ = writeln!(text, "  =   {}: left alone, {}", remark.subject, remark.reason);
        }
        for remark in &self.blocked {
            let _ = writeln!(text, "  !   {}: can't, {}", remark.subject, remark.reason);
        }
        if self.is_blocked() {
            text.push_str("nothing can be published until the lines marked ! are dealt with\n");
        } else if self.is_empty() {
            text.push_str("nothing to do\n");
        } else {
            let _ = writeln!(text, "{} steps, {} bytes to send", self.changes.len(), self.bytes());
        }
        text
    }

    /// The plan for machines, with a line end.
    pub fn to_json(&self) -> String {
        to_json(self)
    }
}

impl Change {
    /// A step that has neither bytes nor fields.
    pub(super) fn new(action: Action, subject: impl Into<String>) -> Self {
        Self {
            action,
            subject: subject.into(),
            bytes: None,
            fields: Vec::new(),
        }
    }

    /// The step on one line, without its fields.
    pub fn to_text(&self) -> String {
        let (mark, verb) = match self.action {
            Action::Create => ("+", "create"),
            Action::Upload => ("+", "upload"),
            Action::Update => ("~", "change"),
            Action::Check => ("~", "read back and record the checksum"),
            Action::Copy => ("+", "copy"),
            Action::Remove => ("-", "remove"),
            Action::Reorder => ("~", "put in order"),
            Action::Load => ("+", "load into the DataStore"),
            Action::Finish => ("~", "record what is published"),
        };
        match self.bytes {
            Some(bytes) => format!("  {mark}   {}: {verb}, {bytes} bytes", self.subject),
            None => format!("  {mark}   {}: {verb}", self.subject),
        }
    }
}

impl FieldChange {
    /// The change of a field, or `None` when nothing changes. An empty value is no value.
    pub(super) fn between(field: &str, old: Option<&str>, new: Option<&str>) -> Option<Self> {
        let old = old.filter(|value| !value.is_empty());
        let new = new.filter(|value| !value.is_empty());
        (old != new).then(|| Self {
            field: field.to_owned(),
            old: old.map(str::to_owned),
            new: new.map(str::to_owned),
        })
    }
}

impl Remark {
    pub(super) fn new(subject: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            subject: subject.into(),
            reason: reason.into(),
        }
    }
}

impl Applied {
    /// The outcome for people, on one line.
    pub fn to_text(&self) -> String {
        let Plan {
            target,
            dataset,
            version,
            ..
        } = &self.plan;
        format!(
            "{dataset} {version} is on {target}: {} steps, {} bytes sent, {} files read back with the right checksum\n",
            self.steps, self.bytes_sent, self.files_verified
        )
    }

    /// The outcome for machines, with a line end.
    pub fn to_json(&self) -> String {
        to_json(self)
    }
}

fn to_json(value: &impl Serialize) -> String {
    let mut json = serde_json::to_string_pretty(value).expect("structs of strings and numbers become JSON");
    json.push('\n');
    json
}

/// A value on one line, cut where it is long.
fn quoted(value: &str) -> String {
    let one_line = value.split_whitespace().collect::<Vec<_>>().join(" ");
    if one_line.chars().count() <= SHOWN {
        return format!("\"{one_line}\"");
    }
    let start: String = one_line.chars().take(SHOWN).collect();
    format!("\"{start}…\" ({} characters)", value.chars().count())
}
