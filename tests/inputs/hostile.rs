//! Hostile and broken files: each ends in its documented error, soon and in little memory.

use std::time::{Duration, Instant};

use gongkai::audit::{self, Input, ReportRows};
use gongkai::document::Known;
use gongkai::normalise::normalise;
use lopdf::{Document, Object, Stream, dictionary};

use crate::fact::{self, Extraction};
use crate::invariants::check_extraction;
use crate::read::{Limits, ReadError, Reading, read as read_bytes};
use crate::support::{archive, draw, finish, lines, pdf, read, word};

/// Longest time that any of the files may take.
const LONGEST: Duration = Duration::from_secs(10);
/// Most memory that this process may ever have taken, in KiB.
const MOST_MEMORY: u64 = 1 << 20;

/// Does something and checks what it took.
fn within_limits<T>(what: &str, act: impl FnOnce() -> T) -> T {
    let began = Instant::now();
    let result = act();
    assert!(began.elapsed() < LONGEST, "{what} took {:?}", began.elapsed());
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        let peak = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .expect("Linux states its peak");
        let peak: u64 = peak.trim().trim_end_matches(" kB").parse().expect("a number of KiB");
        assert!(peak < MOST_MEMORY, "{what}: {peak} KiB");
    }
    result
}

/// Reads a file and checks what it took.
fn timed(bytes: &[u8], name: &str) -> Result<Reading, ReadError> {
    within_limits(name, || read(bytes, name))
}

/// The rows that a text gives, within the limits, and what must hold of them.
fn rows(text: &str, name: &str) -> Extraction {
    let reading = timed(text.as_bytes(), name).expect("readable");
    let extraction = within_limits(name, || {
        let mut extraction = fact::extract(&reading, &fact::Origin::default(), &Known::default());
        normalise(&mut extraction);
        extraction
    });
    check_extraction(&extraction);
    extraction
}

/// The same, and the audit of them.
fn audited(text: &str, name: &str) -> Extraction {
    let extraction = rows(text, name);
    within_limits(name, || {
        audit::audit(&Input {
            reports: &[ReportRows::from(&extraction)],
            acknowledgements: &[],
        })
    });
    extraction
}

