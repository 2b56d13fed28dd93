//! A report's numbers checked against each other.
