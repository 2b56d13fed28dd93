//! The changelog of a release: `CHANGELOG.md` for people, `changelog.json` for machines.
//!
//! It travels in the release. A new version is compared with the release that it replaces, and the entry that comes of
//! it joins the entries which that release holds. A rebuild of the same version keeps the entry, and adds to it what
//! the rebuild changed.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::diff::{self, Changes, Kind, TableChange, TableState};
use super::files::Files;
use super::{Change, Content, Error, OldRelease, Previous, Result, Version};
use crate::table::Text;

/// Name of the file for machines.
pub const FILE: &str = "changelog.json";

/// Every version of a release, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Changelog {
    pub name: String,
    pub latest: Entry,
    pub earlier: Vec<Entry>,
}

/// One version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    pub version: String,
    pub released: Date,
    /// The version before it, and the hash of that release's `SHA256SUMS`; null for the first one.
    pub previous: Option<Previous>,
    /// What was changed, in the publisher's words.
    pub notes: Option<Text>,
    /// What differs from the version before it, by comparison.
    #[serde(flatten)]
    pub changes: Changes,
}

impl Changelog {
    /// The changelog of a release that is about to be written where `earlier` lies.
    ///
    /// # Errors
    /// When the earlier release has a later version, can't be compared, or is not the one that the description names.
    pub fn next(content: &Content<'_>, earlier: Option<&OldRelease>) -> Result<Self> {
        let description = content.description;
        let new = Version::parse(&description.version).unwrap_or_default();
        let (previous, changes, entries) = match earlier {
            None => (description.previous.clone(), first(content)?, Vec::new()),
            Some(earlier) => {
                let old = earlier.version()?;
                let step = diff::changes(&earlier.tables, content.tables)?;
                let Self {
                    latest,
                    earlier: before,
                    ..
                } = earlier.changelog.clone();
                match new.cmp(&old) {
                    std::cmp::Ordering::Less => return Err(Error::Backwards { old, new }),
                    std::cmp::Ordering::Equal => (latest.previous, latest.changes.then(step), before),
                    std::cmp::Ordering::Greater => {
                        let sha256sums = earlier.sums_sha256.clone();
                        let previous = Previous {
                            version: old.to_string(),
                            sha256sums,
                        };
                        (Some(previous), step, std::iter::once(latest).chain(before).collect())
                    }
                }
            }
        };
        if let Some(stated) = &description.previous
            && previous.as_ref() != Some(stated)
        {
            let found = previous.map_or_else(
                || "none".into(),
                |found| format!("{} {}", found.version, found.sha256sums),
            );
            return Err(Error::Chain {
                stated: format!("{} {}", stated.version, stated.sha256sums),
                found,
            });
        }
        let latest = Entry {
            version: description.version.clone(),
            released: description.released,
            previous,
            notes: description.changes.clone(),
            // In the order in which a rebuild, which adds nothing, gives them.
            changes: changes.then(Changes::default()),
        };
        Ok(Self {
            name: description.name.clone(),
            latest,
            earlier: entries,
        })
    }

    /// Reads the changelog of a release.
    ///
    /// # Errors
    /// When there is none, or it is not one.
    pub fn read(folder: &Path) -> Result<Self> {
        let path = folder.join(FILE);
        let text = fs::read(&path).map_err(Error::io("read", &path))?;
        serde_json::from_slice(&text).map_err(|e| Error::Format {
            path,
            expected: "the changelog of a release",
            found: e.to_string(),
        })
    }

    /// The entries, newest first.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        std::iter::once(&self.latest).chain(&self.earlier)
    }

    /// Writes both files.
    pub(super) fn write(&self, files: &mut Files) -> Result<()> {
        let json = serde_json::to_value(self).map_err(|e| Error::Make {
            file: FILE,
            message: e.to_string(),
        })?;
        files.add_json(
            FILE,
            Text {
                zh: "变更日志（机读）".into(),
                en: "Changelog, for machines".into(),
            },
            &json,
        )?;
        let title = Text {
            zh: "变更日志".into(),
            en: "Changelog".into(),
        };
        files.add("CHANGELOG.md", title, self.markdown().as_bytes())
    }

    /// The changelog for people.
    fn markdown(&self) -> String {
        let mut out = String::from("# 变更日志 Changelog\n");
        for entry in self.entries() {
            let _ = write!(out, "\n## {} — {}\n\n", entry.version, entry.released);
            if let Some(notes) = &entry.notes {
                let _ = write!(out, "{}\n\n{}\n\n", notes.zh, notes.en);
            }
            let summary = entry.summary();
            let _ = write!(out, "{}\n{}\n", summary.zh, summary.en);
            if entry.previous.is_none() {
                continue;
            }
            let lines = entry.changes.schema_lines();
            if !lines.is_empty() {
                out += "\n### 数据表 Tables\n\n";
                for line in lines {
                    let _ = writeln!(out, "- {line}");
                }
            }
            let events = entry.changes.events();
            for kind in Kind::ALL {
                let mut of_kind = events.iter().filter(|event| event.kind == kind).peekable();
                if of_kind.peek().is_some() {
                    let (zh, en) = kind.title();
                    let _ = write!(out, "\n### {zh} {en}\n\n");
                }
                for event in of_kind {
                    let _ = writeln!(out, "- {}", event.line());
                    for (sign, sentence) in event.sentences() {
                        let _ = writeln!(out, "  - {} {sentence}", if sign == '-' { '−' } else { sign });
                    }
                }
            }
        }
        out
    }
}

/// The first version: every table is new, no observation is told by itself.
fn first(content: &Content<'_>) -> Result<Changes> {
    let change = |table: &crate::table::Table| {
        Ok(TableChange {
            table: table.name().to_owned(),
            before: None,
            after: Some(TableState::of(table)?),
        })
    };
    let mut tables = content.tables.iter().map(change).collect::<Result<Vec<_>>>()?;
    tables.sort_by(|a, b| a.table.cmp(&b.table));
    Ok(Changes {
        tables,
        ..Changes::default()
    })
}

/// `1 report`, `2 reports`.
fn counted(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

impl Entry {
    /// What kind of change the version is.
    #[must_use]
    pub fn change(&self) -> Change {
        self.changes.change().max(Change::Metadata)
    }

    /// The version, in one sentence.
    #[must_use]
    pub fn summary(&self) -> Text {
        let Some(previous) = &self.previous else {
            let rows = |name: &str| {
                let table = self.changes.tables.iter().find(|change| change.table == name);
                table
                    .and_then(|change| change.after.as_ref())
                    .map_or(0, |state| state.rows)
            };
            let (reports, observations, tables) = (rows("reports"), rows("observations"), self.changes.tables.len());
            return Text {
                zh: format!("首次发布：{reports} 份报告，{observations} 条观测，{tables} 个数据表。"),
                en: format!(
                    "First release: {}, {}, {}.",
                    counted(reports, "report"),
                    counted(observations, "observation"),
                    counted(tables, "table")
                ),
            };
        };
        let events = self.changes.events();
        let count = |kind: Kind| events.iter().filter(|event| event.kind == kind).count();
        let (zh, en): (Vec<String>, Vec<String>) = Kind::ALL
            .into_iter()
            .map(|kind| {
                let ((zh, en), count) = (kind.title(), count(kind));
                (format!("{zh} {count} 条"), format!("{count} {en}"))
            })
            .unzip();
        Text {
            zh: format!("与 {} 版相比：{}。", previous.version, zh.join("，")),
            en: format!("Compared with {}: {}.", previous.version, en.join(", ")),
        }
    }
}