/// The superscript digits of a number.
fn superscript(number: usize) -> String {
    number
        .to_string()
        .bytes()
        .map(|digit| ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'][usize::from(digit - b'0')])
        .collect()
}

fn is_over(result: &Result<Reading, ReadError>, expected: &str) -> bool {
    matches!(result, Err(ReadError::OverLimit { what, .. }) if *what == expected)
}

#[test]
fn a_file_over_the_limit() {
    let limits = Limits {
        file_bytes: 1000,
        ..Limits::default()
    };
    let error = read_bytes(&[b'a'; 1001], "large.txt", &limits).unwrap_err();
    assert_eq!(
        error.to_string(),
        "large.txt: file has 1001 bytes, more than the limit of 1000"
    );
    let limits = Limits {
        text_bytes: 1000,
        ..Limits::default()
    };
    assert!(matches!(
        read_bytes(&[b'a'; 1001], "a.txt", &limits),
        Err(ReadError::TooLarge { what: "text", .. })
    ));
}

#[test]
fn one_line_of_ten_megabytes() {
    let extraction = rows(&"增长8.1%，".repeat(700_000), "line.txt");
    assert_eq!(extraction.numerals.len(), 700_000);
}

#[test]
fn a_paragraph_of_numbers() {
    let heading = "一、2023年工作回顾\n";
    for (words, times) in [("2023年，", 700_000), ("新增企业3家，", 50_000), ("（企业3家", 20_000)] {
        let extraction = rows(&(heading.to_owned() + &words.repeat(times)), "numbers.txt");
        assert_eq!(extraction.numerals.len(), times + 2);
        let reports = [ReportRows::from(&extraction)];
        let input = Input {
            reports: &reports,
            acknowledgements: &[],
        };
        within_limits("the audit of numbers.txt", || audit::audit(&input));
    }
}

#[test]
fn lists_and_marks_without_end() {
    let heading = "一、2023年工作回顾\n";
    let lists = heading.to_owned() + &"现有企业3家（甲厂、乙厂、丙厂）。".repeat(30_000);
    assert_eq!(rows(&lists, "lists.txt").members.len(), 90_000);
    let marks = heading.to_owned() + &"新增企业3家¹。".repeat(30_000) + "\n¹ 甲厂、乙厂、丙厂获评新增企业。\n";
    assert_eq!(rows(&marks, "marks.txt").observations.len(), 30_000);
}

#[test]
fn thousands_of_notes() {
    let notes: String = (1..10_000)
        .map(|n| (n, superscript(n)))
        .map(|(n, mark)| format!("新增企业{n}家{mark}。\n\n{mark} 甲厂、乙厂。\n\n"))
        .collect();
    let extraction = audited(&format!("一、2023年工作回顾\n{notes}"), "notes.txt");
    assert_eq!(extraction.footnotes.len(), 9_999);
    assert!(extraction.footnotes.iter().all(|note| note.mark_start.is_some()));

    // Notes of one number, which a reader has to number anew.
    let note = |n: usize| format!("<w:footnote w:id=\"{n}\"><w:p><w:r><w:t>甲厂。</w:t></w:r></w:p></w:footnote>");
    let mark =
        |n: usize| format!("<w:p><w:r><w:t>企业</w:t></w:r><w:r><w:footnoteReference w:id=\"{n}\"/></w:r></w:p>");
    let docx = word(
        &(1..20_000).map(mark).collect::<String>(),
        &(1..20_000).map(note).collect::<String>(),
        "",
        "",
    );
    assert!(timed(&docx, "notes.docx").unwrap().text.contains("¹⁹⁹⁹⁹ 甲厂。"));
}

#[test]
fn thousands_of_headings() {
    let chapter = "一、2023年工作回顾\n（一）抓好落实。\n我们也清醒地认识到，还有3个问题。\n二、2024年工作任务\n";
    let extraction = audited(&chapter.repeat(10_000), "chapters.txt");
    assert_eq!(extraction.sections.len(), 30_000);
    let dashes = "一、2023年工作回顾\n".to_owned() + &"——做好工作。新增企业3家。\n".repeat(50_000);
    assert_eq!(rows(&dashes, "dashes.txt").sections.len(), 50_001);
}

#[test]
fn pages_that_never_end() {
    for (page, times) in [
        ("1 ", 2_000_000),
        ("一", 1_000_000),
        ("（", 2_000_000),
        ("来源：某处¹\n", 100_000),
        ("第二次会议2024年1月10日", 100_000),
    ] {
        rows(&(page.repeat(times) + "\n各位代表：\n"), "page.txt");
    }
    let lines = "字".repeat(1_000_000) + "，字\n" + &"字\n".repeat(1_000_000);
    rows(&lines, "lines.txt");
}

#[test]
fn a_text_that_begins_with_a_heading() {
    let extraction = audited("一、2023年工作回顾\n新增企业3家。\n来源：某处\n", "heading.txt");
    let sections: Vec<_> = extraction.sections.iter().map(|s| s.section_id.as_str()).collect();
    assert_eq!(sections, ["1"]);
}

#[test]
fn nul_bytes() {
    let error = timed("增长\08.1%".as_bytes(), "nul.txt").unwrap_err();
    assert_eq!(error.to_string(), "nul.txt: not text: NUL at byte 6");
}

#[test]
fn a_zip_bomb() {
    let spaces = vec![b' '; 40 << 20];
    let bomb = archive(&[("word/document.xml", &spaces)]);
    assert!(bomb.len() < 100_000);
    let error = timed(&bomb, "bomb.docx").unwrap_err();
    assert_eq!(
        error.to_string(),
        "bomb.docx: DOCX over its limit, word/document.xml: more than 33554432 bytes unpacked"
    );
}

#[test]
fn xml_bombs() {
    let entities: String = (1..10)
        .map(|n| format!("<!ENTITY e{n} \"{}\">", format!("&e{};", n - 1).repeat(10)))
        .collect();
    let laughs = format!("<!DOCTYPE d [<!ENTITY e0 \"ha\">{entities}]><d>&e9;</d>");
    let error = timed(&archive(&[("word/document.xml", laughs.as_bytes())]), "laughs.docx").unwrap_err();
    assert!(
        matches!(error, ReadError::Damaged { ref place, .. } if place == "word/document.xml"),
        "{error}"
    );

    let deep = "<w:p>".repeat(100_000) + &"</w:p>".repeat(100_000);
    assert!(is_over(
        &timed(&word(&deep, "", "", ""), "deep.docx"),
        "nested elements"
    ));

    let crowded = format!(
        "<w:p {}/>",
        (0..100_000).map(|n| format!("a{n}=\"\" ")).collect::<String>()
    );
    assert!(is_over(
        &timed(&word(&crowded, "", "", ""), "crowded.docx"),
        "attributes of one tag"
    ));

    let many = "<w:p/>".repeat(3_000_000);
    assert!(is_over(&timed(&word(&many, "", "", ""), "many.docx"), "nodes"));
}

#[test]
fn html_bombs() {
    let page = |content: String| format!("<html><body>{content}</body></html>").into_bytes();
    assert!(is_over(
        &timed(&page("<div>".repeat(1_000_000)), "deep.html"),
        "nested elements"
    ));
    // Each paragraph gets all the unclosed formatting elements before it.
    let fonts: String = (0..200).map(|n| format!("<font color={n}>")).collect();
    assert!(is_over(
        &timed(&page(fonts + &"<p>".repeat(1_000_000)), "fonts.html"),
        "nodes"
    ));
    let crowded: String = (0..1_000_000).map(|n| format!("a{n} ")).collect();
    assert!(is_over(
        &timed(&page(format!("<p {crowded}>")), "crowded.html"),
        "attributes of one tag"
    ));
}

#[test]
fn deep_markdown() {
    for opening in [">", "- ", "**", "[", "<b>", "*a_"] {
        let _ = timed(opening.repeat(50_000).as_bytes(), "deep.md");
    }
}

#[test]
fn pdf_bombs() {
    // A page whose content unpacks to more than the limit.
    let mut document = Document::with_version("1.5");
    let mut stream = Stream::new(dictionary! {}, vec![b' '; 40 << 20]);
    stream.compress().unwrap();
    let content = document.add_object(stream);
    let tree = document.new_object_id();
    let page = document.add_object(dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => content });
    document.objects.insert(
        tree,
        dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 }.into(),
    );
    let error = timed(&finish(document, tree.into()), "bomb.pdf").unwrap_err();
    assert_eq!(
        error.to_string(),
        "bomb.pdf: PDF over its limit, page 1: more than 33554432 bytes unpacked"
    );

    // Forms that each draw the next one ten times.
    let forms: Vec<String> = (1..=12).map(|next| format!("/X{next} Do ").repeat(10)).collect();
    let forms: Vec<&str> = forms.iter().map(String::as_str).chain(["q Q"]).collect();
    assert!(is_over(
        &timed(&pdf(&["/X0 Do"], &forms), "fan.pdf"),
        "drawing operators"
    ));

    let long = draw(0.0, 0.0, 12.0, &"增".repeat(2_000_001));
    assert!(is_over(&timed(&pdf(&[&long], &[]), "long.pdf"), "characters"));
}

