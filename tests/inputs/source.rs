//! Sources: files, and a server on this machine.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use gongkai::source::{
    FetchOptions, Fetched, Fetcher, Input, Location, PrivateAddresses, Snapshots, SourceError, resolve,
};
use tempfile::tempdir;

/// A server that gives one answer after the other and notes the requests. The last answer is given again and again.
struct Server {
    address: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn new(answers: Vec<String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let noted = Arc::clone(&requests);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut noted = noted.lock().unwrap();
                let answer = &answers[noted.len().min(answers.len() - 1)];
                noted.push(serve(&stream.unwrap(), answer));
            }
        });
        Self { address, requests }
    }

    fn input(&self, path: &str) -> Input {
        resolve(&[format!("{}/{path}", self.address)]).unwrap().remove(0)
    }

    fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

/// Reads a request and gives an answer.
fn serve(mut stream: &TcpStream, answer: &str) -> String {
    let mut request = String::new();
    for line in BufReader::new(stream).lines() {
        let line = line.unwrap();
        if line.is_empty() {
            break;
        }
        request += &(line.to_ascii_lowercase() + "\n");
    }
    // The client may hang up before it has all of a body that is too large.
    let _ = stream.write_all(answer.as_bytes());
    let _ = stream.shutdown(Shutdown::Write);
    request
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

fn options() -> FetchOptions {
    FetchOptions {
        private_addresses: PrivateAddresses::AllowedFor(vec!["127.0.0.1".into()]),
        backoff: Duration::from_millis(5),
        timeout: Duration::from_secs(5),
        store_settings: std::collections::BTreeMap::default(),
        ..FetchOptions::default()
    }
}

fn fetch(server: &Server, options: FetchOptions) -> Result<Fetched, SourceError> {
    Fetcher::new(options).fetch(&server.input("report.txt"))
}

const SHA256_OF_TEXT: &str = "982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1";

#[test]
fn paths_globs_and_directories_give_sorted_inputs() {
    let folder = tempdir().unwrap();
    for name in [
        "b.txt",
        "a.pdf",
        "sub/c.MD",
        "sub/.hidden.txt",
        "notes.csv",
        "odd[1].txt",
    ] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "text").unwrap();
    }
    let ids = |spec: &str| -> Result<Vec<String>, SourceError> {
        let spec = format!("{}{spec}", folder.path().display());
        Ok(resolve(&[spec])?.into_iter().map(|input| input.report_id).collect())
    };
    assert_eq!(ids("").unwrap(), ["a", "b", "odd[1]", "c"]);
    assert_eq!(ids("/*.txt").unwrap(), ["b", "odd[1]"]);
    assert_eq!(ids("/odd[1].txt").unwrap(), ["odd[1]"]);
    assert!(matches!(ids("/none.txt"), Err(SourceError::NotFound { .. })));
    assert!(matches!(ids("/*.docx"), Err(SourceError::NoMatch { .. })));
    assert!(matches!(ids("/[.txt"), Err(SourceError::Glob { .. })));
}

#[test]
fn addresses_give_their_last_part_as_id() {
    let inputs = resolve(&[
        "https://example.org/a/%E6%8A%A5%E5%91%8A.html?v=1",
        "s3://bucket/key.docx",
        "-",
        "https://example.org/%+f%4.txt",
    ])
    .unwrap();
    let ids: Vec<&str> = inputs.iter().map(|input| input.report_id.as_str()).collect();
    assert_eq!(ids, ["报告", "key", "stdin", "%+f%4"]);
    assert_eq!(inputs[0].name(), "%E6%8A%A5%E5%91%8A.html");
    assert_eq!(inputs[2].location, Location::Stdin);
    assert!(matches!(
        resolve(&["ftp://example.org/a"]),
        Err(SourceError::Address { .. })
    ));
    let same = resolve(&["https://example.org/a.txt", "https://example.com/a.txt"])
        .unwrap_err()
        .to_string();
    assert_eq!(
        same,
        "https://example.org/a.txt and https://example.com/a.txt: both would be report `a`; rename one"
    );
}

#[test]
fn files_are_read_within_their_limit() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("report.txt");
    fs::write(&path, "text").unwrap();
    let mut input = resolve(&[path.display().to_string()]).unwrap().remove(0);
    let fetched = Fetcher::new(options()).fetch(&input).unwrap();
    assert_eq!(
        (fetched.bytes.as_slice(), fetched.sha256.as_str()),
        (&b"text"[..], SHA256_OF_TEXT)
    );
    let url = format!("file://{}", path.display());
    assert_eq!(
        Fetcher::new(options()).fetch(&resolve(&[url]).unwrap()[0]).unwrap(),
        fetched
    );

    input.sha256 = Some("0".repeat(64));
    let error = Fetcher::new(options()).fetch(&input).unwrap_err().to_string();
    assert!(
        error.ends_with(&format!("found {SHA256_OF_TEXT}: the source has changed")),
        "{error}"
    );
}

