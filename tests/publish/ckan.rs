//! Publishing to a CKAN portal.

use std::path::Path;

use gongkai::publish::{self, Action, Error, Options, Plan};
use serde_json::{Value, json};
use tempfile::{NamedTempFile, TempDir};

use crate::fake_ckan::{FakeCkan, OUTSIDER, TOKEN};
use crate::http::{self, Answer};
use crate::release::{Recipe, sha256};

/// A file with a token.
pub fn token_file(token: &str) -> NamedTempFile {
    let file = NamedTempFile::new().unwrap();
    std::fs::write(file.path(), token).unwrap();
    file
}

pub fn options(release: &Path, url: &str, token: &NamedTempFile) -> Options {
    let mut options = Options::new(release, url);
    options.token_file = Some(token.path().to_owned());
    options.pause = std::time::Duration::from_millis(1);
    options
}

/// An error with its causes, as the command line prints it.
pub fn told(error: &Error) -> String {
    let causes = std::iter::successors(Some(error as &dyn std::error::Error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// A portal, a release and a token.
struct Scene {
    portal: FakeCkan,
    release: TempDir,
    token: NamedTempFile,
}

impl Scene {
    fn new(recipe: &Recipe) -> Self {
        Self {
            portal: FakeCkan::start(),
            release: recipe.build(),
            token: token_file(TOKEN),
        }
    }

    fn options(&self) -> Options {
        options(self.release.path(), &self.portal.url, &self.token)
    }

    fn plan(&self) -> Plan {
        publish::plan(&self.options()).unwrap()
    }

    fn apply(&self) -> publish::Applied {
        publish::apply(&self.options(), &mut |_| {}).unwrap()
    }

    /// Goes on with another release on the same portal.
    fn next(&mut self, recipe: &Recipe) {
        self.release = recipe.build();
    }
}

fn subjects(plan: &Plan, action: Action) -> Vec<&str> {
    plan.changes
        .iter()
        .filter(|change| change.action == action)
        .map(|change| change.subject.as_str())
        .collect()
}

fn extra<'d>(dataset: &'d Value, key: &str) -> &'d str {
    let extras = dataset["extras"].as_array().unwrap();
    extras
        .iter()
        .find(|extra| extra["key"] == key)
        .and_then(|extra| extra["value"].as_str())
        .unwrap_or_default()
}

#[test]
fn a_plan_writes_nothing() {
    let scene = Scene::new(&Recipe::new("1.0.0"));
    let plan = scene.plan();
    assert!(!plan.is_empty() && !plan.is_blocked());
    assert_eq!(scene.portal.writes(), 0);
    assert_eq!(subjects(&plan, Action::Create), ["dataset"]);
    let uploads = subjects(&plan, Action::Upload);
    assert_eq!(
        uploads,
        [
            "data/facts.parquet",
            "data/facts.csv",
            "datapackage.json",
            "dcat.jsonld",
            "SHA256SUMS",
            "source/高境.txt",
            "index.html"
        ]
    );
    let text = plan.to_text();
    assert!(text.contains("data/facts.csv: upload, 50 bytes"), "{text}");
    assert!(text.contains(r#"title: (nothing) -> "测试数据""#), "{text}");
    let json: Value = serde_json::from_str(&plan.to_json()).unwrap();
    assert_eq!(json["changes"][0]["action"], "create");
    assert!(!text.contains(TOKEN) && !plan.to_json().contains(TOKEN));
}

#[test]
fn publishing_twice_changes_nothing() {
    let scene = Scene::new(&Recipe::new("1.0.0"));
    let applied = scene.apply();
    assert_eq!(applied.files_verified, 7);
    assert_eq!(scene.portal.stored().len(), 7);
    {
        let portal = scene.portal.portal();
        let dataset = portal.dataset();
        assert_eq!(dataset["title"], "测试数据");
        assert_eq!(dataset["version"], "1.0.0");
        assert_eq!(dataset["license_id"], "cc-by");
        assert_eq!(dataset["owner_org"], "id-gaojing");
        assert_eq!(extra(dataset, "temporal"), "2023-01-01/2024-12-31");
        for key in ["source", "spatial", "language", "frequency", "licence"] {
            assert!(!extra(dataset, key).is_empty(), "{key}");
        }
        for resource in dataset["resources"].as_array().unwrap() {
            let name = resource["url"].as_str().unwrap().rsplit('/').next().unwrap();
            assert!(name.is_ascii() && name.len() > 3, "{name}");
        }
        assert_eq!(dataset["resources"][1]["name"], "观测值（CSV）");
    }

    let before = scene.portal.writes();
    assert!(scene.plan().is_empty());
    let again = scene.apply();
    assert_eq!((again.steps, again.bytes_sent, again.files_verified), (0, 0, 7));
    assert_eq!(scene.portal.writes(), before);
}

#[test]
fn the_next_version_sends_what_changed() {
    let mut scene = Scene::new(&Recipe::new("1.0.0"));
    scene.apply();
    scene.next(&Recipe::new("1.1.0").with("data/facts.csv", "id,value,published\r\n0014,1,2024-03-06\r\n"));
    let plan = scene.plan();
    let sent = ["data/facts.csv", "datapackage.json", "SHA256SUMS"];
    assert_eq!(subjects(&plan, Action::Upload), sent);
    let last = plan.changes.last().unwrap();
    let version = last.fields.iter().find(|field| field.field == "version").unwrap();
    assert_eq!(
        (version.old.as_deref(), version.new.as_deref()),
        (Some("1.0.0"), Some("1.1.0"))
    );
    let applied = scene.apply();
    assert_eq!(applied.bytes_sent, plan.bytes());
    assert!(scene.plan().is_empty());
    let paths: Vec<_> = scene.portal.stored().into_iter().map(|(path, _)| path).collect();
    assert_eq!(paths[1], "data/facts.csv");
    assert_eq!(paths.last().unwrap(), "index.html");
}

#[test]
fn files_that_come_and_go_keep_the_order() {
    let mut scene = Scene::new(&Recipe::new("1.0.0"));
    scene.apply();
    scene.next(&Recipe::new("1.1.0").with("README.md", "# 说明"));
    scene.apply();
    let paths = |scene: &Scene| {
        scene
            .portal
            .stored()
            .into_iter()
            .map(|(path, _)| path)
            .collect::<Vec<_>>()
    };
    assert_eq!(paths(&scene)[4..6], ["README.md", "SHA256SUMS"]);
    scene.next(&Recipe::new("1.2.0"));
    let plan = scene.plan();
    assert_eq!(subjects(&plan, Action::Remove).len(), 1);
    scene.apply();
    assert!(!paths(&scene).contains(&"README.md".to_owned()));
    assert!(scene.plan().is_empty());
}

#[test]
fn what_people_added_by_hand_stays() {
    let mut scene = Scene::new(&Recipe::new("1.0.0"));
    scene.apply();
    {
        let mut portal = scene.portal.portal();
        let dataset = portal.dataset_mut();
        dataset["notes"] = json!("由门户人员改写的说明");
        dataset["groups"] = json!([{"name": "economy"}]);
        dataset["tags"]
            .as_array_mut()
            .unwrap()
            .push(json!({"name": "手工标签"}));
        dataset["extras"]
            .as_array_mut()
            .unwrap()
            .push(json!({"key": "contact", "value": "63xx"}));
        dataset["resources"][1]["description"] = json!("手工描述");
        dataset["resources"]
            .as_array_mut()
            .unwrap()
            .insert(0, json!({"id": "by-hand", "name": "附件"}));
    }
    let plan = scene.plan();
    assert!(plan.is_empty(), "{}", plan.to_text());
    assert!(
        plan.to_text().contains("tag 手工标签: left alone"),
        "{}",
        plan.to_text()
    );

    let mut recipe = Recipe::new("1.1.0").with("data/facts.csv", "id,value,published\r\n0014,1,2024-03-06\r\n");
    recipe.title = "新的标题";
    recipe.keywords = vec!["统计"];
    scene.next(&recipe);
    scene.apply();
    let portal = scene.portal.portal();
    let dataset = portal.dataset();
    assert_eq!(dataset["title"], "新的标题");
    assert_eq!(dataset["notes"], "由门户人员改写的说明");
    assert_eq!(dataset["groups"], json!([{"name": "economy"}]));
    let mut tags: Vec<_> = dataset["tags"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tag| tag["name"].as_str().unwrap())
        .collect();
    tags.sort_unstable();
    assert_eq!(tags, ["手工标签", "统计"]);
    assert_eq!(extra(dataset, "contact"), "63xx");
    assert_eq!(dataset["resources"][0]["id"], "by-hand");
    assert_eq!(dataset["resources"][2]["description"], "手工描述");
}

#[test]
fn a_file_that_was_replaced_on_the_portal_is_sent_again() {
    let scene = Scene::new(&Recipe::new("1.0.0"));
    scene.apply();
    {
        let mut portal = scene.portal.portal();
        let id = portal.dataset()["resources"][6]["id"].as_str().unwrap().to_owned();
        portal.files.insert(id, b"<p>other</p>".to_vec());
    }
    let applied = scene.apply();
    assert_eq!(applied.steps, 1);
    assert_eq!(
        scene.portal.stored().last().unwrap().1,
        sha256("<p>报告</p>".as_bytes())
    );
}

#[test]
fn tables_get_the_types_of_the_schema() {
    let mut scene = Scene::new(&Recipe::new("1.0.0"));
    let mut options = scene.options();
    options.datastore = true;
    publish::apply(&options, &mut |_| {}).unwrap();
    {
        let portal = scene.portal.portal();
        let (fields, rows) = portal.tables.values().next().unwrap();
        let types: Vec<_> = fields
            .as_array()
            .unwrap()
            .iter()
            .map(|field| field["type"].as_str().unwrap())
            .collect();
        assert_eq!(types, ["text", "float8", "date"]);
        assert_eq!(fields[0]["info"]["label"], "编号");
        let rows: Vec<_> = rows.values().collect();
        assert_eq!(
            rows[0],
            &json!({"id": "0012", "value": "8.37", "published": "2024-03-05"})
        );
        assert_eq!(rows[1], &json!({"id": "0013", "value": null, "published": null}));
    }
    assert!(publish::plan(&options).unwrap().is_empty());
    scene.next(&Recipe::new("1.1.0").with("data/facts.csv", "id,value,published\r\n0014,1,2024-03-06\r\n"));
    assert!(scene.plan().to_text().contains("--datastore loads the new ones"));
    let mut options = scene.options();
    options.datastore = true;
    publish::apply(&options, &mut |_| {}).unwrap();
    assert_eq!(scene.portal.portal().tables.values().next().unwrap().1.len(), 1);
}

#[test]
fn a_wrong_token_is_refused_before_anything_is_written() {
    for (token, words) in [
        (
            OUTSIDER,
            "the user outsider may not create datasets in any organisation",
        ),
        ("unknown-token", "does not know this token"),
        ("two words", "malformed"),
        ("令牌", "malformed"),
        ("", "is empty"),
    ] {
        let mut scene = Scene::new(&Recipe::new("1.0.0"));
        scene.token = token_file(token);
        let error = told(&publish::apply(&scene.options(), &mut |_| {}).unwrap_err());
        assert!(error.contains(words), "{error}");
        assert!(token.is_empty() || !error.contains(token), "{error}");
        assert_eq!(scene.portal.writes(), 0);
    }
}

#[test]
fn an_outsider_may_not_touch_a_dataset_that_is_there() {
    let mut scene = Scene::new(&Recipe::new("1.0.0"));
    scene.apply();
    let before = scene.portal.writes();
    scene.next(&Recipe::new("1.1.0"));
    scene.token = token_file(OUTSIDER);
    let error = publish::apply(&scene.options(), &mut |_| {}).unwrap_err();
    assert!(
        matches!(error, Error::Blocked(_)) && told(&error).contains("may not edit it"),
        "{error}"
    );
    assert_eq!(scene.portal.writes(), before);
}

#[test]
fn a_name_that_is_taken_is_no_release() {
    let scene = Scene::new(&Recipe::new("1.0.0"));
    scene.portal.portal().datasets.push(json!({
        "id": "other", "name": "test-release", "state": "active", "metadata_modified": "1", "owner_org": "id-gaojing",
    }));
    let plan = scene.plan();
    assert!(
        plan.is_blocked() && plan.to_text().contains("was not published from a release"),
        "{}",
        plan.to_text()
    );
    assert!(publish::apply(&scene.options(), &mut |_| {}).is_err());
    assert_eq!(scene.portal.writes(), 0);
}

#[test]
fn with_several_organisations_one_must_be_named() {
    let scene = Scene::new(&Recipe::new("1.0.0"));
    scene.portal.portal().organizations = vec!["gaojing", "baoshan"];
    assert!(scene.plan().to_text().contains("--organization"));
    let mut options = scene.options();
    options.organization = Some("baoshan".to_owned());
    publish::apply(&options, &mut |_| {}).unwrap();
    assert_eq!(scene.portal.portal().dataset()["owner_org"], "id-baoshan");
}

#[test]
fn a_file_over_the_limit_is_told_beforehand_or_in_plain_words() {
    let scene = Scene::new(&Recipe::new("1.0.0"));
    let mut options = scene.options();
    options.max_upload = Some(60);
    let plan = publish::plan(&options).unwrap();
    assert!(
        plan.is_blocked() && plan.to_text().contains("more than the limit of 60"),
        "{}",
        plan.to_text()
    );
    assert!(publish::apply(&options, &mut |_| {}).is_err());
    assert_eq!(scene.portal.writes(), 0);

    scene.portal.portal().limit = Some(60);
    let error = told(&publish::apply(&scene.options(), &mut |_| {}).unwrap_err());
    assert!(
        error.contains("File upload too large") && error.contains("ckan.max_resource_size"),
        "{error}"
    );
    scene.portal.portal().limit = None;
    scene.apply();
    assert_eq!(scene.portal.stored().len(), 7);
}

#[test]
fn a_damaged_release_is_not_published() {
    let scene = Scene::new(&Recipe::new("1.0.0"));
    std::fs::write(scene.release.path().join("index.html"), "changed").unwrap();
    let error = told(&publish::plan(&scene.options()).unwrap_err());
    assert!(
        error.contains("index.html") && error.contains("build the release again"),
        "{error}"
    );
    assert_eq!(scene.portal.portal().log.len(), 0);
}

#[test]
fn the_token_does_not_follow_a_redirect() {
    let seen = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let log = std::sync::Arc::clone(&seen);
    let elsewhere = http::serve(std::sync::Arc::new(move |request| {
        log.lock().unwrap().push(request.headers.get("authorization").cloned());
        Some(Answer::html(200, "elsewhere"))
    }));
    let target = elsewhere.clone();
    let moved = http::serve(std::sync::Arc::new(move |_| {
        Some(Answer::html(302, "moved").with_header("Location", &format!("{target}/api/3/action/status_show")))
    }));
    let release = Recipe::new("1.0.0").build();
    let token = token_file(TOKEN);
    let error = told(&publish::apply(&options(release.path(), &moved, &token), &mut |_| {}).unwrap_err());
    assert!(
        error.contains(&elsewhere) && error.contains("give that address as the target"),
        "{error}"
    );
    assert!(seen.lock().unwrap().is_empty());
}

#[test]
fn a_download_may_be_elsewhere_and_the_token_stays() {
    // A portal that keeps its files in an object store: downloads are redirected to another address.
    let scene = Scene::new(&Recipe::new("1.0.0"));
    let seen = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let (log, portal) = (std::sync::Arc::clone(&seen), scene.portal.clone());
    let storage = http::serve(std::sync::Arc::new(move |request| {
        log.lock().unwrap().push(request.headers.get("authorization").cloned());
        let id = request.target.trim_start_matches('/').to_owned();
        Some(Answer::new(
            200,
            "application/octet-stream",
            portal.portal().files[&id].clone(),
        ))
    }));
    let portal_url = scene.portal.url.clone();
    let front = http::serve(std::sync::Arc::new(move |request| {
        if request.target.contains("/download/") {
            let id = request.target.split('/').nth(4).unwrap().to_owned();
            return Some(Answer::html(302, "moved").with_header("Location", &format!("{storage}/{id}")));
        }
        Some(crate::faults::forward(&portal_url, &request))
    }));
    let options = options(scene.release.path(), &front, &scene.token);
    publish::apply(&options, &mut |_| {}).unwrap();
    let seen = seen.lock().unwrap();
    assert_eq!(seen.len(), 7);
    assert!(seen.iter().all(Option::is_none), "{seen:?}");
}

#[test]
fn two_publishers_at_once_make_one_dataset() {
    for round in 0..5 {
        let portal = FakeCkan::start();
        let recipes = [Recipe::new("1.0.0"), Recipe::new("1.0.0")];
        let releases = recipes.map(|recipe| recipe.build());
        let token = token_file(TOKEN);
        let results: Vec<_> = std::thread::scope(|scope| {
            let start = |release: &tempfile::TempDir| {
                let options = options(release.path(), &portal.url, &token);
                scope.spawn(move || publish::apply(&options, &mut |_| {}))
            };
            let started: Vec<_> = releases.iter().map(start).collect();
            started.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(results.iter().any(Result::is_ok), "round {round}: {results:?}");
        // One of the two may have given up; the next run finishes what is left.
        let options = options(releases[0].path(), &portal.url, &token);
        publish::apply(&options, &mut |_| {}).unwrap();
        assert_eq!(portal.stored().len(), 7, "round {round}");
        assert!(publish::plan(&options).unwrap().is_empty());
    }
}
