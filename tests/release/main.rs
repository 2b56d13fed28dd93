//! Tables and releases, through the library's public interface.

mod compare;
mod fixture;
mod folder;
mod queries;
mod tables;
