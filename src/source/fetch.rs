//! Bytes of one input, from wherever it is.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Read;
use std::path::Path;
use std::time::Duration;

use sha2::{Digest, Sha256};
use tokio::runtime::Runtime;

use super::http::{Answer, HttpClient};
use super::{Input, Location, PrivateAddresses, Snapshot, Snapshots, SourceError, store};

/// How to fetch.
#[derive(Debug, Clone)]
pub struct FetchOptions {
    /// Most bytes that an input may have.
    pub max_bytes: u64,
    /// Longest time to wait for a connection.
    pub connect_timeout: Duration,
    /// Longest time for one whole answer.
    pub timeout: Duration,
    /// Most redirects to follow.
    pub max_redirects: usize,
    /// How often to ask again after status 429 or 5xx, a time-out or a broken connection.
    pub retries: u32,
    /// Wait before the first retry, doubled before each further one. A `Retry-After` of the server counts instead.
    pub backoff: Duration,
    /// Longest such wait.
    pub max_backoff: Duration,
    /// What to do about hosts in private networks.
    pub private_addresses: PrivateAddresses,
    /// Ask no server; take what came over a network before from the snapshots.
    pub offline: bool,
    /// Where copies of what comes over a network are kept.
    pub snapshots: Option<Snapshots>,
    /// Keep no copy: snapshots are read, and none is written.
    pub look_only: bool,
    /// Settings of the object store, by the names of its environment variables (`AWS_REGION`, `AWS_ENDPOINT` …).
    pub store_settings: BTreeMap<String, String>,
}

impl Default for FetchOptions {
    fn default() -> Self {
        Self {
            max_bytes: 64 << 20,
            connect_timeout: Duration::from_secs(10),
            timeout: Duration::from_mins(1),
            max_redirects: 5,
            retries: 3,
            backoff: Duration::from_millis(500),
            max_backoff: Duration::from_secs(30),
            private_addresses: PrivateAddresses::default(),
            offline: false,
            snapshots: None,
            look_only: false,
            store_settings: std::env::vars().filter(|(name, _)| name.starts_with("AWS_")).collect(),
        }
    }
}

/// The bytes of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// The bytes as they came.
    pub bytes: Vec<u8>,
    /// Their SHA-256, in hexadecimal.
    pub sha256: String,
    /// `Content-Type` that the server gave.
    pub content_type: Option<String>,
}

impl Fetched {
    pub(super) fn new(bytes: Vec<u8>, content_type: Option<String>) -> Self {
        let sha256 = sha256_hex(&bytes);
        Self {
            bytes,
            sha256,
            content_type,
        }
    }
}

/// Gets the bytes of inputs. One serves a whole run and may be shared by threads.
#[derive(Debug)]
pub struct Fetcher {
    options: FetchOptions,
    /// Made when the first address is fetched: most runs read files only.
    network: std::sync::OnceLock<(Runtime, HttpClient)>,
}

impl Fetcher {
    /// A fetcher with these options.
    pub fn new(options: FetchOptions) -> Self {
        Self {
            options,
            network: std::sync::OnceLock::new(),
        }
    }

    /// Gets the bytes of one input and checks them against its pinned checksum.
    ///
    /// # Errors
    ///
    /// See [`SourceError`].
    pub fn fetch(&self, input: &Input) -> Result<Fetched, SourceError> {
        let uri = &input.uri;
        let fetched = match &input.location {
            Location::Stdin => Fetched::new(self.read_all(uri, std::io::stdin().lock())?, None),
            Location::Path(path) => Fetched::new(self.read_file(uri, path)?, None),
            Location::Store(url) if url.scheme() == "file" => {
                let (runtime, _) = self.network(uri)?;
                let answer = runtime.block_on(store::get(url, uri, None, &self.options))?;
                Fetched::new(answer.into_bytes().unwrap_or_default(), None)
            }
            Location::Http(_) | Location::Store(_) => self.remote(input)?,
        };
        check_pin(input, &fetched)?;
        Ok(fetched)
    }

