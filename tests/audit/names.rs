//! Names listed for counted observations.

use gongkai::fact::{Extraction, split};

use crate::fixture::report;

/// The members of a report as `indicator: name, name`.
fn listed(extraction: &Extraction) -> Vec<String> {
    let chars: Vec<char> = extraction.source_text.chars().collect();
    let mut lines = Vec::new();
    for observation in &extraction.observations {
        let names: Vec<String> = extraction
            .members
            .iter()
            .filter(|member| member.observation_id == observation.observation_id)
            .enumerate()
            .map(|(index, member)| {
                assert_eq!(member.position, i32::try_from(index + 1).expect("small"));
                let range = usize::try_from(member.source_start).expect("an offset")
                    ..usize::try_from(member.source_end).expect("an offset");
                assert_eq!(
                    chars[range].iter().collect::<String>(),
                    member.name,
                    "names are verbatim"
                );
                member.name.clone()
            })
            .collect();
        if !names.is_empty() {
            lines.push(format!("{}: {}", observation.indicator, names.join(", ")));
        }
    }
    lines
}

#[test]
fn the_subjects_of_awards_belong_to_the_award_that_is_counted() {
    let extraction = report(
        "新增中国私募基金50强示范机构{2|家|新增中国私募基金50强示范机构}、市科技小巨人企业{1|家|新增上海市科技小巨人企业}¹、高新企业{36|家|新增高新企业}。\n\
         ¹ 睿扬投资公司、宽德基金中心（有限合伙）入选中国私募基金50强示范机构，爱优特（上海）公司获评市科技小巨人企业。",
    );
    assert_eq!(
        listed(&extraction),
        [
            "新增中国私募基金50强示范机构: 睿扬投资公司, 宽德基金中心（有限合伙）",
            "新增上海市科技小巨人企业: 爱优特（上海）公司"
        ]
    );
    assert_eq!(extraction.members[0].footnote_no, Some(1));
}

#[test]
fn a_list_follows_its_number() {
    for (markup, names) in [
        (
            "现有{3|家|园区}国家级园区，分别是长江园、财景园、复旦园。",
            "园区: 长江园, 财景园, 复旦园",
        ),
        ("新增{2|个|基地}基地（甲地、乙地），成效明显。", "基地: 甲地, 乙地"),
        ("建成{2|个|馆}馆：科技馆和博物馆。", "馆: 科技馆, 博物馆"),
        (
            "涉及{2|个|品牌}品牌，即“境享颐养”“境享未来”。",
            "品牌: 境享颐养, 境享未来",
        ),
    ] {
        assert_eq!(listed(&report(markup)), [names], "{markup}");
    }
}

#[test]
fn in_a_footnote_a_comma_opens_a_list_and_a_semicolon_ends_it() {
    let extraction = report(
        "推进项目实施¹。\n¹ {1|个|市级项目}市级项目，新境地公园；{3|个|区级项目}区级，恒盛豪庭、逸景佳苑、高境五村。",
    );
    assert_eq!(
        listed(&extraction),
        ["市级项目: 新境地公园", "区级项目: 恒盛豪庭, 逸景佳苑, 高境五村"]
    );
}

#[test]
fn a_bare_footnote_lists_what_the_last_number_before_its_mark_counts() {
    let extraction = report("新增{2|家|新增示范机构}示范机构¹，成立{4|支|队伍}队伍。\n¹ 睿扬公司、宽德中心。");
    assert_eq!(listed(&extraction), ["新增示范机构: 睿扬公司, 宽德中心"]);
}

#[test]
fn a_list_stands_before_its_number() {
    assert_eq!(
        listed(&report("建成殷高西路、新二路等{13|条|道路}道路。")),
        ["道路: 殷高西路, 新二路"]
    );
    let note = "¹ 建成殷高路7弄、馨良苑{2|个|示范小区}示范小区。";
    assert_eq!(
        listed(&report(&format!("推进工作¹。\n{note}"))),
        ["示范小区: 殷高路7弄, 馨良苑"]
    );
}

#[test]
fn what_is_no_list_gives_no_members() {
    for markup in [
        "新增企业{36|家|高新企业}，经济、社会发展良好。",
        "新增{2|家|机构}机构（其中市级一家、区级一家）。",
        "推动{16|个|县}县（市、区）建成美丽乡村。",
        "推进{30|项|实事项目}为民办实事项目，解决一批群众反映强烈、长期没有解决的问题。",
        "完善{5|项|机制}机制：建立制度，加强监督、指导，形成合力。",
        "走访企业、园区{460|次|走访}。",
        "增长{2|%|收入|growth_rate}，分别是税收、非税收入。",
    ] {
        assert_eq!(listed(&report(markup)), Vec::<String>::new(), "{markup}");
    }
}

#[test]
fn brackets_and_quotes_keep_their_separators() {
    let chars: Vec<char> = "甲（一、二）、“乙、丙”工程、丁等".chars().collect();
    let list = split(&chars, 0..chars.len(), 3);
    let names: Vec<String> = list
        .names
        .iter()
        .map(|range| chars[range.clone()].iter().collect())
        .collect();
    assert_eq!(names, ["甲（一、二）", "“乙、丙”工程", "丁"]);
    assert!(list.open);
}
