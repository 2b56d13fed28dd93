//! Thematic tables.

use gongkai::table::{ColumnType, Query, Table};

use super::fixture::Sample;

fn run(toml: &str) -> Result<Table, String> {
    let query: Query = toml::from_str(&format!(
        "name = 'q'\ntitle = {{ zh = '问', en = 'Q' }}\ndescription = {{ zh = '问。', en = 'Q.' }}\n{toml}"
    ))
    .unwrap();
    Sample::new()
        .tables()
        .query(&[query])
        .map(|mut tables| tables.remove(0))
        .map_err(|e| e.to_string())
}

fn sql(sql: &str) -> Result<Table, String> {
    run(&format!("sql = \"{sql}\""))
}

fn column(table: &Table, name: &str) -> Vec<String> {
    let cells = table.column(name).unwrap();
    (0..table.len()).map(|row| cells.get(row).to_string()).collect()
}

#[test]
fn a_query_joins_and_keeps_what_columns_mean() {
    let table = run("primary_key = ['report_id']\n\
         columns = [{ name = 'growth', title = { zh = '增速', en = 'Growth' }, description = { zh = '增速。', en = 'Growth.' }, unit = '%' }]\n\
         sql = '''SELECT l.report_id, l.value, l.period_end, g.value AS growth FROM observations l \
         LEFT JOIN (SELECT * FROM observations WHERE measure = 'growth_rate' AND status = 'actual') g \
         ON l.report_id = g.report_id AND l.indicator = g.indicator \
         WHERE l.measure = 'level' AND l.indicator LIKE '%收入%' ORDER BY l.report_id'''")
    .unwrap();
    assert_eq!(column(&table, "report_id"), ["=zhen-2024", "gao-2024"]);
    assert_eq!(column(&table, "growth"), ["-2", "7.91"]);
    assert_eq!(column(&table, "period_end"), ["2023-12-31", "2023-12-31"]);
    let kinds: Vec<ColumnType> = table.schema().columns.iter().map(|column| column.kind).collect();
    assert_eq!(
        kinds,
        [
            ColumnType::String,
            ColumnType::Number,
            ColumnType::Date,
            ColumnType::Number
        ]
    );
    assert_eq!(table.schema().column("value").unwrap().title.zh, "数值");
    assert_eq!(table.schema().column("growth").unwrap().unit.as_deref(), Some("%"));
    assert!(table.schema().column("report_id").unwrap().required);
}

/// The SQL that pipeline files can count on with the parts of Polars that are compiled in.
#[test]
fn the_sql_that_works() {
    let cases: &[(&str, &str, &str)] = &[
        (
            "SELECT COUNT(*) AS paragraph_no FROM observations ORDER BY 1",
            "paragraph_no",
            "8",
        ),
        (
            "SELECT status, SUM(value) AS value FROM observations WHERE measure='growth_rate' GROUP BY status ORDER BY status",
            "value",
            "5.91 8",
        ),
        (
            "SELECT DISTINCT unit FROM observations ORDER BY unit",
            "unit",
            "% 亿元 家",
        ),
        (
            "SELECT MIN(value) AS value FROM observations ORDER BY value",
            "value",
            "-2",
        ),
        (
            "SELECT CASE WHEN value > 5 THEN 'high' ELSE 'low' END AS unit FROM observations WHERE unit='亿元' ORDER BY source_start, report_id",
            "unit",
            "low high",
        ),
        (
            "SELECT COALESCE(theme, 'none') AS theme FROM observations WHERE unit='家' ORDER BY report_id",
            "theme",
            "none none",
        ),
        (
            "SELECT CAST(reviewed_year AS VARCHAR) AS period FROM reports ORDER BY report_id",
            "period",
            "2023 2023",
        ),
        (
            "SELECT SUBSTR(period, 1, 2) AS period FROM observations WHERE unit='家' ORDER BY report_id",
            "period",
            "20 20",
        ),
        (
            "SELECT indicator || '：' || unit AS indicator FROM observations WHERE unit='家' ORDER BY report_id LIMIT 1",
            "indicator",
            "新增示范机构：家",
        ),
        (
            "SELECT STARTS_WITH(indicator, '新增') AS flag FROM observations WHERE unit='家' ORDER BY report_id LIMIT 1",
            "flag",
            "true",
        ),
        (
            "SELECT indicator FROM observations WHERE status IN ('target') AND period_start >= '2024-01-01' AND footnote_refs IS NULL ORDER BY report_id LIMIT 1",
            "indicator",
            "财政收入",
        ),
        (
            "WITH t AS (SELECT * FROM observations WHERE status='target') SELECT value FROM t ORDER BY value",
            "value",
            "3 5",
        ),
        (
            "SELECT value FROM observations WHERE unit='家' UNION ALL SELECT value FROM observations WHERE unit='亿元' ORDER BY value",
            "value",
            "1 1 2 8.37",
        ),
        (
            "SELECT ROUND(value, 1) AS value FROM observations WHERE unit='亿元' ORDER BY report_id",
            "value",
            "1 8.4",
        ),
        (
            "SELECT LENGTH(indicator) AS paragraph_no FROM observations WHERE unit='家' ORDER BY report_id LIMIT 1",
            "paragraph_no",
            "6",
        ),
        (
            "SELECT EXTRACT(YEAR FROM period_start) AS paragraph_no FROM observations WHERE unit='家' ORDER BY report_id LIMIT 1",
            "paragraph_no",
            "2023",
        ),
    ];
    for (query, name, expected) in cases {
        let own = "columns = [{ name = 'flag', title = { zh = '标', en = 'Flag' }, description = { zh = '标。', en = 'Flag.' } }]\n";
        let table = run(&format!("{own}sql = \"{query}\"")).unwrap_or_else(|e| panic!("{query}: {e}"));
        assert_eq!(column(&table, name).join(" "), *expected, "{query}");
    }
}

