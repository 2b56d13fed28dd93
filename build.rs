//! Hashes what decides how a report is read, for the record of what made a release.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use sha2::{Digest, Sha256};

/// Folders whose content decides how a report is read.
const FOLDERS: &[&str] = &[
    "src/read",
    "src/document",
    "src/lexicon",
    "src/lex",
    "src/grammar",
    "src/rules",
    "src/fact",
    "src/normalise",
    "src/audit",
    "schemas",
];

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut hash = Sha256::new();
    for folder in FOLDERS {
        println!("cargo::rerun-if-changed={folder}");
        for file in files(&root.join(folder))? {
            let name = file
                .strip_prefix(&root)
                .unwrap_or(&file)
                .to_string_lossy()
                .replace('\\', "/");
            hash.update(name);
            hash.update(b"\0");
            // A checkout may have other line ends.
            hash.update(fs::read_to_string(&file)?.replace("\r\n", "\n"));
            hash.update(b"\0");
        }
    }
    let hex = hash.finalize().iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    println!("cargo::rustc-env=GONGKAI_RULES_SHA256={hex}");
    Ok(())
}

/// Every file below a folder, sorted.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
