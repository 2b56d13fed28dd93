//! `<name>.xlsx`: every table on a sheet of its own, for people who use a spreadsheet.
//!
//! A sheet begins with one frozen row of column names, each with a note that has its title and description in both
//! languages; the first sheet says what the release is and what each column means. There is no formula.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatBorder, Note, Workbook, Worksheet, XlsxError};

use super::files::Files;
use super::{Content, Error, Result};
use crate::table::{Cell, Column, Table, Text, harmless};

/// What a cell of a spreadsheet can hold.
const MOST_CHARACTERS: usize = 32_767;
/// Widths of columns, in characters.
const NARROW: f64 = 8.0;
const WIDE: f64 = 60.0;
/// Number of rows by which a column's width is judged.
const ROWS_MEASURED: usize = 200;

/// Writes the workbook.
pub(super) fn write(content: &Content<'_>, catalogue: &Table, files: &mut Files) -> Result<()> {
    let bytes = workbook(content, catalogue).map_err(|e| Error::Make {
        file: "workbook",
        message: e.to_string(),
    })?;
    let title = Text {
        zh: "工作簿（XLSX）".into(),
        en: "Workbook (XLSX)".into(),
    };
    files.add(&format!("{}.xlsx", content.description.name), title, &bytes)
}

fn workbook(content: &Content<'_>, catalogue: &Table) -> std::result::Result<Vec<u8>, XlsxError> {
    let description = content.description;
    let released = description.released;
    let year = u16::try_from(released.year()).unwrap_or(1900);
    let month_and_day = (
        u8::try_from(released.month()).unwrap_or(1),
        u8::try_from(released.day()).unwrap_or(1),
    );
    let created = ExcelDateTime::from_ymd(year, month_and_day.0, month_and_day.1)?;
    let mut workbook = Workbook::new();
    workbook.set_properties(
        &DocProperties::new()
            .set_title(description.title.both())
            .set_author(description.publisher.name.both())
            .set_comment(description.description.both())
            .set_creation_datetime(&created),
    );
    let tables: Vec<&Table> = content.tables.iter().chain([catalogue]).collect();
    notes(workbook.add_worksheet(), content, &tables)?;
    for table in tables {
        sheet(workbook.add_worksheet(), table)?;
    }
    workbook.save_to_buffer()
}

/// The sheet of notes.
fn notes(sheet: &mut Worksheet, content: &Content<'_>, tables: &[&Table]) -> std::result::Result<(), XlsxError> {
    let description = content.description;
    let bold = Format::new().set_bold();
    let wrapped = Format::new().set_text_wrap();
    sheet.set_name("说明 Notes")?;
    for (column, width) in [24.0, 22.0, 24.0, 10.0, 60.0, 60.0].into_iter().enumerate() {
        sheet.set_column_width(u16::try_from(column).unwrap_or_default(), width)?;
    }
    let citation = description.citation();
    let facts: Vec<(&str, String)> = vec![
        ("标题 Title", description.title.both()),
        ("说明 Description", description.description.both()),
        ("版本 Version", description.version.clone()),
        ("发布日期 Released", description.released.to_string()),
        (
            "许可 Licence",
            format!("{} {}", description.licence.spdx, description.licence.url),
        ),
        ("发布方 Publisher", description.publisher.name.both()),
        (
            "联系 Contact",
            format!("{} {}", description.contact().name.both(), description.contact().email),
        ),
        ("引用 Citation", citation.both()),
        ("网址 Address", description.homepage.clone()),
    ];
    let mut row = 0;
    for (label, text) in facts {
        sheet.write_string_with_format(row, 0, label, &bold)?;
        sheet.write_string(row, 1, text)?;
        row += 1;
    }
    row += 1;
    let heads = [
        "数据表 Table",
        "列 Column",
        "标题 Title",
        "类型 Type",
        "说明",
        "Description",
    ];
    for (column, head) in (0..).zip(heads) {
        sheet.write_string_with_format(row, column, head, &bold)?;
    }
    row += 1;
    for table in tables {
        let schema = table.schema();
        let texts = ["", &schema.title.zh, "", &schema.description.zh, &schema.description.en];
        sheet.write_string_with_format(row, 0, &schema.name, &bold)?;
        for (column, text) in (1..).zip(texts) {
            sheet.write_string_with_format(row, column, text, &wrapped)?;
        }
        row += 1;
        for column in &schema.columns {
            let texts = [
                &schema.name,
                &column.name,
                &column.title.zh,
                column.kind.as_str(),
                &column.description.zh,
                &column.description.en,
            ];
            for (at, text) in (0..).zip(texts) {
                sheet.write_string_with_format(row, at, text, &wrapped)?;
            }
            row += 1;
        }
    }
    Ok(())
}

/// The sheet of a table.
fn sheet(sheet: &mut Worksheet, table: &Table) -> std::result::Result<(), XlsxError> {
    let head = Format::new().set_bold().set_border_bottom(FormatBorder::Thin);
    let date = Format::new().set_num_format("yyyy-mm-dd");
    sheet.set_name(table.name().chars().take(31).collect::<String>())?;
    sheet.set_freeze_panes(1, 0)?;
    let columns = table.schema().columns.iter().zip(table.cells());
    for (at, (column, cells)) in (0..).zip(columns) {
        sheet.write_string_with_format(0, at, &column.name, &head)?;
        sheet.insert_note(0, at, &Note::new(note(column)).set_author("").add_author_prefix(false))?;
        let shown = (0..table.len().min(ROWS_MEASURED)).map(|row| width(&cells.get(row).to_string()));
        let widest = shown.fold(width(&column.name) + 2.0, f64::max);
        sheet.set_column_width(at, widest.clamp(NARROW, WIDE))?;
        for (row, index) in (1..).zip(0..table.len()) {
            match cells.get(index) {
                Cell::Null => {}
                Cell::Text(text) => {
                    let text: String = harmless(text).chars().take(MOST_CHARACTERS).collect();
                    sheet.write_string(row, at, text)?;
                }
                // Every integer of a release is far below 2^53.
                #[expect(clippy::cast_precision_loss)]
                Cell::Integer(value) => {
                    sheet.write_number(row, at, value as f64)?;
                }
                Cell::Number(value) => {
                    sheet.write_number(row, at, value)?;
                }
                // A spreadsheet's calendar begins in 1900; what was before is written as text.
                Cell::Date(value) => match ExcelDateTime::parse_from_str(&value.to_string()) {
                    Ok(day) => {
                        sheet.write_datetime_with_format(row, at, &day, &date)?;
                    }
                    Err(_) => {
                        sheet.write_string(row, at, value.to_string())?;
                    }
                },
                Cell::Boolean(value) => {
                    sheet.write_boolean(row, at, value)?;
                }
            }
        }
    }
    if !table.is_empty() {
        let last = (
            u32::try_from(table.len()).unwrap_or(u32::MAX),
            table.schema().columns.len(),
        );
        sheet.autofilter(0, 0, last.0, u16::try_from(last.1).unwrap_or(1) - 1)?;
    }
    Ok(())
}

/// What the note of a column's head says.
fn note(column: &Column) -> String {
    format!(
        "{}\n{}\n{}",
        column.title.both(),
        column.description.zh,
        column.description.en
    )
}

/// Width of a text on the screen, in narrow characters.
fn width(text: &str) -> f64 {
    text.chars()
        .take(100)
        .map(|c| if c.is_ascii() { 1.0 } else { 2.0 })
        .sum::<f64>()
        + 1.0
}