#[test]
fn pdf_cycles() {
    // A form that draws itself: what it prints is read.
    let form = draw(72.0, 600.0, 12.0, "甲") + "/X0 Do";
    let itself = pdf(&[&(draw(72.0, 700.0, 12.0, "增长8.1%。") + "/X0 Do")], &[&form]);
    assert_eq!(timed(&itself, "form.pdf").unwrap().text, "增长8.1%。\n\n甲\n\n");

    // A page tree that holds itself, and a page that is its own parent.
    let mut document = Document::with_version("1.5");
    let tree = document.new_object_id();
    let page = document.new_object_id();
    document
        .objects
        .insert(page, dictionary! { "Type" => "Page", "Parent" => page }.into());
    let kids: Vec<Object> = vec![tree.into(), page.into(), tree.into()];
    document.objects.insert(
        tree,
        dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => 3 }.into(),
    );
    let error = timed(&finish(document, tree.into()), "tree.pdf").unwrap_err();
    assert!(
        matches!(error, ReadError::NoText { .. } | ReadError::Damaged { .. }),
        "{error}"
    );

    // Objects that are references to each other.
    let mut document = Document::with_version("1.5");
    let (one, other) = (document.new_object_id(), document.new_object_id());
    document.objects.insert(one, Object::Reference(other));
    document.objects.insert(other, Object::Reference(one));
    let error = timed(&finish(document, one.into()), "reference.pdf").unwrap_err();
    assert!(matches!(error, ReadError::Damaged { .. }), "{error}");
}

