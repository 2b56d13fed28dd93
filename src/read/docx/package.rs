//! The zip archive and the XML files in it.

use std::io::{Cursor, Read};

use encoding_rs::{Encoding, UTF_8};
use roxmltree::{Document, ParsingOptions};
use zip::ZipArchive;
use zip::result::ZipError;

use crate::read::{Limits, ReadError, tags};

/// Most nodes of one XML file. The longest reports have some tens of thousands.
const MOST_NODES: u32 = 2_000_000;
/// Most attributes of a tag. The parser compares each with all before it.
const MOST_ATTRIBUTES: usize = 1024;

/// An open archive.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    name: &'a str,
    limits: &'a Limits,
    /// Bytes unpacked so far.
    unpacked: usize,
}

impl<'a> Package<'a> {
    /// Opens an archive.
    ///
    /// # Errors
    ///
    /// [`ReadError::Damaged`].
    pub fn open(bytes: &'a [u8], name: &'a str, limits: &'a Limits) -> Result<Self, ReadError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(name, "zip archive", &error))?;
        Ok(Self {
            archive,
            name,
            limits,
            unpacked: 0,
        })
    }

    /// Path of the main document, as the package's relationships name it.
    ///
    /// # Errors
    ///
    /// [`ReadError::Unsupported`] when the archive holds none, [`ReadError::Damaged`].
    pub fn main_part(&mut self) -> Result<String, ReadError> {
        let mut main = "word/document.xml".to_owned();
        if let Some(text) = self.part("_rels/.rels")? {
            let relations = self.parse(&text, "_rels/.rels")?;
            let target = relations
                .descendants()
                .find(|node| {
                    node.attribute("Type")
                        .is_some_and(|kind| kind.ends_with("/officeDocument"))
                })
                .and_then(|node| node.attribute("Target"));
            if let Some(target) = target {
                target.trim_start_matches('/').clone_into(&mut main);
            }
        }
        if self.archive.index_for_name(&main).is_none() || !main.starts_with("word/") {
            let found = if self.archive.index_for_name("content.xml").is_some() {
                "an OpenDocument file: save it as .docx"
            } else {
                "a zip archive without a Word document: unpack it first"
            };
            return Err(ReadError::Unsupported {
                name: self.name.to_owned(),
                found,
            });
        }
        Ok(main)
    }

    /// Text of a part, none if the archive has no such part.
    ///
    /// # Errors
    ///
    /// [`ReadError::Damaged`], [`ReadError::OverLimit`].
    pub fn part(&mut self, path: &str) -> Result<Option<String>, ReadError> {
        let file = match self.archive.by_name(path) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(damaged(self.name, path, &error)),
        };
        let limit = self
            .limits
            .part_bytes
            .min(self.limits.unpacked_bytes.saturating_sub(self.unpacked));
        let mut bytes = Vec::new();
        let read = file.take(limit as u64 + 1).read_to_end(&mut bytes);
        read.map_err(|error| damaged(self.name, path, &error))?;
        if bytes.len() > limit {
            return Err(self.over(path, limit, "bytes unpacked"));
        }
        self.unpacked += bytes.len();
        let encoding = Encoding::for_bom(&bytes).map_or(UTF_8, |(encoding, _)| encoding);
        let (text, _, broken) = encoding.decode(&bytes);
        if broken {
            return Err(damaged(self.name, path, &format!("expected {}", encoding.name())));
        }
        Ok(Some(text.into_owned()))
    }

    /// Text of a part that must be there.
    ///
    /// # Errors
    ///
    /// As [`Package::part`].
    pub fn required(&mut self, path: &str) -> Result<String, ReadError> {
        self.part(path)?
            .ok_or_else(|| damaged(self.name, path, &"not in the archive"))
    }

    /// Parses a part's text. A document type declaration, which could define expanding entities, is refused.
    ///
    /// # Errors
    ///
    /// [`ReadError::Damaged`], [`ReadError::OverLimit`].
    pub fn parse<'t>(&self, text: &'t str, path: &str) -> Result<Document<'t>, ReadError> {
        if tags::crowded_tag(text.as_bytes(), MOST_ATTRIBUTES).is_some() {
            return Err(self.over(path, MOST_ATTRIBUTES, "attributes of one tag"));
        }
        if tags::deepest(text.as_bytes()) > self.limits.depth {
            return Err(self.over(path, self.limits.depth, "nested elements"));
        }
        let options = ParsingOptions {
            nodes_limit: MOST_NODES,
            ..ParsingOptions::default()
        };
        Document::parse_with_options(text, options).map_err(|error| match error {
            roxmltree::Error::NodesLimitReached => self.over(path, MOST_NODES as usize, "nodes"),
            error => damaged(self.name, path, &error),
        })
    }

    fn over(&self, path: &str, limit: usize, what: &'static str) -> ReadError {
        ReadError::OverLimit {
            name: self.name.to_owned(),
            format: "DOCX",
            place: path.to_owned(),
            limit,
            what,
        }
    }
}

fn damaged(name: &str, place: &str, reason: &dyn std::fmt::Display) -> ReadError {
    ReadError::Damaged {
        name: name.to_owned(),
        format: "DOCX",
        place: place.to_owned(),
        reason: reason.to_string(),
    }
}
