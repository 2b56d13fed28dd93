//! Plain text.

use encoding_rs::{BIG5, GB18030};

use crate::read::{Limits, Origin, ReadError, read_with_type};
use crate::support::read;

const REPORT: &str = "一、2023年工作回顾\n\n全年完成地方财政收入 8.37 亿元，同比增长 7.91%¹。\n\n¹ 甲、乙。\n";

fn utf16(text: &str, big: bool) -> Vec<u8> {
    text.encode_utf16()
        .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
        .collect()
}

#[test]
fn every_encoding_gives_the_same_text() {
    let with_bom = |bom: &[u8], bytes: Vec<u8>| [bom, &bytes].concat();
    let files = [
        ("UTF-8", REPORT.as_bytes().to_vec()),
        (
            "UTF-8 with a mark",
            with_bom(b"\xEF\xBB\xBF", REPORT.as_bytes().to_vec()),
        ),
        ("UTF-16LE with a mark", with_bom(b"\xFF\xFE", utf16(REPORT, false))),
        ("UTF-16BE with a mark", with_bom(b"\xFE\xFF", utf16(REPORT, true))),
        ("UTF-16LE", utf16(REPORT, false)),
        ("UTF-16BE", utf16(REPORT, true)),
        ("GB18030", GB18030.encode(REPORT).0.into_owned()),
    ];
    for (encoding, bytes) in files {
        let reading = read(&bytes, "report.txt").unwrap_or_else(|error| panic!("{encoding}: {error}"));
        assert_eq!(reading.text, REPORT, "{encoding}");
        assert!(reading.warnings.is_empty(), "{encoding}: {:?}", reading.warnings);
    }
}

#[test]
fn big5_is_told_from_gbk() {
    let report = "各位議員：\n過去一年，政府歲入增長百分之七，達到 8.37 億元；新增就業職位 3850 個，失業率下降。\n";
    assert_eq!(read(&BIG5.encode(report).0, "report.txt").unwrap().text, report);
}

#[test]
fn a_stated_charset_counts_unless_the_bytes_are_utf8() {
    let big5 = BIG5.encode("歲入八億元").0.into_owned();
    let read = |bytes: &[u8], kind| {
        read_with_type(bytes, "a.txt", Some(kind), &Limits::default())
            .unwrap()
            .text
    };
    assert_eq!(read(&big5, "text/plain; charset=Big5"), "歲入八億元");
    assert_eq!(read("岁入".as_bytes(), "text/plain; charset=gb2312"), "岁入");
}

#[test]
fn line_ends_stay_as_they_are_and_lone_returns_end_lines() {
    let crlf = "一\r\n\r\n二\r\n";
    let reading = read(crlf.as_bytes(), "a.txt").unwrap();
    assert_eq!(reading.text, crlf);
    let ends: Vec<_> = reading
        .segments
        .iter()
        .map(|segment| (segment.start, segment.end, segment.origin))
        .collect();
    assert_eq!(ends, [(0, 1, Origin::Line(1)), (5, 6, Origin::Line(3))]);
    assert_eq!(read("一\r二\r".as_bytes(), "a.txt").unwrap().text, "一\n二\n");
}

#[test]
fn a_damaged_place_is_a_warning_and_much_damage_an_error() {
    let mut bytes = REPORT.repeat(20).into_bytes();
    bytes.extend(b"\xE4\xB8");
    let reading = read(&bytes, "cut.txt").unwrap();
    assert!(reading.text.ends_with('\u{FFFD}'));
    assert_eq!(
        reading.warnings,
        [format!(
            "1 undecodable UTF-8 sequences, the first at byte {}",
            bytes.len() - 2
        )]
    );
    let noise: Vec<u8> = (0..20_000_u32)
        .map(|index| (index.wrapping_mul(2_654_435_761) >> 24) as u8 | 1)
        .collect();
    assert!(matches!(read(&noise, "noise.bin"), Err(ReadError::NotText { .. })));
}

#[test]
fn an_empty_file_is_an_error() {
    for bytes in [&b""[..], b" \r\n\t\n", b"\xEF\xBB\xBF"] {
        assert_eq!(
            read(bytes, "empty.txt"),
            Err(ReadError::NoText {
                name: "empty.txt".into()
            })
        );
    }
}
