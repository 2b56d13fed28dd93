//! Years that a text writes out, and five-year plans that it names.

use rust_decimal::prelude::ToPrimitive;

use crate::lex::numeral;

/// Longest numeral that is read in search of a year, in characters.
const LONGEST: usize = 32;

/// Years written out in four digits, each with the position after it.
pub fn years(text: &[char]) -> Vec<(i32, usize)> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let Some(number) = numeral::scan(&text[..text.len().min(at + LONGEST)], at) else {
            at += 1;
            continue;
        };
        if number.end - number.start == 4
            && let Some(year) = number.value.and_then(|value| value.to_i32())
            && (1949..2100).contains(&year)
        {
            out.push((year, number.end));
        }
        at = number.end;
    }
    out
}

/// First and last year of the latest five-year plan that a text names: 十四五 is 2021 to 2025.
pub fn five_year_plan(text: &[char]) -> Option<(i32, i32)> {
    let mut latest = None;
    let mut at = 0;
    while at < text.len() {
        let digits = text[at..].iter().take_while(|&&c| "一二三四五六七八九十".contains(c));
        let end = at + digits.count();
        latest = latest.max(plan_ordinal(text, at, end));
        at = end.max(at + 1);
    }
    latest.map(plan_years)
}

/// Which plan a run of digits names: an ordinal and 五, in quotation marks or before a word for the plan's time. From the eleventh to the
/// nineteenth they need neither: 十四五 is no number.
fn plan_ordinal(text: &[char], start: usize, end: usize) -> Option<i32> {
    if !(2..=3).contains(&(end - start)) || text[end - 1] != '五' {
        return None;
    }
    let ordinal = numeral::scan(&text[..end - 1], start)
        .filter(|number| number.end == end - 1)?
        .value?
        .to_i32()?;
    let unmistakable = end - start == 3 && text[start] == '十';
    let quoted =
        start > 0 && matches!(text[start - 1], '“' | '"' | '「') && matches!(text.get(end), Some('”' | '"' | '」'));
    let after: String = text[end..].iter().take(2).collect();
    (unmistakable || quoted || matches!(after.as_str(), "计划" | "时期" | "期间")).then_some(ordinal)
}

/// First and last year of the n-th five-year plan. The third began in 1966, three years late.
#[must_use]
pub fn plan_years(n: i32) -> (i32, i32) {
    let first = if n <= 2 { 1953 + 5 * (n - 1) } else { 1966 + 5 * (n - 3) };
    (first, first + 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(text: &str) -> Option<(i32, i32)> {
        five_year_plan(&text.chars().collect::<Vec<_>>())
    }

    #[test]
    fn plans_have_years_by_their_ordinal() {
        for (text, years) in [
            ("“一五”计划", (1953, 1957)),
            ("二五期间", (1958, 1962)),
            ("三五时期", (1966, 1970)),
            ("“五五”计划", (1976, 1980)),
            ("六五计划的执行情况", (1981, 1985)),
            ("“十五”计划", (2001, 2005)),
            ("十一五以来", (2006, 2010)),
            ("“十四五”时期工作回顾和“十五五”时期目标任务", (2026, 2030)),
            ("十七五", (2036, 2040)),
        ] {
            assert_eq!(plan(text), Some(years), "{text}");
        }
    }

    #[test]
    fn a_number_that_ends_in_five_is_no_plan() {
        for text in ["今后十五年", "二十五项任务", "一百三十五时", "五", "五五"] {
            assert_eq!(plan(text), None, "{text}");
        }
    }
}
