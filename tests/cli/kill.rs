//! A run killed at any moment leaves the previous release or the new one, whole.

use std::fs;
use std::time::{Duration, Instant};

use crate::project::{Project, broken, snapshot};

const FILE: &str = "pipelines/sample/pipeline.toml";
const KILLS: u32 = 20;

#[test]
fn a_killed_run_never_leaves_a_broken_release() {
    let project = Project::sample();
    let began = Instant::now();
    project.done(&["run"]);
    let whole = began.elapsed();
    let old = snapshot(&project.path("output/sample"));
    project.edit(FILE, "version = \"0.1.0\"", "version = \"0.1.1\"");

    // What a run that nobody kills makes of it.
    let other = Project::sample();
    other.done(&["run"]);
    other.edit(FILE, "version = \"0.1.0\"", "version = \"0.1.1\"");
    other.done(&["run"]);
    let new = snapshot(&other.path("output/sample"));
    assert_ne!(old, new);

    // Moments all over a run and a little after, in an order without pattern.
    let mut random = 0x2545_f491_u32;
    let mut killed = 0;
    for _ in 0..KILLS {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let moment = whole.mul_f64(f64::from(random >> 8) / f64::from(1 << 24) * 1.1);
        let mut child = project.command(&["run", "--force", "--quiet"]).spawn().unwrap();
        std::thread::sleep(moment);
        child.kill().unwrap();
        killed += u32::from(!child.wait().unwrap().success());

        let release = project.path("output/sample");
        assert_eq!(broken(&release), None, "killed after {moment:?}");
        let found = snapshot(&release);
        assert!(
            found == old || found == new,
            "killed after {moment:?}: neither the old release nor the new one"
        );
    }
    assert!(killed >= KILLS / 3, "only {killed} runs were killed before their end");

    project.done(&["run", "--force"]);
    assert_eq!(snapshot(&project.path("output/sample")), new);
    let left: Vec<_> = fs::read_dir(project.path("output"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(left.len(), 2, "the release and the record of it: {left:?}");
}

#[test]
fn a_killed_extraction_never_leaves_a_broken_table() {
    let project = Project::sample();
    project.done(&["extract", "sample.txt", "--output", "out"]);
    let old = snapshot(&project.path("out"));
    for milliseconds in [1, 5, 10, 20, 40, 80] {
        let mut child = project
            .command(&["extract", "sample.txt", "--output", "out"])
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(milliseconds));
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(snapshot(&project.path("out")), old, "killed after {milliseconds} ms");
    }
}
