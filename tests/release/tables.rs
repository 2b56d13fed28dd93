//! Rows to tables and back, in every form.

use std::sync::Arc;

use gongkai::fact::{Finding, Numeral, Observation, Report};
use gongkai::table::{Cell, Error, Table, TableSchema};
use serde::Serialize;

use super::fixture::Sample;

#[test]
fn every_schema_is_complete_in_both_languages() {
    assert_eq!(TableSchema::all().len(), TableSchema::files().len());
    for schema in TableSchema::all() {
        let at = &schema.name;
        assert!(!schema.title.zh.is_empty() && !schema.description.en.is_empty(), "{at}");
        let key = schema
            .primary_key
            .iter()
            .map(|name| schema.column(name).unwrap_or_else(|| panic!("{at}.{name}")));
        assert!(
            key.clone().count() > 0 && key.into_iter().all(|column| column.required),
            "{at}"
        );
        for key in &schema.foreign_keys {
            let target = TableSchema::find(&key.table).unwrap_or_else(|| panic!("{at}: {}", key.table));
            assert!(
                key.columns.iter().all(|name| schema.column(name).is_some()),
                "{at}: {key:?}"
            );
            assert!(
                key.references.iter().all(|name| target.column(name).is_some()),
                "{at}: {key:?}"
            );
        }
        for column in &schema.columns {
            let texts = [
                &column.title.zh,
                &column.title.en,
                &column.description.zh,
                &column.description.en,
            ];
            assert!(texts.iter().all(|text| !text.is_empty()), "{at}.{}", column.name);
        }
    }
}

#[test]
fn rows_come_back_from_every_form() {
    let sample = Sample::new();
    for table in &sample.tables() {
        let (mut csv, mut parquet) = (Vec::new(), Vec::new());
        table.write_csv(&mut csv).unwrap();
        table.write_parquet(&mut parquet).unwrap();
        let from_csv = Table::read_csv(table.schema(), &csv[..]).unwrap();
        let from_parquet = Table::read_parquet(table.schema(), bytes::Bytes::from(parquet)).unwrap();
        for other in [&from_csv, &from_parquet] {
            assert_eq!(other.len(), table.len());
            for (one, other) in table.cells().iter().zip(other.cells()) {
                assert!(
                    (0..table.len()).all(|row| one.get(row) == other.get(row)),
                    "{}",
                    table.name()
                );
            }
        }
    }
    let tables = sample.tables();
    let reports: Vec<Report> = tables.rows("reports").unwrap();
    let observations: Vec<Observation> = tables.rows("observations").unwrap();
    let numerals: Vec<Numeral> = tables.rows("numerals").unwrap();
    let findings: Vec<Finding> = tables.rows("findings").unwrap();
    assert_eq!(
        reports,
        sample.reports.iter().map(|it| it.report.clone()).collect::<Vec<_>>()
    );
    assert_eq!(
        observations,
        sample
            .reports
            .iter()
            .flat_map(|it| it.observations.clone())
            .collect::<Vec<_>>()
    );
    assert_eq!(
        numerals,
        sample
            .reports
            .iter()
            .flat_map(|it| it.numerals.clone())
            .collect::<Vec<_>>()
    );
    assert_eq!(findings, sample.findings);
}

#[test]
fn csv_is_plain() {
    let mut csv = Vec::new();
    Sample::new()
        .tables()
        .get("numerals")
        .unwrap()
        .write_csv(&mut csv)
        .unwrap();
    let text = String::from_utf8(csv).unwrap();
    let mut lines = text.split("\r\n");
    assert_eq!(
        lines.next(),
        Some("report_id,source_start,source_end,surface,kind,reason,observation_id")
    );
    assert_eq!(lines.next(), Some("gao-2024,8,12,8.37,quantity,by hand,gao-2024-0"));
    // A report's name that a spreadsheet would run.
    assert_eq!(lines.nth(3), Some("'=zhen-2024,8,9,1,quantity,by hand,'=zhen-2024-0"));
}

