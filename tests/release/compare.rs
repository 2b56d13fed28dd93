//! Releases against each other: diff, changelog, versions, chain.

use std::path::Path;

use gongkai::release::{self, Kind, OldRelease, Selection, Version};
use gongkai::table::Tables;

use super::fixture::Sample;

/// One changed number, one removed sentence, one renamed indicator.
fn edited() -> Sample {
    let mut sample = Sample::new();
    let gao = &mut sample.reports[0];
    for row in &mut gao.observations[..2] {
        row.sentence = row.sentence.replace("8.37", "8.38");
    }
    gao.observations[0].value = "8.38".parse().unwrap();
    gao.observations[0].value_text = "8.38".into();
    gao.observations[0].value_base = Some("838000000".parse().unwrap());
    gao.observations[3].observation_id = "gao-2024-new".into();
    gao.observations[3].indicator = "地方财政收入".into();
    gao.observations[3].sentence = "下一年地方财政收入增长5%左右。".into();
    gao.observations[3].source_start += 2;
    gao.observations[3].source_end += 2;
    gao.source_text = gao
        .source_text
        .replace("8.37", "8.38")
        .replace("下一年财政", "下一年地方财政");
    for member in &mut gao.members {
        member.source_start += 2;
        member.source_end += 2;
    }
    gao.footnotes[0].source_start += 2;
    gao.footnotes[0].source_end += 2;
    let zhen = &mut sample.reports[1];
    zhen.observations.remove(2);
    zhen.members.clear();
    for report in &mut sample.reports {
        let numerals = std::mem::take(&mut report.numerals);
        report.numerals = report
            .observations
            .iter()
            .zip(numerals)
            .map(|(row, numeral)| gongkai::fact::Numeral {
                source_start: row.source_start,
                source_end: row.source_start + row.value_text.len() as i64,
                surface: row.value_text.clone(),
                observation_id: Some(row.observation_id.clone()),
                ..numeral
            })
            .collect();
    }
    sample
}

const EVENTS: [&str; 3] = [
    "财政收入 · level actual 2023: 8.37 亿元 → 8.38 亿元",
    "财政收入 → 地方财政收入 · growth_rate target 2024: approx 5 %",
    "新增示范机构 · level actual 2023: 1 家",
];

#[test]
fn a_diff_shows_exactly_what_was_changed() {
    let changes = release::compare(&Sample::new().tables(), &edited().tables(), &Selection::default()).unwrap();
    let events = changes.events();
    let lines: Vec<String> = events.iter().map(release::Event::line).collect();
    assert_eq!(lines, EVENTS);
    assert_eq!(
        events.iter().map(|it| it.kind).collect::<Vec<_>>(),
        [Kind::ValueChanged, Kind::Renamed, Kind::Removed]
    );
    let text = changes.text();
    assert!(text.contains("observations: 8 → 7 rows"), "{text}");
    assert!(
        text.contains(
            "    - 全年完成财政收入8.37亿元，同比增长7.91%。\n    + 全年完成财政收入8.38亿元，同比增长7.91%。"
        ),
        "{text}"
    );
    assert_eq!(changes.json()["observations"][1]["kind"], "renamed");
    let html = changes.html().unwrap();
    assert!(html.contains("<del>− 全年完成财政收入8.37亿元"), "{html}");
    assert!(!html.contains("://"), "{html}");
}

#[test]
fn nothing_compared_is_not_no_difference() {
    let tables = Sample::new().tables();
    let same = release::compare(&tables, &tables, &Selection::default()).unwrap();
    assert_eq!(same.text(), "no differences\n");
    let selection = |reports: &[&str], themes: &[&str]| Selection {
        reports: reports.iter().map(|it| (*it).to_owned()).collect(),
        themes: themes.iter().map(|it| (*it).to_owned()).collect(),
    };
    let error = |old: &Tables, new: &Tables, selection: &Selection| {
        release::compare(old, new, selection).unwrap_err().to_string()
    };
    assert_eq!(
        error(&tables, &tables, &selection(&["gao-2042"], &[])),
        "nothing to compare: the selection selects no observation on either side"
    );
    assert_eq!(
        error(&tables, &Tables::default(), &Selection::default()),
        "nothing to compare: the new side has no table `observations`"
    );
    let selected = release::compare(
        &tables,
        &edited().tables(),
        &selection(&["gao-2024"], &["public_finance"]),
    )
    .unwrap();
    assert_eq!(selected.events().len(), 2);
}

