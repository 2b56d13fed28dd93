//! A release onto a portal: plan, then apply.
//!
//! [`plan`] reads the release folder and the target and tells what publishing would do; it writes nothing.
//! [`apply`] does it. Both describe the target's state and the release's, and close the gap between them step by
//! step, so applying twice changes nothing, and applying after an interruption finishes what was begun. A step that
//! may have failed is never sent again blindly: the target is read anew and the rest is planned from what is there.
//!
//! A kind of target is one module that implements [`Target`]: [`ckan`] for a CKAN portal, [`folder`] for an object
//! store or a plain folder that is served as a static portal.

mod ckan;
mod error;
mod folder;
mod plan;
mod release;
mod secret;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

pub use error::Error;
pub use plan::{Action, Applied, Change, FieldChange, Plan, Remark};
pub use release::Release;

use self::secret::Token;

/// What to publish, where, and how.
#[derive(Debug, Clone)]
pub struct Options {
    /// The release folder.
    pub release: PathBuf,
    /// The target: `https://…` for CKAN, `s3://bucket/prefix` or `file:///path` for a static portal.
    pub to: String,
    /// The CKAN organisation that owns a new dataset. Default: the only one in which the user may create datasets.
    pub organization: Option<String>,
    /// File that holds the CKAN token. Default: the environment variable `CKAN_API_TOKEN`.
    pub token_file: Option<PathBuf>,
    /// Whether to fill the CKAN `DataStore` from the CSV files.
    pub datastore: bool,
    /// Whether a release may be published whose homepage or publisher is an example, as `new` writes them.
    pub placeholders: bool,
    /// Largest file that the target takes, in bytes, where that is known.
    pub max_upload: Option<u64>,
    /// First pause before a request is tried again; it doubles from time to time.
    pub pause: Duration,
}

impl Options {
    /// Options with which only the release and the target are given.
    pub fn new(release: impl Into<PathBuf>, to: impl Into<String>) -> Self {
        Self {
            release: release.into(),
            to: to.into(),
            organization: None,
            token_file: None,
            datastore: false,
            placeholders: false,
            max_upload: None,
            pause: Duration::from_millis(500),
        }
    }
}

/// Tells what publishing would do. Nothing is written.
///
/// # Errors
/// When the release is not well formed, an option is not usable, or the target can't be read.
pub fn plan(options: &Options) -> Result<Plan, Error> {
    let release = Release::open(&options.release)?;
    run(options, &release, Job::Plan).map(|(plan, _)| plan)
}

/// Publishes, and reads every file back. `on_step` is called before each step.
///
/// # Errors
/// Those of [`plan`]; [`Error::Placeholder`] when the homepage or the publisher is an example and the target is not on this machine;
/// [`Error::Blocked`], before anything is written, when something stands in the way; any other when the target fails part-way. What was
/// done by then stays, and applying again continues from there.
pub fn apply(options: &Options, on_step: &mut dyn FnMut(&Change)) -> Result<Applied, Error> {
    let release = Release::open(&options.release)?;
    let address = secret::checked_address(&options.to)?;
    if !options.placeholders && address.scheme() != "file" && !secret::is_loopback(&address) {
        release.check_addresses()?;
    }
    let (plan, outcome) = run(options, &release, Job::Apply(on_step))?;
    Ok(Applied {
        plan,
        steps: outcome.steps,
        bytes_sent: outcome.bytes_sent,
        files_verified: outcome.verified.len(),
    })
}

enum Job<'a> {
    Plan,
    Apply(&'a mut dyn FnMut(&Change)),
}

/// Opens the target that the address names, and does the job there.
fn run(options: &Options, release: &Release, job: Job<'_>) -> Result<(Plan, Outcome), Error> {
    let address = secret::checked_address(&options.to)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Error::Settings(format!("no runtime for network requests: {error}")))?;
    runtime.block_on(async {
        match address.scheme() {
            "http" | "https" => {
                let token = Token::load(options.token_file.as_deref())?;
                work(&ckan::Ckan::new(release, options, address, token)?, options.pause, job).await
            }
            "s3" | "file" => work(&folder::Folder::new(release, options, &address)?, options.pause, job).await,
            other => Err(Error::Settings(format!(
                "can't publish to {other}: addresses; expected https://…, s3://bucket/prefix or file:///path"
            ))),
        }
    })
}

/// A place that holds releases. A further kind of portal is a module that implements this.
///
/// Keys name files of the target, and are the subjects of the steps that change them.
trait Target {
    /// What the target holds, as far as it matters for this release.
    type State;

    /// Reads the target. Writes nothing.
    async fn read(&self) -> Result<Self::State, Error>;

    /// The steps from `state` to the release. The files in `doubted` are sent whatever the target says of them.
    fn plan(&self, state: &Self::State, doubted: &BTreeSet<String>) -> Plan;

    /// Carries one step out and brings `state` up to date. Returns whether the step's file was read back.
    async fn perform(&self, state: &mut Self::State, step: &Change) -> Result<bool, Error>;

