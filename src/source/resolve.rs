//! What the user wrote, to inputs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use url::Url;
use walkdir::WalkDir;

use super::{Input, Location, SourceError};

/// Extensions that a directory is searched for.
const EXTENSIONS: [&str; 7] = ["docx", "htm", "html", "markdown", "md", "pdf", "txt"];

/// Turns paths, globs, directories, `-` and addresses into inputs: in the order given, a glob's or directory's files
/// by path, each input once. Nothing is opened.
///
/// # Errors
///
/// [`SourceError::NotFound`], [`SourceError::NoMatch`], [`SourceError::Glob`], [`SourceError::Address`] for what names
/// no input; [`SourceError::SameReport`] when two inputs have the same `report_id`.
pub fn resolve<S: AsRef<str>>(specs: &[S]) -> Result<Vec<Input>, SourceError> {
    let mut inputs: Vec<Input> = Vec::new();
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for input in specs
        .iter()
        .map(|spec| resolve_one(spec.as_ref()))
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .flatten()
    {
        match seen.get(&input.report_id) {
            Some(uri) if *uri == input.uri => {}
            Some(uri) => {
                return Err(SourceError::SameReport {
                    report_id: input.report_id,
                    first: uri.clone(),
                    second: input.uri,
                });
            }
            None => {
                seen.insert(input.report_id.clone(), input.uri.clone());
                inputs.push(input);
            }
        }
    }
    Ok(inputs)
}

fn resolve_one(spec: &str) -> Result<Vec<Input>, SourceError> {
    if spec == "-" {
        let (report_id, uri) = ("stdin".to_owned(), spec.to_owned());
        return Ok(vec![Input {
            report_id,
            uri,
            location: Location::Stdin,
            sha256: None,
        }]);
    }
    if spec.contains("://") {
        return address(spec).map(|input| vec![input]);
    }
    let path = Path::new(spec);
    if path.is_dir() {
        return directory(spec, path);
    }
    // A file whose name holds `[` or `*` is that file, not a glob.
    if path.exists() {
        return Ok(vec![file(path)]);
    }
    if spec.contains(['*', '?', '[']) {
        glob(spec)
    } else {
        Err(SourceError::NotFound { uri: spec.to_owned() })
    }
}

fn address(uri: &str) -> Result<Input, SourceError> {
    let wrong = |reason: String| SourceError::Address {
        uri: uri.to_owned(),
        reason,
    };
    let url = Url::parse(uri).map_err(|error| wrong(error.to_string()))?;
    let last = url
        .path_segments()
        .and_then(|mut parts| parts.rfind(|part| !part.is_empty()));
    let report_id = match last {
        Some(name) => stem(&percent_decoded(name)),
        None => url
            .host_str()
            .map(str::to_owned)
            .ok_or_else(|| wrong("no host".to_owned()))?,
    };
    let location = match url.scheme() {
        "http" | "https" => Location::Http(url),
        "s3" | "file" => Location::Store(url),
        scheme => return Err(wrong(format!("found `{scheme}`"))),
    };
    Ok(Input {
        report_id,
        uri: uri.to_owned(),
        location,
        sha256: None,
    })
}

fn directory(spec: &str, path: &Path) -> Result<Vec<Input>, SourceError> {
    let visible =
        |entry: &walkdir::DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
    let mut inputs = Vec::new();
    for entry in WalkDir::new(path).sort_by_file_name().into_iter().filter_entry(visible) {
        let entry = entry.map_err(|error| SourceError::Io {
            uri: spec.to_owned(),
            source: error.into(),
        })?;
        if entry.file_type().is_file() && has_known_extension(entry.path()) {
            inputs.push(file(entry.path()));
        }
    }
    if inputs.is_empty() {
        let expected = format!("files ending in {}", EXTENSIONS.join(", "));
        return Err(SourceError::NoMatch {
            spec: spec.to_owned(),
            expected,
        });
    }
    Ok(inputs)
}

fn glob(spec: &str) -> Result<Vec<Input>, SourceError> {
    let paths = glob::glob(spec).map_err(|error| SourceError::Glob {
        spec: spec.to_owned(),
        position: error.pos + 1,
        reason: error.msg.to_owned(),
    })?;
    let mut files: Vec<PathBuf> = Vec::new();
    for path in paths {
        let path = path.map_err(|error| SourceError::Io {
            uri: spec.to_owned(),
            source: error.into(),
        })?;
        if path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() {
        return Err(SourceError::NoMatch {
            spec: spec.to_owned(),
            expected: "files that match the glob".to_owned(),
        });
    }
    Ok(files.iter().map(|path| file(path)).collect())
}

fn file(path: &Path) -> Input {
    let uri = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    let name = path
        .file_name()
        .map_or_else(|| uri.clone(), |name| name.to_string_lossy().into_owned());
    Input {
        report_id: stem(&name),
        uri,
        location: Location::Path(path.to_owned()),
        sha256: None,
    }
}

/// File name without its extension.
fn stem(name: &str) -> String {
    Path::new(name)
        .file_stem()
        .map_or_else(|| name.to_owned(), |stem| stem.to_string_lossy().into_owned())
}

fn has_known_extension(path: &Path) -> bool {
    path.extension()
        .and_then(|extension| extension.to_str())
        .is_some_and(|extension| EXTENSIONS.contains(&extension.to_ascii_lowercase().as_str()))
}

/// Decodes `%E6%8A%A5` and the like; a sequence that isn't one stays as it is.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hex = (byte == b'%')
            .then(|| after.get(..2))
            .flatten()
            .filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))
            .and_then(|digits| std::str::from_utf8(digits).ok());
        if let Some(value) = hex.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            bytes.push(value);
            rest = &after[2..];
        } else {
            bytes.push(byte);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).replace('/', "_")
}
