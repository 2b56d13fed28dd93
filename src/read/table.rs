//! Tables to statements.

use super::flow::Run;

/// A table as its file has it: rows of cells, which may span rows and columns.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// Rows from top to bottom.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell.
#[derive(Debug, Clone, Default)]
pub(super) struct Cell {
    /// Its content; paragraphs in it are parted by [`Run::Break`].
    pub runs: Vec<Run>,
    /// Whether the file says that it is a header.
    pub header: bool,
    /// Columns that it takes, at least 1.
    pub columns: usize,
    /// Rows that it takes, at least 1.
    pub rows: usize,
}

/// Most columns of a table; further ones are left out. A real one has a dozen.
const MOST_COLUMNS: usize = 64;

impl Table {
    /// All cells, row by row.
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.rows.iter().flatten()
    }

    /// One line a row of the table's body: for each cell its row's header, its column's headers and its value with the
    /// header's unit, as a sentence would state them, parted by `；`.
    ///
    /// A header that ends in brackets, `同比增长（%）`, gives its value that unit; a cell `单位：亿元` gives it to all
    /// values of the table without one. A table that is only one column wide, or has no number outside its headers, is
    /// layout: its cells are lines.
    pub fn statements(&self, cell_text: &dyn Fn(&[Run]) -> String) -> Vec<String> {
        let grid = self.grid(cell_text);
        let head = self.header_rows(&grid);
        let body = grid.get(head..).unwrap_or_default();
        let width = grid.iter().map(Vec::len).max().unwrap_or(0);
        let has_numbers = body.iter().any(|row| row.iter().skip(1).any(|cell| is_number(cell)));
        if width < 2 || head == 0 || !has_numbers {
            return self.cell_lines(cell_text);
        }
        let common_unit = grid.iter().flatten().find_map(|cell| stated_unit(cell));
        let columns: Vec<Header> = (0..width).map(|column| column_header(&grid[..head], column)).collect();
        body.iter()
            .map(|row| row_statement(row, &columns, common_unit))
            .filter(|line| !line.is_empty())
            .collect()
    }

    /// A table without headers or numbers: one line a cell.
    fn cell_lines(&self, cell_text: &dyn Fn(&[Run]) -> String) -> Vec<String> {
        self.cells()
            .flat_map(|cell| cell.runs.split(|run| *run == Run::Break))
            .map(cell_text)
            .collect()
    }

    /// Texts by row and column, a spanning cell's in each place that it takes.
    fn grid(&self, cell_text: &dyn Fn(&[Run]) -> String) -> Vec<Vec<String>> {
        let mut grid: Vec<Vec<Option<String>>> = vec![Vec::new(); self.rows.len()];
        for (row, cells) in self.rows.iter().enumerate() {
            let mut column = 0;
            for cell in cells {
                while grid[row].get(column).is_some_and(Option::is_some) {
                    column += 1;
                }
                let text = cell_text(&cell.runs).trim().to_owned();
                let last_column = column.saturating_add(cell.columns.max(1)).min(MOST_COLUMNS);
                let last_row = row.saturating_add(cell.rows.max(1)).min(grid.len());
                for line in &mut grid[row..last_row] {
                    for place in column..last_column {
                        if line.len() <= place {
                            line.resize(place + 1, None);
                        }
                        line[place].get_or_insert_with(|| text.clone());
                    }
                }
                column = last_column;
            }
        }
        grid.into_iter()
            .map(|row| row.into_iter().map(Option::unwrap_or_default).collect())
            .collect()
    }

    /// How many rows at the top are headers: those marked so (and titles above them), else those before the first row
    /// with a number outside its first column.
    fn header_rows(&self, grid: &[Vec<String>]) -> usize {
        let is_marked = |row: &&Vec<Cell>| row.len() > 1 && row.iter().all(|cell| cell.header);
        let marked = self
            .rows
            .iter()
            .take_while(|row| row.len() < 2 || is_marked(row))
            .count();
        if marked < grid.len() && self.rows[..marked].iter().any(|row| is_marked(&row)) {
            return marked;
        }
        grid.iter()
            .take_while(|row| !row.iter().skip(1).any(|cell| is_number(cell)))
            .count()
    }
}

/// What a column's header says.
struct Header {
    name: String,
    unit: Option<String>,
}

/// Joins the headers above a column, from the top; a unit in brackets at the end is the column's.
fn column_header(head: &[Vec<String>], column: usize) -> Header {
    let mut parts: Vec<&str> = Vec::new();
    for row in head {
        // A row that says the same in all columns is the table's title.
        let is_title = row.len() > 1 && row.iter().all(|cell| *cell == row[0]);
        if let Some(cell) = row.get(column).map(String::as_str)
            && !cell.is_empty()
            && !is_title
            && stated_unit(cell).is_none()
            && parts.last() != Some(&cell)
        {
            parts.push(cell);
        }
    }
    let (name, unit) = split_unit(&parts.concat());
    Header { name, unit }
}

