//! `pipeline run` and `pipeline new`.

use std::fs::{self, File};
use std::time::SystemTime;

use crate::project::{Project, SAMPLE, broken, snapshot};

const FILE: &str = "pipelines/sample/pipeline.toml";

#[test]
fn a_new_pipeline_runs() {
    let project = Project::sample();
    let ran = project.done(&["run", "sample"]);
    assert_eq!(ran.stdout, "");
    for said in ["1 report", "numerals accounted for", "observations", "output/sample"] {
        assert!(ran.stderr.contains(said), "{said}:\n{}", ran.stderr);
    }
    assert_eq!(broken(&project.path("output/sample")), None);
    assert_eq!(project.read("output/sample/source/sample.txt"), SAMPLE);
}

#[test]
fn new_fills_in_what_it_finds_and_marks_the_rest() {
    let project = Project::sample();
    let file = project.read(FILE);
    for found in [
        "place = \"青石市\"",
        "reviewed_year = 2023",
        "planned_year = 2024",
        "delivered_on = \"2024-01-12\"",
    ] {
        assert!(file.lines().any(|line| line == found), "{found}:\n{file}");
    }
    assert!(file.contains("# PERSON:"));
    let again = project.ends(&["new", "sample", "sample.txt"], 2);
    assert!(again.stderr.contains("exists already"), "{}", again.stderr);
    assert_eq!(project.read(FILE), file, "a person's file is never written over");
}

#[test]
fn what_new_leaves_open_is_said_and_not_published() {
    let project = Project::sample();
    let open = project.read(FILE).matches("# PERSON:").count();
    let ran = project.done(&["run"]);
    let note = |open: usize| format!("a person has still to look at, marked `# PERSON:`: {open}\n");
    assert!(open > 0 && ran.stderr.contains(&note(open)), "{}", ran.stderr);

    let elsewhere = [
        "publish",
        "output/sample",
        "--to",
        "https://portal.example.org",
        "--apply",
    ];
    let refused = project.ends(&elsewhere, 2);
    assert!(
        refused.stderr.contains("homepage: expected the publisher's own")
            && refused
                .stderr
                .contains("found the placeholder `https://gongkai.example/sample/`"),
        "{}",
        refused.stderr
    );
    // On this machine it can be tried out.
    let portal = format!("file://{}", project.path("portal").display());
    let publish = ["publish", "output/sample", "--to", &portal, "--apply"];
    project.done(&publish);

    let file = project.read(FILE).replace("# PERSON:", "# seen:");
    project.write(
        FILE,
        &file.replacen("https://gongkai.example/", "https://data.example.org/", 1),
    );
    let ran = project.done(&["run"]);
    assert!(!ran.stderr.contains("PERSON"), "{}", ran.stderr);
    let refused = project.ends(&elsewhere, 2);
    assert!(refused.stderr.contains("publisher.url"), "{}", refused.stderr);
    let file = project.read(FILE).replace("gongkai.example", "data.example.org");
    project.write(FILE, &file.replacen("version = \"0.1.0\"", "version = \"0.2.0\"", 1));
    project.done(&["run"]);
    project.done(&publish);
}

#[test]
fn nothing_is_done_when_nothing_changed() {
    let project = Project::sample();
    project.done(&["run"]);
    let made = fs::metadata(project.path("output/sample")).unwrap().modified().unwrap();
    // Only content counts, not dates.
    File::open(project.path(FILE))
        .unwrap()
        .set_modified(SystemTime::now())
        .unwrap();
    let again = project.done(&["run"]);
    assert!(again.stderr.contains("nothing changed"), "{}", again.stderr);
    assert_eq!(
        fs::metadata(project.path("output/sample")).unwrap().modified().unwrap(),
        made
    );

    let before = snapshot(&project.path("output/sample"));
    let forced = project.done(&["run", "--force"]);
    assert!(!forced.stderr.contains("nothing changed"), "{}", forced.stderr);
    assert_eq!(
        snapshot(&project.path("output/sample")),
        before,
        "a rebuild gives the same bytes"
    );
}

