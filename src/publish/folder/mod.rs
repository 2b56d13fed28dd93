//! An object store or a plain folder as a static portal, for any web server to serve.
//!
//! ```text
//! index.html  catalog.jsonld          every release, for people and (in DCAT) for machines
//! <name>/<version>/…                  a release; it never changes
//! <name>/latest/…                     a copy of the newest one
//! ```
//!
//! The `SHA256SUMS` of a version is written first, and only where there is none: it claims the version for these
//! bytes, so that whatever lies there under a listed name and with the right length was put there by a publication of
//! the same release. `SHA256SUMS` of `latest` is written last: while `latest` changes there is none.
//!
//! The catalogue and the page are made from what the store holds, not from what they said before, and every publisher
//! reads the store again after its last write. So with two publishers at once the last to write has seen both.

mod catalog;

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use futures::{StreamExt as _, TryStreamExt as _};
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use object_store::buffered::BufWriter;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{BackoffConfig, ClientOptions, ObjectStore, ObjectStoreExt as _, PutMode, PutPayload, RetryConfig};
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncBufRead, AsyncWriteExt as _, BufReader};
use tokio_util::io::StreamReader;
use url::Url;

use self::catalog::{CATALOG, Edition, INDEX};
use super::plan::{Action, Change, FieldChange, Plan, Remark};
use super::release::{DataPackage, PACKAGE, Release, SUMS, hex, media_types, parse_sums};
use super::secret::is_loopback;
use super::{Error, Options, Target};

/// The folder with the copy of the newest release.
const LATEST: &str = "latest";
/// Size of the pieces in which a large file is sent.
const PIECE: usize = 8 << 20;

/// One release and the store it goes to.
pub(super) struct Folder<'a> {
    release: &'a Release,
    store: Arc<dyn ObjectStore>,
    /// Whether a copy is a copy: in a plain folder `object_store` would make a second name for the same file.
    copies_itself: bool,
    root: Path,
    address: String,
    max_upload: Option<u64>,
    own: Edition,
}

/// What the store holds. Keys are relative to the target's address.
pub(super) struct State {
    /// Length of each object.
    sizes: BTreeMap<String, u64>,
    /// The texts that are read: checksums, descriptions, catalogue and page.
    texts: BTreeMap<String, String>,
}

impl<'a> Folder<'a> {
    pub(super) fn new(release: &'a Release, options: &Options, address: &Url) -> Result<Self, Error> {
        let (store, root) = if address.scheme() == "s3" {
            object_storage(address)?
        } else {
            plain_folder(address)?
        };
        let files = release
            .files
            .iter()
            .map(|file| (file.path.clone(), (file.bytes, file.sha256.clone())));
        Ok(Self {
            release,
            store,
            copies_itself: address.scheme() == "s3",
            root,
            address: address.to_string(),
            max_upload: options.max_upload,
            own: Edition {
                package: release.package.clone(),
                files: files.collect(),
            },
        })
    }

    fn path(&self, key: &str) -> Result<Path, Error> {
        let whole = if self.root.as_ref().is_empty() {
            key.to_owned()
        } else {
            format!("{}/{key}", self.root)
        };
        Path::parse(&whole).map_err(|error| Error::Settings(error.to_string()))
    }

    /// `<name>/<version>` of this release.
    fn place(&self) -> String {
        self.own.place()
    }

    /// `<name>/latest`.
    fn latest(&self) -> String {
        format!("{}/{LATEST}", self.own.package.name)
    }

