//! Logs on standard error.

use std::io::IsTerminal;

use tracing::level_filters::LevelFilter;

/// Starts logging for the process: warnings, or as much as was asked for.
pub fn start(quiet: bool, verbose: u8) {
    let level = match (quiet, verbose) {
        (true, _) => LevelFilter::ERROR,
        (false, 0) => LevelFilter::WARN,
        (false, 1) => LevelFilter::INFO,
        (false, _) => LevelFilter::DEBUG,
    };
    // Other crates' steps are of no interest to who reads a report.
    let filter = tracing_subscriber::EnvFilter::new(format!("off,gongkai={level},pipeline={level}"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .without_time()
        .with_target(false)
        .init();
}