#[test]
fn every_kind_of_change_is_noticed() {
    let project = Project::sample();
    let why = |args: &[&str]| project.done(args).stderr;
    assert!(why(&["run", "--dry-run"]).contains("not made here before"));
    assert!(!project.path("output").exists(), "a dry run writes nothing");
    project.done(&["run"]);
    assert!(why(&["run", "--dry-run"]).contains("nothing changed"));

    project.edit(FILE, "version = \"0.1.0\"", "version = \"0.1.1\"");
    assert!(why(&["run", "--dry-run"]).contains("the pipeline file changed"));
    project.done(&["run"]);

    project.edit("output/sample/README.md", "\n", "\n\n");
    assert!(
        why(&["run", "--dry-run"]).contains("README.md"),
        "a release that was tampered with is rebuilt"
    );
    project.done(&["run"]);
    assert_eq!(broken(&project.path("output/sample")), None);
    fs::remove_dir_all(project.path("output/sample")).unwrap();
    project.done(&["run"]);
    assert_eq!(broken(&project.path("output/sample")), None);
}

#[test]
fn a_source_that_is_not_the_pinned_one_stops_the_run() {
    let project = Project::sample();
    project.done(&["run"]);
    let before = snapshot(&project.path("output/sample"));
    project.edit("pipelines/sample/sample.txt", "512.4", "612.4");
    let failed = project.ends(&["run"], 2);
    assert!(
        failed.stderr.contains("sha256") && failed.stderr.contains("sample.txt"),
        "{}",
        failed.stderr
    );
    assert_eq!(snapshot(&project.path("output/sample")), before);
}

#[test]
fn an_unknown_name_is_answered_with_the_known_ones() {
    let project = Project::sample();
    let failed = project.ends(&["run", "simple"], 2);
    assert!(
        failed.stderr.contains("`simple`") && failed.stderr.contains("found sample"),
        "{}",
        failed.stderr
    );
}

#[test]
fn texts_may_be_kept_elsewhere() {
    let project = Project::sample();
    let file = project.read(FILE);
    let (release, _) = file.split_once("[[sources]]").unwrap();
    let panel = format!("{release}\n[[sources]]\nglob = \"r*.txt\"\nin_texts = true\n")
        .replace("name = \"sample\"", "name = \"panel\"");
    project.write("pipelines/panel/pipeline.toml", &panel);
    let years = [2022, 2023, 2024];
    for year in years {
        let text = SAMPLE
            .replace("2024年", &format!("{year}年"))
            .replace("2023年", &format!("{}年", year - 1));
        project.write(&format!("elsewhere/r{year}.txt"), &text);
    }
    let skipped = project.done(&["run"]);
    assert!(
        skipped
            .stderr
            .contains("left out: `panel`: its texts are kept elsewhere: give --texts DIR"),
        "{}",
        skipped.stderr
    );
    let refused = project.ends(&["run", "panel", "--quiet"], 2);
    assert!(refused.stderr.contains("give --texts DIR"), "{}", refused.stderr);
    project.done(&["run", "panel", "--texts", "elsewhere"]);
    let reports = project.rows("output/panel/data/reports.csv");
    let origins: Vec<_> = reports.iter().map(|row| row["source_uri"].as_str()).collect();
    assert_eq!(
        origins,
        ["r2022.txt", "r2023.txt", "r2024.txt"],
        "no path of this machine"
    );
    let panel = project.rows("output/panel/data/panel.csv");
    assert!(
        panel
            .iter()
            .any(|row| row["period"] == "2022" && row["value"] == "512.4"),
        "{panel:?}"
    );
}

#[test]
fn threads_do_not_change_a_byte() {
    let project = Project::sample();
    project.done(&["run", "--force", "--jobs", "1"]);
    let one = project.read("output/sample/SHA256SUMS");
    fs::remove_dir_all(project.path("output")).unwrap();
    project.done(&["run", "--force", "--jobs", "8"]);
    assert_eq!(project.read("output/sample/SHA256SUMS"), one);
}
