//! Reports from a server on this machine, and what is kept of them.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

use crate::project::{Project, SAMPLE, snapshot};

/// The address of [`SAMPLE`] on a server that gives nothing else.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/sample.txt", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let lines = BufReader::new(&stream).lines().map(Result::unwrap);
            assert!(lines.take_while(|line| !line.is_empty()).count() > 0);
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                SAMPLE.len()
            );
            stream.write_all(format!("{head}{SAMPLE}").as_bytes()).unwrap();
        }
    });
    address
}

#[test]
fn a_dry_run_keeps_no_copy() {
    let project = Project::empty();
    let address = serve();
    project.done(&["new", "web", &address, "--allow-private", "--project", "."]);
    assert!(project.path("pipelines/web/snapshots").is_dir());
    std::fs::remove_dir_all(project.path("pipelines/web/snapshots")).unwrap();
    let before = snapshot(&project.path("."));
    let told = project.done(&["run", "--dry-run", "--allow-private"]);
    assert!(told.stderr.contains("would be built"), "{}", told.stderr);
    assert_eq!(snapshot(&project.path(".")), before);
    assert!(!project.path("pipelines/web/snapshots").exists());
    project.done(&["run", "--allow-private"]);
    assert!(project.path("pipelines/web/snapshots").is_dir());
}

#[test]
fn new_takes_what_is_kept_elsewhere() {
    let project = Project::empty();
    let address = serve();
    project.done(&[
        "extract",
        &address,
        "--allow-private",
        "--snapshots",
        "kept",
        "--output",
        "out",
    ]);
    let new = ["new", "web", &address, "--offline", "--project", "."];
    let refused = project.ends(&new, 2);
    assert!(refused.stderr.contains("snapshot"), "{}", refused.stderr);
    assert!(!project.path("pipelines/web").exists());
    project.done(&[&new[..], &["--snapshots", "kept"]].concat());
    project.done(&["run", "web", "--offline", "--snapshots", "kept"]);
    assert_eq!(project.read("output/web/source/sample.txt"), SAMPLE);
}
