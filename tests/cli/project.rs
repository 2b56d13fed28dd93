//! A project in a temporary folder, and the binary run in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use sha2::{Digest, Sha256};

/// A made-up report with growth, targets, a range and a footnote.
pub const SAMPLE: &str = include_str!("sample.txt");

/// A folder with pipelines and releases.
pub struct Project {
    folder: tempfile::TempDir,
}

/// What a command printed and how it ended.
pub struct Ran {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Project {
    /// An empty folder.
    pub fn empty() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// A project with the pipeline `sample` over [`SAMPLE`], made by `pipeline new`.
    pub fn sample() -> Self {
        let project = Self::empty();
        project.write("sample.txt", SAMPLE);
        project.done(&["new", "sample", "sample.txt", "--project", "."]);
        project
    }

    pub fn path(&self, inside: &str) -> PathBuf {
        self.folder.path().join(inside)
    }

    pub fn write(&self, inside: &str, text: &str) {
        let path = self.path(inside);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn read(&self, inside: &str) -> String {
        fs::read_to_string(self.path(inside)).unwrap()
    }

    /// Replaces `from`, which must be there, in a file.
    pub fn edit(&self, inside: &str, from: &str, to: &str) {
        let text = self.read(inside);
        assert!(text.contains(from), "`{from}` is not in {inside}:\n{text}");
        self.write(inside, &text.replacen(from, to, 1));
    }

    /// Brings a file's line of a release's `SHA256SUMS` up to date.
    pub fn sum(&self, release: &str, file: &str) {
        let sum = sha256(&fs::read(self.path(release).join(file)).unwrap());
        let sums = format!("{release}/SHA256SUMS");
        let line = |line: &str| match line.split_once("  ") {
            Some((_, name)) if name == file => format!("{sum}  {name}\n"),
            _ => format!("{line}\n"),
        };
        let text: String = self.read(&sums).lines().map(line).collect();
        self.write(&sums, &text);
    }

    /// The command, to be run in the project's folder.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pipeline"));
        command.args(args).current_dir(self.folder.path()).stdin(Stdio::null());
        command
    }

    /// Runs the command.
    pub fn run(&self, args: &[&str]) -> Ran {
        self.command(args).output().unwrap().into()
    }

    /// Runs a command that must end with exit status 0.
    pub fn done(&self, args: &[&str]) -> Ran {
        self.ends(args, 0)
    }

    /// Runs a command that must end with this exit status.
    pub fn ends(&self, args: &[&str], status: i32) -> Ran {
        let ran = self.run(args);
        assert_eq!(
            ran.status,
            status,
            "pipeline {}\n{}{}",
            args.join(" "),
            ran.stdout,
            ran.stderr
        );
        ran
    }

    /// The rows of a CSV file, as maps.
    pub fn rows(&self, inside: &str) -> Vec<BTreeMap<String, String>> {
        csv::Reader::from_path(self.path(inside))
            .unwrap()
            .deserialize()
            .collect::<Result<_, _>>()
            .unwrap()
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// Every file below a folder with its bytes.
pub fn snapshot(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.insert(
                    path.strip_prefix(folder).unwrap().to_path_buf(),
                    fs::read(&path).unwrap(),
                );
            }
        }
    }
    files
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Says what is wrong with a release by its own `SHA256SUMS`; `None` if every file is there and right.
pub fn broken(release: &Path) -> Option<String> {
    let mut files = snapshot(release);
    let Some(sums) = files.remove(Path::new("SHA256SUMS")) else {
        return Some("no SHA256SUMS".to_owned());
    };
    for line in String::from_utf8(sums).unwrap().lines() {
        let (sum, name) = line.split_once("  ").unwrap();
        let Some(bytes) = files.remove(Path::new(name)) else {
            return Some(format!("no {name}"));
        };
        if sha256(&bytes) != sum {
            return Some(format!("wrong sum of {name}"));
        }
    }
    files
        .keys()
        .next()
        .map(|name| format!("{} is not listed", name.display()))
}
