//! Copies of what came over a network, so that a release can be rebuilt without one.
//!
//! A snapshot is two files in one folder, named by the SHA-256 of the address: `<hash>.bin`, the bytes as they came,
//! and `<hash>.json`, the record ([`Snapshot`]). The record is written last, so a copy without one is unfinished.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::SourceError;
use super::fetch::{Fetched, sha256_hex};

/// Record of one copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The address that was asked for.
    pub url: String,
    /// SHA-256 of the bytes, in hexadecimal.
    pub sha256: String,
    /// Number of bytes.
    pub bytes: u64,
    /// When the server gave them, in UTC.
    pub retrieved: String,
    /// `ETag` of the answer.
    pub etag: Option<String>,
    /// `Last-Modified` of the answer.
    pub last_modified: Option<String>,
    /// `Content-Type` of the answer.
    pub content_type: Option<String>,
}

/// A folder of snapshots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshots {
    folder: PathBuf,
}

impl Snapshots {
    /// The snapshots in `folder`, which is made when the first one is kept.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The record of `uri`, if there is one.
    ///
    /// # Errors
    ///
    /// [`SourceError::Io`], [`SourceError::DamagedSnapshot`].
    pub fn find(&self, uri: &str) -> Result<Option<Snapshot>, SourceError> {
        let path = self.path(uri, "json");
        let text = match std::fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(source) => {
                return Err(SourceError::Io {
                    uri: path.display().to_string(),
                    source,
                });
            }
        };
        serde_json::from_slice(&text)
            .map(Some)
            .map_err(|error| damaged(uri, &path, error.to_string()))
    }

    /// The bytes of a record, checked against it.
    ///
    /// # Errors
    ///
    /// [`SourceError::Io`], [`SourceError::DamagedSnapshot`].
    pub fn load(&self, snapshot: &Snapshot) -> Result<Fetched, SourceError> {
        let path = self.path(&snapshot.url, "bin");
        let bytes = std::fs::read(&path).map_err(|source| SourceError::Io {
            uri: path.display().to_string(),
            source,
        })?;
        let fetched = Fetched::new(bytes, snapshot.content_type.clone());
        if fetched.sha256 != snapshot.sha256 {
            let reason = format!("its sha256 is {}, recorded was {}", fetched.sha256, snapshot.sha256);
            return Err(damaged(&snapshot.url, &path, reason));
        }
        Ok(fetched)
    }

    /// Keeps bytes and their record.
    ///
    /// # Errors
    ///
    /// [`SourceError::Io`].
    pub fn keep(&self, snapshot: &Snapshot, bytes: &[u8]) -> Result<(), SourceError> {
        let record = serde_json::to_vec_pretty(snapshot)
            .map_err(|error| damaged(&snapshot.url, &self.folder, error.to_string()))?;
        self.write(&self.path(&snapshot.url, "bin"), bytes)?;
        self.write(&self.path(&snapshot.url, "json"), &record)
    }

    /// Writes aside, then renames.
    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), SourceError> {
        let failed = |source| SourceError::Io {
            uri: path.display().to_string(),
            source,
        };
        std::fs::create_dir_all(&self.folder).map_err(failed)?;
        let mut aside = tempfile::NamedTempFile::new_in(&self.folder).map_err(failed)?;
        std::io::Write::write_all(&mut aside, bytes).map_err(failed)?;
        aside.persist(path).map_err(|error| failed(error.error))?;
        Ok(())
    }

    fn path(&self, uri: &str, extension: &str) -> PathBuf {
        self.folder
            .join(format!("{}.{extension}", &sha256_hex(uri.as_bytes())[..24]))
    }
}

fn damaged(uri: &str, path: &Path, reason: String) -> SourceError {
    SourceError::DamagedSnapshot {
        uri: uri.to_owned(),
        file: path.display().to_string(),
        reason,
    }
}