    async fn text(&self, key: &str) -> Result<Option<String>, Error> {
        let failed = |error| store_error(&format!("reading {key}"), &error);
        let bytes = match self.store.get(&self.path(key)?).await {
            Ok(object) => object.bytes().await.map_err(failed)?,
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(failed(error)),
        };
        Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// Every complete release, and this one as if it were there: by name, newest first.
    fn editions(&self, state: &State) -> Vec<Edition> {
        let sums = state
            .texts
            .iter()
            .filter_map(|(key, text)| Some((key.strip_suffix(SUMS)?, text)));
        let mut editions: Vec<_> = sums
            .filter_map(|(place, sums)| stored_edition(state, place, sums))
            .collect();
        editions.retain(|edition| edition.place() != self.place());
        editions.push(self.own.clone());
        editions.sort_by(|one, other| {
            let by_name = one.package.name.cmp(&other.package.name);
            by_name.then_with(|| by_version(&other.package.version, &one.package.version))
        });
        editions
    }

    /// The newest release of this name.
    fn newest(&self, editions: &[Edition]) -> Edition {
        let newest = editions
            .iter()
            .find(|edition| edition.package.name == self.own.package.name);
        newest.unwrap_or(&self.own).clone()
    }

    fn blockers(&self, state: &State) -> Vec<Remark> {
        let mut blocked = Vec::new();
        let place = self.place();
        match state.texts.get(&format!("{place}/{SUMS}")) {
            Some(sums) if parse_sums(sums).ok() != Some(self.own.sums()) => blocked.push(Remark::new(
                &place,
                "this version is published with other content, and a published version never changes; raise the version",
            )),
            None if state.under(&place).next().is_some() => blocked.push(Remark::new(
                &place,
                format!("the place is taken by files that are not a release's (there is no {SUMS})"),
            )),
            _ => {}
        }
        for (key, mark) in [(CATALOG, catalog::CATALOG_MARK), (INDEX, catalog::INDEX_MARK)] {
            let is_foreign = state.texts.get(key).is_some_and(|text| !text.contains(mark));
            if is_foreign {
                blocked.push(Remark::new(
                    key,
                    "the file that is there was not made by a publication; choose another prefix",
                ));
            }
        }
        for file in self
            .release
            .files
            .iter()
            .filter(|file| self.max_upload.is_some_and(|limit| file.bytes > limit))
        {
            let limit = self.max_upload.unwrap_or_default();
            blocked.push(Remark::new(
                &file.path,
                format!("{} bytes are more than the limit of {limit}", file.bytes),
            ));
        }
        blocked
    }

    /// Plans the version's own folder.
    fn plan_version(&self, state: &State, doubted: &BTreeSet<String>, plan: &mut Plan) {
        let place = self.place();
        let (sums, others): (Vec<_>, Vec<_>) = self.release.files.iter().partition(|file| file.path == SUMS);
        for file in sums.into_iter().chain(others) {
            let key = format!("{place}/{}", file.path);
            if state.sizes.get(&key) == Some(&file.bytes) && !doubted.contains(&key) {
                plan.unchanged.push(key);
                continue;
            }
            let mut change = Change::new(Action::Upload, key);
            change.bytes = Some(file.bytes);
            change
                .fields
                .extend(FieldChange::between("sha256", None, Some(&file.sha256)));
            plan.changes.push(change);
        }
        for key in state.under(&place) {
            if self.release.file(&key[place.len() + 1..]).is_none() {
                plan.kept.push(Remark::new(key, "it is not of this release"));
            }
        }
    }

    /// Plans the copy of the newest version.
    fn plan_latest(&self, state: &State, newest: &Edition, doubted: &BTreeSet<String>, plan: &mut Plan) {
        let latest = self.latest();
        let mark = format!("{latest}/{SUMS}");
        let stored = state.texts.get(&mark).and_then(|text| parse_sums(text).ok());
        let wanted = newest.sums();
        let is_marked = stored.as_ref() == Some(&wanted);
        let stored = stored.unwrap_or_default();
        let mut changes = Vec::new();
        for (path, (bytes, sum)) in newest.files.iter().filter(|(path, _)| *path != SUMS) {
            let key = format!("{latest}/{path}");
            let is_there = stored.get(path) == Some(sum) && state.sizes.get(&key) == Some(bytes);
            if is_there && !doubted.contains(&key) {
                plan.unchanged.push(key);
                continue;
            }
            let mut change = Change::new(Action::Copy, key);
            change.fields.extend(FieldChange::between(
                "sha256",
                stored.get(path).map(String::as_str),
                Some(sum),
            ));
            changes.push(change);
        }
        for key in state.under(&latest) {
            if !newest.files.contains_key(&key[latest.len() + 1..]) {
                changes.push(Change::new(Action::Remove, key));
            }
        }
        if changes.is_empty() && is_marked && !doubted.contains(&mark) {
            plan.unchanged.push(mark);
            return;
        }
        if state.sizes.contains_key(&mark) {
            plan.changes.push(Change::new(Action::Remove, &mark));
        }
        plan.changes.append(&mut changes);
        plan.changes.push(Change::new(Action::Copy, mark));
    }

    /// The catalogue and the page as they should be.
    fn overview(editions: &[Edition]) -> [(&'static str, String); 2] {
        [(CATALOG, catalog::catalog(editions)), (INDEX, catalog::index(editions))]
    }

    async fn put(&self, key: &str, bytes: Vec<u8>, mode: PutMode) -> Result<(), Error> {
        let path = self.path(key)?;
        match self.store.put_opts(&path, PutPayload::from(bytes), mode.into()).await {
            Ok(_) => Ok(()),
            Err(object_store::Error::AlreadyExists { .. }) => Err(Error::Conflict {
                what: format!("writing {key}"),
            }),
            Err(error) => Err(store_error(&format!("writing {key}"), &error)),
        }
    }

    /// Sends a file of the release, piece by piece.
    async fn send(&self, key: &str) -> Result<(), Error> {
        let place = self.place();
        let file = key
            .strip_prefix(&place)
            .and_then(|path| self.release.file(path.trim_start_matches('/')));
        let Some(file) = file else {
            return Err(Error::Conflict {
                what: format!("sending {key}"),
            });
        };
        let local = self.release.path_of(file);
        let unreadable = |source| Error::Io {
            path: local.clone(),
            source,
        };
        if file.path == SUMS {
            let bytes = tokio::fs::read(&local).await.map_err(unreadable)?;
            return self.put(key, bytes, PutMode::Create).await;
        }
        let source = tokio::fs::File::open(&local).await.map_err(unreadable)?;
        self.write(key, BufReader::with_capacity(256 * 1024, source)).await
    }

    /// Writes an object piece by piece. It is there when all of it is.
    async fn write(&self, key: &str, mut source: impl AsyncBufRead + Unpin) -> Result<(), Error> {
        let mut sink =
            BufWriter::with_capacity(Arc::clone(&self.store), self.path(key)?, PIECE).with_max_concurrency(2);
        let failed = |source: std::io::Error| Error::Store {
            what: format!("writing {key}"),
            cause: source.to_string(),
            advice: "run the same command again; if it stays so, check the rights to write there",
            transient: true,
        };
        match tokio::io::copy_buf(&mut source, &mut sink).await {
            Ok(_) => sink.shutdown().await.map_err(failed),
            Err(error) => {
                // The pieces that were sent take up space; that they can't be taken back is no further harm.
                let _ = sink.abort().await;
                Err(failed(error))
            }
        }
    }

    /// Copies an object within the store.
    async fn copy(&self, from: &str, to: &str) -> Result<(), Error> {
        let failed = |error| store_error(&format!("copying to {to}"), &error);
        if self.copies_itself {
            return self
                .store
                .copy(&self.path(from)?, &self.path(to)?)
                .await
                .map_err(failed);
        }
        let object = self.store.get(&self.path(from)?).await.map_err(failed)?;
        self.write(
            to,
            StreamReader::new(object.into_stream().map_err(std::io::Error::other)),
        )
        .await
    }
}

impl Target for Folder<'_> {
    type State = State;

    async fn read(&self) -> Result<State, Error> {
        let failed = |error| store_error(&format!("listing {}", self.address), &error);
        let prefix = Some(&self.root).filter(|root| !root.as_ref().is_empty());
        let objects: Vec<_> = self.store.list(prefix).try_collect().await.map_err(failed)?;
        let skipped = if self.root.as_ref().is_empty() {
            0
        } else {
            self.root.as_ref().len() + 1
        };
        let sizes: BTreeMap<_, _> = objects
            .iter()
            .map(|object| (object.location.as_ref()[skipped..].to_owned(), object.size))
            .collect();
        let mut texts = BTreeMap::new();
        for key in sizes.keys() {
            let parts: Vec<_> = key.split('/').collect();
            let is_read = matches!(parts[..], [CATALOG | INDEX] | [_, _, SUMS | PACKAGE]);
            if is_read && let Some(text) = self.text(key).await? {
                texts.insert(key.clone(), text);
            }
        }
        Ok(State { sizes, texts })
    }

    fn plan(&self, state: &State, doubted: &BTreeSet<String>) -> Plan {
        let mut plan = Plan {
            target: self.address.clone(),
            dataset: self.own.package.name.clone(),
            version: self.own.package.version.clone(),
            changes: Vec::new(),
            unchanged: Vec::new(),
            kept: Vec::new(),
            blocked: self.blockers(state),
        };
        if plan.is_blocked() {
            return plan;
        }
        self.plan_version(state, doubted, &mut plan);
        let editions = self.editions(state);
        self.plan_latest(state, &self.newest(&editions), doubted, &mut plan);
        for (key, wanted) in Self::overview(&editions) {
            let current = state.texts.get(key);
            if current == Some(&wanted) && !doubted.contains(key) {
                plan.unchanged.push(key.to_owned());
                continue;
            }
            let mut change = Change::new(Action::Update, key);
            let digest = |text: &String| hex(&Sha256::digest(text.as_bytes()));
            change.fields.extend(FieldChange::between(
                "sha256",
                current.map(digest).as_deref(),
                Some(&digest(&wanted)),
            ));
            plan.changes.push(change);
        }
        plan
    }

    async fn perform(&self, state: &mut State, step: &Change) -> Result<bool, Error> {
        let key = step.subject.as_str();
        match step.action {
            Action::Upload => self.send(key).await?,
            Action::Copy => {
                let newest = self.newest(&self.editions(state)).place();
                let source = key.strip_prefix(&self.latest()).unwrap_or(key);
                self.copy(&format!("{newest}{source}"), key).await?;
            }
            Action::Remove => match self.store.delete(&self.path(key)?).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(store_error(&format!("removing {key}"), &error)),
            },
            _ => {
                let overview = Self::overview(&self.editions(state));
                for (_, text) in overview.into_iter().filter(|(name, _)| *name == key) {
                    self.put(key, text.into_bytes(), PutMode::Overwrite).await?;
                }
            }
        }
        Ok(false)
    }

