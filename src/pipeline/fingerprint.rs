//! What a release was made from, so that a run with nothing changed does nothing.
//!
//! Only content counts: the sources, the pipeline file, and the program, into which schemas and lexicon are compiled.
//! The record lies beside the releases, not in them, because two builds of one source tree differ in their bytes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::{Error, Result};
use super::place;
use crate::source::sha256_hex;

/// File of a release that lists the sums of all others.
pub const SUMS: &str = "SHA256SUMS";

/// What a release is made from, and which release came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// Sum of the program's own file.
    pub program: String,
    /// Sum of the pipeline file.
    pub pipeline_file: String,
    /// Sum of each source, by `report_id`.
    pub sources: BTreeMap<String, String>,
}

/// What is kept about the last build of a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    pub made_from: Fingerprint,
    /// Sum of the release's `SHA256SUMS`.
    pub release: String,
}

impl Fingerprint {
    /// The fingerprint of a release about to be made by this program.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if the program can't read its own file.
    pub fn new(pipeline_file: &str, sources: BTreeMap<String, String>) -> Result<Self> {
        let program = std::env::current_exe().map_err(Error::io("find", "the program's own file"))?;
        Ok(Self {
            program: sha256_of(&program)?,
            pipeline_file: sha256_hex(pipeline_file.as_bytes()),
            sources,
        })
    }

    /// What differs from an earlier fingerprint, in words.
    #[must_use]
    pub fn changes_since(&self, earlier: &Self) -> Vec<String> {
        let mut changes = Vec::new();
        if self.program != earlier.program {
            changes.push("the program changed".to_owned());
        }
        if self.pipeline_file != earlier.pipeline_file {
            changes.push("the pipeline file changed".to_owned());
        }
        for (id, sum) in &self.sources {
            match earlier.sources.get(id) {
                None => changes.push(format!("source {id} is new")),
                Some(before) if before != sum => changes.push(format!("source {id} changed")),
                Some(_) => {}
            }
        }
        let gone = earlier.sources.keys().filter(|id| !self.sources.contains_key(*id));
        changes.extend(gone.map(|id| format!("source {id} is gone")));
        changes
    }
}

impl Record {
    /// The record of a release, if there is one that can be read.
    #[must_use]
    pub fn load(output: &Path, name: &str) -> Option<Self> {
        serde_json::from_slice(&fs::read(record_path(output, name)).ok()?).ok()
    }

    /// A file of the release in `folder` that is not as it was made; `None` if all are.
    #[must_use]
    pub fn changed_file(&self, folder: &Path) -> Option<String> {
        let sums = fs::read_to_string(folder.join(SUMS))
            .ok()
            .filter(|sums| sha256_hex(sums.as_bytes()) == self.release);
        let Some(sums) = sums else { return Some(SUMS.to_owned()) };
        let changed =
            |(sum, name): &(&str, &str)| !fs::read(folder.join(name)).is_ok_and(|file| sha256_hex(&file) == *sum);
        sums.lines()
            .filter_map(|line| line.split_once("  "))
            .find(changed)
            .map(|(_, name)| name.to_owned())
    }

    /// Keeps the record.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if it can't be written.
    pub fn save(&self, output: &Path, name: &str) -> Result<()> {
        let path = record_path(output, name);
        let text = serde_json::to_vec_pretty(self).map_err(|e| Error::Io {
            action: "write",
            path: path.clone(),
            source: e.into(),
        })?;
        place::write_file(&path, &text)
    }
}

fn record_path(output: &Path, name: &str) -> PathBuf {
    output.join(".made").join(format!("{name}.json"))
}

/// SHA-256 of a file.
///
/// # Errors
///
/// [`Error::Io`] if it can't be read.
pub fn sha256_of(path: &Path) -> Result<String> {
    Ok(sha256_hex(&fs::read(path).map_err(Error::io("read", path))?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fingerprint(sources: &[(&str, &str)]) -> Fingerprint {
        let sources = sources
            .iter()
            .map(|(id, sum)| ((*id).to_owned(), (*sum).to_owned()))
            .collect();
        Fingerprint {
            program: "p".into(),
            pipeline_file: "f".into(),
            sources,
        }
    }

    #[test]
    fn changes_are_named() {
        let old = fingerprint(&[("a", "1"), ("b", "2")]);
        let mut new = fingerprint(&[("a", "1"), ("c", "3")]);
        assert_eq!(old.changes_since(&old), Vec::<String>::new());
        assert_eq!(new.changes_since(&old), ["source c is new", "source b is gone"]);
        new.program = "q".into();
        assert_eq!(new.changes_since(&old)[0], "the program changed");
    }

    #[test]
    fn sums_are_those_of_sha256sum() {
        assert_eq!(
            sha256_hex(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
