//! Where reports come from: sources and readers.

use gongkai::{fact, read};

mod docx;
mod hostile;
mod html;
mod invariants;
mod markdown;
mod pdf;
mod properties;
mod source;
mod support;
mod text;
