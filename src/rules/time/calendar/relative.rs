//! Words for a year: 去年, 明年, 过去一年.

use std::sync::LazyLock;

use crate::grammar::Scene;
use crate::lexicon::characters::Characters;
use crate::lexicon::terms::Part;

/// Words for a year, relative to the year under review and to the year planned.
pub(super) const RELATIVE: &[&str] = &[
    "去年",
    "上年",
    "前年",
    "今年",
    "本年",
    "明年",
    "过去一年",
    "过去的一年",
    "一年来",
    "刚刚过去的一年",
    "下一年",
    "届末",
    "本世纪末",
    "上世纪末",
];

/// The year that a word of [`RELATIVE`] stands for, and where the word ends.
pub(super) fn relative(scene: &Scene, at: usize) -> Option<(usize, i32)> {
    static FIRST: LazyLock<Characters> = LazyLock::new(|| Characters::first_of(RELATIVE));
    if !FIRST.has(scene.at(at)?) {
        return None;
    }
    let (reviewed, planned) = (scene.context.reviewed_year?, scene.context.planned_year?);
    // 基础上年均: not in the middle of a word of the list.
    let token = scene.tokens.tokens.get(scene.token_at(at))?;
    if token.start < at && token.word().is_some() {
        return None;
    }
    let word = RELATIVE.iter().find(|word| scene.starts(at, &[word]))?;
    // A review read before the year is out calls it 今年 as well; where the day is not known, only for what was over by then.
    let review = !matches!(scene.context.part, Part::Plan | Part::Closing);
    let since = || {
        review
            && scene.starts(
                at,
                &["今年以来", "今年来", "今年上半年", "今年下半年", "今年前", "今年全年"],
            )
    };
    // The year that closes the century of the report.
    let century = (planned + 99) / 100 * 100;
    let year = match *word {
        "去年" | "上年" => planned - 1,
        "前年" => planned - 2,
        "今年" => {
            let unknown = if since() { reviewed } else { planned };
            scene.context.this_year.unwrap_or(unknown)
        }
        "本年" if !review => planned,
        "明年" => planned.max(reviewed + 1),
        "下一年" => planned,
        "届末" => planned + 4,
        "本世纪末" => century,
        "上世纪末" => century - 100,
        // 本年 of a review, and the year that has just passed.
        _ => reviewed,
    };
    Some((at + word.chars().count(), year))
}
