//! What can go wrong when bytes are fetched.

/// Why an input gave no bytes. Every message names the input.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// A path that names nothing.
    #[error("{uri}: no such file or directory")]
    NotFound {
        /// The input.
        uri: String,
    },
    /// A glob or a directory without a readable file.
    #[error("{spec}: no report found ({expected})")]
    NoMatch {
        /// The glob or directory.
        spec: String,
        /// What was looked for.
        expected: String,
    },
    /// A glob that can't be parsed.
    #[error("{spec}: not a glob, at character {position}: {reason}")]
    Glob {
        /// The glob.
        spec: String,
        /// Where it is wrong.
        position: usize,
        /// What is wrong.
        reason: String,
    },
    /// An address that can't be parsed or has an unknown scheme.
    #[error("{uri}: expected a path or an address with http, https, s3 or file: {reason}")]
    Address {
        /// The address.
        uri: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Two inputs of one run that would write the same rows.
    #[error("{first} and {second}: both would be report `{report_id}`; rename one")]
    SameReport {
        /// The name they share.
        report_id: String,
        /// One of them.
        first: String,
        /// The other.
        second: String,
    },
    /// The operating system refused.
    #[error("{uri}: {source}")]
    Io {
        /// The input or the file of its snapshot.
        uri: String,
        /// What it said.
        source: std::io::Error,
    },
    /// More bytes than allowed.
    #[error("{uri}: more than the limit of {limit} bytes")]
    TooLarge {
        /// The input.
        uri: String,
        /// The limit.
        limit: u64,
    },
    /// A host in a private network.
    #[error("{uri}: refused, `{host}` is a private or loopback address (allow it with --allow-private)")]
    PrivateAddress {
        /// The input.
        uri: String,
        /// The host that was asked for, or that a redirect named.
        host: String,
    },
    /// Redirected too often or to another scheme.
    #[error("{uri}: refused redirect: {reason}")]
    Redirect {
        /// The input.
        uri: String,
        /// Why.
        reason: String,
    },
    /// The server answered with an error.
    #[error("{uri}: HTTP status {status} after {attempts} attempts")]
    Status {
        /// The input.
        uri: String,
        /// The last status.
        status: u16,
        /// How often it was asked.
        attempts: u32,
    },
    /// The server did not answer, or not in time.
    #[error("{uri}: no answer after {attempts} attempts: {reason}")]
    Network {
        /// The input.
        uri: String,
        /// How often it was asked.
        attempts: u32,
        /// The last reason.
        reason: String,
    },
    /// The object store failed.
    #[error("{uri}: object store: {reason}")]
    Store {
        /// The input.
        uri: String,
        /// What it said.
        reason: String,
    },
    /// A run without a network needs a snapshot that isn't there.
    #[error("{uri}: offline, and no snapshot of it in {folder}")]
    NoSnapshot {
        /// The input.
        uri: String,
        /// The folder of snapshots.
        folder: String,
    },
    /// A snapshot whose record and bytes disagree.
    #[error("{uri}: damaged snapshot {file}: {reason}")]
    DamagedSnapshot {
        /// The input.
        uri: String,
        /// The snapshot's file.
        file: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Bytes other than the pinned ones.
    #[error("{uri}: sha256 is pinned to {expected}, found {found}: the source has changed")]
    Checksum {
        /// The input.
        uri: String,
        /// The pinned one.
        expected: String,
        /// That of the bytes.
        found: String,
    },
}
