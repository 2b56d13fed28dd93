//! Options of every command that fetches sources.

use std::path::PathBuf;

use crate::pipeline::Access;

/// How sources are fetched.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Sources from a network")]
pub struct SourceOptions {
    /// Ask no server; take addresses from kept snapshots.
    #[arg(long)]
    offline: bool,
    /// Connect to private and loopback addresses too.
    #[arg(long)]
    allow_private: bool,
    /// Folder in which copies of what came over a network are kept.
    #[arg(long, value_name = "DIR")]
    snapshots: Option<PathBuf>,
}

impl From<&SourceOptions> for Access {
    fn from(options: &SourceOptions) -> Self {
        Self {
            offline: options.offline,
            allow_private: options.allow_private,
            snapshots: options.snapshots.clone(),
            look_only: false,
        }
    }
}
