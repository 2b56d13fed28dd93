//! What is wrong with a pipeline file is said so that a person can mend it.

use crate::project::Project;

const FILE: &str = "pipelines/sample/pipeline.toml";

const CORRECTION: &str = r#"
[[corrections]]
report = "sample"
expect = "一般公共预算收入31.25亿元"
numeral = "31.25"
column = "indicator"
from = "一般公共预算收入"
to = "地方一般公共预算收入"
reason = "the report's table calls it so"
"#;

/// The file with lines added at its end.
fn with(lines: &str) -> Project {
    let project = Project::sample();
    let file = project.read(FILE);
    project.write(FILE, &format!("{file}{lines}"));
    project
}

#[test]
fn an_unknown_key_is_named_with_the_nearest_valid_one_and_its_line() {
    let project = Project::sample();
    project.edit(FILE, "sha256 = ", "sha265 = ");
    let failed = project.ends(&["run"], 2).stderr;
    assert!(
        failed.contains("unknown key `sha265`, did you mean `sha256`?"),
        "{failed}"
    );
    assert!(failed.contains("pipeline.toml") && failed.contains("line "), "{failed}");

    let project = with("\n[[correction]]\nreport = \"sample\"\n");
    let failed = project.ends(&["run"], 2).stderr;
    assert!(
        failed.contains("unknown key `correction`, did you mean `corrections`?"),
        "{failed}"
    );
}

#[test]
fn a_value_of_the_wrong_kind_is_named() {
    let project = Project::sample();
    project.edit(FILE, "frequency = \"annual\"", "frequency = \"yearly\"");
    let failed = project.ends(&["run"], 2).stderr;
    assert!(failed.contains("yearly") && failed.contains("annual"), "{failed}");

    let project = Project::sample();
    project.edit(FILE, "name = \"sample\"", "name = \"other\"");
    let failed = project.ends(&["run"], 2).stderr;
    assert!(
        failed.contains("expected `sample`") && failed.contains("found `other`"),
        "{failed}"
    );
}

#[test]
fn a_correction_changes_one_column_of_one_row() {
    let project = with("");
    project.done(&["run"]);
    let before = project.rows("output/sample/data/observations.csv");
    let project = with(CORRECTION);
    project.done(&["run"]);
    let after = project.rows("output/sample/data/observations.csv");
    assert_eq!(before.len(), after.len());
    let changed: Vec<_> = before
        .iter()
        .zip(&after)
        .filter(|(old, new)| old["indicator"] != new["indicator"])
        .collect();
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0].1["indicator"], "地方一般公共预算收入");
    assert_eq!(changed[0].1["source_start"], changed[0].0["source_start"]);
}

#[test]
fn a_correction_may_name_the_numeral_alone() {
    let project = with(&CORRECTION.replace("expect = \"一般公共预算收入31.25亿元\"", "expect = \"31.25\""));
    project.done(&["run"]);
    let rows = project.rows("output/sample/data/observations.csv");
    assert!(rows.iter().any(|row| row["indicator"] == "地方一般公共预算收入"));
}

#[test]
fn a_correction_that_no_longer_fits_fails_and_says_why() {
    let cases = [
        (CORRECTION.replace("31.25亿元\"", "31.26亿元\""), "found it 0 times"),
        (
            CORRECTION.replace("from = \"一般公共预算收入\"", "from = \"财政收入\""),
            "expected `财政收入`, found `一般公共预算收入`",
        ),
        (
            CORRECTION.replace("\"indicator\"", "\"source_start\""),
            "column: expected one of",
        ),
        (
            CORRECTION.replace("report = \"sample\"", "report = \"other\""),
            "no such report; there are: sample",
        ),
        (
            CORRECTION.replace(
                "column = \"indicator\"\nfrom = \"一般公共预算收入\"",
                "column = \"status\"\nfrom = \"actual\"",
            ),
            "is no value of it",
        ),
    ];
    for (lines, message) in cases {
        let project = with(&lines);
        let failed = project.ends(&["run"], 2).stderr;
        assert!(failed.contains(message), "{message}:\n{failed}");
        assert!(!project.path("output/sample").exists());
    }
}

#[test]
fn a_thematic_table_is_the_answer_to_its_query() {
    let table = r#"
[[tables]]
name = "hotline"
title = { zh = "热线", en = "Hotline" }
description = { zh = "热线。", en = "The hotline." }
sql = "SELECT report_id, indicator, value, unit FROM observations WHERE sentence LIKE '%热线%' ORDER BY source_start"
"#;
    let project = with(table);
    project.done(&["run"]);
    let rows = project.rows("output/sample/data/hotline.csv");
    let values: Vec<_> = rows
        .iter()
        .map(|row| (row["value"].as_str(), row["unit"].as_str()))
        .collect();
    assert_eq!(values, [("8120", "件"), ("91.5", "%")]);

    let project = with(&table.replace("name = \"hotline\"", "name = \"observations\""));
    let failed = project.ends(&["run"], 2).stderr;
    assert!(
        failed.contains("`observations`, which is a table of every release"),
        "{failed}"
    );

    let project = with(&table.replace("FROM observations", "FROM observation"));
    let failed = project.ends(&["run"], 2).stderr;
    assert!(failed.contains("hotline") && failed.contains("observation"), "{failed}");
}
