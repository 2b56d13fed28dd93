//! A release folder: data, metadata for machines, pages for people.

mod description;
pub mod page;
mod version;

pub use description::{
    Catalogue, Contact, Description, Frequency, Keywords, Licence, Portal, Previous, Publisher, PublisherKind, Spatial,
    Temporal,
};
pub use version::{Change, Version};
