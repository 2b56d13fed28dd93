//! HTML.

use encoding_rs::GBK;

use crate::read::{Limits, read_with_type};
use crate::support::lines;

#[test]
fn the_content_is_read_and_what_surrounds_it_is_not() {
    let page = r#"<!DOCTYPE html><html><head><title>镇政府</title><script>var a = 2024;</script></head><body>
        <nav><a href="/">首页 2024</a></nav><div class="breadcrumb">当前位置：报告</div><h1>政府工作报告</h1>
        <div id="content"><p>全年完成地方财政收入 8.37 亿元，
        同比增长 7.91%。</p><p>新增高新技术企业 36 家。</p></div>
        <ul class="side-nav"><li>通知 3 条</li></ul><footer>电话 021-12345678</footer></body></html>"#;
    assert_eq!(
        lines(page.as_bytes(), "a.html"),
        [
            "政府工作报告",
            "全年完成地方财政收入 8.37 亿元，同比增长 7.91%。",
            "新增高新技术企业 36 家。"
        ]
    );
}

#[test]
fn linked_notes_and_raised_notes() {
    let linked = r##"<html><body><p>企业 1 家<a href="#fn1" id="r1"><sup>1</sup></a>，增长<a href="#_ftn2" name="_ftnref2">[2]</a>。</p>
        <section><ol><li id="fn1"><p>甲。<a href="#r1">↩︎</a></p></li></ol></section>
        <div id="ftn2"><p><a href="#_ftnref2" name="_ftn2">[2]</a> 乙。</p></div></body></html>"##;
    assert_eq!(
        lines(linked.as_bytes(), "a.html"),
        ["企业 1 家¹，增长²。", "¹ 甲。", "² 乙。"]
    );
    let raised =
        "<html><body><p>企业 1 家<sup>①</sup>，面积 3 km<sup>2</sup>。</p><p><sup>①</sup> 甲。</p></body></html>";
    assert_eq!(
        lines(raised.as_bytes(), "a.html"),
        ["企业 1 家¹，面积 3 km²。", "¹ 甲。"]
    );
}

#[test]
fn lists_breaks_bold_and_tables() {
    let page = "<html><body><p><b>一是</b>增长。<br>　　二是下降。</p><ol start=2><li>甲<li>乙</ol>
        <table><caption>单位：亿元</caption><tr><th rowspan=2>指标<th colspan=2>2023年<tr><th>实绩<th>增长（%）
        <tr><td>财政收入<td>8.37<td>7.91</table></body></html>";
    assert_eq!(
        lines(page.as_bytes(), "a.html"),
        [
            "**一是**增长。",
            "二是下降。",
            "2. 甲",
            "3. 乙",
            "财政收入2023年实绩8.37亿元；财政收入2023年增长7.91%。"
        ]
    );
}

#[test]
fn the_charset_comes_from_the_page_or_the_header() {
    let page = GBK
        .encode("<html><head><meta charset=\"gb2312\"></head><body>收入 3 亿元</body></html>")
        .0
        .into_owned();
    assert_eq!(lines(&page, "a.html"), ["收入 3 亿元"]);
    let bare = GBK.encode("<html><body>收入 3 亿元</body></html>").0.into_owned();
    let reading = read_with_type(&bare, "a", Some("text/html; charset=GBK"), &Limits::default()).unwrap();
    assert_eq!(
        (reading.text.as_str(), reading.media_type),
        ("收入 3 亿元\n\n", "text/html")
    );
}
