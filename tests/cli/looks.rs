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

    // What stands before the number in its sentence is as good.
    let before = project.done(&["explain", "sample.txt", "--at", &offset_of("地区生产总值达到")]);
    assert_eq!(before.stdout, told);
}

#[test]
fn explain_says_what_is_there_where_no_number_is() {
    let project = Project::sample();
    let failed = |args: &[&str]| project.ends(&[&["explain", "sample.txt"], args].concat(), 2).stderr;
    let length = SAMPLE.chars().count();
    let beyond = failed(&["--at", "99999"]);
    assert!(
        beyond.contains(&format!(
            "no number at offset 99999: found the end of the text, which has {length} characters; the nearest numeral is `32.81`"
        )),
        "{beyond}"
    );
    let between = failed(&["--at", &offset_of("谢谢大家")]);
    assert!(
        between.contains("found `谢谢大家！`; the nearest numeral is `32.81`"),
        "{between}"
    );
    let unknown = failed(&["--id", "sample-0"]);
    assert!(
        unknown.contains("no number at observation sample-0: found") && unknown.contains("none with this identifier"),
        "{unknown}"
    );
}

#[test]
fn every_numeral_of_the_ledger_is_explained() {
    let text = SAMPLE.replace("谢谢大家！", "①统筹推进一体化发展，持之以恒，建成绿地5000m2。");
    let project = Project::empty();
    project.write("sample.txt", &text);
    project.done(&["extract", "sample.txt", "--output", "out"]);
    let ledger = project.rows("out/numerals.csv");
    let reasons: std::collections::BTreeSet<_> = ledger.iter().map(|row| row["reason"].as_str()).collect();
    for reason in ["unit", "footnote-mark", "footnote-label", "list-number"] {
        assert!(reasons.contains(reason), "{reason}: {reasons:?}");
    }
    for row in ledger {
        let json = project
            .done(&["explain", "sample.txt", "--at", &row["source_start"], "--json"])
            .stdout;
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        let step = &json["steps"][0];
        assert_eq!(
            (
                json["source_start"].to_string(),
                step["rule"].as_str(),
                step["stage"].as_str()
            ),
            (row["source_start"].clone(), Some(row["reason"].as_str()), Some("kind")),
            "{row:?}: {json}"
        );
        assert!(step["reads"].as_str().is_some_and(|reads| !reads.is_empty()), "{json}");
        assert!(
            json["sentence"].as_str().is_some_and(|sentence| !sentence.is_empty()),
            "{json}"
        );
        project.done(&["explain", "sample.txt", "--at", &row["source_start"]]);
    }
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
fn audit_takes_several_folders_of_tables_and_reports_together() {
    let project = Project::empty();
    project.write("one.txt", SAMPLE);
    project.write("two.txt", &SAMPLE.replace("达到32.81亿元", "达到42.81亿元"));
    project.write("three.txt", SAMPLE);
    project.done(&["extract", "one.txt", "--output", "a"]);
    project.done(&["extract", "two.txt", "--output", "b"]);
    project.write("a/README.md", "注：2019年增长99%。");
    project.write("b/README.md", "注：2019年增长99%。");
    let found = project.ends(&["audit", "a", "b", "three.txt", "--json"], 1).stdout;
    let json: serde_json::Value = serde_json::from_str(&found).unwrap();
    let audited: Vec<_> = json["coverage"]
        .as_array()
        .unwrap()
        .iter()
        .map(|coverage| coverage["report_id"].as_str().unwrap())
        .collect();
    assert_eq!(audited, ["one", "two", "three"]);
    let twice = project.ends(&["audit", "a", "one.txt"], 2).stderr;
    assert!(twice.contains("both be report `one`: a and one.txt"), "{twice}");
}

#[test]
fn a_reader_that_leaves_does_not_hide_findings() {
    let project = Project::empty();
    project.write("bad.txt", &SAMPLE.replace("达到32.81亿元", "达到42.81亿元"));
    let mut child = project
        .command(&["audit", "bad.txt"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let ran: crate::project::Ran = child.wait_with_output().unwrap().into();
    assert_eq!((ran.status, ran.stderr.as_str()), (1, ""));
}

#[test]
fn an_acknowledged_error_passes_a_strict_run() {
    let project = Project::empty();
    project.write("sample.txt", &SAMPLE.replace("达到32.81亿元", "达到42.81亿元"));
    project.done(&["new", "sample", "sample.txt", "--project", "."]);
    let refused = project.ends(&["run", "--strict"], 1);
    assert!(
        refused
            .stderr
            .contains("not released, the audit has 1 unacknowledged error\n"),
        "{}",
        refused.stderr
    );
    assert!(!project.path("output/sample").exists());

    project.done(&["run"]);
    let findings = project.rows("output/sample/data/findings.csv");
    let errors: Vec<_> = findings.iter().filter(|row| row["severity"] == "error").collect();
    assert!(!errors.is_empty());
    // A number less than nothing begins with a minus sign and so needs no quoting.
    assert!(
        findings.iter().all(|row| !row["difference"].starts_with(['\'', '-'])),
        "{findings:?}"
    );
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

#[test]
fn diff_of_two_data_folders_covers_thematic_tables() {
    let table = |sql: &str| {
        let project = Project::sample();
        let file = project.read("pipelines/sample/pipeline.toml");
        let table = format!(
            "[[tables]]\nname = \"hotline\"\ntitle = {{ zh = \"热线\", en = \"Hotline\" }}\n\
             description = {{ zh = \"热线。\", en = \"The hotline.\" }}\nsql = \"{sql} ORDER BY source_start\"\n"
        );
        project.write("pipelines/sample/pipeline.toml", &format!("{file}\n{table}"));
        project.done(&["run"]);
        project
    };
    let old = table("SELECT value FROM observations WHERE unit = '件'");
    let new = table("SELECT value FROM observations WHERE unit = '%'");
    let data = |project: &Project| project.path("output/sample/data").to_string_lossy().into_owned();
    let told = old.ends(&["diff", &data(&old), &data(&new)], 1);
    assert!(told.stdout.contains("hotline"), "{}", told.stdout);

    // Without the record nothing says what the table's columns are.
    fs::rename(old.path("output/sample/data"), old.path("loose")).unwrap();
    let told = old.done(&["diff", "loose", "loose"]);
    assert!(
        told.stderr
            .contains("loose/hotline.csv: left out, expected a table that"),
        "{}",
        told.stderr
    );
}