#[test]
fn only_what_goes_to_a_spreadsheet_is_quoted() {
    const HOSTILE: [&str; 6] = ["=1+1", "'=1+1", "-2+3+cmd|' /C calc'!A0", "\tx", "a\u{c}b", "-0.04亿元"];
    let sample = Sample::new();
    let rows: Vec<Numeral> = HOSTILE
        .iter()
        .map(|surface| Numeral {
            surface: (*surface).to_owned(),
            ..sample.reports[0].numerals[0].clone()
        })
        .collect();
    let table = Table::from_rows("numerals", &rows).unwrap();
    assert_eq!(table.rows::<Numeral>().unwrap(), rows);

    let (mut csv, mut parquet, mut lines) = (Vec::new(), Vec::new(), Vec::new());
    table.write_csv(&mut csv).unwrap();
    table.write_parquet(&mut parquet).unwrap();
    table.write_jsonl(&mut lines).unwrap();
    let exact = Table::read_parquet(table.schema(), bytes::Bytes::from(parquet)).unwrap();
    assert_eq!(exact, table);
    let line = String::from_utf8(lines).unwrap();
    let line: serde_json::Value = serde_json::from_str(line.lines().next().unwrap()).unwrap();
    assert_eq!(line["surface"], HOSTILE[0]);
    let cells: Vec<String> = csv::Reader::from_reader(&csv[..])
        .records()
        .map(|record| record.unwrap()[3].to_owned())
        .collect();
    assert_eq!(
        cells,
        [
            "'=1+1",
            "''=1+1",
            "'-2+3+cmd|' /C calc'!A0",
            "'\tx",
            "a b",
            "'-0.04亿元"
        ]
    );
    let back = Table::read_csv(table.schema(), &csv[..])
        .unwrap()
        .rows::<Numeral>()
        .unwrap();
    let back: Vec<_> = back.iter().map(|row| row.surface.as_str()).collect();
    assert_eq!(
        back,
        ["=1+1", "'=1+1", "-2+3+cmd|' /C calc'!A0", "\tx", "a b", "-0.04亿元"]
    );
}

#[test]
fn json_lines_keep_types() {
    let mut lines = Vec::new();
    Sample::new()
        .tables()
        .get("observations")
        .unwrap()
        .write_jsonl(&mut lines)
        .unwrap();
    let first: serde_json::Value = serde_json::from_slice(lines.split(|byte| *byte == b'\n').next().unwrap()).unwrap();
    assert_eq!(first["value"], 8.37);
    assert_eq!(first["value_base"], 837_000_000.0);
    assert_eq!(first["source_start"], 8);
    assert_eq!(first["period_start"], "2023-01-01");
    assert!(first["footnote_no"].is_null());
}

#[test]
fn decimals_are_rounded_once() {
    let mut sample = Sample::new();
    let row = &mut sample.reports[0].observations[0];
    row.value = "0.1000000000000000055".parse().unwrap();
    row.unit = String::new();
    let table = Table::from_rows("observations", [&*row]).unwrap();
    assert_eq!(table.column("value").unwrap().get(0), Cell::Number(0.1));
    assert_eq!(table.column("unit").unwrap().get(0), Cell::Null);
}

#[test]
fn columns_describe_themselves() {
    let table = Sample::new().tables().get("observations").unwrap().clone();
    let schema = table.batch().schema();
    let field = schema.field_with_name("indicator").unwrap();
    assert_eq!(
        field.metadata()["description"],
        "所衡量的事物，用报告原字。 What is measured, in the report's own characters."
    );
    assert_eq!(
        schema.field_with_name("period_start").unwrap().data_type().to_string(),
        "Date32"
    );
    assert!(!field.is_nullable());
}

#[test]
fn wrong_rows_are_refused_with_their_place() {
    #[derive(Serialize)]
    struct Other {
        code: &'static str,
        en: &'static str,
    }
    let message = |result: Result<Table, Error>| result.unwrap_err().to_string();
    let other = Other { code: "x", en: "y" };
    assert_eq!(
        message(Table::from_rows("themes", [&other])),
        "table `themes`, row 1: expected the field `zh`, found `en`"
    );
    assert_eq!(
        message(Table::from_rows("thems", [&other])),
        format!(
            "no table `thems` is described in schemas/: expected one of {}",
            TableSchema::names()
        )
    );
    let mut sample = Sample::new();
    sample.reports[0].observations[1].indicator.clear();
    assert_eq!(
        message(Table::from_rows("observations", &sample.reports[0].observations)),
        "table `observations`, row 2: column `indicator` needs a value and has none"
    );
    let schema = TableSchema::find("themes").unwrap();
    let read = |text: &str| message(Table::read_csv(schema, text.as_bytes()));
    assert_eq!(
        read("code,zh\r\na,b\r\n"),
        "table `themes`: expected the columns code,zh,en,definition,keywords, found code,zh"
    );
    let numerals = TableSchema::find("numerals").unwrap();
    let header = "report_id,source_start,source_end,surface,kind,reason,observation_id\r\n";
    assert_eq!(
        message(Table::read_csv(
            numerals,
            format!("{header}a,x,2,3,quantity,r,\r\n").as_bytes()
        )),
        "table `numerals`, row 1: column `source_start`: `x` is not an integer"
    );
}

#[test]
fn an_empty_table_keeps_its_columns() {
    let table = Table::from_rows("members", std::iter::empty::<&gongkai::fact::Member>()).unwrap();
    let mut parquet = Vec::new();
    table.write_parquet(&mut parquet).unwrap();
    let back = Table::read_parquet(&Arc::clone(table.schema()), bytes::Bytes::from(parquet)).unwrap();
    assert_eq!((back.len(), back.cells().len()), (0, 7));
}
