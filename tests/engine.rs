//! What holds for every text, however damaged: the ledger is complete, the offsets slice, the identities are stable.

use std::collections::{BTreeMap, BTreeSet};

use gongkai::document::Known;
use gongkai::fact::{Extraction, NumeralKind, Origin, extract};
use gongkai::read::Reading;
use proptest::prelude::*;

/// Fragments of which texts are made: the genre's constructs, whole and broken, and what surrounds them on a page.
const FRAGMENTS: &[&str] = &[
    "一、2023年工作回顾",
    "（二）",
    "3.",
    "⑵",
    "①",
    "¹",
    "¹²",
    "\n",
    "\n\n",
    "\u{3000}\u{3000}",
    "，",
    "。",
    "；",
    "、",
    "：",
    "（",
    "）",
    "“",
    "”",
    "—",
    "∶",
    "%",
    "/",
    "+",
    "8.37",
    "８．３７",
    "1,234",
    "7 4 7 7 2",
    "2023",
    "007",
    "99999999999999999999999999999999",
    "0.00000000000000000000000000001",
    "三亿零五百三十万",
    "百分之",
    "百分之八点一",
    "三分之二",
    "一半",
    "半",
    "二十多",
    "几千",
    "十",
    "零",
    "〇",
    "兩萬",
    "一九七八",
    "首位",
    "第3位",
    "前十",
    "翻一番",
    "翻番",
    "亿元",
    "万人次",
    "个百分点",
    "微克/立方米",
    "家",
    "倍",
    "年",
    "月",
    "年来",
    "年均",
    "过去五年",
    "到2030年",
    "“十四五”时期",
    "“3+5+N”",
    "PM2.5",
    "12345热线",
    "地区生产总值",
    "全年完成地方财政收入",
    "占",
    "比重",
    "分别",
    "其中",
    "由",
    "从",
    "增长",
    "下降",
    "提高到",
    "达到",
    "超过",
    "约",
    "左右",
    "以上",
    "预计",
    "力争",
    "连续",
    "累计",
    "新增",
    "的",
    "国",
    "𠮷",
    "é",
    "x",
    " ",
    "\t",
    "\r\n",
];

/// A text of fragments with single characters of any kind between them.
fn soup() -> impl Strategy<Value = String> {
    let fragment = prop_oneof![
        9 => prop::sample::select(FRAGMENTS).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => "[0-9.,%一二三四五六七八九十百千万亿点]{1,6}",
    ];
    prop::collection::vec(fragment, 0..40).prop_map(|fragments| fragments.concat())
}

/// A paragraph of plain statements.
fn paragraph() -> impl Strategy<Value = String> {
    const SUBJECTS: &[&str] = &["财政收入", "新增就业", "粮食产量", "绿化覆盖率", "外贸出口"];
    const PREDICATES: &[&str] = &["达到", "增长", "下降", "突破", "为"];
    const UNITS: &[&str] = &["亿元", "人", "万吨", "%"];
    let sentence = (
        prop::sample::select(SUBJECTS),
        prop::sample::select(PREDICATES),
        0..100_000_u32,
        prop::sample::select(UNITS),
    )
        .prop_map(|(subject, predicate, value, unit)| format!("{subject}{predicate}{value}{unit}。"));
    prop::collection::vec(sentence, 1..4).prop_map(|sentences| sentences.concat())
}

fn read(text: &str) -> Extraction {
    let reading = Reading {
        text: text.to_owned(),
        media_type: "text/plain",
        segments: Vec::new(),
        warnings: Vec::new(),
    };
    let origin = Origin {
        report_id: "r".to_owned(),
        ..Origin::default()
    };
    let known = Known {
        reviewed_year: Some(2023),
        planned_year: Some(2024),
        ..Known::default()
    };
    extract(&reading, &origin, &known)
}

fn slice(text: &[char], start: i64, end: i64) -> Option<String> {
    let range = usize::try_from(start).ok()?..usize::try_from(end).ok()?;
    text.get(range).map(|characters| characters.iter().collect())
}

