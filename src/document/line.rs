//! Lines of the source: what stands on each, before anything is repaired.

use super::Span;
use crate::lexicon::fold;

/// What a line is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Ordinary text.
    Text,
    /// The first line of a footnote's text: its number, and where the text after it begins.
    Note { number: i32, label: Span },
    /// A further line of the footnote before it.
    NoteContinued,
    /// Something that the page around the report put there.
    Furniture,
}

/// A line without the white space around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub span: Span,
    pub kind: Kind,
}

/// Value of a superscript digit.
pub fn superscript(c: char) -> Option<u32> {
    Some(match c {
        '⁰' => 0,
        '¹' => 1,
        '²' => 2,
        '³' => 3,
        '⁴'..='⁹' => u32::from(c) - 0x2070,
        _ => return None,
    })
}

/// Whether a character is white space or has no width.
pub fn blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}' | '\u{00ad}')
}

/// The superscript number at `at`: its value and its end.
pub fn superscript_number(source: &[char], at: usize) -> Option<(i32, usize)> {
    let mut end = at;
    let mut value = 0_i32;
    while let Some(d) = source.get(end).and_then(|&c| superscript(c)).filter(|_| end - at < 4) {
        value = value * 10 + i32::try_from(d).unwrap_or(0);
        end += 1;
    }
    (end > at).then_some((value, end))
}

/// Marks that a page puts around a report. A line that is one of them, or begins with one of the second list, is furniture.
const WHOLE: &[&str] = &[
    "下载",
    "打印",
    "全屏",
    "收藏",
    "加大",
    "还原",
    "减小",
    "】",
    "分享",
    "分享:",
    "分享：",
    "大",
    "中",
    "小",
    "来源:",
    "来源：",
    "时间：",
    "时间:",
    "首页",
    ">",
    "打印本页",
    "关闭窗口",
    "相关报道：",
    "false",
    "true",
    "Public domain",
    "公有领域",
    "政府信息公开",
    "省政府工作报告",
    "上一篇",
    "下一篇",
    "返回顶部",
    "字体：",
    "扫一扫在手机打开当前页",
    "责任编辑：",
    "编辑：",
    "目录",
];
const BEGIN: &[&str] = &[
    "【字号",
    "【字体",
    "来源：",
    "来源:",
    "时间：",
    "时间:",
    "发布时间",
    "发布日期",
    "责任编辑",
    "浏览次数",
    "点击数",
    "相关报道",
    "相关链接",
    "扫一扫",
    "本作品",
    "注：中文维基",
    "Public domain",
    "版权",
    "原标题",
    "当前位置",
    "您现在的位置",
    "您的位置",
    "索引号",
    "发文字号",
    "上一篇",
    "下一篇",
    "字号：",
    "字体：",
    "微信扫",
];

/// Marks that end a report: what follows them in the second half of a text is the page's.
const END: &[&str] = &["本作品", "相关报道", "相关链接", "扫一扫", "打印本页", "关闭窗口"];

/// Cuts a source into its lines that are not blank.
pub fn lines(source: &[char]) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    let mut at = 0;
    let mut last_note = 0;
    while at < source.len() {
        let end = source[at..]
            .iter()
            .position(|&c| matches!(c, '\n' | '\r' | '\u{c}' | '\u{2028}'))
            .map_or(source.len(), |n| at + n);
        let (mut start, mut stop) = (at, end);
        while start < stop && blank(source[start]) {
            start += 1;
        }
        while stop > start && blank(source[stop - 1]) {
            stop -= 1;
        }
        if start < stop {
            let kind = kind(&source[start..stop], start, out.last(), &mut last_note);
            out.push(Line {
                span: Span { start, end: stop },
                kind,
            });
        }
        at = end + 1;
    }
    let ends = |line: &Line| {
        let text: String = source[line.span.start..line.span.end]
            .iter()
            .take(6)
            .map(|&c| fold(c))
            .collect();
        line.span.start * 2 > source.len()
            && line.kind == Kind::Furniture
            && END.iter().any(|mark| text.starts_with(mark))
    };
    if let Some(first) = out.iter().position(ends) {
        for line in &mut out[first..] {
            line.kind = Kind::Furniture;
        }
    }
    out
}

fn kind(text: &[char], start: usize, before: Option<&Line>, last_note: &mut i32) -> Kind {
    if let Some((number, end)) = superscript_number(text, 0) {
        // A note's number rises. One that does not is a numeral of the note before it, set as a superscript.
        let in_note = before.is_some_and(|l| matches!(l.kind, Kind::Note { .. } | Kind::NoteContinued));
        if in_note && number <= *last_note {
            return Kind::NoteContinued;
        }
        *last_note = number;
        return Kind::Note {
            number,
            label: Span {
                start,
                end: start + end,
            },
        };
    }
    let line: String = text.iter().take(12).map(|&c| fold(c)).collect();
    let folded = |list: &[&str], whole: bool| {
        list.iter().any(|mark| {
            let mark = crate::lexicon::fold_str(mark);
            if whole {
                text.len() == mark.chars().count() && line == mark
            } else {
                line.starts_with(&mark)
            }
        })
    };
    if folded(WHOLE, true) || folded(BEGIN, false) {
        Kind::Furniture
    } else {
        Kind::Text
    }
}
