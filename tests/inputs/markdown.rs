//! Markdown.

use crate::support::{lines, read};

#[test]
fn notes_headings_bold_and_lists() {
    let file = "---\ntitle: 报告\n---\n# 政府工作报告\n\n## 一、回顾\n\n**一是**增长[^1] 8.1%，\n达到\n3 亿元[^b]。\n\n\
                3. 甲\n4. 乙\n\n- 丙\n\n[^b]: 释\n[^1]: 注一、\\\n    注二。\n";
    assert_eq!(
        lines(file.as_bytes(), "a.md"),
        [
            "政府工作报告",
            "一、回顾",
            "**一是**增长² 8.1%，达到 3 亿元¹。",
            "² 注一、",
            "注二。",
            "¹ 释",
            "3. 甲",
            "4. 乙",
            "丙"
        ]
        .map(|line| line.replace('²', "#").replace('¹', "²").replace('#', "¹"))
    );
    assert_eq!(
        read(file.as_bytes(), "a.md").unwrap().warnings,
        ["front matter left out"]
    );
}

#[test]
fn tables_become_statements() {
    let file = "| 指标 | 2023年（亿元） | 同比增长（%） |\n|---|---|---|\n| 地方财政收入 | 8.37 | 7.91 |\n";
    assert_eq!(
        lines(file.as_bytes(), "a.md"),
        ["地方财政收入2023年8.37亿元；地方财政收入同比增长7.91%。"]
    );
}

#[test]
fn html_inside_is_read_too() {
    let file = "增长<sup>1</sup>。\n\n<table><tr><th>指标</th><th>数值</th></tr><tr><td>收入</td><td>3亿元</td></tr></table>\n";
    assert_eq!(lines(file.as_bytes(), "a.md"), ["增长¹。", "收入数值3亿元。"]);
}

#[test]
fn markdown_is_known_by_its_notes_whatever_the_extension() {
    assert_eq!(
        read("增长[^1]。\n\n[^1]: 注\n".as_bytes(), "a.txt").unwrap().media_type,
        "text/markdown"
    );
    assert_eq!(
        read("**一是**增长。".as_bytes(), "a.txt").unwrap().media_type,
        "text/plain"
    );
}