    /// The files that the target must hold: key and sha256 in lower-case hexadecimal.
    fn files(&self, state: &Self::State) -> Vec<(String, String)>;

    /// The sha256 of the bytes that the target gives for a key.
    async fn digest(&self, state: &Self::State, key: &str) -> Result<String, Error>;
}

/// What an application did.
#[derive(Default)]
struct Outcome {
    steps: usize,
    bytes_sent: u64,
    verified: BTreeSet<String>,
}

/// How many failures in a row that may pass are borne.
const PATIENCE: u32 = 5;
/// How often a target may be found changed again by someone else before we give up.
const PASSES: usize = 40;

async fn work<T: Target>(target: &T, pause: Duration, job: Job<'_>) -> Result<(Plan, Outcome), Error> {
    let state = target.read().await?;
    let plan = target.plan(&state, &BTreeSet::new());
    let Job::Apply(on_step) = job else {
        return Ok((plan, Outcome::default()));
    };
    if plan.is_blocked() {
        return Err(Error::Blocked(Box::new(plan)));
    }
    let mut outcome = Outcome::default();
    match reconcile(target, state, pause, on_step, &mut outcome).await {
        Ok(()) => Ok((plan, outcome)),
        Err(blocked @ Error::Blocked(_)) if outcome.steps == 0 => Err(blocked),
        Err(error) => {
            let planned = plan.changes.len();
            Err(Error::Stopped {
                done: outcome.steps,
                planned,
                source: Box::new(error),
            })
        }
    }
}

/// Plans and performs until nothing is left to do and every file is read back with its checksum.
async fn reconcile<T: Target>(
    target: &T,
    mut state: T::State,
    pause: Duration,
    on_step: &mut dyn FnMut(&Change),
    outcome: &mut Outcome,
) -> Result<(), Error> {
    let mut doubted = BTreeSet::new();
    let mut failures = 0;
    let mut last_full_pass: Option<Plan> = None;
    for _ in 0..PASSES {
        let plan = target.plan(&state, &doubted);
        if plan.is_blocked() {
            return Err(Error::Blocked(Box::new(plan)));
        }
        if last_full_pass
            .as_ref()
            .is_some_and(|last| last.changes == plan.changes && !plan.changes.is_empty())
        {
            return Err(not_kept(&plan));
        }
        let attempt = if plan.changes.is_empty() {
            let wrong = read_back(target, &state, &mut outcome.verified).await;
            match wrong {
                Ok(None) => return Ok(()),
                Ok(Some((key, error))) => {
                    if !doubted.insert(key) {
                        return Err(error);
                    }
                    last_full_pass = None;
                    continue;
                }
                Err(error) => Err(error),
            }
        } else {
            pass(target, &mut state, &plan, &mut doubted, on_step, outcome).await
        };
        match attempt {
            Ok(()) => {
                failures = 0;
                last_full_pass = Some(plan);
            }
            Err(error) if error.is_transient() && failures + 1 < PATIENCE => {
                last_full_pass = None;
                tracing::warn!("{error}; reading the target again");
                tokio::time::sleep(pause * 2_u32.pow(failures)).await;
                failures += 1;
            }
            Err(error) => return Err(error),
        }
        state = target.read().await?;
    }
    Err(Error::Conflict {
        what: "publishing".to_owned(),
    })
}

/// Carries out the steps of one plan, up to the first that fails.
async fn pass<T: Target>(
    target: &T,
    state: &mut T::State,
    plan: &Plan,
    doubted: &mut BTreeSet<String>,
    on_step: &mut dyn FnMut(&Change),
    outcome: &mut Outcome,
) -> Result<(), Error> {
    for step in &plan.changes {
        on_step(step);
        outcome.verified.remove(&step.subject);
        let is_read_back = target.perform(state, step).await?;
        outcome.steps += 1;
        outcome.bytes_sent += step.bytes.unwrap_or(0);
        doubted.remove(&step.subject);
        if is_read_back {
            outcome.verified.insert(step.subject.clone());
        }
    }
    Ok(())
}

/// Reads the files back that were not read back yet. Returns the first one with other bytes than the release's.
async fn read_back<T: Target>(
    target: &T,
    state: &T::State,
    verified: &mut BTreeSet<String>,
) -> Result<Option<(String, Error)>, Error> {
    for (key, expected) in target.files(state) {
        if verified.contains(&key) {
            continue;
        }
        let found = target.digest(state, &key).await?;
        if found != expected {
            return Ok(Some((
                key.clone(),
                Error::Checksum {
                    subject: key,
                    expected,
                    found,
                },
            )));
        }
        verified.insert(key);
    }
    Ok(None)
}

fn not_kept(plan: &Plan) -> Error {
    let step = &plan.changes[0];
    let fields: Vec<_> = step.fields.iter().map(|field| field.field.as_str()).collect();
    Error::NotKept {
        subject: step.subject.clone(),
        fields: fields.join(", "),
    }
}