#[test]
fn a_text_of_500_megabytes_is_refused_at_once() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("huge.txt");
    fs::File::create(&path).unwrap().set_len(500 << 20).unwrap();
    let input = resolve(&[path.display().to_string()]).unwrap().remove(0);
    let began = Instant::now();
    let error = Fetcher::new(options()).fetch(&input).unwrap_err();
    assert!(matches!(error, SourceError::TooLarge { .. }), "{error}");
    assert!(began.elapsed() < Duration::from_secs(1));
    let url = resolve(&[format!("file://{}", path.display())]).unwrap().remove(0);
    assert!(matches!(
        Fetcher::new(options()).fetch(&url),
        Err(SourceError::TooLarge { .. })
    ));
}

#[test]
fn passing_errors_are_retried_and_lasting_ones_are_not() {
    let server = Server::new(vec![
        answer("503 Service Unavailable", "", ""),
        answer("429 Too Many Requests", "Retry-After: 0\r\n", ""),
        answer("200 OK", "Content-Type: text/plain; charset=gbk\r\n", "text"),
    ]);
    let fetched = fetch(&server, options()).unwrap();
    assert_eq!(fetched.sha256, SHA256_OF_TEXT);
    assert_eq!(fetched.content_type.as_deref(), Some("text/plain; charset=gbk"));
    assert_eq!(server.requests().len(), 3);

    let down = Server::new(vec![answer("500 Internal Server Error", "", "")]);
    let error = fetch(&down, options()).unwrap_err();
    assert!(
        matches!(
            error,
            SourceError::Status {
                status: 500,
                attempts: 4,
                ..
            }
        ),
        "{error}"
    );

    let missing = Server::new(vec![answer("404 Not Found", "", "")]);
    assert!(matches!(
        fetch(&missing, options()),
        Err(SourceError::Status {
            status: 404,
            attempts: 1,
            ..
        })
    ));
}

#[test]
fn a_silent_server_times_out() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let input = resolve(&[format!("http://{}/a.txt", listener.local_addr().unwrap())])
        .unwrap()
        .remove(0);
    let options = FetchOptions {
        timeout: Duration::from_millis(100),
        retries: 1,
        ..options()
    };
    let error = Fetcher::new(options).fetch(&input).unwrap_err();
    assert!(matches!(error, SourceError::Network { attempts: 2, .. }), "{error}");
}

#[test]
fn a_body_over_the_limit_is_refused() {
    let large = "a".repeat(2000);
    let stated = Server::new(vec![answer("200 OK", "", &large)]);
    let limited = || FetchOptions {
        max_bytes: 1000,
        ..options()
    };
    assert!(matches!(
        fetch(&stated, limited()),
        Err(SourceError::TooLarge { limit: 1000, .. })
    ));
    let unstated = Server::new(vec![format!("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{large}")]);
    assert!(matches!(fetch(&unstated, limited()), Err(SourceError::TooLarge { .. })));
}

#[test]
fn a_copy_is_kept_asked_about_and_enough_offline() {
    let folder = tempdir().unwrap();
    let with_copies = || FetchOptions {
        snapshots: Some(Snapshots::new(folder.path())),
        ..options()
    };
    let headers = "ETag: \"1\"\r\nLast-Modified: Wed, 10 Jan 2024 00:00:00 GMT\r\n";
    let server = Server::new(vec![
        answer("200 OK", headers, "text"),
        answer("304 Not Modified", "", ""),
        answer("200 OK", "ETag: \"2\"\r\n", "other"),
    ]);
    let input = server.input("report.txt");
    let first = Fetcher::new(with_copies()).fetch(&input).unwrap();
    let snapshot = Snapshots::new(folder.path()).find(&input.uri).unwrap().unwrap();
    assert_eq!(
        (snapshot.url.as_str(), snapshot.sha256.as_str(), snapshot.bytes),
        (input.uri.as_str(), SHA256_OF_TEXT, 4)
    );
    assert!(
        snapshot.retrieved.ends_with('Z') && snapshot.retrieved.len() == 20,
        "{}",
        snapshot.retrieved
    );

    assert_eq!(Fetcher::new(with_copies()).fetch(&input).unwrap(), first);
    let asked = &server.requests()[1];
    assert!(asked.contains("if-none-match: \"1\"\n"), "{asked}");
    assert!(
        asked.contains("if-modified-since: wed, 10 jan 2024 00:00:00 gmt\n"),
        "{asked}"
    );

    let offline = || {
        Fetcher::new(FetchOptions {
            offline: true,
            ..with_copies()
        })
    };
    assert_eq!(offline().fetch(&input).unwrap(), first);
    assert!(matches!(
        offline().fetch(&server.input("other.txt")),
        Err(SourceError::NoSnapshot { .. })
    ));
    assert_eq!(server.requests().len(), 2);

    // The source changes: without a pin the new one is taken, with one it is refused and the copy stays.
    let pinned = Input {
        sha256: Some(SHA256_OF_TEXT.into()),
        ..input.clone()
    };
    let error = Fetcher::new(with_copies()).fetch(&pinned).unwrap_err();
    assert!(matches!(error, SourceError::Checksum { .. }), "{error}");
    assert_eq!(offline().fetch(&pinned).unwrap(), first);
    assert_eq!(Fetcher::new(with_copies()).fetch(&input).unwrap().bytes, b"other");
}