    /// From the snapshot when offline or when the server says that it still holds, else from the server.
    fn remote(&self, input: &Input) -> Result<Fetched, SourceError> {
        let uri = &input.uri;
        let kept = match &self.options.snapshots {
            Some(snapshots) => snapshots.find(uri)?.map(|snapshot| (snapshots, snapshot)),
            None => None,
        };
        if self.options.offline {
            let Some((snapshots, snapshot)) = kept else {
                let folder = self
                    .options
                    .snapshots
                    .as_ref()
                    .map(|snapshots| snapshots.folder().display().to_string());
                let folder = folder.unwrap_or_else(|| "any folder".to_owned());
                return Err(SourceError::NoSnapshot {
                    uri: uri.clone(),
                    folder,
                });
            };
            return snapshots.load(&snapshot);
        }
        let (runtime, http) = self.network(uri)?;
        let known = kept.as_ref().map(|(_, snapshot)| snapshot);
        let answer = match &input.location {
            Location::Http(url) => runtime.block_on(http.get(url, uri, known))?,
            Location::Store(url) => runtime.block_on(store::get(url, uri, known, &self.options))?,
            Location::Stdin | Location::Path(_) => Answer::NotModified,
        };
        match (answer, kept) {
            (Answer::NotModified, Some((snapshots, snapshot))) => snapshots.load(&snapshot),
            (Answer::NotModified, None) => Err(SourceError::Status {
                uri: uri.clone(),
                status: 304,
                attempts: 1,
            }),
            (
                Answer::Body {
                    bytes,
                    etag,
                    last_modified,
                    content_type,
                },
                _,
            ) => {
                let fetched = Fetched::new(bytes, content_type);
                // A copy of the pinned bytes is not given up for others.
                check_pin(input, &fetched)?;
                if let Some(snapshots) = self.options.snapshots.as_ref().filter(|_| !self.options.look_only) {
                    let snapshot = Snapshot {
                        url: uri.clone(),
                        sha256: fetched.sha256.clone(),
                        bytes: fetched.bytes.len() as u64,
                        retrieved: jiff::Timestamp::now()
                            .round(jiff::Unit::Second)
                            .unwrap_or_default()
                            .to_string(),
                        etag,
                        last_modified,
                        content_type: fetched.content_type.clone(),
                    };
                    snapshots.keep(&snapshot, &fetched.bytes)?;
                }
                Ok(fetched)
            }
        }
    }

    fn network(&self, uri: &str) -> Result<&(Runtime, HttpClient), SourceError> {
        if let Some(network) = self.network.get() {
            return Ok(network);
        }
        let runtime = Runtime::new().map_err(|source| SourceError::Io {
            uri: uri.to_owned(),
            source,
        })?;
        let client = HttpClient::new(&self.options).map_err(|error| SourceError::Network {
            uri: uri.to_owned(),
            attempts: 0,
            reason: error.to_string(),
        })?;
        Ok(self.network.get_or_init(|| (runtime, client)))
    }

    fn read_file(&self, uri: &str, path: &Path) -> Result<Vec<u8>, SourceError> {
        let failed = |source: std::io::Error| match source.kind() {
            std::io::ErrorKind::NotFound => SourceError::NotFound { uri: uri.to_owned() },
            _ => SourceError::Io {
                uri: uri.to_owned(),
                source,
            },
        };
        let file = std::fs::File::open(path).map_err(failed)?;
        if file.metadata().map_err(failed)?.len() > self.options.max_bytes {
            return Err(SourceError::TooLarge {
                uri: uri.to_owned(),
                limit: self.options.max_bytes,
            });
        }
        self.read_all(uri, file)
    }

    fn read_all(&self, uri: &str, reader: impl Read) -> Result<Vec<u8>, SourceError> {
        let limit = self.options.max_bytes;
        let mut bytes = Vec::new();
        let read = reader.take(limit + 1).read_to_end(&mut bytes);
        read.map_err(|source| SourceError::Io {
            uri: uri.to_owned(),
            source,
        })?;
        if bytes.len() as u64 > limit {
            return Err(SourceError::TooLarge {
                uri: uri.to_owned(),
                limit,
            });
        }
        Ok(bytes)
    }
}

/// SHA-256 in hexadecimal.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

/// Checks bytes against the checksum that an input pins.
fn check_pin(input: &Input, fetched: &Fetched) -> Result<(), SourceError> {
    match &input.sha256 {
        Some(expected) if !expected.eq_ignore_ascii_case(&fetched.sha256) => Err(SourceError::Checksum {
            uri: input.uri.clone(),
            expected: expected.clone(),
            found: fetched.sha256.clone(),
        }),
        _ => Ok(()),
    }
}
