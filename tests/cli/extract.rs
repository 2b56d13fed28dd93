//! `pipeline extract`.

use std::collections::BTreeMap;
use std::fs;

use crate::project::{Project, SAMPLE, snapshot};

const TABLES: &[&str] = &[
    "reports",
    "sections",
    "footnotes",
    "numerals",
    "observations",
    "members",
];

#[test]
fn writes_every_table_in_the_forms_asked_for() {
    let project = Project::empty();
    project.write("reports/城市.2024.txt", SAMPLE);
    project.done(&["extract", "reports/城市.2024.txt", "--output", "out"]);
    for table in TABLES {
        for extension in ["csv", "parquet"] {
            assert!(
                project.path(&format!("out/{table}.{extension}")).is_file(),
                "{table}.{extension}"
            );
        }
        assert!(!project.path(&format!("out/{table}.jsonl")).exists());
    }
    assert_eq!(project.rows("out/reports.csv")[0]["report_id"], "城市.2024");

    project.done(&[
        "extract",
        "reports/城市.2024.txt",
        "--output",
        "lines",
        "--format",
        "jsonl",
    ]);
    let lines = project.read("lines/observations.jsonl");
    let values: Vec<f64> = lines
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .filter_map(|row| row["value"].as_f64())
        .collect();
    assert!(values.contains(&512.4) && values.contains(&91.5), "{lines}");
    assert!(!project.path("lines/observations.csv").exists());
}

#[test]
fn offsets_slice_to_the_text() {
    let project = Project::empty();
    project.write("sample.txt", SAMPLE);
    project.done(&["extract", "sample.txt", "--output", "out"]);
    let text: Vec<char> = SAMPLE.chars().collect();
    let numerals = project.rows("out/numerals.csv");
    assert!(numerals.len() > 20, "{numerals:?}");
    for row in numerals {
        let (start, end): (usize, usize) = (row["source_start"].parse().unwrap(), row["source_end"].parse().unwrap());
        assert_eq!(text[start..end].iter().collect::<String>(), row["surface"]);
    }
}

#[test]
fn one_bad_input_leaves_the_old_tables_or_is_left_out() {
    let project = Project::empty();
    project.write("good.txt", SAMPLE);
    project.write("bad.pdf", "%PDF-1.7 and no more");
    project.done(&["extract", "good.txt", "--output", "out"]);
    let before = snapshot(&project.path("out"));

    let failed = project.ends(&["extract", "bad.pdf", "good.txt", "--output", "out"], 2);
    assert!(failed.stderr.contains("bad.pdf"), "{}", failed.stderr);
    assert_eq!(snapshot(&project.path("out")), before);

    let partly = project.ends(
        &["extract", "bad.pdf", "good.txt", "--output", "out", "--keep-going"],
        1,
    );
    assert!(partly.stderr.contains("left out: bad.pdf"), "{}", partly.stderr);
    assert_eq!(
        snapshot(&project.path("out")),
        before,
        "the good report alone gives the same tables"
    );
}

#[test]
fn of_several_bad_inputs_the_first_is_told() {
    let project = Project::empty();
    project.write("texts/good.txt", SAMPLE);
    for number in 0..8 {
        project.write(&format!("texts/bad{number}.pdf"), "%PDF-1.7 and no more");
    }
    for jobs in ["1", "4"] {
        let failed = project.ends(&["extract", "texts", "--output", "out", "--jobs", jobs], 2);
        assert!(failed.stderr.contains("bad0.pdf"), "{}", failed.stderr);
    }
    assert!(!project.path("out").exists());
}

#[test]
fn an_extraction_has_the_tables_of_a_release() {
    let project = Project::sample();
    let file = project.read("pipelines/sample/pipeline.toml");
    let (release, _) = file.split_once("[[sources]]").unwrap();
    let both = format!("{release}\n[[sources]]\nglob = \"r*.txt\"\nin_texts = true\n")
        .replace("name = \"sample\"", "name = \"both\"");
    project.write("pipelines/both/pipeline.toml", &both);
    for year in [2023, 2024] {
        let text = SAMPLE
            .replace("2024年", &format!("{year}年"))
            .replace("2023年", &format!("{}年", year - 1));
        project.write(&format!("texts/r{year}.txt"), &text);
    }
    project.done(&["run", "both", "--texts", "texts"]);
    project.done(&["extract", "texts", "--output", "out"]);
    for table in [&TABLES[1..], &["findings", "panel"]].concat() {
        assert_eq!(
            project.read(&format!("out/{table}.csv")),
            project.read(&format!("output/both/data/{table}.csv")),
            "{table}"
        );
    }
    // The revenue of both years is the same, and is said to have grown: only the two reports together tell.
    let findings = project.rows("out/findings.csv");
    let told = |row: &BTreeMap<String, String>| {
        row["check"] == "level_growth" && row["report_id"] == "r2024" && row["observation_ids"].contains("r2023")
    };
    assert!(findings.iter().any(told), "{findings:?}");
}