fn write(sample: &Sample, earlier: Option<&OldRelease>, folder: &Path) -> release::Written {
    sample.write(earlier, folder).unwrap()
}

#[test]
fn versions_form_a_chain() {
    let folders = [(); 4].map(|()| tempfile::tempdir().unwrap());
    let [first, second, third, fourth] = folders.each_ref().map(tempfile::TempDir::path);
    let one = write(&Sample::new(), None, first);
    assert_eq!(one.summary, "First release: 2 reports, 8 observations, 14 tables.");
    let old = OldRelease::open(first).unwrap();

    // The data changed under the same version: the next version is proposed, and the release stays the first one.
    let same_version = write(&edited(), Some(&old), second);
    assert_eq!(same_version.proposed, Version::parse("1.1.0"));

    // The next version: its changelog tells the three changes, its record names the first release.
    let mut sample = edited();
    sample.description.version = "1.1.0".into();
    let next = write(&sample, Some(&old), third);
    assert_eq!(next.proposed, None);
    assert_eq!(
        next.summary,
        "Compared with 1.0.0: 1 value changed, 1 indicator renamed, 1 removed, 0 added, 0 only metadata changed."
    );
    let new = OldRelease::open(third).unwrap();
    assert_eq!(
        new.record.previous.as_ref().map(|it| &it.sha256sums),
        Some(&old.sums_sha256)
    );
    let changelog = std::fs::read_to_string(third.join("CHANGELOG.md")).unwrap();
    for line in EVENTS {
        assert!(changelog.contains(&format!("- {line}\n")), "{changelog}");
    }
    assert!(changelog.contains("## 1.0.0 — 2024-03-01"), "{changelog}");
    assert_eq!(release::verify(third, Some(first), None).unwrap().problems, []);
    let wrong = release::verify(third, Some(second), None).unwrap().problems;
    assert!(
        wrong[0].message.starts_with("expected a previous release with the sum"),
        "{wrong:?}"
    );

    // Building the same version again keeps the story to the byte; undoing the edit leaves no change to tell.
    write(&sample, Some(&new), fourth);
    let sums = |folder: &Path| std::fs::read_to_string(folder.join("SHA256SUMS")).unwrap();
    assert_eq!(sums(fourth), sums(third));
    let undone = Sample {
        description: sample.description.clone(),
        ..Sample::new()
    };
    let folder = tempfile::tempdir().unwrap();
    write(&undone, Some(&new), folder.path());
    let changes = OldRelease::open(folder.path()).unwrap().changelog.latest.changes;
    assert_eq!(
        (changes.observations.len(), changes.tables.len(), changes.columns.len()),
        (0, 0, 0)
    );

    // Backwards is refused, and so is a story that the pipeline file contradicts.
    let backwards = Sample::new().write(Some(&new), folder.path()).unwrap_err();
    assert_eq!(
        backwards.to_string(),
        "version 1.0.0: the release that is there has version 1.1.0, which is later"
    );
    sample.description.previous = Some(release::Previous {
        version: "1.0.0".into(),
        sha256sums: "0".repeat(64),
    });
    let contradicted = sample.write(Some(&old), folder.path()).unwrap_err().to_string();
    assert!(
        contradicted.starts_with("the previous release's SHA256SUMS: the pipeline file says 1.0.0 000"),
        "{contradicted}"
    );
}

#[test]
fn a_new_column_calls_for_a_major_version() {
    let folder = tempfile::tempdir().unwrap();
    write(&Sample::new(), None, folder.path());
    let old = OldRelease::open(folder.path()).unwrap();
    let mut sample = Sample::new();
    sample.queries[0].sql = sample.queries[0].sql.replace("unit FROM", "unit, period FROM");
    let into = tempfile::tempdir().unwrap();
    assert_eq!(
        write(&sample, Some(&old), into.path()).proposed,
        Version::parse("2.0.0")
    );
    let mut sample = Sample::new();
    sample.description.version = "1.0.1".into();
    let into = tempfile::tempdir().unwrap();
    assert_eq!(write(&sample, Some(&old), into.path()).proposed, None);
}