/// The line of one row.
fn row_statement(row: &[String], columns: &[Header], common_unit: Option<&str>) -> String {
    let Some((first, values)) = row.split_first() else {
        return String::new();
    };
    let (row_name, row_unit) = split_unit(first);
    let statements: Vec<String> = values
        .iter()
        .zip(columns.iter().skip(1))
        .filter(|(value, _)| !value.is_empty() && value.as_str() != first.as_str())
        .map(|(value, column)| {
            let unit = column.unit.as_deref().or(row_unit.as_deref()).or(common_unit);
            let unit = unit.filter(|_| is_bare_number(value)).unwrap_or_default();
            format!("{row_name}{}{value}{unit}", column.name)
        })
        .collect();
    if statements.is_empty() {
        first.clone()
    } else {
        format!("{}。", statements.join("；"))
    }
}

/// `同比增长（%）` to `同比增长` and `%`.
fn split_unit(header: &str) -> (String, Option<String>) {
    let header = header.trim();
    let inner = header
        .strip_suffix(['）', ')'])
        .and_then(|rest| rest.rsplit_once(['（', '(']));
    match inner {
        Some((name, unit)) if !unit.is_empty() && !unit.chars().any(char::is_numeric) => {
            let unit = unit.trim().trim_start_matches("单位：").trim_start_matches("单位:");
            (name.trim().to_owned(), Some(unit.to_owned()))
        }
        _ => (header.to_owned(), None),
    }
}

/// The unit of `单位：亿元`.
fn stated_unit(cell: &str) -> Option<&str> {
    let cell = cell.trim().trim_matches(['（', '）', '(', ')']);
    let unit = cell
        .strip_prefix("单位：")
        .or_else(|| cell.strip_prefix("单位:"))?
        .trim();
    (!unit.is_empty() && !unit.contains(['、', '，', ','])).then_some(unit)
}

/// Whether a cell states a number: it begins with one, perhaps after a sign or a hedge. A year heads a column.
fn is_number(cell: &str) -> bool {
    begins_with_digit(cell) && !is_year(cell)
}

fn begins_with_digit(cell: &str) -> bool {
    cell.chars().take(2).any(|character| character.is_ascii_digit())
}

/// Whether a cell begins with a year: `2023年`, `2023年目标`, `2023`.
fn is_year(cell: &str) -> bool {
    let digits = cell.chars().take_while(char::is_ascii_digit).count();
    let rest = &cell[digits..];
    digits == 4 && (cell.starts_with("19") || cell.starts_with("20")) && (rest.is_empty() || rest.starts_with('年'))
}

/// Whether a cell is a number without a unit.
fn is_bare_number(cell: &str) -> bool {
    begins_with_digit(cell)
        && cell
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '－' | '—' | '+' | '~'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::flow::push_text;

    fn table(rows: &[&[&str]], header: bool) -> Table {
        let cell = |text: &&str, header| {
            let mut runs = Vec::new();
            push_text(&mut runs, text, false);
            Cell {
                runs,
                header,
                columns: 1,
                rows: 1,
            }
        };
        let rows = rows
            .iter()
            .enumerate()
            .map(|(index, row)| row.iter().map(|text| cell(text, header && index == 0)).collect())
            .collect();
        Table { rows }
    }

    fn words(runs: &[Run]) -> String {
        runs.iter()
            .map(|run| {
                if let Run::Text { text, .. } = run {
                    text.as_str()
                } else {
                    ""
                }
            })
            .collect()
    }

    #[test]
    fn states_each_cell_with_its_headers_and_unit() {
        let table = table(
            &[
                &["指标", "实现（亿元）", "同比增长（%）"],
                &["地方财政收入", "8.33", "7.4"],
                &["社会消费品零售总额", "263.35", "—"],
            ],
            true,
        );
        assert_eq!(
            table.statements(&words),
            [
                "地方财政收入实现8.33亿元；地方财政收入同比增长7.4%。",
                "社会消费品零售总额实现263.35亿元；社会消费品零售总额同比增长—。"
            ]
        );
    }

    #[test]
    fn gives_the_common_unit_to_bare_numbers() {
        let mut with_title = table(
            &[
                &["单位：万元"],
                &["项目", "2023年"],
                &["补贴", "2128.06"],
                &["户数", "12户"],
            ],
            false,
        );
        with_title.rows[0][0].columns = 2;
        assert_eq!(
            with_title.statements(&words),
            ["补贴2023年2128.06万元。", "户数2023年12户。"]
        );
    }

    #[test]
    fn follows_spans() {
        let mut spanning = table(
            &[&["指标", "2023年"], &["实绩", "增长（%）"], &["产值", "11.1亿元", "5"]],
            false,
        );
        spanning.rows[0][0].rows = 2;
        spanning.rows[0][1].columns = 2;
        assert_eq!(
            spanning.statements(&words),
            ["产值2023年实绩11.1亿元；产值2023年增长5%。"]
        );
    }

    #[test]
    fn takes_a_table_without_numbers_as_lines() {
        assert_eq!(
            table(&[&["左栏", "右栏"], &["正文", ""]], false).statements(&words),
            ["左栏", "右栏", "正文", ""]
        );
    }
}
