//! Two small invented reports, made by hand, and the releases built of them.

use std::path::Path;

use gongkai::fact::{
    Comparison, Extraction, Finding, Footnote, Level, Measure, Member, Modifier, Numeral, NumeralKind, Observation,
    Part, Report, Section, Severity, Status,
};
use gongkai::lexicon::codes;
use gongkai::release::{self, Content, Description, OldRelease, Program, Written};
use gongkai::table::{Query, Table, Tables};
use jiff::civil::date;
use rust_decimal::Decimal;

pub const PIPELINE_FILE: &str = r#"
[release]
name = "sample"
version = "1.0.0"
released = "2024-03-01"
title = { zh = "样例数据集", en = "Sample data set" }
description = { zh = "两份虚构报告中的全部数字。", en = "Every figure of two invented government work reports, as rows." }
homepage = "https://example.org/sample/"
frequency = "annual"
keywords = { zh = ["政府工作报告"], en = ["government work report"] }
spatial = { name = { zh = "某镇", en = "A town" } }
temporal = { start = "2023-01-01", end = "2024-12-31" }
catalogue = { title = { zh = "目录", en = "Catalogue" }, url = "https://example.org/" }
licence = { spdx = "CC-BY-4.0", url = "https://creativecommons.org/licenses/by/4.0/", title = { zh = "署名", en = "Attribution" } }
publisher = { name = { zh = "某机构", en = "An office" }, url = "https://example.org/", email = "data@example.org" }

[[release.caveats]]
zh = "数字是虚构的。"
en = "The figures are invented."

[[tables]]
name = "targets"
title = { zh = "目标", en = "Targets" }
description = { zh = "各项目标。", en = "What is aimed at." }
primary_key = ["observation_id"]
sql = "SELECT observation_id, indicator, value, unit FROM observations WHERE status = 'target' ORDER BY report_id, source_start"
"#;

#[derive(serde::Deserialize)]
struct PipelineFile {
    release: Description,
    tables: Vec<Query>,
}

/// All that a release is made from, to change before it is built.
#[derive(Clone)]
pub struct Sample {
    pub description: Description,
    pub queries: Vec<Query>,
    pub reports: Vec<Extraction>,
    pub findings: Vec<Finding>,
}

impl Sample {
    pub fn new() -> Self {
        let file: PipelineFile = toml::from_str(PIPELINE_FILE).unwrap();
        let reports = vec![
            report(
                "gao-2024",
                "全年完成财政收入8.37亿元，同比增长7.91%。\n新增示范机构2家¹。\n下一年财政收入增长5%左右。\n¹ 甲、乙获评。\n",
            ),
            report(
                "=zhen-2024",
                "全年完成财政收入1亿元，同比增长-2%。\n新增示范机构1家¹。\n下一年财政收入增长3%左右。\n¹ 甲、乙获评。\n",
            ),
        ];
        let findings = vec![Finding {
            finding_id: "f1".into(),
            report_id: "gao-2024".into(),
            check: "count".into(),
            severity: Severity::Warning,
            observation_ids: "gao-2024-2".into(),
            stated: Some("2".into()),
            computed: Some("2".into()),
            difference: None,
            message: "2 家 | 2 names".into(),
        }];
        Self {
            description: file.release,
            queries: file.tables,
            reports,
            findings,
        }
    }

    pub fn tables(&self) -> Tables {
        let reports = &self.reports;
        let mut tables: Tables = [
            Table::from_rows("reports", reports.iter().map(|it| &it.report)),
            Table::from_rows("sections", reports.iter().flat_map(|it| &it.sections)),
            Table::from_rows("footnotes", reports.iter().flat_map(|it| &it.footnotes)),
            Table::from_rows("numerals", reports.iter().flat_map(|it| &it.numerals)),
            Table::from_rows("observations", reports.iter().flat_map(|it| &it.observations)),
            Table::from_rows("members", reports.iter().flat_map(|it| &it.members)),
            Table::from_rows("findings", &self.findings),
            Table::from_rows("indicators", codes::indicators()),
            Table::from_rows("units", codes::units()),
            Table::from_rows("themes", codes::themes()),
            Table::from_rows("measures", codes::measures()),
            Table::from_rows("modifiers", codes::modifiers()),
            Table::from_rows("statuses", codes::statuses()),
        ]
        .into_iter()
        .map(Result::unwrap)
        .collect();
        for table in tables.query(&self.queries).unwrap() {
            tables.push(table);
        }
        tables
    }

    pub fn write(&self, earlier: Option<&OldRelease>, folder: &Path) -> release::Result<Written> {
        let tables = self.tables();
        let program = Program {
            version: "0.1.0".into(),
            rules_sha256: "ab".repeat(32),
        };
        let content = Content {
            description: &self.description,
            tables: &tables,
            extractions: &self.reports,
            findings: &self.findings,
            program: &program,
            pipeline_file: PIPELINE_FILE,
        };
        release::write(&content, earlier, folder)
    }
}