/// What must hold of any extraction.
fn check(text: &str) -> Result<(), TestCaseError> {
    let extraction = read(text);
    let characters: Vec<char> = text.chars().collect();

    for pair in extraction.numerals.windows(2) {
        prop_assert!(
            pair[0].source_end <= pair[1].source_start,
            "numerals overlap: {:?} and {:?}",
            pair[0],
            pair[1]
        );
    }
    let mut rows = vec![0; characters.len()];
    for numeral in &extraction.numerals {
        prop_assert!(numeral.source_start < numeral.source_end, "empty: {numeral:?}");
        let verbatim = slice(&characters, numeral.source_start, numeral.source_end);
        prop_assert_eq!(verbatim.as_ref(), Some(&numeral.surface));
        for row in
            &mut rows[usize::try_from(numeral.source_start).unwrap()..usize::try_from(numeral.source_end).unwrap()]
        {
            *row += 1;
        }
    }
    for (at, c) in characters.iter().enumerate() {
        if c.is_ascii_digit() || ('０'..='９').contains(c) {
            prop_assert_eq!(rows[at], 1, "the digit at {} of {:?} is in {} rows", at, text, rows[at]);
        }
    }

    let mut ids = BTreeSet::new();
    for observation in &extraction.observations {
        let verbatim = slice(&characters, observation.source_start, observation.source_end);
        prop_assert_eq!(verbatim.as_ref(), Some(&observation.value_text));
        prop_assert!(
            !observation.indicator.trim().is_empty(),
            "no indicator: {observation:?}"
        );
        prop_assert!(
            ids.insert(&observation.observation_id),
            "twice: {}",
            observation.observation_id
        );
    }
    for numeral in &extraction.numerals {
        prop_assert_eq!(
            numeral.kind == NumeralKind::Quantity,
            numeral.observation_id.as_ref().is_some_and(|id| ids.contains(id)),
            "{:?}",
            numeral
        );
    }
    for footnote in &extraction.footnotes {
        let verbatim = slice(&characters, footnote.source_start, footnote.source_end);
        prop_assert_eq!(verbatim.as_ref(), Some(&footnote.text));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, rng_seed: prop::test_runner::RngSeed::Fixed(1957), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_in_full(text in soup()) {
        check(&text)?;
    }

    #[test]
    fn any_characters_are_read_in_full(text in "\\PC{0,80}") {
        check(&text)?;
    }

    /// What other paragraphs say changes neither a statement nor its identity.
    #[test]
    fn identities_do_not_depend_on_other_paragraphs(
        paragraphs in prop::collection::vec(paragraph(), 1..5),
        added in "全镇新栽行道树[1-9][0-9]{0,4}株。",
        at in any::<prop::sample::Index>(),
    ) {
        let text = |paragraphs: &[String]| format!("一、2023年工作回顾\n{}\n", paragraphs.join("\n"));
        let stated = |text: &str| -> BTreeMap<String, String> {
            let observations = read(text).observations.into_iter();
            observations.map(|o| (o.observation_id, format!("{} {} {}", o.indicator, o.value, o.sentence))).collect()
        };
        let before = stated(&text(&paragraphs));
        let mut longer = paragraphs.clone();
        longer.insert(at.index(paragraphs.len() + 1), added.clone());
        let mut after = stated(&text(&longer));
        prop_assert_eq!(after.len(), before.len() + 1);
        after.retain(|_, statement| !statement.ends_with(&added));
        prop_assert_eq!(before, after);
    }
}

#[test]
fn the_check_sees_observations() {
    let text = "一、2023年工作回顾\n全年完成地方财政收入8.37亿元，同比增长7.91%。\n";
    assert_eq!(read(text).observations.len(), 2);
    assert!(check(text).is_ok());
}

/// The 2 of m2 and the 2 of 2022 stand side by side, and are of two numbers.
#[test]
fn a_year_may_follow_a_unit_that_ends_in_a_digit() {
    let extraction = read("一、2023年工作回顾\n全年新增绿地800m22022年新增公园绿地300m2。\n");
    let periods: Vec<_> = extraction
        .observations
        .iter()
        .map(|row| row.period.as_deref())
        .collect();
    assert_eq!(periods, [Some("2023"), Some("2022")]);
}

/// No format gives a NUL, but who calls the library may.
#[test]
fn a_nul_after_any_word_is_no_panic() {
    for word in ["应", "却", "「", "增长8%", "约"] {
        assert!(check(&format!("一、2023年工作回顾\n全年{word}\0完成收入8.37亿元。\n")).is_ok());
    }
}
