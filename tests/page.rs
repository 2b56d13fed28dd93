//! The page of a release, read back as a browser would read it.

#[path = "page/fixture.rs"]
mod fixture;

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use gongkai::fact::{Extraction, Finding, NumeralKind};
use gongkai::release::page::{PageError, PageInput, render};
use scraper::{ElementRef, Html, Selector};
use sha2::{Digest as _, Sha256};

use fixture::{HOSTILE, input, large, small};

const JSON_LD: &str = r#"{"@context": "https://schema.org/", "@type": "Dataset", "name": "a < b </script>"}"#;

fn small_page() -> (Vec<Extraction>, Vec<Finding>, Html) {
    let (reports, findings) = small();
    let page = render(&input(&reports, &findings, JSON_LD)).unwrap();
    (reports, findings, Html::parse_document(&page))
}

fn all<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect()
}

fn attribute<'a>(element: ElementRef<'a>, name: &str) -> &'a str {
    element
        .value()
        .attr(name)
        .unwrap_or_else(|| panic!("no {name} in {}", element.html()))
}

fn unescaped(fragment: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = fragment.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next().unwrap(), rest.next().unwrap()];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn marks_every_numeral_once_by_kind_and_status() {
    let (reports, _, page) = small_page();
    for (number, report) in reports.iter().enumerate() {
        let mut marks = all(&page, &format!(r#"article[data-report="{number}"] a.n"#));
        marks.sort_by_key(|mark| attribute(*mark, "data-n").parse::<usize>().unwrap());
        assert_eq!(marks.len(), report.numerals.len());
        for (mark, numeral) in marks.iter().zip(&report.numerals) {
            assert_eq!(text(*mark), numeral.surface);
            let row = report
                .observations
                .iter()
                .find(|row| Some(&row.observation_id) == numeral.observation_id.as_ref());
            let class = row.map_or(numeral.kind.as_str(), |row| row.status.as_str());
            assert_eq!(attribute(*mark, "class"), format!("n {class}"));
            if let Some(row) = row {
                assert_eq!(
                    attribute(*mark, "id"),
                    row.observation_id,
                    "the permanent link of a row is its identifier"
                );
            }
        }
    }
}

#[test]
fn identifiers_are_unique_and_no_link_within_the_page_is_dead() {
    let (_, _, page) = small_page();
    let mut ids = BTreeSet::new();
    for element in all(&page, "[id]") {
        assert!(
            ids.insert(attribute(element, "id")),
            "twice: {}",
            attribute(element, "id")
        );
    }
    let links = all(&page, r##"a[href^="#"]"##);
    assert!(links.len() > 20);
    for link in links {
        let target = unescaped(&attribute(link, "href")[1..]);
        assert!(ids.contains(target.as_str()), "dead link to {target}");
    }
    for reference in all(&page, "[aria-labelledby]") {
        for id in attribute(reference, "aria-labelledby").split(' ') {
            assert!(ids.contains(id), "no {id}");
        }
    }
}

#[test]
fn joins_a_paragraph_that_a_page_break_had_cut_and_moves_notes_to_the_end() {
    let (_, _, page) = small_page();
    let paragraphs: Vec<String> = all(&page, r#"article[data-report="0"] .text p"#)
        .into_iter()
        .map(text)
        .collect();
    assert!(
        paragraphs
            .iter()
            .any(|paragraph| paragraph.ends_with("带动周边产业链上下游协同发展壮大。")),
        "{paragraphs:#?}"
    );
    assert!(!paragraphs.iter().any(|paragraph| paragraph.contains("入选")));
    let notes: Vec<String> = all(&page, r#"article[data-report="0"] .notes li"#)
        .into_iter()
        .map(text)
        .collect();
    assert_eq!(notes, ["¹ 甲投资管理有限公司、乙私募基金管理中心（有限合伙）入选。"]);
}

#[test]
fn sets_headings_run_in_headings_and_bold() {
    let (_, _, page) = small_page();
    let of = |selector: &str| -> Vec<String> {
        all(&page, &format!(r#"article[data-report="0"] .text {selector}"#))
            .into_iter()
            .map(text)
            .collect()
    };
    assert_eq!(of("h3"), ["一、去年工作回顾", "二、今年工作安排"]);
    assert_eq!(of("h4"), ["（一）经济稳步增长。"]);
    assert_eq!(of("strong"), ["科创发展"]);
    assert_eq!(of("p b"), ["科创发展。", "重点表彰"]);
    assert_eq!(of("p.front"), ["政府工作报告", "——2024年在河口镇"]);
    assert!(!text(all(&page, ".text")[0]).contains("**"));
}

#[test]
fn a_heading_that_reads_otherwise_in_the_text_is_still_reached_and_none_is_linked_that_is_not() {
    let (mut reports, _) = small();
    let sections = &mut reports[0].sections;
    sections[0].title = Some("不是这个标题".to_owned());
    let last = i64::try_from(reports[0].source_text.chars().count()).unwrap() - 1;
    let sections = &mut reports[0].sections;
    sections[1].source_start = last;
    sections[1].source_end = last + 1;
    let page = Html::parse_document(&render(&input(&reports[..1], &[], JSON_LD)).unwrap());
    let links: Vec<&str> = all(&page, ".outline a")
        .into_iter()
        .map(|link| attribute(link, "href"))
        .collect();
    assert_eq!(links, ["#s0-1", "#s0-2"]);
    assert_eq!(all(&page, "[id='s0-1']").len(), 1);
    assert!(all(&page, "[id='s0-1.1']").is_empty());
}

#[test]
fn text_of_the_data_never_acts_as_markup() {
    let (reports, _, page) = small_page();
    assert!(
        all(
            &page,
            "img, iframe, object, embed, base, [onerror], [onclick], [style], [src]"
        )
        .is_empty()
    );
    assert_eq!(all(&page, "script").len(), 4);
    assert_eq!(all(&page, "style").len(), 1);
    let data: serde_json::Value = serde_json::from_str(&text(all(&page, "script#data")[0])).unwrap();
    let row = &data["reports"][1]["observations"];
    let at = row["fields"]
        .as_array()
        .unwrap()
        .iter()
        .position(|field| field == "indicator")
        .unwrap();
    assert_eq!(row["rows"][0][at], HOSTILE);
    assert!(text(all(&page, r#"article[data-report="1"] .text"#)[0]).contains(HOSTILE));
    assert_eq!(reports[1].report.title.as_deref(), Some(HOSTILE));
}

#[test]
fn embeds_schema_jsonld_unchanged() {
    let (_, _, page) = small_page();
    let embedded: serde_json::Value =
        serde_json::from_str(&text(all(&page, r#"script[type="application/ld+json"]"#)[0])).unwrap();
    assert_eq!(embedded, serde_json::from_str::<serde_json::Value>(JSON_LD).unwrap());
}

#[test]
fn the_content_security_policy_admits_the_inline_sources_and_nothing_else() {
    let (_, _, page) = small_page();
    let policy = attribute(
        all(&page, r#"meta[http-equiv="Content-Security-Policy"]"#)[0],
        "content",
    );
    assert!(policy.starts_with("default-src 'none';"));
    assert!(!policy.contains("unsafe"));
    let sources: Vec<String> = all(&page, "script:not([type]), style").into_iter().map(text).collect();
    assert_eq!(sources.len(), 3);
    assert_eq!(policy.matches("'sha256-").count(), 3);
    for source in sources {
        let hash = STANDARD.encode(Sha256::digest(source.as_bytes()));
        assert!(policy.contains(&format!("'sha256-{hash}'")), "no {hash} in {policy}");
    }
}

#[test]
fn draws_the_charts_in_both_languages_in_the_colours_of_the_page() {
    let (_, _, page) = small_page();
    for language in ["zh", "en"] {
        let charts = all(&page, &format!(r#".charts[data-report="0"] .{language} svg"#));
        assert_eq!(charts.len(), 3);
        for chart in charts {
            assert!(chart.html().contains("var(--ink)"));
            assert!(
                !chart.html().contains(r##"="#0"##),
                "a colour that the dark page can't change"
            );
        }
    }
    let targets = text(all(&page, "#targets-0-zh-d")[0]);
    assert_eq!(
        targets,
        "地方财政收入: 2023 实际 8.37亿元  +7.91%, 2024 目标 8.83亿元  +6%; \
         商品销售额 · 增长率: 2023 预计 -1.5%, 2024 目标 +5–5.5%"
    );
    assert_eq!(
        text(all(&page, "#ledger-0-en-d")[0]).split(':').next(),
        Some("Numerals 15")
    );
    assert!(text(all(&page, "#coverage-0-en-d")[0]).contains("Economy 7, not classified 1"));
}

#[test]
fn lists_findings_the_gravest_first_with_links_to_their_rows() {
    let (_, _, page) = small_page();
    let of_first = all(&page, r#"#view-audit [data-report="0"] .findings > li"#);
    let order: Vec<&str> = of_first.iter().map(|finding| attribute(*finding, "id")).collect();
    assert_eq!(order, ["f-error", "f-info"]);
    let said = |language: &str| text(all(&page, &format!("#f-info p > .{language}"))[0]);
    assert_eq!(
        (said("zh").as_str(), said("en").as_str()),
        ("注1列出2家。", "Note 1 lists 2.")
    );
    let about = all(&page, "#f-error .about a");
    assert_eq!(text(about[0]), "地方财政收入 8.83亿元");
}

#[test]
fn links_to_files_by_encoded_paths() {
    let (_, _, page) = small_page();
    let link = all(&page, "#view-files td a")[0];
    assert_eq!(attribute(link, "href"), "data/%E6%95%B0%E6%8D%AE%201.csv");
    assert!(text(all(&page, "#view-files td.number")[0]).contains("1,234,567"));
}

#[test]
fn every_word_that_the_page_asks_for_is_there_in_both_languages_and_every_word_is_asked_for() {
    let words: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(include_str!("../src/release/page/words.json")).unwrap();
    let sources = [
        include_str!("../src/release/page/page.js"),
        include_str!("../src/release/page/page.html"),
        include_str!("../src/release/page/view.rs"),
        include_str!("../src/release/page/chart/ledger.rs"),
        include_str!("../src/release/page/chart/coverage.rs"),
        include_str!("../src/release/page/chart/targets.rs"),
        include_str!("../src/release/page/chart/mod.rs"),
    ]
    .concat();
    for (key, word) in &words {
        for language in ["zh", "en"] {
            assert!(
                word[language].as_str().is_some_and(|text| !text.is_empty()),
                "{key} in {language}"
            );
        }
        // Keys such as `kind.date` are put together from a group and a code.
        let group = key.split('.').next().unwrap();
        let composed = ["kind", "mark", "comparison", "severity", "chart", "audit"].contains(&group);
        let composed = composed || key == "field.unit";
        assert!(composed || sources.contains(key.as_str()), "nothing asks for {key}");
    }
    for call in include_str!("../src/release/page/page.js").split(r#"say(""#).skip(1) {
        let key = call.split('"').next().unwrap();
        assert!(words.contains_key(key), "page.js asks for {key}");
    }
}

#[test]
fn refuses_what_it_cannot_show() {
    let (reports, findings) = small();
    let none: PageInput<'_> = input(&[], &findings, JSON_LD);
    assert!(matches!(render(&none), Err(PageError::NoReport)));
    assert!(matches!(
        render(&input(&reports, &findings, "{")),
        Err(PageError::JsonLd(_))
    ));

    let length = i64::try_from(reports[0].source_text.chars().count()).unwrap();
    for (start, end) in [(-1, 1), (5, 5), (7, 6), (length, length + 1)] {
        let mut broken = reports.clone();
        broken[0].numerals[0].source_start = start;
        broken[0].numerals[0].source_end = end;
        let error = render(&input(&broken, &findings, JSON_LD)).unwrap_err();
        assert!(matches!(error, PageError::Offsets { .. }), "{error}");
        assert!(error.to_string().contains("hekou-2024"), "{error}");
    }
    let mut overlapping = reports.clone();
    overlapping[0].numerals[1].source_start = overlapping[0].numerals[0].source_start;
    assert!(matches!(
        render(&input(&overlapping, &findings, JSON_LD)),
        Err(PageError::Offsets { .. })
    ));
}

#[test]
fn a_report_without_numbers_still_has_its_text() {
    let (mut reports, _) = small();
    let empty = &mut reports[0];
    empty.numerals.clear();
    empty.observations.clear();
    empty.members.clear();
    let page = Html::parse_document(&render(&input(&reports[..1], &[], JSON_LD)).unwrap());
    assert!(all(&page, "a.n").is_empty());
    assert!(text(all(&page, ".text")[0]).contains("全年完成地方财政收入 8.37亿元"));
    assert!(all(&page, "svg").is_empty());
}

/// The same input gives the same bytes; and the pages that `tests/browser/run` opens are written here, since cargo
/// gives integration tests a folder of their own.
#[test]
fn pages_are_reproducible_and_kept_for_the_browser() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("page");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, (reports, findings)) in [("small", small()), ("large", large())] {
        let page = render(&input(&reports, &findings, JSON_LD)).unwrap();
        assert_eq!(page, render(&input(&reports, &findings, JSON_LD)).unwrap());
        std::fs::write(folder.join(format!("{name}.html")), page).unwrap();
    }
    let (reports, _) = large();
    assert_eq!(reports[0].report.characters, 60_000);
    assert_eq!(reports[0].numerals.len(), 1_500);
    assert!(
        reports[0]
            .numerals
            .iter()
            .filter(|numeral| numeral.kind == NumeralKind::Quantity)
            .count()
            >= 1_000
    );
}