#[test]
fn rows_that_the_order_leaves_in_doubt_are_put_in_order_too() {
    let one = |rest: &str| {
        let table = run(&format!(
            "sql = '''SELECT unit, value, report_id FROM observations {rest}'''"
        ))
        .unwrap();
        column(&table, "value").join(" ")
    };
    assert_eq!(one("ORDER BY unit"), "-2 3 5 7.91 1 8.37 1 2");
    assert_eq!(one("order  by unit DESC -- the last first\n LIMIT 3"), "1 2 1");
    assert_eq!(one("ORDER BY unit LIMIT 2 OFFSET 1;"), "3 5");
    let keyed = run("primary_key = ['observation_id']\n\
         sql = 'SELECT value, observation_id FROM observations ORDER BY unit'")
    .unwrap();
    assert_eq!(
        column(&keyed, "observation_id")[..2],
        ["=zhen-2024-1", "=zhen-2024-3"],
        "by the key within one unit"
    );
    let selected = sql("SELECT value FROM observations WHERE report_id = '=zhen-2024' ORDER BY value").unwrap();
    assert_eq!(column(&selected, "value"), ["-2", "1", "1", "3"]);
}

#[test]
fn an_empty_answer_keeps_its_columns() {
    let table = sql("SELECT indicator, value FROM observations WHERE unit = 'none' ORDER BY value").unwrap();
    assert_eq!((table.len(), table.cells().len()), (0, 2));
    assert_eq!(table.schema().column("value").unwrap().kind, ColumnType::Number);
}

#[test]
fn errors_name_the_table_and_the_query() {
    let failure = |query: &str| sql(query).unwrap_err();
    let missing = failure("SELECT x FROM observations ORDER BY value");
    assert!(
        missing.starts_with("table `q`: the query failed:")
            && missing.ends_with("query: SELECT x FROM observations ORDER BY value"),
        "{missing}"
    );
    for unordered in [
        "SELECT value FROM observations",
        "SELECT value FROM (SELECT value FROM observations ORDER BY value)",
        "WITH t AS (SELECT value FROM observations ORDER BY value) SELECT value FROM t",
        "SELECT value FROM observations WHERE sentence <> ' order by '",
        "SELECT value FROM observations -- order by value",
    ] {
        assert!(failure(unordered).contains("expected an ORDER BY"), "{unordered}");
    }
    assert!(failure("SELECT value AS v FROM observations ORDER BY v").contains("column `v` (number) needs a title"));
    let twice = run("primary_key = ['status']\nsql = 'SELECT status FROM observations ORDER BY status'").unwrap_err();
    assert!(twice.contains("the primary key actual stands in two rows"), "{twice}");
    let null = run("primary_key = ['theme']\nsql = 'SELECT theme FROM observations ORDER BY theme'").unwrap_err();
    assert!(null.contains("column `theme` needs a value"), "{null}");
}
