//! A release folder: written, read, verified.

use std::fs;
use std::path::Path;

use gongkai::release::{self, OldRelease, Problem};

use super::fixture::Sample;

fn release(sample: &Sample) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    sample.write(None, folder.path()).unwrap();
    folder
}

fn read(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join(file)).unwrap()
}

fn json(folder: &Path, file: &str) -> serde_json::Value {
    serde_json::from_str(&read(folder, file)).unwrap()
}

#[test]
fn a_release_has_every_file_of_the_contract_and_the_same_bytes_each_time() {
    // Kept, so that the validators of tests/shared can look at it.
    let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join("release");
    let _ = fs::remove_dir_all(&kept);
    fs::create_dir_all(&kept).unwrap();
    let sample = Sample::new();
    let written = sample.write(None, &kept).unwrap();
    let paths: Vec<&str> = written.files.iter().map(|file| file.path.as_str()).collect();
    for path in [
        "README.md",
        "CHANGELOG.md",
        "changelog.json",
        "CITATION.cff",
        "release.json",
        "datapackage.json",
        "csv-metadata.json",
        "croissant.json",
        "dcat.jsonld",
        "schema.jsonld",
        "prov.jsonld",
        "sample.xlsx",
        "index.html",
        "portal/catalog_zh.csv",
        "data/observations.csv",
        "data/observations.parquet",
        "data/targets.csv",
        "source/gao-2024.txt",
    ] {
        assert!(paths.contains(&path), "{path}");
    }
    let again = release(&sample);
    assert_eq!(read(&kept, "SHA256SUMS"), read(again.path(), "SHA256SUMS"));
    assert_eq!(written.proposed, None);
}

#[test]
fn json_ld_is_json_ld() {
    let folder = release(&Sample::new());
    for (file, least) in [("dcat.jsonld", 500), ("prov.jsonld", 200)] {
        let text = read(folder.path(), file);
        let quads: Vec<_> = oxjsonld::JsonLdParser::new()
            .with_base_iri("https://release.invalid/")
            .unwrap()
            .for_reader(text.as_bytes())
            .collect::<Result<_, _>>()
            .unwrap_or_else(|e| panic!("{file}: {e}"));
        assert!(quads.len() > least, "{file}: {} statements", quads.len());
    }
}

#[test]
fn the_readme_counts_what_there_is() {
    let folder = release(&Sample::new());
    let readme = read(folder.path(), "README.md");
    assert_eq!(readme.matches("\n2 targets in 8 observations\n").count(), 4);
    assert!(
        readme.contains("错误 errors: 0, 警告 warnings: 1, 提示 notes: 0."),
        "{readme}"
    );
    assert!(
        readme.contains("- **warning** count (`gao-2024`): 2 家 \\| 2 names"),
        "{readme}"
    );
    assert!(readme.contains("数字是虚构的。"), "{readme}");
}

#[test]
fn the_portal_catalogue_lists_what_is_missing() {
    let mut sample = Sample::new();
    sample.description.portal.open = Some(true);
    let folder = release(&sample);
    let text = read(folder.path(), "portal/catalog_zh.csv");
    let mut csv = csv::Reader::from_reader(text.as_bytes());
    let header = csv.headers().unwrap().clone();
    let first = csv.records().next().unwrap().unwrap();
    let cell = |name: &str| &first[header.iter().position(|column| column == name).unwrap()];
    assert_eq!(cell("信息资源名称"), "样例数据集：报告");
    assert_eq!(
        (cell("是否向社会开放"), cell("更新周期"), cell("发布日期")),
        ("是", "每年", "2024-03-01")
    );
    assert_eq!(cell("共享类型"), "");
    assert_eq!(
        cell("缺失项"),
        "信息资源分类；信息资源代码；信息资源提供方代码；共享类型；共享条件；共享方式；开放条件；关联资源代码"
    );
}

