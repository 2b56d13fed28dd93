//! The commands that look and change nothing: `explain`, `audit`, `verify`, `diff`.

use std::fs;

use crate::project::{Project, SAMPLE};

/// Offset of a text in [`SAMPLE`], in code points.
fn offset_of(text: &str) -> String {
    let (before, _) = SAMPLE.split_once(text).unwrap();
    before.chars().count().to_string()
}

#[test]
fn explain_shows_sentence_tokens_and_rules_in_order() {
    let project = Project::sample();
    let told = project
        .done(&["explain", "sample.txt", "--at", &offset_of("512.4")])
        .stdout;
    for part in [
        "【512.4】",
        "number-unit",
        "地区生产总值",
        "亿元",
        "value_base",
        "51240000000",
    ] {
        assert!(told.contains(part), "{part}:\n{told}");
    }
    let kind = told.find("kind ").unwrap();
    let measure = told.find("measure ").unwrap();
    assert!(kind < measure, "{told}");

    let json = project
        .done(&["explain", "sample.txt", "--at", &offset_of("512.4"), "--json"])
        .stdout;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let id = json["observation"]["observation_id"].as_str().unwrap();
    let by_id = project.done(&["explain", "sample.txt", "--id", id]).stdout;
    assert_eq!(by_id, told);

    let nothing = project.ends(&["explain", "sample.txt", "--at", "99999"], 2);
    assert!(
        nothing.stderr.contains("no number at offset 99999"),
        "{}",
        nothing.stderr
    );
}

#[test]
fn audit_exits_with_one_when_an_error_remains() {
    let project = Project::empty();
    project.write("good.txt", SAMPLE);
    project.write("bad.txt", &SAMPLE.replace("达到32.81亿元", "达到42.81亿元"));
    project.done(&["audit", "good.txt"]);
    let found = project.ends(&["audit", "bad.txt"], 1);
    assert!(found.stdout.contains("42.81"), "{}", found.stdout);
    let json = project.ends(&["audit", "bad.txt", "--json"], 1).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(
        json["findings"]
            .as_array()
            .unwrap()
            .iter()
            .any(|finding| finding["severity"] == "error"),
        "{json}"
    );
    assert!(project.done(&["audit", "--checks"]).stdout.contains("target_growth"));

    project.done(&["extract", "bad.txt", "--output", "out"]);
    let again = project.ends(&["audit", "out"], 1);
    assert_eq!(
        again.stdout, found.stdout,
        "tables and their text say as much as the report"
    );
}

#[test]
fn an_acknowledged_error_passes_a_strict_run() {
    let project = Project::empty();
    project.write("sample.txt", &SAMPLE.replace("达到32.81亿元", "达到42.81亿元"));
    project.done(&["new", "sample", "sample.txt", "--project", "."]);
    let refused = project.ends(&["run", "--strict"], 1);
    assert!(refused.stderr.contains("not released"), "{}", refused.stderr);
    assert!(!project.path("output/sample").exists());

    project.done(&["run"]);
    let findings = project.rows("output/sample/data/findings.csv");
    let errors: Vec<_> = findings.iter().filter(|row| row["severity"] == "error").collect();
    assert!(!errors.is_empty());
    let mut file = project.read("pipelines/sample/pipeline.toml");
    for error in errors {
        file += &format!(
            "\n[[audit.acknowledge]]\nfinding = \"{}\"\nreason = \"a misprint\"\n",
            error["finding_id"]
        );
    }
    project.write("pipelines/sample/pipeline.toml", &file);
    project.done(&["run", "--strict"]);
    let findings = project.rows("output/sample/data/findings.csv");
    assert!(findings.iter().all(|row| row["severity"] != "error"));
    assert!(
        findings.iter().any(|row| row["message"].contains("a misprint")),
        "{findings:?}"
    );
}

#[test]
fn verify_finds_a_changed_byte_and_a_wrong_row() {
    let project = Project::sample();
    project.done(&["run"]);
    project.done(&["verify", "output/sample"]);

    let csv = project.path("output/sample/data/observations.csv");
    let right = fs::read_to_string(&csv).unwrap();
    fs::write(&csv, right.replacen("512.4", "512.5", 1)).unwrap();
    let found = project.ends(&["verify", "output/sample"], 1);
    assert!(found.stdout.contains("observations.csv"), "{}", found.stdout);
    project.ends(&["verify", "nowhere"], 2);
}

#[test]
fn diff_tells_what_changed_and_nothing_else() {
    let project = Project::empty();
    project.write("a/report.txt", SAMPLE);
    project.write("b/report.txt", &SAMPLE.replace("8120件", "8121件"));
    project.done(&["extract", "a/report.txt", "--output", "old"]);
    project.done(&["extract", "b/report.txt", "--output", "new"]);
    project.done(&["diff", "old", "old"]);
    let told = project.ends(&["diff", "old", "new"], 1).stdout;
    assert!(
        told.contains("8120") && told.contains("8121") && !told.contains("512.4"),
        "{told}"
    );
    let nothing = project.ends(&["diff", "old", "new", "--report", "other"], 2);
    assert!(nothing.stderr.contains("nothing to compare"), "{}", nothing.stderr);
}
