//! The two streams: data on standard output, everything for people on standard error.

use std::io::{self, BufWriter, StdoutLock, Write};

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

/// Standard output, buffered. A reader that has left is an error of kind `BrokenPipe`, which [`reader_left`] knows.
#[must_use]
pub fn stdout() -> BufWriter<StdoutLock<'static>> {
    BufWriter::new(io::stdout().lock())
}

/// Whether the error is that nobody reads our output any more.
#[must_use]
pub fn reader_left(error: &anyhow::Error) -> bool {
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
