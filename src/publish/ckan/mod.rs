//! A CKAN portal as a target, by its Action API (CKAN 2.10 to 2.12).
//!
//! Every change of an existing dataset goes through `package_revise`, on condition that the dataset's
//! `metadata_modified` is still what we read. CKAN checks that under a lock, so a request that is sent twice takes
//! effect once, and two publishers can't overwrite each other's work: the slower one reads again.
//!
//! A file is sent with an empty `hash`. The hash is stored after the file was read back, so a stored hash is a proof.

mod client;
mod datastore;
mod model;
mod wanted;

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Map, Value, json};
use tokio::sync::OnceCell;
use url::Url;

use self::client::{Attachment, Client};
use self::model::{MEMORY, Organization, Package, Resource, Status, User};
use self::wanted::{DatasetUpdate, Wanted};
use super::plan::{Action, Change, FieldChange, Plan, Remark};
use super::release::{Release, ReleaseFile};
use super::secret::Token;
use super::{Error, Options, Target};

/// Subject of the steps that change the dataset itself.
const DATASET: &str = "dataset";
/// How `hash_algorithm` names sha256, as DCAT does.
const SHA256: &str = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256";
/// The oldest CKAN whose API this module was tried with.
const OLDEST: (u32, u32) = (2, 10);

/// One release and the portal it goes to.
pub(super) struct Ckan<'a> {
    release: &'a Release,
    client: Client,
    wanted: Wanted,
    organization: Option<String>,
    datastore: bool,
    max_upload: Option<u64>,
    access: OnceCell<Access>,
}

/// Who we are on the portal, and what it can do.
#[derive(Debug, Clone)]
struct Access {
    user: String,
    extensions: Vec<String>,
    /// Organisations in which the user may do what this release needs.
    organizations: Vec<Organization>,
}

/// What the portal holds.
pub(super) struct State {
    access: Access,
    holder: Holder,
}

/// What stands under the dataset's name.
enum Holder {
    Nothing,
    /// A dataset that the user may not see.
    Hidden,
    Dataset(Box<Package>),
}

#[derive(Deserialize)]
struct Revised {
    package: Package,
}