#[test]
fn a_release_reads_back() {
    let sample = Sample::new();
    let folder = release(&sample);
    let old = OldRelease::open(folder.path()).unwrap();
    assert_eq!(old.extractions().unwrap(), sample.reports);
    assert_eq!(old.tables, sample.tables());
    assert_eq!(release::read_tables(folder.path()).unwrap(), sample.tables());
    let data = release::read_tables(&folder.path().join("data")).unwrap();
    assert_eq!(data.get("observations"), sample.tables().get("observations"));
    // The record above the folder says what the thematic tables are.
    assert_eq!(data.get("targets"), sample.tables().get("targets"));
}

#[test]
fn a_wrong_description_is_refused() {
    let refused = |change: fn(&mut Sample)| {
        let mut sample = Sample::new();
        change(&mut sample);
        sample
            .write(None, tempfile::tempdir().unwrap().path())
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        refused(|sample| sample.description.version = "1.0".into()),
        "release description: version: expected three numbers such as 1.0.0, found `1.0`"
    );
    assert_eq!(
        refused(|sample| sample.description.homepage = "https://example.org/x".into()),
        "release description: homepage: expected an address that ends in `/`, found `https://example.org/x`"
    );
    assert_eq!(
        refused(|sample| sample.reports[0].report.report_id = "../up".into()),
        "release description: report_id: expected a plain file name, found `../up`"
    );
}

fn verify(folder: &Path) -> Vec<Problem> {
    let rebuild = |_: &OldRelease, into: &Path| Sample::new().write(None, into).map(drop).map_err(|e| e.to_string());
    release::verify(folder, None, Some(&rebuild)).unwrap().problems
}

/// Replaces a file's text and brings `SHA256SUMS` up to date.
fn forge(folder: &Path, file: &str, from: &str, to: &str) {
    let text = read(folder, file);
    assert!(text.contains(from), "{file} has no `{from}`");
    fs::write(folder.join(file), text.replacen(from, to, 1)).unwrap();
    let sums: String = read(folder, "SHA256SUMS")
        .lines()
        .map(|line| match line.split_once("  ") {
            Some((_, name)) if name == file => {
                format!(
                    "{}  {name}\n",
                    gongkai::source::sha256_hex(&fs::read(folder.join(name)).unwrap())
                )
            }
            _ => format!("{line}\n"),
        })
        .collect();
    fs::write(folder.join("SHA256SUMS"), sums).unwrap();
}

/// A way to break a release folder.
type Break = fn(&Path);

#[test]
fn verify_says_exactly_what_is_wrong() {
    let sample = Sample::new();
    let good = release(&sample);
    assert_eq!(verify(good.path()), []);

    let cases: &[(Break, &str, &str, &str)] = &[
        (
            |folder| fs::write(folder.join("README.md"), "x").unwrap(),
            "checksums",
            "README.md",
            "expected the sum",
        ),
        (
            |folder| fs::remove_file(folder.join("sample.xlsx")).unwrap(),
            "checksums",
            "sample.xlsx",
            "is listed and is not there",
        ),
        (
            |folder| fs::write(folder.join("extra"), "x").unwrap(),
            "checksums",
            "extra",
            "is there and is not listed",
        ),
        (
            |folder| forge(folder, "data/observations.csv", "8.37,,8.37", "8.38,,8.37"),
            "schemas",
            "data/observations.parquet",
            "is not the table of the CSV file: row 1, value: `8.37`, not `8.38`",
        ),
        (
            |folder| forge(folder, "data/numerals.csv", "quantity", "quantum"),
            "schemas",
            "data/numerals.csv",
            "row 1: kind can't be `quantum`",
        ),
        (
            |folder| forge(folder, "data/numerals.csv", ",8,12,", ",x,12,"),
            "schemas",
            "data/numerals.csv",
            "table `numerals`, row 1: column `source_start`: `x` is not an integer",
        ),
        (
            |folder| forge(folder, "source/gao-2024.txt", "8.37", "9.37"),
            "offsets",
            "data/numerals.csv",
            "row 1: the text at 8..12 is `9.37`, not `8.37`",
        ),
        (
            |folder| {
                forge(
                    folder,
                    "changelog.json",
                    "\"version\": \"1.0.0\"",
                    "\"version\": \"0.9.0\"",
                );
            },
            "chain",
            "changelog.json",
            "its latest version or the one before is not that of release.json",
        ),
        (
            |folder| forge(folder, "README.md", "样例数据集", "样例数据"),
            "rebuild",
            "README.md",
            "line 1: released `# 样例数据`, rebuilt `# 样例数据集`",
        ),
    ];
    for (break_it, check, file, message) in cases {
        let folder = release(&sample);
        break_it(folder.path());
        let problems = verify(folder.path());
        assert!(
            problems
                .iter()
                .any(|it| it.check == *check && it.file == *file && it.message.starts_with(message)),
            "{check} {file} {message}: {problems:#?}"
        );
    }
}

