//! A pipeline: its file, and the run that turns it into a release.
