//! Where a report's bytes come from: paths, globs, directories, standard input, HTTP, object stores.
//!
//! [`resolve`] turns what the user wrote into a sorted list of [`Input`]s without opening any of them; a [`Fetcher`]
//! then gets the bytes of one [`Input`] at a time, so that one that fails leaves the others unharmed. What comes over
//! a network is kept in a [`Snapshots`] folder, from which a later run can be made without one (`offline`).

mod address;
mod error;
mod fetch;
mod http;
mod resolve;
mod snapshot;
mod store;

pub use address::PrivateAddresses;
pub use error::SourceError;
pub use fetch::{FetchOptions, Fetched, Fetcher, sha256_hex};
pub use resolve::resolve;
pub use snapshot::{Snapshot, Snapshots};

use std::path::PathBuf;

use url::Url;

/// One report to read: where its bytes are and what it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Name of the report in the tables: the file name without its extension.
    pub report_id: String,
    /// The address as the user wrote it, for `reports.source_uri`: a path with `/`, a URL, or `-`.
    pub uri: String,
    /// Where the bytes are.
    pub location: Location,
    /// The SHA-256 (in hexadecimal) that the bytes must have, if it is pinned.
    pub sha256: Option<String>,
}

/// Where bytes are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// Standard input.
    Stdin,
    /// A file.
    Path(PathBuf),
    /// An `http` or `https` address.
    Http(Url),
    /// An `s3` or `file` address.
    Store(Url),
}

impl Input {
    /// File name for the extension and for messages: the last part of the path or URL.
    pub fn name(&self) -> &str {
        let end = self
            .uri
            .find(['?', '#'])
            .filter(|_| matches!(self.location, Location::Http(_)));
        let path = &self.uri[..end.unwrap_or(self.uri.len())];
        path.trim_end_matches('/').rsplit('/').next().unwrap_or(path)
    }
}
