//! A release folder: data, metadata for machines, pages for people.

pub mod page;
