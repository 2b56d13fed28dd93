//! `portal/catalog_zh.csv`: the release in the fields of 政务信息资源目录编制指南, for the portal's clerk.

use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;

use super::{Description, Error, Result};
use crate::table::{ColumnType, Table, TableSchema, Tables};

/// Folder of the catalogue.
pub const FOLDER: &str = "portal";

/// The file that describes the catalogue's columns.
const SCHEMA: &str = include_str!("../../schemas/catalog_zh.toml");

/// One catalogue entry, in the guide's own terms.
#[derive(Debug, Serialize)]
struct Entry {
    #[serde(rename = "信息资源分类")]
    category: Option<String>,
    #[serde(rename = "信息资源名称")]
    name: String,
    #[serde(rename = "信息资源代码")]
    code: Option<String>,
    #[serde(rename = "信息资源提供方")]
    provider: String,
    #[serde(rename = "信息资源提供方代码")]
    provider_code: Option<String>,
    #[serde(rename = "信息资源摘要")]
    summary: String,
    #[serde(rename = "信息资源格式")]
    format: &'static str,
    #[serde(rename = "信息项名称与数据类型")]
    items: String,
    #[serde(rename = "共享类型")]
    sharing: Option<String>,
    #[serde(rename = "共享条件")]
    sharing_condition: Option<String>,
    #[serde(rename = "共享方式")]
    sharing_method: Option<String>,
    #[serde(rename = "是否向社会开放")]
    open: Option<&'static str>,
    #[serde(rename = "开放条件")]
    open_condition: Option<String>,
    #[serde(rename = "更新周期")]
    frequency: String,
    #[serde(rename = "发布日期")]
    released: Date,
    #[serde(rename = "关联资源代码")]
    related: Option<String>,
    #[serde(rename = "缺失项")]
    missing: String,
}

/// The catalogue of a release: one entry a table. What the publisher has not given is named as missing, never guessed.
pub fn catalogue(description: &Description, tables: &Tables) -> Result<Table> {
    let schema: TableSchema = toml::from_str(SCHEMA).map_err(|e| Error::Make {
        file: "schemas/catalog_zh.toml",
        message: e.message().to_owned(),
    })?;
    let entries = tables.iter().map(|table| entry(description, table.schema()));
    Ok(Table::from_rows_of(&Arc::new(schema), entries)?)
}

fn entry(description: &Description, table: &TableSchema) -> Entry {
    let portal = &description.portal;
    let code = portal
        .resource_code
        .as_ref()
        .map(|code| format!("{code}/{}", table.name));
    let related = (!portal.related_codes.is_empty()).then(|| portal.related_codes.join("；"));
    let absent = [
        ("信息资源分类", portal.category.is_none()),
        ("信息资源代码", code.is_none()),
        ("信息资源提供方代码", description.publisher.code.is_none()),
        ("共享类型", portal.sharing.is_none()),
        ("共享条件", portal.sharing_condition.is_none()),
        ("共享方式", portal.sharing_method.is_none()),
        ("是否向社会开放", portal.open.is_none()),
        ("开放条件", portal.open_condition.is_none()),
        ("关联资源代码", related.is_none()),
    ];
    let missing: Vec<&str> = absent
        .iter()
        .filter(|(_, absent)| *absent)
        .map(|(name, _)| *name)
        .collect();
    let items = table
        .columns
        .iter()
        .map(|column| format!("{}（{}）", column.title.zh, type_name(column.kind)));
    Entry {
        category: portal.category.clone(),
        name: format!("{}：{}", description.title.zh, table.title.zh),
        code,
        provider: description.publisher.name.zh.clone(),
        provider_code: description.publisher.code.clone(),
        summary: table.description.zh.clone(),
        format: "CSV、Parquet、XLSX",
        items: items.collect::<Vec<_>>().join("；"),
        sharing: portal.sharing.clone(),
        sharing_condition: portal.sharing_condition.clone(),
        sharing_method: portal.sharing_method.clone(),
        open: portal.open.map(|open| if open { "是" } else { "否" }),
        open_condition: portal.open_condition.clone(),
        frequency: description.frequency.title().zh,
        released: description.released,
        related,
        missing: missing.join("；"),
    }
}

/// The guide's name of a data type.
const fn type_name(kind: ColumnType) -> &'static str {
    match kind {
        ColumnType::String => "字符型",
        ColumnType::Integer => "整数型",
        ColumnType::Number => "数值型",
        ColumnType::Date => "日期型",
        ColumnType::Boolean => "布尔型",
    }
}