    fn files(&self, state: &State) -> Vec<(String, String)> {
        let place = self.place();
        let editions = self.editions(state);
        let newest = self.newest(&editions);
        let latest = self.latest();
        let own = self
            .own
            .files
            .iter()
            .map(|(path, (_, sum))| (format!("{place}/{path}"), sum.clone()));
        let copies = newest
            .files
            .iter()
            .map(|(path, (_, sum))| (format!("{latest}/{path}"), sum.clone()));
        let overview = Self::overview(&editions);
        let overview = overview
            .into_iter()
            .map(|(key, text)| (key.to_owned(), hex(&Sha256::digest(text))));
        own.chain(copies).chain(overview).collect()
    }

    async fn digest(&self, _: &State, key: &str) -> Result<String, Error> {
        let failed = |error| store_error(&format!("reading {key} back"), &error);
        let mut pieces = self.store.get(&self.path(key)?).await.map_err(failed)?.into_stream();
        let mut hasher = Sha256::new();
        while let Some(piece) = pieces.next().await {
            hasher.update(&piece.map_err(failed)?);
        }
        Ok(hex(&hasher.finalize()))
    }
}

impl State {
    /// The keys under a folder.
    fn under<'s>(&'s self, folder: &str) -> impl Iterator<Item = &'s String> {
        let start = format!("{folder}/");
        let end = format!("{folder}0"); // '0' follows '/'
        self.sizes.range(start..end).map(|(key, _)| key)
    }
}

