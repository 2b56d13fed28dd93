//! The rooms in their order: what `pipeline run`, `extract` and `new` do.
//!
//! This is orchestration only: which reports, in which order, on how many threads, and where the result goes.
//! Whatever is done to a report or a table is done in its own room.

mod assemble;
pub mod config;
mod correction;
mod engine;
mod error;
mod explain;
mod extract;
mod files;
mod fingerprint;
mod inputs;
mod new;
mod open;
mod place;
mod run;
mod summary;
mod workspace;

pub use assemble::Assembled;
pub use config::Known;
pub use correction::{COLUMNS, Correction};
pub use error::{Error, Result};
pub use explain::{Which, explain};
pub use extract::{ExtractOptions, extract};
pub use files::Format;
pub use inputs::Access;
pub use new::{NewPipeline, new};
pub use open::{Opened, read};
pub use run::{RunOptions, RunOutcome, rebuild, run};
pub use summary::Summary;
pub use workspace::Workspace;

/// Hears how far a task has come. Called from several threads.
pub trait Progress: Sync {
    /// A task of so many steps begins.
    fn begin(&self, what: &str, steps: usize);
    /// One step is done.
    fn advance(&self);
}

/// For tasks that nobody watches.
impl Progress for () {
    fn begin(&self, _: &str, _: usize) {}
    fn advance(&self) {}
}

/// Runs `task` with so many threads for what it does in parallel; `None` is one a core.
///
/// # Errors
///
/// [`Error::Threads`] if the threads can't be started.
pub fn with_threads<T: Send>(jobs: Option<usize>, task: impl FnOnce() -> T + Send) -> Result<T> {
    let jobs = jobs.unwrap_or(0);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(jobs)
        .build()
        .map_err(|source| Error::Threads { jobs, source })?;
    Ok(pool.install(task))
}