#[test]
fn truncated_files() {
    let text = "增长8.1%。";
    let docx = word(&format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"), "", "", "");
    let error = timed(&docx[..docx.len() / 2], "cut.docx").unwrap_err();
    assert!(
        matches!(error, ReadError::Damaged { ref place, .. } if place == "zip archive"),
        "{error}"
    );
    // A PDF without its end has its objects found one by one, or is refused; it never gives wrong text.
    let pdf = pdf(&[&draw(72.0, 700.0, 12.0, text)], &[]);
    for end in (10..pdf.len()).step_by(37) {
        if let Ok(reading) = timed(&pdf[..end], "cut.pdf") {
            assert_eq!(reading.text.trim(), text);
        }
    }
    assert!(matches!(
        timed(&pdf[..60], "cut.pdf"),
        Err(ReadError::Damaged { format: "PDF", .. })
    ));
}

#[test]
fn wrong_extensions() {
    let page = "<html><body>增长8.1%。</body></html>";
    assert_eq!(lines(page.as_bytes(), "report.pdf"), ["增长8.1%。"]);
    assert_eq!(lines("增长8.1%。".as_bytes(), "report.docx"), ["增长8.1%。"]);
    assert_eq!(
        lines(&pdf(&[&draw(72.0, 700.0, 12.0, "增长8.1%。")], &[]), "report.txt"),
        ["增长8.1%。"]
    );
    let errors = [
        (
            &b"\xD0\xCF\x11\xE0\xA1\xB1"[..],
            "an Office file from before 2007 (.doc): save it as .docx",
        ),
        (b"{\\rtf1", "RTF: save it as .docx"),
        (b"\x89PNG\r\n", "a PNG image: run OCR on it first"),
    ];
    for (bytes, found) in errors {
        assert_eq!(
            timed(bytes, "report.txt"),
            Err(ReadError::Unsupported {
                name: "report.txt".into(),
                found
            })
        );
    }
}

#[test]
fn a_locked_pdf() {
    let mut document = Document::load_mem(&pdf(&[&draw(72.0, 700.0, 12.0, "增长8.1%。")], &[])).unwrap();
    document
        .trailer
        .set("ID", vec![Object::string_literal("a"), Object::string_literal("a")]);
    let version = lopdf::EncryptionVersion::V2 {
        document: &document,
        owner_password: "owner",
        user_password: "user",
        key_length: 128,
        permissions: lopdf::Permissions::all(),
    };
    let state = lopdf::EncryptionState::try_from(version).unwrap();
    document.encrypt(&state).unwrap();
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    assert_eq!(
        timed(&bytes, "locked.pdf"),
        Err(ReadError::Encrypted {
            name: "locked.pdf".into()
        })
    );
}
