//! Putting a finished folder or file where it belongs, at once.
//!
//! What is written stands aside, in a folder next to its place, until it is complete. Then it takes the place of the
//! old one in a single step, so that a process killed at any moment leaves the old one or the new one. A file system that
//! can't exchange two folders takes two steps; killed between them, a process leaves both folders, and neither in its place.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::error::{Error, Result};

/// A folder that is being made. Dropping it unfinished removes it.
#[derive(Debug)]
pub struct Staging {
    folder: tempfile::TempDir,
    place: PathBuf,
    /// Locked as long as the process lives: how others know that the folder is no leftover.
    _lock: File,
}

impl Staging {
    /// Makes an empty folder next to `place`, after removing what killed processes left there.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if the folder above `place` can't be written.
    pub fn beside(place: &Path) -> Result<Self> {
        let above = parent(place);
        fs::create_dir_all(above).map_err(Error::io("make", above))?;
        let prefix = staging_prefix(place);
        // Whoever looks for leftovers holds the folder above, and so sees no folder that is not locked yet.
        let guard = File::open(above).map_err(Error::io("open", above))?;
        guard.lock().map_err(Error::io("lock", above))?;
        remove_leftovers(above, &prefix)?;
        let folder = tempfile::Builder::new()
            .prefix(&prefix)
            .tempdir_in(above)
            .map_err(Error::io("make", above))?;
        let lock = File::open(folder.path()).map_err(Error::io("open", folder.path()))?;
        lock.lock().map_err(Error::io("lock", folder.path()))?;
        drop(guard);
        Ok(Self {
            folder,
            place: place.to_path_buf(),
            _lock: lock,
        })
    }

    /// The folder to write into.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Puts the folder in its place once all of it is on the disk, so that not even a power failure leaves half of it.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if the folder can't be written to the disk, or as [`finish`](Self::finish).
    pub fn finish_on_disk(self) -> Result<()> {
        sync_tree(self.folder.path())?;
        let place = self.place.clone();
        self.finish()?;
        sync(parent(&place))
    }

    /// Puts the folder in its place; whatever was there is gone afterwards.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if the folders can't be exchanged; the old one is then still there.
    pub fn finish(self) -> Result<()> {
        open_to_all(self.folder.path())?;
        if self.place.exists() {
            exchange(self.folder.path(), &self.place)?;
            // The old folder is now the temporary one.
            self.folder.close().map_err(Error::io("remove the old", &self.place))?;
        } else {
            let folder = self.folder.keep();
            fs::rename(&folder, &self.place).map_err(Error::io("rename", &folder))?;
        }
        Ok(())
    }

    /// Moves each file into a folder that holds other things too, one after the other.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if a file can't be moved.
    pub fn finish_into(self) -> Result<()> {
        for entry in walkdir::WalkDir::new(self.folder.path()).min_depth(1) {
            let entry = entry.map_err(|e| Error::io("read", self.folder.path())(e.into()))?;
            let to = self
                .place
                .join(entry.path().strip_prefix(self.folder.path()).unwrap_or(entry.path()));
            if entry.file_type().is_dir() {
                fs::create_dir_all(&to).map_err(Error::io("make", &to))?;
            } else {
                fs::rename(entry.path(), &to).map_err(Error::io("write", &to))?;
            }
        }
        Ok(())
    }
}

/// Writes a file aside, then renames it.
///
/// # Errors
///
/// [`Error::Io`] if it can't be written; a file that was there before is then unharmed.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let above = parent(path);
    fs::create_dir_all(above).map_err(Error::io("make", above))?;
    let mut file = tempfile::NamedTempFile::new_in(above).map_err(Error::io("write", path))?;
    file.write_all(bytes).map_err(Error::io("write", path))?;
    file.as_file().sync_all().map_err(Error::io("write", path))?;
    let kept = file.persist(path).map_err(|e| Error::Io {
        action: "rename",
        path: path.into(),
        source: e.error,
    })?;
    readable(&kept, path, 0o644)?;
    Ok(())
}

fn parent(place: &Path) -> &Path {
    match place.parent() {
        Some(above) if !above.as_os_str().is_empty() => above,
        _ => Path::new("."),
    }
}

fn staging_prefix(place: &Path) -> OsString {
    let mut prefix = OsString::from(".");
    prefix.push(place.file_name().unwrap_or_default());
    prefix.push(".new-");
    prefix
}

/// Removes the folders that killed processes left: those that nobody has locked.
fn remove_leftovers(above: &Path, prefix: &OsString) -> Result<()> {
    for entry in fs::read_dir(above).map_err(Error::io("read", above))? {
        let entry = entry.map_err(Error::io("read", above))?;
        let ours = entry
            .file_name()
            .as_encoded_bytes()
            .starts_with(prefix.as_encoded_bytes());
        let path = entry.path();
        if ours && File::open(&path).is_ok_and(|folder| folder.try_lock().is_ok()) {
            fs::remove_dir_all(&path).map_err(Error::io("remove", &path))?;
        }
    }
    Ok(())
}

/// Exchanges two folders in one step where the system can, else by two renames.
fn exchange(new: &Path, old: &Path) -> Result<()> {
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        match renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE) {
            Ok(()) => return Ok(()),
            // A file system without exchange.
            Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS | rustix::io::Errno::NOTSUP) => {}
            Err(error) => return Err(Error::io("exchange", old)(error.into())),
        }
    }
    let mut aside = new.as_os_str().to_owned();
    aside.push("-old");
    let aside = PathBuf::from(aside);
    fs::rename(old, &aside).map_err(Error::io("rename", old))?;
    fs::rename(new, old).map_err(Error::io("rename", new))?;
    fs::rename(&aside, new).map_err(Error::io("rename", &aside))
}

/// Temporary folders are private to their maker; a release is for everyone.
fn open_to_all(folder: &Path) -> Result<()> {
    let handle = File::open(folder).map_err(Error::io("open", folder))?;
    readable(&handle, folder, 0o755)
}

#[cfg(unix)]
fn readable(file: &File, path: &Path, mode: u32) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(mode))
        .map_err(Error::io("open to readers", path))
}

#[cfg(not(unix))]
fn readable(_: &File, _: &Path, _: u32) -> Result<()> {
    Ok(())
}

fn sync_tree(folder: &Path) -> Result<()> {
    let entries: Vec<_> = walkdir::WalkDir::new(folder)
        .into_iter()
        .collect::<std::result::Result<_, _>>()
        .map_err(|e| Error::io("read", folder)(e.into()))?;
    entries.par_iter().try_for_each(|entry| sync(entry.path()))
}

/// Waits until a file or folder is on the disk.
fn sync(path: &Path) -> Result<()> {
    File::open(path)
        .and_then(|file| file.sync_all())
        .map_err(Error::io("flush", path))
}