#[test]
fn a_damaged_copy_is_refused() {
    let folder = tempdir().unwrap();
    let options = FetchOptions {
        snapshots: Some(Snapshots::new(folder.path())),
        ..options()
    };
    let server = Server::new(vec![answer("200 OK", "", "text")]);
    fetch(&server, options.clone()).unwrap();
    for entry in fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "bin") {
            fs::write(path, "tampered").unwrap();
        }
    }
    let error = fetch(
        &server,
        FetchOptions {
            offline: true,
            ..options
        },
    )
    .unwrap_err();
    assert!(matches!(error, SourceError::DamagedSnapshot { .. }), "{error}");
}

#[test]
fn private_addresses_are_refused_before_after_a_redirect_and_after_resolution() {
    let server = Server::new(vec![answer("200 OK", "", "text")]);
    let refused = |options: FetchOptions, server: &Server| match fetch(server, options) {
        Err(SourceError::PrivateAddress { host, .. }) => host,
        other => panic!("{other:?}"),
    };
    let none = FetchOptions {
        private_addresses: PrivateAddresses::Refused,
        ..options()
    };
    assert_eq!(refused(none, &server), "127.0.0.1");
    assert!(server.requests().is_empty());

    let to = |target: &str| Server::new(vec![answer("302 Found", &format!("Location: {target}\r\n"), "")]);
    assert_eq!(refused(options(), &to("http://127.0.0.2/")), "127.0.0.2");
    assert_eq!(refused(options(), &to("http://[::1]/")), "[::1]");
    // A name that resolves to the loopback.
    assert_eq!(refused(options(), &to("http://localhost/")), "localhost");
}

#[test]
fn redirects_are_limited() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/a.txt", listener.local_addr().unwrap());
    let redirect = answer("302 Found", &format!("Location: {address}\r\n"), "");
    std::thread::spawn(move || {
        listener
            .incoming()
            .for_each(|stream| drop(serve(&stream.unwrap(), &redirect)));
    });
    let input = resolve(&[address]).unwrap().remove(0);
    let error = Fetcher::new(options()).fetch(&input).unwrap_err();
    assert!(
        error.to_string().ends_with("refused redirect: more than 5 redirects"),
        "{error}"
    );
    let file = Server::new(vec![answer("302 Found", "Location: file:///etc/hostname\r\n", "")]);
    let error = fetch(&file, options()).unwrap_err();
    assert!(matches!(error, SourceError::Redirect { .. }), "{error}");
}

#[test]
fn objects_come_from_a_store() {
    let server = Server::new(vec![
        answer(
            "200 OK",
            "ETag: \"1\"\r\nLast-Modified: Wed, 10 Jan 2024 00:00:00 GMT\r\n",
            "text",
        ),
        answer("404 Not Found", "", "<Error><Code>NoSuchKey</Code></Error>"),
    ]);
    let settings = [
        ("AWS_ENDPOINT", server.address.as_str()),
        ("AWS_ALLOW_HTTP", "true"),
        ("AWS_REGION", "cn-test"),
        ("AWS_ACCESS_KEY_ID", "id"),
        ("AWS_SECRET_ACCESS_KEY", "key"),
    ];
    let store_settings = settings
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into_iter()
        .collect();
    let fetcher = Fetcher::new(FetchOptions {
        store_settings,
        ..options()
    });
    let input = resolve(&["s3://reports/2024/gaojing.txt"]).unwrap().remove(0);
    assert_eq!(fetcher.fetch(&input).unwrap().bytes, b"text");
    assert!(server.requests()[0].starts_with("get /reports/2024/gaojing.txt http/1.1\n"));
    assert!(matches!(fetcher.fetch(&input), Err(SourceError::NotFound { .. })));
}
