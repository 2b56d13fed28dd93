//! The two streams: data on standard output, everything for people on standard error.

use std::io::{self, BufWriter, StdoutLock, Write};

use super::Outcome;

/// What people want to see on standard error.
#[derive(Debug, Clone, Copy)]
pub struct Screen {
    pub quiet: bool,
    pub verbose: bool,
}

impl Screen {
    /// Prints a line for people, unless they asked for quiet.
    pub fn say(self, line: impl AsRef<str>) {
        if !self.quiet {
            print_line(line.as_ref());
        }
    }
}

/// Writes data to standard output, and ends with `outcome`: also if the reader has seen enough and left, as `head` does.
///
/// # Errors
///
/// Those of `write`, and of writing.
pub fn data(
    outcome: Outcome,
    write: impl FnOnce(&mut BufWriter<StdoutLock<'static>>) -> anyhow::Result<()>,
) -> anyhow::Result<Outcome> {
    let mut out = BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| Ok(out.flush()?)) {
        Err(error) if !reader_left(&error) => Err(error),
        _ => Ok(outcome),
    }
}

/// Whether the error is that nobody reads our output any more.
fn reader_left(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

/// Prints an error with the chain of its causes.
pub fn print_error(error: &anyhow::Error) {
    print_line(&format!("error: {error}"));
    for cause in error.chain().skip(1) {
        print_line(&format!("  because: {cause}"));
    }
}

/// Standard error may be closed; there is nobody left to tell then.
fn print_line(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}
