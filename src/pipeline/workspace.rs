//! The folder that holds `pipelines/` and `output/`.

use std::path::{Path, PathBuf};

use super::config::{self, Pipeline};
use super::error::{Error, Result};

/// Folder of the pipeline files, in the project's folder.
const PIPELINES: &str = "pipelines";
/// Folder of the releases.
const OUTPUT: &str = "output";

/// A project: its pipelines and its releases.
#[derive(Debug, Clone)]
pub struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// The project in `root`, or, if none is given, in the current folder or the nearest above it that has one.
    ///
    /// # Errors
    ///
    /// [`Error::NoProject`] if there is no folder `pipelines/`.
    pub fn find(root: Option<&Path>) -> Result<Self> {
        let found = match root {
            Some(root) => Some(root.to_path_buf()).filter(|root| root.join(PIPELINES).is_dir()),
            // Paths from here are shorter to read than those from the top.
            None if Path::new(PIPELINES).is_dir() => Some(PathBuf::new()),
            None => {
                let here = std::env::current_dir().map_err(Error::io("find", "the current folder"))?;
                here.ancestors()
                    .find(|folder| folder.join(PIPELINES).is_dir())
                    .map(Path::to_path_buf)
            }
        };
        let Some(root) = found else {
            let place = root.map_or_else(
                || "this folder or one above it".to_owned(),
                |root| root.display().to_string(),
            );
            return Err(Error::NoProject(place));
        };
        Ok(Self { root })
    }

    /// The project in `root`, which gets its folder of pipelines when the first one is written.
    #[must_use]
    pub fn at(root: &Path) -> Self {
        Self {
            root: root.to_path_buf(),
        }
    }

    /// Every pipeline's name, sorted.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if the folder can't be read.
    pub fn names(&self) -> Result<Vec<String>> {
        config::list(&self.root.join(PIPELINES))
    }

    /// Folder of the pipeline `name`.
    #[must_use]
    pub fn pipeline(&self, name: &str) -> PathBuf {
        self.root.join(PIPELINES).join(name)
    }

    /// Reads the pipeline `name`.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownPipeline`], and those of [`Pipeline::load`].
    pub fn load(&self, name: &str) -> Result<Pipeline> {
        let folder = self.pipeline(name);
        if !folder.join(config::FILE_NAME).is_file() {
            return Err(Error::UnknownPipeline {
                name: name.to_owned(),
                root: self.root.join(PIPELINES),
                found: self.names()?.join(", "),
            });
        }
        Pipeline::load(&folder)
    }

    /// Folder of all releases.
    #[must_use]
    pub fn output(&self) -> PathBuf {
        self.root.join(OUTPUT)
    }
}
