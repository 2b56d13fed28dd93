//! Months, days, quarters, halves of a year.

use crate::grammar::{Rule, Scene};
use crate::lexicon::terms::NumeralKind;

/// Reads a part of a date: `1月10日`, `上半年`, `前三季度`, `一季度`, `1—11月`, `前11个月`.
pub static RULE: Rule<NumeralKind> = Rule {
    name: "date-part",
    reads: "a month, day, quarter or half of a year: 1月10日 上半年 前三季度",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<NumeralKind> {
    let number = &scene.numbers[i];
    let end = number.end;
    let month = scene.starts(end, &["月"]) && !scene.starts(end, &["月薪", "月均"]);
    let day = scene.starts(end, &["日"]) && !scene.starts(end, &["日均", "日游"]) && !scene.starts(end, &["日照"]);
    // 办理时限由15日缩短至3日: days that are counted.
    let counted = ["由", "从", "至", "到", "为", "缩短", "压缩", "减少", "延长"];
    let day = day && (!scene.ends(number.start, &counted) || scene.holds(0, number.start, &["月"]));
    let days_of_month = day && i > 0 && scene.before(number.start) == Some('月');
    let range_of_days =
        scene.at(end).is_some_and(|c| matches!(c, '至' | '-' | '—')) && scene.before(number.start) == Some('月');
    let half = number.end == number.start + 1
        && scene.at(number.start) == Some('半')
        && (scene.starts(end, &["年"]) && scene.ends(number.start, &["上", "下", "前", "后", "大"]));
    let quarter = scene.starts(end, &["季度", "个季度"]) && !scene.ends(number.start, &["连续"]);
    let clock = scene.starts(end, &["时许", "时整"]);
    // The first month of a range has no 月 of its own.
    let mut next = end;
    while matches!(scene.at(next), Some('—' | '-' | '–' | '－' | '~' | '～' | '至' | '到')) {
        next += 1;
    }
    let months = next > end
        && scene.numbers.get(i + 1).is_some_and(|n| {
            n.start == next && scene.starts(n.end, &["月"]) && !scene.starts(n.end, &["月薪", "月均"])
        });
    let first_months = scene.starts(end, &["个月"]) && scene.ends(number.start, &["前"]);
    (months || first_months || month || days_of_month || day || range_of_days || half || quarter || clock)
        .then_some(NumeralKind::Date)
}