/// Offset of the first occurrence of `needle`, in code points.
fn offset(text: &str, needle: &str) -> i64 {
    text[..text.find(needle).unwrap()].chars().count() as i64
}

/// A report of three sentences and a note; see `Sample::new` for its form.
fn report(report_id: &str, text: &str) -> Extraction {
    let line = |no: usize| text.lines().nth(no).unwrap();
    let number = |sentence: &str, from: &str| -> String {
        let digits = sentence.split_once(from).unwrap().1;
        digits
            .chars()
            .take_while(|c| c.is_ascii_digit() || matches!(c, '.' | '-'))
            .collect()
    };
    let observation = |no: i32, sentence: &str, before: &str, unit: &str, indicator: &str, measure, status| {
        let value_text = number(sentence, before);
        let start =
            offset(text, sentence) + offset(sentence, &format!("{before}{value_text}")) + before.chars().count() as i64;
        let year = if status == Status::Target { 2024 } else { 2023 };
        Observation {
            observation_id: format!("{report_id}-{no}"),
            report_id: report_id.into(),
            section_id: "1".into(),
            footnote_no: None,
            footnote_refs: (no == 2).then(|| "1".into()),
            paragraph_no: no,
            sentence_no: no,
            indicator: indicator.into(),
            indicator_code: None,
            theme: Some("public_finance".into()).filter(|_| no != 2),
            measure,
            comparison: (measure == Measure::GrowthRate).then_some(Comparison::YearOnYear),
            value: value_text.parse().unwrap(),
            value_max: None,
            value_text: value_text.clone(),
            unit: unit.into(),
            unit_code: None,
            value_base: (unit == "亿元").then(|| value_text.parse::<Decimal>().unwrap() * Decimal::from(100_000_000)),
            modifier: if status == Status::Target {
                Modifier::Approx
            } else {
                Modifier::Exact
            },
            status,
            period: Some(year.to_string()),
            period_start: Some(date(year, 1, 1)),
            period_end: Some(date(year, 12, 31)),
            reference: None,
            place: None,
            place_code: None,
            source_start: start,
            source_end: start + value_text.chars().count() as i64,
            sentence: sentence.into(),
            rule: "by hand".into(),
        }
    };
    let observations = vec![
        observation(0, line(0), "收入", "亿元", "财政收入", Measure::Level, Status::Actual),
        observation(1, line(0), "增长", "%", "财政收入", Measure::GrowthRate, Status::Actual),
        observation(2, line(1), "机构", "家", "新增示范机构", Measure::Level, Status::Actual),
        observation(3, line(2), "增长", "%", "财政收入", Measure::GrowthRate, Status::Target),
    ];
    let numerals = observations.iter().map(|row| Numeral {
        report_id: report_id.into(),
        source_start: row.source_start,
        source_end: row.source_end,
        surface: row.value_text.clone(),
        kind: NumeralKind::Quantity,
        reason: "by hand".into(),
        observation_id: Some(row.observation_id.clone()),
    });
    let note_start = offset(text, "甲、乙获评。");
    let member = |position: i32, name: &str| Member {
        report_id: report_id.into(),
        observation_id: format!("{report_id}-2"),
        position,
        name: name.into(),
        footnote_no: Some(1),
        source_start: offset(text, name),
        source_end: offset(text, name) + 1,
    };
    let characters = text.chars().count() as i64;
    Extraction {
        report: Report {
            report_id: report_id.into(),
            title: Some(format!("{report_id} 政府工作报告")),
            place: Some("某镇".into()),
            place_code: None,
            level: Some(Level::Town),
            reviewed_year: Some(2023),
            planned_year: Some(2024),
            delivered_on: Some(date(2024, 1, 10)),
            assembly: None,
            speaker: None,
            source_uri: format!("https://example.org/reports/{report_id}.html"),
            source_sha256: "00".repeat(32),
            media_type: "text/html".into(),
            characters,
        },
        sections: vec![Section {
            report_id: report_id.into(),
            section_id: "1".into(),
            parent_id: None,
            depth: 1,
            label: None,
            title: None,
            part: Part::Review,
            source_start: 0,
            source_end: characters,
        }],
        footnotes: vec![Footnote {
            report_id: report_id.into(),
            footnote_no: 1,
            text: "甲、乙获评。".into(),
            marked_section_id: Some("1".into()),
            mark_start: Some(offset(text, "¹")),
            source_start: note_start,
            source_end: note_start + 6,
        }],
        numerals: numerals.collect(),
        observations,
        members: vec![member(1, "甲"), member(2, "乙")],
        source_text: text.into(),
    }
}