#[test]
fn a_note_that_is_not_in_the_text_is_found() {
    let mut sample = Sample::new();
    sample.reports[0].footnotes[0].text = "甲、丙获评。".into();
    let folder = release(&sample);
    let problems = release::verify(folder.path(), None, None).unwrap().problems;
    let messages = messages(&problems);
    assert_eq!(
        messages,
        ["data/footnotes.csv: row 1: the text at 54..60 is `甲、乙获评。`, not `甲、丙获评。`"]
    );
}

#[test]
fn a_day_before_the_calendar_of_spreadsheets_is_released() {
    let mut sample = Sample::new();
    let row = &mut sample.reports[0].observations[0];
    row.period = Some("1840".into());
    row.period_start = Some(jiff::civil::date(1840, 1, 1));
    row.period_end = Some(jiff::civil::date(1840, 12, 31));
    let folder = release(&sample);
    assert!(read(folder.path(), "data/observations.csv").contains(",1840,1840-01-01,1840-12-31,"));
}

#[test]
fn broken_keys_are_found() {
    let mut sample = Sample::new();
    sample.reports[0].observations[1].observation_id = "gao-2024-0".into();
    sample.reports[1].members[0].observation_id = "none".into();
    let folder = release(&sample);
    let problems: Vec<_> = verify(folder.path())
        .into_iter()
        .filter(|it| it.check == "keys")
        .collect();
    let messages = messages(&problems);
    assert_eq!(
        messages,
        [
            "data/numerals.csv: row 2: observation_id gao-2024-1 is not in the table `observations`",
            "data/observations.csv: row 2: the key gao-2024-0 stands twice",
            "data/members.csv: row 3: observation_id none is not in the table `observations`",
        ]
    );
}

#[test]
fn metadata_agree_on_hashes() {
    let folder = release(&Sample::new());
    let package = json(folder.path(), "datapackage.json");
    let resource = |name: &str| {
        package["resources"]
            .as_array()
            .unwrap()
            .iter()
            .find(|it| it["name"] == name)
            .unwrap()
            .clone()
    };
    let csv = fs::read(folder.path().join("data/observations.csv")).unwrap();
    let sum = gongkai::source::sha256_hex(&csv);
    assert_eq!(resource("observations")["hash"], format!("sha256:{sum}"));
    assert_eq!(resource("observations")["bytes"], csv.len());
    assert!(read(folder.path(), "dcat.jsonld").contains(&sum));
    assert!(read(folder.path(), "SHA256SUMS").contains(&format!("{sum}  data/observations.csv")));
    // A key with nulls is told in words alone.
    let keys = resource("observations")["schema"]["foreignKeys"]
        .as_array()
        .unwrap()
        .len();
    assert_eq!(keys, 5);
}

fn messages(problems: &[release::Problem]) -> Vec<String> {
    let message = |it: &release::Problem| format!("{}: {}", it.file, it.message);
    problems.iter().map(message).collect()
}