/// What to do with one file of the release.
enum FileStep<'s> {
    /// It is not there.
    Add,
    /// Other bytes are there.
    Replace(&'s Resource),
    /// The right number of bytes is there, with no checksum on record.
    Check(&'s Resource),
    /// The bytes are there; some fields differ.
    Update(&'s Resource),
    Same,
}

impl<'a> Ckan<'a> {
    pub(super) fn new(release: &'a Release, options: &Options, address: Url, token: Token) -> Result<Self, Error> {
        Ok(Self {
            release,
            client: Client::new(address, token, options.pause)?,
            wanted: Wanted::of(release)?,
            organization: options.organization.clone(),
            datastore: options.datastore,
            max_upload: options.max_upload,
            access: OnceCell::new(),
        })
    }

    /// Finds out who we are and what we may do.
    async fn learn_access(&self, exists: bool) -> Result<Access, Error> {
        let status: Status = self.client.read("status_show", &[]).await?;
        let mut numbers = status
            .ckan_version
            .split(['.', 'a', 'b', 'r'])
            .map_while(|part| part.parse::<u32>().ok());
        let version = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
        if version < OLDEST {
            return Err(Error::Settings(format!(
                "{} runs CKAN {}; expected 2.10 or later",
                self.client.base(),
                status.ckan_version
            )));
        }
        let user: User = self.client.read("user_show", &[]).await.map_err(|error| match error {
            Error::Refused {
                status: 400 | 401 | 403 | 404 | 409,
                ..
            } => Error::Settings(format!(
                "{} does not know this token: it is mistyped, revoked, or from another portal; make a new one there \
                 under your user, API Tokens",
                self.client.base()
            )),
            other => other,
        })?;
        let permission = if exists { "update_dataset" } else { "create_dataset" };
        let organizations = self
            .client
            .read("organization_list_for_user", &[("permission", permission)])
            .await?;
        Ok(Access {
            user: user.name,
            extensions: status.extensions,
            organizations,
        })
    }

    async fn read_holder(&self) -> Result<Holder, Error> {
        match self
            .client
            .read::<Package>("package_show", &[("id", &self.wanted.name)])
            .await
        {
            Ok(package) if package.state.as_deref() == Some("deleted") => Ok(Holder::Nothing),
            Ok(package) => Ok(Holder::Dataset(Box::new(package))),
            Err(Error::Refused { status: 404, .. }) => Ok(Holder::Nothing),
            Err(Error::Refused { status: 403, .. }) => Ok(Holder::Hidden),
            Err(error) => Err(error),
        }
    }

    /// What stands in the way, whatever the steps are.
    fn blockers(&self, state: &State) -> Vec<Remark> {
        let mut blocked = Vec::new();
        let mut block = |subject: &str, reason: String| blocked.push(Remark::new(subject, reason));
        let Access {
            user,
            organizations,
            extensions,
        } = &state.access;
        match &state.holder {
            Holder::Hidden => block(
                DATASET,
                format!(
                    "the name {} is taken by a dataset that the user {user} may not see; ask its organisation for the \
                     role of editor, or give the release another name",
                    self.wanted.name
                ),
            ),
            Holder::Dataset(package) if !package.is_ours() => block(
                DATASET,
                format!(
                    "the name {} is taken by a dataset that was not published from a release; rename that one, or give \
                     the release another name",
                    self.wanted.name
                ),
            ),
            Holder::Dataset(package) => {
                let is_editor = organizations
                    .iter()
                    .any(|known| Some(&known.id) == package.owner_org.as_ref());
                if !is_editor {
                    block(
                        DATASET,
                        format!(
                            "the user {user} may not edit it; ask the administrator of its organisation for the role of \
                             editor"
                        ),
                    );
                }
            }
            Holder::Nothing => {
                if let Err(reason) = self.owner(&state.access) {
                    block(DATASET, reason);
                }
            }
        }
        if self.datastore && !extensions.iter().any(|extension| extension == "datastore") {
            block("DataStore", "the portal has none; leave --datastore out".to_owned());
        }
        blocked
    }

    /// The organisation that a new dataset goes to.
    fn owner<'s>(&self, access: &'s Access) -> Result<&'s Organization, String> {
        let Access {
            user, organizations, ..
        } = access;
        let names: Vec<_> = organizations
            .iter()
            .map(|organization| organization.name.as_str())
            .collect();
        if organizations.is_empty() {
            return Err(format!(
                "the user {user} may not create datasets in any organisation; ask an organisation's administrator for \
                 the role of editor"
            ));
        }
        match &self.organization {
            Some(wanted) => organizations
                .iter()
                .find(|known| known.name == *wanted || known.id == *wanted)
                .ok_or_else(|| {
                    format!(
                        "the user {user} may not create datasets in the organisation {wanted}; it may in {}",
                        names.join(", ")
                    )
                }),
            None if organizations.len() == 1 => Ok(&organizations[0]),
            None => Err(format!(
                "name the organisation with --organization; the user {user} may use {}",
                names.join(", ")
            )),
        }
    }

    /// Whether a file is larger than the portal takes.
    fn is_too_large(&self, file: &ReleaseFile) -> bool {
        self.max_upload.is_some_and(|limit| file.bytes > limit)
    }

    /// The resource that holds a file: the first with its path.
    fn holder_of<'s>(package: Option<&'s Package>, path: &str) -> Option<&'s Resource> {
        package?
            .resources
            .iter()
            .find(|resource| resource.release_path.as_deref() == Some(path))
    }

    fn file_step<'s>(package: Option<&'s Package>, file: &ReleaseFile, doubted: &BTreeSet<String>) -> FileStep<'s> {
        let Some(resource) = Self::holder_of(package, &file.path) else {
            return FileStep::Add;
        };
        let is_stored = resource.url_type.as_deref() == Some("upload") && resource.bytes() == Some(file.bytes);
        match resource.checksum() {
            _ if !is_stored || doubted.contains(&file.path) => FileStep::Replace(resource),
            Some(sum) if sum != file.sha256 => FileStep::Replace(resource),
            None => FileStep::Check(resource),
            Some(_) if wanted::resource_fields(Some(resource), file).is_empty() => FileStep::Same,
            Some(_) => FileStep::Update(resource),
        }
    }

    /// Plans the files: adds to `plan`, and tells the order in which ours will stand, as far as they exist.
    fn plan_files(&self, package: Option<&Package>, doubted: &BTreeSet<String>, plan: &mut Plan) {
        for file in &self.release.files {
            let step = Self::file_step(package, file, doubted);
            let (action, resource) = match step {
                FileStep::Add => (Action::Upload, None),
                FileStep::Replace(resource) => (Action::Upload, Some(resource)),
                FileStep::Check(resource) => (Action::Check, Some(resource)),
                FileStep::Update(resource) => (Action::Update, Some(resource)),
                FileStep::Same => {
                    plan.unchanged.push(file.path.clone());
                    continue;
                }
            };
            let mut change = Change::new(action, &file.path);
            change.fields = wanted::resource_fields(resource, file);
            if action == Action::Upload {
                change.bytes = Some(file.bytes);
                if self.is_too_large(file) {
                    let limit = self.max_upload.unwrap_or_default();
                    let reason = format!("{} bytes are more than the limit of {limit}", file.bytes);
                    plan.blocked.push(Remark::new(&file.path, reason));
                }
            }
            if matches!(action, Action::Upload | Action::Check) {
                let old = resource.and_then(Resource::checksum);
                change
                    .fields
                    .extend(FieldChange::between("hash", old, Some(&file.sha256)));
            }
            plan.changes.push(change);
        }
    }

    /// Plans what follows from the resources that are there: ours that are not needed, and the order.
    fn plan_existing(&self, package: &Package, plan: &mut Plan) {
        let mut seen = BTreeSet::new();
        for resource in &package.resources {
            let Some(path) = &resource.release_path else {
                let name = resource
                    .name
                    .as_deref()
                    .or(resource.file_name())
                    .unwrap_or(&resource.id);
                plan.kept
                    .push(Remark::new(format!("resource {name}"), "it was added by hand"));
                continue;
            };
            if seen.insert(path) && self.release.file(path).is_some() {
                for field in wanted::kept_fields(resource, self.release) {
                    plan.kept
                        .push(Remark::new(path, format!("its {field} was edited by hand")));
                }
                continue;
            }
            let mut change = Change::new(Action::Remove, format!("resource {}", resource.id));
            change
                .fields
                .extend(FieldChange::between("release_path", Some(path), None));
            plan.changes.push(change);
        }
        if self.order(package).is_some() {
            plan.changes.push(Change::new(Action::Reorder, DATASET));
        }
    }

    /// The ids of the resources in the right order, if that is not the order they will be in: ours in the order of the
    /// release, in the places that ours have; the others stay where they are. New resources come last.
    fn order(&self, package: &Package) -> Option<Vec<String>> {
        let is_ours = |resource: &&Resource| {
            let path = resource.release_path.as_deref();
            path.is_some_and(|path| Self::holder_of(Some(package), path).is_some_and(|first| first.id == resource.id))
        };
        let places: BTreeSet<&str> = package
            .resources
            .iter()
            .filter(is_ours)
            .map(|resource| resource.id.as_str())
            .collect();
        let ours = self
            .release
            .files
            .iter()
            .map(|file| Self::holder_of(Some(package), &file.path));
        // Those that are still to be added will stand at the end.
        let is_prefix_there = ours
            .clone()
            .skip_while(Option::is_some)
            .all(|resource| resource.is_none());
        let mut ours = ours.flatten();
        let mut order = Vec::with_capacity(package.resources.len());
        for resource in &package.resources {
            let is_place = places.contains(resource.id.as_str());
            let next = if is_place { ours.next() } else { Some(resource) };
            order.push(next.unwrap_or(resource).id.clone());
        }
        let is_right = package
            .resources
            .iter()
            .zip(&order)
            .all(|(resource, id)| resource.id == *id);
        (!is_right || !is_prefix_there).then_some(order)
    }

    fn plan_tables(&self, package: Option<&Package>, plan: &mut Plan) {
        for file in self.release.files.iter().filter(|file| file.schema.is_some()) {
            let loaded = Self::holder_of(package, &file.path).and_then(|resource| resource.datastore_sha256.as_deref());
            if loaded == Some(file.sha256.as_str()) {
                continue;
            }
            if self.datastore {
                let mut change = Change::new(Action::Load, &file.path);
                change
                    .fields
                    .extend(FieldChange::between("datastore_sha256", loaded, Some(&file.sha256)));
                plan.changes.push(change);
            } else if loaded.is_some_and(|sum| !sum.is_empty()) {
                let reason = "its DataStore table has the rows of an earlier release; --datastore loads the new ones";
                plan.kept.push(Remark::new(&file.path, reason));
            }
        }
    }

    /// Changes the dataset, on condition that nobody else did since we read it.
    async fn revise(&self, package: &Package, mut body: Map<String, Value>) -> Result<Package, Error> {
        let condition = json!({"id": package.id, "metadata_modified": package.metadata_modified});
        body.insert("match".to_owned(), condition);
        let revised: Revised = self.client.write("package_revise", &Value::Object(body)).await?;
        Ok(revised.package)
    }

    async fn create(&self, access: &Access) -> Result<Package, Error> {
        let owner = self.owner(access).map_err(Error::Settings)?;
        let body = self.wanted.new_dataset(&owner.id, &access.extensions);
        let package: Package = self.client.write("package_create", &body).await?;
        if package.name == self.wanted.name && package.is_ours() {
            return Ok(package);
        }
        // The request was garbled on its way. What it made would stand under another name, or not be known as ours.
        self.client
            .write::<Value>("package_delete", &json!({"id": package.id}))
            .await?;
        Err(Error::NotKept {
            subject: DATASET.to_owned(),
            fields: format!("name, {MEMORY}"),
        })
    }

    /// Sets the fields of a resource.
    async fn set_fields(&self, package: &Package, id: &str, fields: Map<String, Value>) -> Result<Package, Error> {
        let body = Map::from_iter([(format!("update__resources__{id}"), Value::Object(fields))]);
        self.revise(package, body).await
    }

    /// Sends a file, with an empty hash, as a new resource or in place of a resource's file.
    async fn upload(&self, package: &Package, file: &ReleaseFile) -> Result<Package, Error> {
        let resource = Self::holder_of(Some(package), &file.path);
        let mut fields = wanted::sent_fields(resource, file);
        fields.insert("hash".to_owned(), Value::from(""));
        fields.insert("hash_algorithm".to_owned(), Value::from(SHA256));
        let mut parts = vec![
            ("match__id".to_owned(), package.id.clone()),
            ("match__metadata_modified".to_owned(), package.metadata_modified.clone()),
        ];
        // A part of such a body is read as JSON where it can be, so texts go inside an object.
        let (part, value, place) = match resource {
            Some(resource) => (
                format!("update__resources__{}", resource.id),
                Value::Object(fields),
                resource.id.as_str(),
            ),
            None => ("update__resources__extend".to_owned(), json!([fields]), "-1"),
        };
        parts.push((part, value.to_string()));
        let local = self.release.path_of(file);
        let attachment = Attachment {
            field: format!("update__resources__{place}__upload"),
            path: &local,
            bytes: file.bytes,
            name: wanted::ascii_file_name(&file.path),
            media_type: file.media_type,
        };
        let revised: Revised = self.client.send("package_revise", parts, attachment).await?;
        if Self::holder_of(Some(&revised.package), &file.path).is_none() {
            // Without its path the resource is not known as ours, and would be there twice after the next attempt.
            let is_new = |added: &&Resource| package.resources.iter().all(|known| known.id != added.id);
            if let Some(added) = revised.package.resources.iter().find(is_new) {
                self.remove(&revised.package, &added.id).await?;
            }
            return Err(Error::NotKept {
                subject: file.path.clone(),
                fields: "release_path".to_owned(),
            });
        }
        Ok(revised.package)
    }

    /// Reads a stored file back, and records its checksum if it is the right one.
    async fn check(&self, package: &Package, file: &ReleaseFile) -> Result<Package, Error> {
        let resource = stored(package, file)?;
        let found = self.client.digest(&download_path(package, resource)).await?;
        if found != file.sha256 {
            let expected = file.sha256.clone();
            return Err(Error::Checksum {
                subject: file.path.clone(),
                expected,
                found,
            });
        }
        let mut fields = wanted::proven_fields(resource, file);
        fields.insert("hash".to_owned(), Value::from(file.sha256.as_str()));
        fields.insert("hash_algorithm".to_owned(), Value::from(SHA256));
        self.set_fields(package, &resource.id, fields).await
    }

    async fn remove(&self, package: &Package, id: &str) -> Result<Package, Error> {
        let filter = json!([format!("-resources__{id}")]);
        self.revise(package, Map::from_iter([("filter".to_owned(), filter)]))
            .await
    }

    async fn reorder(&self, package: &Package) -> Result<(), Error> {
        let Some(order) = self.order(package) else {
            return Ok(());
        };
        let body = json!({"id": package.id, "order": order});
        self.client
            .write::<Value>("package_resource_reorder", &body)
            .await
            .map(|_| ())
    }

    async fn load(&self, package: &Package, file: &ReleaseFile) -> Result<Package, Error> {
        let resource = stored(package, file)?;
        let local = self.release.path_of(file);
        datastore::load(&self.client, &resource.id, &local, file).await?;
        // The DataStore changes the dataset on its own.
        let Holder::Dataset(package) = self.read_holder().await? else {
            return Err(Error::Conflict {
                what: "loading the DataStore".to_owned(),
            });
        };
        let resource = stored(&package, file)?;
        let fields = Map::from_iter([("datastore_sha256".to_owned(), Value::from(file.sha256.as_str()))]);
        self.set_fields(&package, &resource.id, fields).await
    }

    fn file(&self, path: &str) -> Result<&ReleaseFile, Error> {
        self.release.file(path).ok_or_else(|| Error::Conflict {
            what: format!("publishing {path}"),
        })
    }
}

