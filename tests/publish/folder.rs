//! Publishing to a folder that is served as a static portal.

use std::collections::BTreeMap;
use std::path::Path;

use gongkai::publish::{self, Action, Options, Plan};
use oxjsonld::JsonLdParser;
use oxrdf::Term;
use tempfile::TempDir;

use crate::ckan::told;
use crate::release::{Recipe, contents};

fn options(release: &TempDir, portal: &Path) -> Options {
    Options::new(release.path(), format!("file://{}", portal.display()))
}

fn apply(release: &TempDir, portal: &Path) -> publish::Applied {
    publish::apply(&options(release, portal), &mut |_| {}).unwrap()
}

fn plan(release: &TempDir, portal: &Path) -> Plan {
    publish::plan(&options(release, portal)).unwrap()
}

/// The files of a portal under a folder, by their path below it.
fn under(portal: &Path, folder: &str) -> BTreeMap<String, String> {
    contents(&portal.join(folder))
}

/// Version of every dataset in the catalogue, and address of every download.
fn catalogue(portal: &Path) -> (Vec<String>, Vec<String>) {
    let text = std::fs::read(portal.join("catalog.jsonld")).unwrap();
    let parser = JsonLdParser::new().with_base_iri("https://data.example/").unwrap();
    let (mut versions, mut downloads) = (Vec::new(), Vec::new());
    for quad in parser.for_slice(&text) {
        let quad = quad.unwrap();
        match (quad.predicate.as_str(), quad.object) {
            ("http://www.w3.org/ns/dcat#version", Term::Literal(version)) => versions.push(version.value().to_owned()),
            ("http://www.w3.org/ns/dcat#downloadURL", Term::NamedNode(node)) => downloads.push(node.into_string()),
            _ => {}
        }
    }
    versions.sort();
    (versions, downloads)
}

#[test]
fn a_plan_writes_nothing_and_applying_twice_changes_nothing() {
    let home = tempfile::tempdir().unwrap();
    let portal = home.path().join("new/portal");
    let release = Recipe::new("1.0.0").build();
    assert!(!plan(&release, &portal).is_empty());
    assert!(!portal.exists());
    let applied = apply(&release, &portal);
    assert_eq!(applied.files_verified, 7 + 7 + 2);
    let expected = contents(release.path());
    assert_eq!(under(&portal, "test-release/1.0.0"), expected);
    assert_eq!(under(&portal, "test-release/latest"), expected);
    assert!(plan(&release, &portal).is_empty());
    assert_eq!(apply(&release, &portal).steps, 0);
}

#[test]
fn every_release_stays_and_latest_is_the_newest() {
    let portal = tempfile::tempdir().unwrap();
    let portal = portal.path();
    let old = Recipe::new("1.9.0").with("README.md", "# 说明").build();
    let new = Recipe::new("1.10.0").with("index.html", "<p>新</p>").build();
    let mut other = Recipe::new("0.1.0");
    other.name = "other-release";
    let other = other.build();
    for release in [&new, &old, &other] {
        apply(release, portal);
    }
    assert_eq!(under(portal, "test-release/1.9.0"), contents(old.path()));
    assert_eq!(under(portal, "test-release/latest"), contents(new.path()));
    let (versions, downloads) = catalogue(portal);
    assert_eq!(versions, ["0.1.0", "1.10.0", "1.9.0"]);
    assert!(
        downloads.contains(&"https://data.example/test-release/1.9.0/data/facts.csv".to_owned()),
        "{downloads:?}"
    );
    let page = std::fs::read_to_string(portal.join("index.html")).unwrap();
    assert!(
        page.contains("1.9.0") && page.contains("1.10.0") && page.contains("0.1.0"),
        "{page}"
    );
    for release in [&new, &old, &other] {
        assert!(plan(release, portal).is_empty());
    }
}

#[test]
fn a_published_version_never_changes() {
    let portal = tempfile::tempdir().unwrap();
    apply(&Recipe::new("1.0.0").build(), portal.path());
    let before = contents(portal.path());
    let other = Recipe::new("1.0.0").with("index.html", "<p>other</p>").build();
    let plan = plan(&other, portal.path());
    assert!(
        plan.is_blocked() && plan.to_text().contains("raise the version"),
        "{}",
        plan.to_text()
    );
    assert!(publish::apply(&options(&other, portal.path()), &mut |_| {}).is_err());
    assert_eq!(contents(portal.path()), before);
}

#[test]
fn what_is_not_ours_is_not_overwritten() {
    for path in ["index.html", "catalog.jsonld", "test-release/1.0.0/data/facts.csv"] {
        let portal = tempfile::tempdir().unwrap();
        let file = portal.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, "someone else's").unwrap();
        let release = Recipe::new("1.0.0").build();
        assert!(plan(&release, portal.path()).is_blocked(), "{path}");
        assert!(publish::apply(&options(&release, portal.path()), &mut |_| {}).is_err());
        assert_eq!(contents(portal.path()).len(), 1);
    }
}

