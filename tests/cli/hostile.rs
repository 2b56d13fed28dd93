//! Releases and reports that nobody means well with, or that are unlike others.

use std::fs;

use serde_json::{Value, json};

use crate::project::{Project, Ran, SAMPLE, broken};

/// A change of a release's record.
type Forge = fn(&mut Value);

/// Verifies a release whose record was changed; its temporary folder is `tmp`.
fn verified(change: Forge) -> (Project, Ran) {
    const FILE: &str = "output/sample/release.json";
    let project = Project::sample();
    project.done(&["run"]);
    let mut record: Value = serde_json::from_str(&project.read(FILE)).unwrap();
    change(&mut record);
    project.write(FILE, &record.to_string());
    project.sum("output/sample", "release.json");
    assert_eq!(broken(&project.path("output/sample")), None);
    fs::create_dir(project.path("tmp")).unwrap();
    let mut command = project.command(&["verify", "output/sample"]);
    let ran = command.env("TMPDIR", project.path("tmp")).output().unwrap().into();
    (project, ran)
}

#[test]
fn verifying_a_hostile_release_writes_nothing_outside_its_temporary_folder() {
    let (project, ran) = verified(|record| {
        let text = record["pipeline"]["text"].as_str().unwrap();
        let table = r#"
[[tables]]
name = "../../escaped"
title = { zh = "表", en = "A table" }
description = { zh = "表。", en = "A table." }
sql = "SELECT report_id FROM reports ORDER BY report_id"
"#;
        record["pipeline"]["text"] = format!("{text}{table}").into();
    });
    assert_eq!(ran.status, 2, "{}{}", ran.stdout, ran.stderr);
    assert!(
        ran.stderr
            .contains("tables: expected a name of a-z, 0-9 and _, found `../../escaped`"),
        "{}",
        ran.stderr
    );
    assert_eq!(fs::read_dir(project.path("tmp")).unwrap().count(), 0);
}

#[test]
fn a_record_that_names_files_outside_the_release_is_refused() {
    let cases: [(Forge, &str); 3] = [
        (
            |record| record["sources"][0]["text"] = json!("../../sample.txt"),
            "expected a text at source/<report_id>.txt, found ../../sample.txt",
        ),
        (
            |record| record["sources"][0]["report_id"] = json!("../up"),
            "expected a report_id that is a plain file name, found ../up",
        ),
        (
            |record| record["tables"][0]["schema"]["name"] = json!("../up"),
            "expected a table with a plain file name, found ../up",
        ),
    ];
    for (change, message) in cases {
        let (_, ran) = verified(change);
        assert_eq!(ran.status, 2, "{message}: {}{}", ran.stdout, ran.stderr);
        assert!(ran.stderr.contains(message), "{message}: {}", ran.stderr);
    }
}

#[test]
fn a_new_pipeline_stays_in_its_folder() {
    let project = Project::empty();
    project.write("inside/sample.txt", SAMPLE);
    for name in ["../up", "My Report", "..", "a/b", ""] {
        let refused = project.ends(&["new", name, "inside/sample.txt", "--project", "inside"], 2);
        assert!(
            refused.stderr.contains("name: expected a-z, 0-9") && refused.stderr.contains(&format!("found `{name}`")),
            "{}",
            refused.stderr
        );
    }
    assert_eq!(fs::read_dir(project.path("inside")).unwrap().count(), 1);
}

#[test]
fn a_report_that_begins_with_a_heading_is_released() {
    let project = Project::empty();
    let (_, body) = SAMPLE.split_once("予审议。\n\n").unwrap();
    project.write("bare.txt", body);
    project.done(&["new", "bare", "bare.txt", "--project", "."]);
    project.done(&["run"]);
    project.done(&["verify", "output/bare"]);
    let sections = project.rows("output/bare/data/sections.csv");
    assert!(
        sections.iter().all(|it| it["source_start"] != it["source_end"]),
        "an empty opening is no section"
    );
}
