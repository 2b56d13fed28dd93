//! Publishing, against servers that live in the tests.

mod ckan;
mod fake_ckan;
mod faults;
mod folder;
mod http;
mod release;