#[test]
fn a_folder_with_other_files_keeps_them() {
    let project = Project::empty();
    project.write("sample.txt", SAMPLE);
    project.write("out/notes.md", "mine");
    project.done(&["extract", "sample.txt", "--output", "out"]);
    assert_eq!(project.read("out/notes.md"), "mine");
    assert!(project.path("out/observations.csv").is_file());
    assert_eq!(
        fs::read_dir(project.path(".")).unwrap().count(),
        2,
        "nothing else is left behind"
    );
}

#[test]
fn tables_of_an_earlier_form_are_gone_afterwards() {
    let project = Project::empty();
    project.write("sample.txt", SAMPLE);
    project.done(&["extract", "sample.txt", "--output", "out", "--format", "jsonl"]);
    project.done(&["extract", "sample.txt", "--output", "out", "--format", "csv"]);
    assert!(project.path("out/observations.csv").is_file());
    assert!(
        !project.path("out/observations.jsonl").exists(),
        "tables of two runs would lie side by side"
    );
}

#[test]
fn a_folder_with_other_files_keeps_no_table_of_an_earlier_run() {
    let project = Project::empty();
    project.write("one.txt", SAMPLE);
    project.write("two.txt", SAMPLE);
    project.done(&["extract", "one.txt", "two.txt", "--output", "out"]);
    project.write("out/notes.md", "mine");
    project.write("out/mine.csv", "mine");
    assert!(project.path("out/panel.csv").is_file());
    project.done(&["extract", "one.txt", "--output", "out", "--format", "csv"]);
    for gone in ["panel.csv", "panel.parquet", "reports.parquet"] {
        assert!(!project.path(&format!("out/{gone}")).exists(), "{gone}");
    }
    assert_eq!(project.rows("out/reports.csv").len(), 1);
    assert_eq!(
        (project.read("out/notes.md"), project.read("out/mine.csv")),
        ("mine".into(), "mine".into())
    );
}

#[test]
fn several_runs_at_once_do_not_hinder_each_other() {
    let project = Project::empty();
    project.write("sample.txt", SAMPLE);
    let args = ["extract", "sample.txt", "--output", "out", "--quiet"];
    project.done(&args);
    let before = snapshot(&project.path("out"));
    for _ in 0..5 {
        let children: Vec<_> = (0..6).map(|_| project.command(&args).spawn().unwrap()).collect();
        for mut child in children {
            assert!(child.wait().unwrap().success());
        }
    }
    assert_eq!(snapshot(&project.path("out")), before);
    assert_eq!(
        fs::read_dir(project.path(".")).unwrap().count(),
        2,
        "nothing is left behind"
    );
}

#[test]
fn what_the_text_does_not_say_is_taken_from_the_command_line() {
    let project = Project::empty();
    project.write("bare.txt", "财政收入达到3.2亿元，增长5%。\n");
    project.done(&[
        "extract",
        "bare.txt",
        "--output",
        "out",
        "--place",
        "青石市",
        "--level",
        "county",
        "--reviewed-year",
        "2021",
    ]);
    let report = &project.rows("out/reports.csv")[0];
    assert_eq!(
        (
            report["place"].as_str(),
            report["level"].as_str(),
            report["reviewed_year"].as_str()
        ),
        ("青石市", "county", "2021")
    );
    assert_eq!(report["title"], "");
}

#[test]
fn standard_input_is_an_input() {
    let project = Project::empty();
    project.write("sample.txt", SAMPLE);
    let ran = project
        .command(&["extract", "-", "--output", "out"])
        .stdin(fs::File::open(project.path("sample.txt")).unwrap())
        .output()
        .unwrap();
    assert!(ran.status.success());
    assert_eq!(project.rows("out/reports.csv")[0]["report_id"], "stdin");
}

#[test]
fn threads_do_not_change_a_byte() {
    let project = Project::empty();
    for number in 0..12 {
        project.write(
            &format!("texts/r{number}.txt"),
            &SAMPLE.replace("512.4", &format!("{}.4", 500 + number)),
        );
    }
    project.done(&["extract", "texts", "--output", "one", "--jobs", "1"]);
    project.done(&["extract", "texts", "--output", "eight", "--jobs", "8"]);
    assert_eq!(snapshot(&project.path("one")), snapshot(&project.path("eight")));
    assert_eq!(project.rows("one/reports.csv").len(), 12);
}