/// Publishes up to a step and then dies, as a killed process does: nothing is tidied up.
fn die_at(release: &TempDir, portal: &Path, step: usize) {
    struct Death;
    let mut count = 0;
    let died = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        publish::apply(&options(release, portal), &mut |_| {
            if count == step {
                std::panic::resume_unwind(Box::new(Death));
            }
            count += 1;
        })
    }));
    assert!(died.is_err_and(|reason| reason.is::<Death>()));
}

#[test]
fn a_rerun_finishes_wherever_the_first_run_died() {
    let old = Recipe::new("1.0.0").with("README.md", "# 说明").build();
    let new = Recipe::new("1.1.0").with("index.html", "<p>新</p>").build();
    let start = tempfile::tempdir().unwrap();
    apply(&old, start.path());
    let steps = plan(&new, start.path()).changes.len();
    assert!(steps > 12, "{steps}");
    for step in 0..steps {
        let portal = tempfile::tempdir().unwrap();
        apply(&old, portal.path());
        die_at(&new, portal.path(), step);
        assert_eq!(under(portal.path(), "test-release/1.0.0"), contents(old.path()));
        apply(&new, portal.path());
        assert_eq!(
            under(portal.path(), "test-release/1.1.0"),
            contents(new.path()),
            "step {step}"
        );
        assert_eq!(
            under(portal.path(), "test-release/latest"),
            contents(new.path()),
            "step {step}"
        );
        assert_eq!(catalogue(portal.path()).0, ["1.0.0", "1.1.0"], "step {step}");
        assert!(plan(&new, portal.path()).is_empty(), "step {step}");
    }
}

#[test]
fn an_unfinished_version_is_not_in_the_catalogue() {
    let portal = tempfile::tempdir().unwrap();
    die_at(&Recipe::new("2.0.0").build(), portal.path(), 3);
    apply(&Recipe::new("1.0.0").build(), portal.path());
    assert_eq!(catalogue(portal.path()).0, ["1.0.0"]);
    let latest = under(portal.path(), "test-release/latest");
    assert_eq!(latest, under(portal.path(), "test-release/1.0.0"));
}

#[test]
fn a_damaged_file_is_found_and_mended() {
    let portal = tempfile::tempdir().unwrap();
    let release = Recipe::new("1.0.0").build();
    apply(&release, portal.path());
    for folder in ["1.0.0", "latest"] {
        let file = portal.path().join("test-release").join(folder).join("index.html");
        std::fs::remove_file(&file).unwrap();
        std::fs::write(&file, "<p>报合</p>").unwrap();
        let applied = apply(&release, portal.path());
        assert!(applied.steps > 0, "{folder}");
        assert_eq!(
            under(portal.path(), &format!("test-release/{folder}")),
            contents(release.path())
        );
    }
}

#[test]
fn two_publishers_at_once_are_both_in_the_catalogue() {
    for round in 0..10 {
        let portal = tempfile::tempdir().unwrap();
        let releases = ["1.0.0", "1.1.0"].map(|version| Recipe::new(version).with("README.md", version).build());
        std::thread::scope(|scope| {
            for release in &releases {
                scope.spawn(|| publish::apply(&options(release, portal.path()), &mut |_| {}).unwrap());
            }
        });
        assert_eq!(catalogue(portal.path()).0, ["1.0.0", "1.1.0"], "round {round}");
        assert_eq!(
            under(portal.path(), "test-release/latest"),
            contents(releases[1].path()),
            "round {round}"
        );
        for release in &releases {
            assert!(plan(release, portal.path()).is_empty(), "round {round}");
        }
    }
}

#[test]
fn addresses_that_are_no_targets_are_refused() {
    let release = Recipe::new("1.0.0").build();
    for (to, words) in [
        ("ftp://example.org/", "can't publish to ftp: addresses"),
        ("example.org", "not an address"),
        ("file:///", "names no folder"),
        ("http://example.org/", "in the clear"),
    ] {
        let error = told(&publish::plan(&Options::new(release.path(), to)).unwrap_err());
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn steps_name_what_they_do() {
    let portal = tempfile::tempdir().unwrap();
    let plan = plan(&Recipe::new("1.0.0").build(), portal.path());
    let actions: Vec<_> = plan.changes.iter().map(|change| change.action).collect();
    assert_eq!(actions[0], Action::Upload);
    assert_eq!(plan.changes[0].subject, "test-release/1.0.0/SHA256SUMS");
    assert_eq!(plan.changes.last().unwrap().subject, "index.html");
    assert!(actions.contains(&Action::Copy));
}