impl Target for Ckan<'_> {
    type State = State;

    async fn read(&self) -> Result<State, Error> {
        let holder = self.read_holder().await?;
        let exists = matches!(holder, Holder::Dataset(_));
        let access = self.access.get_or_try_init(|| self.learn_access(exists)).await?.clone();
        Ok(State { access, holder })
    }

    fn plan(&self, state: &State, doubted: &BTreeSet<String>) -> Plan {
        let mut plan = Plan {
            target: self.client.base().to_string(),
            dataset: self.wanted.name.clone(),
            version: self.release.package.version.clone(),
            changes: Vec::new(),
            unchanged: Vec::new(),
            kept: Vec::new(),
            blocked: self.blockers(state),
        };
        let package = match &state.holder {
            Holder::Dataset(package) => Some(&**package),
            Holder::Nothing => None,
            Holder::Hidden => return plan,
        };
        if !plan.blocked.is_empty() && package.is_some_and(|package| !package.is_ours()) {
            return plan;
        }
        let update = self.wanted.update(package, &state.access.extensions);
        let is_due = package.is_none() || !update.fields.is_empty();
        let DatasetUpdate { fields, kept, .. } = update;
        if is_due {
            let action = if package.is_none() {
                Action::Create
            } else {
                Action::Update
            };
            let mut change = Change::new(action, DATASET);
            change.fields = fields;
            if package.is_none() {
                let owner = self.owner(&state.access).ok().map(|owner| owner.name.as_str());
                change.fields.extend(FieldChange::between("organization", None, owner));
            }
            plan.changes.push(change);
        }
        plan.kept.extend(kept);
        self.plan_files(package, doubted, &mut plan);
        if let Some(package) = package {
            self.plan_existing(package, &mut plan);
        }
        self.plan_tables(package, &mut plan);
        let last = self.wanted.last_fields(package);
        if !last.is_empty() {
            let mut change = Change::new(Action::Finish, DATASET);
            change.fields = last;
            plan.changes.push(change);
        }
        plan
    }

    async fn perform(&self, state: &mut State, step: &Change) -> Result<bool, Error> {
        let package = match (&state.holder, step.action) {
            (Holder::Nothing, Action::Create) => {
                let package = self.create(&state.access).await?;
                state.holder = Holder::Dataset(Box::new(package));
                return Ok(false);
            }
            (Holder::Dataset(package), _) => package,
            _ => {
                return Err(Error::Conflict {
                    what: format!("publishing {}", self.wanted.name),
                });
            }
        };
        let path = step.subject.as_str();
        let mut is_read_back = false;
        let changed = match step.action {
            Action::Update if path == DATASET => {
                let update = self.wanted.update(Some(package), &state.access.extensions);
                self.revise(package, update.body).await?
            }
            Action::Update => {
                let file = self.file(path)?;
                let resource = stored(package, file)?;
                let fields = wanted::sent_fields(Some(resource), file);
                let updated = self.set_fields(package, &resource.id, fields).await?;
                let proven = wanted::proven_fields(stored(&updated, file)?, file);
                self.set_fields(&updated, &resource.id, proven).await?
            }
            Action::Upload => {
                let file = self.file(path)?;
                let sent = self.upload(package, file).await?;
                is_read_back = true;
                self.check(&sent, file).await?
            }
            Action::Check => {
                let file = self.file(path)?;
                is_read_back = true;
                match self.check(package, file).await {
                    Err(Error::Checksum { .. }) => {
                        let sent = self.upload(package, file).await?;
                        self.check(&sent, file).await?
                    }
                    checked => checked?,
                }
            }
            Action::Remove => self.remove(package, path.trim_start_matches("resource ")).await?,
            Action::Reorder => {
                self.reorder(package).await?;
                match self.read_holder().await? {
                    Holder::Dataset(package) => *package,
                    _ => {
                        return Err(Error::Conflict {
                            what: "ordering the files".to_owned(),
                        });
                    }
                }
            }
            Action::Load => self.load(package, self.file(path)?).await?,
            Action::Finish => self.revise(package, self.wanted.last_body(package)).await?,
            Action::Create | Action::Copy => {
                return Err(Error::Conflict {
                    what: "creating the dataset".to_owned(),
                });
            }
        };
        state.holder = Holder::Dataset(Box::new(changed));
        Ok(is_read_back)
    }

    fn files(&self, _: &State) -> Vec<(String, String)> {
        self.release
            .files
            .iter()
            .map(|file| (file.path.clone(), file.sha256.clone()))
            .collect()
    }

    async fn digest(&self, state: &State, key: &str) -> Result<String, Error> {
        let Holder::Dataset(package) = &state.holder else {
            return Err(Error::Conflict {
                what: format!("reading {key} back"),
            });
        };
        let resource = stored(package, self.file(key)?)?;
        self.client.digest(&download_path(package, resource)).await
    }
}

/// The resource that holds a file.
fn stored<'s>(package: &'s Package, file: &ReleaseFile) -> Result<&'s Resource, Error> {
    let resource = Ckan::holder_of(Some(package), &file.path);
    resource.ok_or_else(|| Error::Conflict {
        what: format!("publishing {}", file.path),
    })
}

/// Where a resource's file is had, under the portal's address. The `url` of the resource may name another host.
fn download_path(package: &Package, resource: &Resource) -> String {
    let name = resource.file_name().unwrap_or_default();
    format!("dataset/{}/resource/{}/download/{name}", package.id, resource.id)
}