/// The release under a place (with its final `/`), if all of its files are there.
fn stored_edition(state: &State, place: &str, sums: &str) -> Option<Edition> {
    let (name, version) = place.trim_end_matches('/').split_once('/')?;
    if version == LATEST {
        return None;
    }
    let package = DataPackage::parse(state.texts.get(&format!("{place}{PACKAGE}"))?).ok()?;
    if package.name != name || package.version != version {
        return None;
    }
    let mut files = BTreeMap::new();
    for (path, sum) in parse_sums(sums).ok()? {
        let bytes = *state.sizes.get(&format!("{place}{path}"))?;
        files.insert(path, (bytes, sum));
    }
    files.insert(
        SUMS.to_owned(),
        (sums.len() as u64, hex(&Sha256::digest(sums.as_bytes()))),
    );
    Some(Edition { package, files })
}

/// Versions in the order in which they were released: 1.2 before 1.10, 1.0-rc before 1.0.
fn by_version(one: &str, other: &str) -> Ordering {
    let split = |version: &str| {
        let (numbers, label) = version.split_once(['-', '+']).unwrap_or((version, ""));
        let numbers: Vec<u64> = numbers.split('.').map(|number| number.parse().unwrap_or(0)).collect();
        (numbers, label.is_empty(), label.to_owned())
    };
    split(one).cmp(&split(other)).then_with(|| one.cmp(other))
}

