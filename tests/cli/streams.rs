//! Standard output, standard error, and the exit status.

use std::process::Stdio;

use crate::project::Project;

const COMMANDS: &[&str] = &[
    "run",
    "extract",
    "explain",
    "audit",
    "verify",
    "diff",
    "publish",
    "schema",
    "new",
    "completions",
];

#[test]
fn every_command_has_help_with_examples() {
    let project = Project::empty();
    for command in COMMANDS {
        let help = project.done(&[command, "--help"]);
        assert!(help.stdout.contains("Example"), "{command}:\n{}", help.stdout);
        assert!(
            help.stdout.contains(&format!("pipeline {command}")),
            "{command}:\n{}",
            help.stdout
        );
    }
}

#[test]
fn wrong_usage_is_a_failure() {
    let project = Project::empty();
    for args in [
        &["extract"][..],
        &["frobnicate"],
        &["schema", "nope"],
        &["run"],
        &["extract", "missing.txt", "--output", "out"],
    ] {
        let ran = project.ends(args, 2);
        assert_eq!(ran.stdout, "", "{args:?}");
        assert!(ran.stderr.starts_with("error: "), "{args:?}: {}", ran.stderr);
    }
    assert!(!project.path("out").exists());
}

#[test]
fn data_is_on_standard_output_and_quiet_is_quiet() {
    let project = Project::sample();
    let loud = project.done(&["extract", "sample.txt", "--output", "out"]);
    assert_eq!(loud.stdout, "");
    assert!(loud.stderr.contains("1 report"), "{}", loud.stderr);
    let quiet = project.done(&["extract", "sample.txt", "--output", "out", "--quiet"]);
    assert_eq!((quiet.stdout.as_str(), quiet.stderr.as_str()), ("", ""));
}

#[test]
fn the_dictionary_is_printed() {
    let project = Project::empty();
    let list = project.done(&["schema"]);
    assert!(list.stdout.contains("observations") && list.stdout.contains("观测"));
    let table = project.done(&["schema", "observations"]);
    assert!(
        table.stdout.contains("value_base") && table.stdout.contains("code list measures"),
        "{}",
        table.stdout
    );
    let json = project.done(&["schema", "observations", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(json[0]["name"], "observations");
}

#[test]
fn completions_know_the_commands() {
    let project = Project::empty();
    for shell in ["bash", "zsh", "fish"] {
        let script = project.done(&["completions", shell]);
        assert!(script.stdout.contains("extract"), "{shell}");
    }
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let project = Project::empty();
    for args in [&["schema", "observations"][..], &["completions", "bash"]] {
        let mut child = project
            .command(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let ran: crate::project::Ran = child.wait_with_output().unwrap().into();
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{args:?}");
    }
}
