//! A run killed at any moment leaves the previous release or the new one, whole.

use std::fs;
use std::time::{Duration, Instant};

use crate::project::{Project, SAMPLE, broken, snapshot};

const FILE: &str = "pipelines/sample/pipeline.toml";
const KILLS: u32 = 20;

#[test]
fn a_killed_run_never_leaves_a_broken_release() {
    let project = Project::sample();
    project.done(&["run"]);
    let old = snapshot(&project.path("output/sample"));
    project.edit(FILE, "version = \"0.1.0\"", "version = \"0.1.1\"");

    // What a run that nobody kills makes of it.
    let other = Project::sample();
    other.done(&["run"]);
    other.edit(FILE, "version = \"0.1.0\"", "version = \"0.1.1\"");
    let whole = timed(|| other.done(&["run"]));
    let new = snapshot(&other.path("output/sample"));
    assert_ne!(old, new);

    kill_at_moments(&project, &["run", "--force", "--quiet"], whole, |moment| {
        let release = project.path("output/sample");
        assert_eq!(broken(&release), None, "killed after {moment:?}");
        let found = snapshot(&release);
        assert!(
            found == old || found == new,
            "killed after {moment:?}: neither the old release nor the new one"
        );
    });

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
    let project = Project::empty();
    project.write("sample.txt", SAMPLE);
    let args = ["extract", "sample.txt", "--output", "out", "--quiet"];
    project.done(&args);
    let old = snapshot(&project.path("out"));
    project.edit("sample.txt", "512.4亿元", "512.5亿元");
    let whole = timed(|| project.done(&["extract", "sample.txt", "--output", "other"]));
    let new = snapshot(&project.path("other"));
    assert_ne!(old, new);

    kill_at_moments(&project, &args, whole, |moment| {
        let found = snapshot(&project.path("out"));
        assert!(
            found == old || found == new,
            "killed after {moment:?}: tables of two texts lie side by side"
        );
    });
    project.done(&args);
    assert_eq!(snapshot(&project.path("out")), new);
}

/// How long a task takes that was done before, when its program and its files are in memory.
fn timed<T>(task: impl FnOnce() -> T) -> Duration {
    let began = Instant::now();
    task();
    began.elapsed()
}

/// Kills a command at moments all over its time and a little after, in an order without pattern, and looks each time.
fn kill_at_moments(project: &Project, args: &[&str], whole: Duration, look: impl Fn(Duration)) {
    let mut random = 0x2545_f491_u32;
    let mut killed = 0;
    for _ in 0..KILLS {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let moment = whole.mul_f64(f64::from(random >> 8) / f64::from(1 << 24) * 1.1);
        let mut child = project.command(args).spawn().unwrap();
        std::thread::sleep(moment);
        child.kill().unwrap();
        killed += u32::from(!child.wait().unwrap().success());
        look(moment);
    }
    assert!(killed >= KILLS / 4, "only {killed} runs were killed before their end");
}
