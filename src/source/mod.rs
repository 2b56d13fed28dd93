//! Where a report's bytes come from: paths, globs, standard input, HTTP, object stores.