/// The store of an `s3://bucket/prefix` address. Keys, region and endpoint come from the AWS variables.
fn object_storage(address: &Url) -> Result<(Arc<dyn ObjectStore>, Path), Error> {
    let Some(bucket) = address.host_str() else {
        return Err(Error::Settings(
            "no bucket is named; expected s3://bucket/prefix".to_owned(),
        ));
    };
    let builder = AmazonS3Builder::from_env().with_bucket_name(bucket);
    let has_keys = builder.get_config_value(&AmazonS3ConfigKey::AccessKeyId).is_some()
        && builder.get_config_value(&AmazonS3ConfigKey::SecretAccessKey).is_some();
    let has_role = [
        AmazonS3ConfigKey::WebIdentityTokenFile,
        AmazonS3ConfigKey::ContainerCredentialsRelativeUri,
        AmazonS3ConfigKey::ContainerCredentialsFullUri,
    ];
    if !has_keys && !has_role.iter().any(|key| builder.get_config_value(key).is_some()) {
        return Err(Error::Settings(
            "no keys: set the environment variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY".to_owned(),
        ));
    }
    let endpoint = builder
        .get_config_value(&AmazonS3ConfigKey::S3Endpoint)
        .or_else(|| builder.get_config_value(&AmazonS3ConfigKey::Endpoint));
    let is_local = match endpoint.as_deref().map(Url::parse) {
        Some(Ok(endpoint)) if endpoint.scheme() == "http" && !is_loopback(&endpoint) => {
            return Err(Error::Settings(format!(
                "{endpoint} is reached without encryption; use https (http is for this machine only)"
            )));
        }
        Some(Ok(endpoint)) => is_loopback(&endpoint),
        Some(Err(error)) => return Err(Error::Settings(format!("the endpoint in AWS_ENDPOINT_URL: {error}"))),
        None => false,
    };
    let options = media_types().fold(ClientOptions::new(), |options, (extension, media_type)| {
        let encoding = if media_type.starts_with("text/") {
            "; charset=utf-8"
        } else {
            ""
        };
        options.with_content_type_for_suffix(extension, format!("{media_type}{encoding}"))
    });
    let retries = RetryConfig {
        backoff: BackoffConfig::default(),
        max_retries: 5,
        retry_timeout: Duration::from_mins(2),
    };
    let store = builder
        .with_client_options(options.with_allow_http(is_local).with_timeout(Duration::from_mins(3)))
        .with_retry(retries)
        .build()
        .map_err(|error| Error::Settings(error.to_string()))?;
    let root = Path::from_url_path(address.path()).map_err(|error| Error::Settings(error.to_string()))?;
    Ok((Arc::new(store), root))
}

/// The store of a `file:///path` address. The folder need not exist yet.
fn plain_folder(address: &Url) -> Result<(Arc<dyn ObjectStore>, Path), Error> {
    let expected = || {
        Error::Settings(format!(
            "{address} names no folder of this machine; expected file:///path"
        ))
    };
    let folder = address.to_file_path().map_err(|()| expected())?;
    let text = folder.to_str().ok_or_else(expected)?.trim_matches('/');
    let root = Path::parse(text).map_err(|_| expected())?;
    if root.as_ref().is_empty() {
        return Err(expected());
    }
    Ok((Arc::new(LocalFileSystem::new()), root))
}

/// A failure of the store in words. Servers answer in XML, and `object_store` passes that on as text.
fn store_error(what: &str, error: &object_store::Error) -> Error {
    use object_store::Error as Failure;
    const RIGHTS: &str = "check the keys and that they may list, read, write and delete there";
    const LATER: &str = "run the same command again later";
    let text = error.to_string();
    let between = |start: &str, end: &str| Some(text.split_once(start)?.1.split_once(end)?.0.trim().to_owned());
    let status = between("status code: ", " ").and_then(|code| code.parse::<u16>().ok());
    let (advice, transient) = match (error, status) {
        (Failure::PermissionDenied { .. } | Failure::Unauthenticated { .. }, _) | (_, Some(401 | 403)) => {
            (RIGHTS, false)
        }
        (_, Some(400..=499)) => ("check the address and the endpoint", false),
        (Failure::Generic { .. } | Failure::NotFound { .. } | Failure::Precondition { .. }, _) => (LATER, true),
        _ => ("", false),
    };
    let cause = match (status, between("<Message>", "</Message>")) {
        (Some(status), Some(message)) => format!("the server answered {status}: {message}"),
        _ => text,
    };
    Error::Store {
        what: what.to_owned(),
        cause,
        advice,
        transient,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_ordered_by_number() {
        let mut versions = ["1.10.0", "1.2.0", "1.0.0", "1.0.0-rc.1", "0.9", "2"];
        versions.sort_by(|one, other| by_version(one, other));
        assert_eq!(versions, ["0.9", "1.0.0-rc.1", "1.0.0", "1.2.0", "1.10.0", "2"]);
    }
}
