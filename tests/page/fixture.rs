//! Releases to render: built by hand, so that the page is tested apart from the extraction.

use gongkai::fact::{
    Comparison, Extraction, Finding, Footnote, Level, Measure, Member, Modifier, Numeral, NumeralKind, Observation,
    Part, Report, Section, Severity, Status,
};
use gongkai::release::page::{Bilingual, CodeEntry, CodeList, Download, Licence, PageInput};
use rust_decimal::Decimal;

/// What a quantity says.
pub struct Fact<'a> {
    pub indicator: &'a str,
    pub unit: &'a str,
    pub measure: Measure,
    pub status: Status,
    pub period: &'a str,
    pub theme: Option<&'a str>,
}

/// A report that grows from the start to the end of its text.
pub struct Draft {
    extraction: Extraction,
    section_id: String,
}

impl Draft {
    pub fn new(report_id: &str, title: &str) -> Self {
        let report = Report {
            report_id: report_id.to_owned(),
            title: Some(title.to_owned()),
            place: Some("河口镇".to_owned()),
            place_code: None,
            level: Some(Level::Town),
            reviewed_year: Some(2023),
            planned_year: Some(2024),
            delivered_on: None,
            assembly: None,
            speaker: None,
            source_uri: "file:report.txt".to_owned(),
            source_sha256: "0".repeat(64),
            media_type: "text/plain".to_owned(),
            characters: 0,
        };
        let extraction = Extraction {
            report,
            sections: Vec::new(),
            footnotes: Vec::new(),
            numerals: Vec::new(),
            observations: Vec::new(),
            members: Vec::new(),
            source_text: String::new(),
        };
        Self {
            extraction,
            section_id: "0".to_owned(),
        }
    }

    pub fn length(&self) -> i64 {
        i64::try_from(self.extraction.source_text.chars().count()).unwrap()
    }

    pub fn numerals(&self) -> usize {
        self.extraction.numerals.len()
    }

    pub fn text(&mut self, text: &str) -> &mut Self {
        self.extraction.source_text.push_str(text);
        self
    }

    /// A section whose heading begins here.
    pub fn section(&mut self, section_id: &str, label: Option<&str>, title: &str, part: Part) -> &mut Self {
        let start = self.length();
        section_id.clone_into(&mut self.section_id);
        self.extraction.sections.push(Section {
            report_id: self.extraction.report.report_id.clone(),
            section_id: section_id.to_owned(),
            parent_id: section_id.rsplit_once('.').map(|(parent, _)| parent.to_owned()),
            depth: i32::try_from(section_id.split('.').count()).unwrap(),
            label: label.map(str::to_owned),
            title: Some(title.to_owned()),
            part,
            source_start: start,
            source_end: start + 1,
        });
        self.text(label.unwrap_or_default()).text(title)
    }

    /// A numeral that is no quantity.
    pub fn numeral(&mut self, surface: &str, kind: NumeralKind) -> &mut Self {
        self.push_numeral(surface, kind, None)
    }

    fn push_numeral(&mut self, surface: &str, kind: NumeralKind, observation_id: Option<String>) -> &mut Self {
        let start = self.length();
        self.text(surface);
        self.extraction.numerals.push(Numeral {
            report_id: self.extraction.report.report_id.clone(),
            source_start: start,
            source_end: self.length(),
            surface: surface.to_owned(),
            kind,
            reason: format!("{kind}-rule"),
            observation_id,
        });
        self
    }

    /// A number and its row. The sentence of the row is given when the report is done.
    pub fn quantity(&mut self, surface: &str, fact: &Fact<'_>) -> &mut Self {
        let start = self.length();
        let id = format!("{}-{start:x}", self.extraction.report.report_id);
        self.push_numeral(surface, NumeralKind::Quantity, Some(id.clone()));
        self.extraction.observations.push(Observation {
            observation_id: id,
            report_id: self.extraction.report.report_id.clone(),
            section_id: self.section_id.clone(),
            footnote_no: None,
            footnote_refs: None,
            paragraph_no: 1,
            sentence_no: 1,
            indicator: fact.indicator.to_owned(),
            indicator_code: None,
            theme: fact.theme.map(str::to_owned),
            measure: fact.measure,
            comparison: (fact.measure == Measure::GrowthRate).then_some(Comparison::YearOnYear),
            value: surface.parse::<Decimal>().unwrap(),
            value_max: None,
            value_text: surface.to_owned(),
            unit: fact.unit.to_owned(),
            unit_code: None,
            value_base: None,
            modifier: Modifier::Exact,
            status: fact.status,
            period: Some(fact.period.to_owned()),
            period_start: None,
            period_end: None,
            reference: None,
            place: None,
            place_code: None,
            source_start: start,
            source_end: self.length(),
            sentence: String::new(),
            rule: "indicator-number".to_owned(),
        });
        self.text(fact.unit)
    }

    /// Changes the row of the last quantity.
    pub fn with(&mut self, change: impl FnOnce(&mut Observation)) -> &mut Self {
        change(self.extraction.observations.last_mut().unwrap());
        self
    }

    /// A footnote's line: its mark, a space, its text.
    pub fn footnote(&mut self, footnote_no: i32, mark: &str, text: &str) -> &mut Self {
        self.numeral(mark, NumeralKind::Marker).text(" ");
        let start = self.length();
        self.text(text);
        let mark_start = self
            .extraction
            .numerals
            .iter()
            .find(|n| n.surface == mark)
            .map(|n| n.source_start);
        self.extraction.footnotes.push(Footnote {
            report_id: self.extraction.report.report_id.clone(),
            footnote_no,
            text: text.to_owned(),
            marked_section_id: None,
            mark_start,
            source_start: start,
            source_end: self.length(),
        });
        self
    }

    /// A name listed for the last quantity.
    pub fn member(&mut self, name: &str, footnote_no: i32) -> &mut Self {
        let observation_id = self.last_id();
        self.extraction.members.push(Member {
            report_id: self.extraction.report.report_id.clone(),
            observation_id,
            position: i32::try_from(self.extraction.members.len() + 1).unwrap(),
            name: name.to_owned(),
            footnote_no: Some(footnote_no),
            source_start: 0,
            source_end: 1,
        });
        self
    }

    pub fn last_id(&self) -> String {
        self.extraction.observations.last().unwrap().observation_id.clone()
    }

    /// The report, each row with its sentence.
    pub fn done(mut self) -> Extraction {
        self.extraction.report.characters = self.length();
        let chars: Vec<char> = self.extraction.source_text.chars().collect();
        let ends = |c: &char| "。！？\n".contains(*c);
        for row in &mut self.extraction.observations {
            let at = usize::try_from(row.source_start).unwrap();
            let start = chars[..at].iter().rposition(ends).map_or(0, |before| before + 1);
            let end = chars[at..]
                .iter()
                .position(ends)
                .map_or(chars.len(), |after| at + after + 1);
            let sentence: String = chars[start..end].iter().collect();
            sentence.trim().clone_into(&mut row.sentence);
        }
        self.extraction
    }
}

/// Text that would act as markup, script or a directive wherever it was not escaped.
pub const HOSTILE: &str = r#"</script></style><img src=x onerror="document.title='owned'">'"&amp;<!--"#;

fn level<'a>(indicator: &'a str, status: Status, period: &'a str) -> Fact<'a> {
    Fact {
        indicator,
        unit: "亿元",
        measure: Measure::Level,
        status,
        period,
        theme: Some("economy"),
    }
}

fn growth<'a>(indicator: &'a str, status: Status, period: &'a str) -> Fact<'a> {
    Fact {
        indicator,
        unit: "%",
        measure: Measure::GrowthRate,
        status,
        period,
        theme: Some("economy"),
    }
}

/// Two short reports: one with everything that a page can show, one with hostile text and almost nothing else.
pub fn small() -> (Vec<Extraction>, Vec<Finding>) {
    let mut draft = Draft::new("hekou-2024", "政府工作报告");
    draft
        .text("\u{feff}政府工作报告\n\n——")
        .numeral("2024", NumeralKind::Date)
        .text("年在河口镇\n\n各位代表：\n\n");
    draft
        .section("1", Some("一、"), "去年工作回顾", Part::Review)
        .text("\n\n");
    draft
        .section("1.1", Some("（一）"), "经济稳步增长", Part::Review)
        .text("。\n\n");
    draft
        .text("全年完成地方财政收入 ")
        .quantity("8.37", &level("地方财政收入", Status::Actual, "2023"))
        .text("，同比增长");
    draft
        .quantity("7.91", &growth("地方财政收入", Status::Actual, "2023"))
        .text("。预计实现商品销售额");
    draft
        .quantity("442", &level("商品销售额", Status::Estimate, "2023"))
        .text("，下降");
    draft
        .quantity("1.5", &growth("商品销售额", Status::Estimate, "2023"))
        .with(|row| row.value.set_sign_negative(true));
    draft
        .text("。\n\n**")
        .section("1.1.1", None, "科创发展", Part::Review)
        .text("。**新增中国私募基金");
    draft.numeral("50", NumeralKind::Name).text("强示范机构").quantity(
        "2",
        &Fact {
            indicator: "新增中国私募基金50强示范机构",
            unit: "家",
            measure: Measure::Level,
            status: Status::Actual,
            period: "2023",
            theme: None,
        },
    );
    draft.with(|row| {
        row.footnote_refs = Some("1".to_owned());
        row.modifier = Modifier::Over;
    });
    draft
        .member("甲投资管理有限公司", 1)
        .member("乙私募基金管理中心（有限合伙）", 1);
    let counted = draft.last_id();
    draft
        .numeral("¹", NumeralKind::Marker)
        .text("，获**重点表彰**，第")
        .numeral("一", NumeralKind::Ordinal);
    draft.text("批企业落户我镇并带动周边产业链上下游协同\n\n");
    draft
        .footnote(1, "¹", "甲投资管理有限公司、乙私募基金管理中心（有限合伙）入选。")
        .text("\n\n发展壮大。\n\n");
    draft
        .section("2", Some("二、"), "今年工作安排", Part::Plan)
        .text("\n\n地方财政收入增长");
    draft
        .quantity("6", &growth("地方财政收入", Status::Target, "2024"))
        .text("，达到");
    draft
        .quantity("8.83", &level("地方财政收入", Status::Target, "2024"))
        .text("；商品销售额增长");
    let stated = draft.last_id();
    draft.quantity("5", &growth("商品销售额", Status::Target, "2024"));
    draft.with(|row| row.value_max = Some(Decimal::new(55, 1)));
    draft
        .text("至")
        .numeral("5.5", NumeralKind::RangeEnd)
        .text("%。一步")
        .numeral("一", NumeralKind::Other)
        .text("景。\n");
    let first = draft.done();

    let mut draft = Draft::new("hostile", HOSTILE);
    draft
        .section("1", Some("一、"), HOSTILE, Part::Review)
        .text("\n\n")
        .text(HOSTILE);
    draft.quantity(
        "1",
        &Fact {
            indicator: HOSTILE,
            unit: HOSTILE,
            measure: Measure::Level,
            status: Status::Actual,
            period: HOSTILE,
            theme: Some(HOSTILE),
        },
    );
    draft.with(|row| {
        "hostile \"'<>&#%é中".clone_into(&mut row.observation_id);
        row.footnote_refs = Some("1".to_owned());
        HOSTILE.clone_into(&mut row.rule);
        row.reference = Some(HOSTILE.to_owned());
    });
    let hostile_id = draft.last_id();
    draft.member(HOSTILE, 1).text("。\n");
    draft.footnote(1, "¹", HOSTILE);
    let mut second = draft.done();
    for numeral in second
        .numerals
        .iter_mut()
        .filter(|numeral| numeral.kind == NumeralKind::Quantity)
    {
        numeral.observation_id = Some(hostile_id.clone());
        HOSTILE.clone_into(&mut numeral.reason);
    }

    let finding = |id: &str, report: &Extraction, severity, about: String, message: &str| Finding {
        finding_id: id.to_owned(),
        report_id: report.report.report_id.clone(),
        check: "target_from_growth".to_owned(),
        severity,
        observation_ids: about,
        stated: Some("8.83".to_owned()),
        computed: Some("8.8722".to_owned()),
        difference: Some("-0.0422".to_owned()),
        message: message.to_owned(),
    };
    let findings = vec![
        finding(
            "f-info",
            &first,
            Severity::Info,
            counted,
            "注1列出2家。 / Note 1 lists 2.",
        ),
        finding("f-error", &first, Severity::Error, stated, "8.37 × 1.06 = 8.8722。"),
        finding("f-hostile", &second, Severity::Warning, hostile_id, HOSTILE),
    ];
    (vec![first, second], findings)
}

/// A report of 60,000 characters with 1,500 numerals.
pub fn large() -> (Vec<Extraction>, Vec<Finding>) {
    const CHARACTERS: i64 = 60_000;
    const NUMERALS: usize = 1_500;
    const FILLER: &str = "我们坚持稳中求进工作总基调，扎实推动高质量发展，切实办好民生实事，各项事业取得新的进展。";
    let indicators = [
        "地区生产总值",
        "粮食产量",
        "城镇新增就业",
        "规上工业增加值",
        "社会消费品零售总额",
        "货物进出口总额",
    ];
    let themes = [Some("economy"), Some("industry"), Some("welfare"), None];
    let mut draft = Draft::new("large", "政府工作报告");
    draft.text("政府工作报告\n\n各位代表：\n\n");
    let mut sentence = 0;
    while draft.numerals() < NUMERALS {
        if sentence % 25 == 0 {
            let number = sentence / 25 + 1;
            let part = if number <= 10 { Part::Review } else { Part::Plan };
            let label = format!("{number}、");
            draft
                .text("\n\n")
                .section(&format!("1.{number}"), Some(&label), "扎实推进各项重点工作", part)
                .text("\n\n");
        }
        let indicator = indicators[sentence % indicators.len()];
        let status = if sentence < 250 { Status::Actual } else { Status::Target };
        let period = if sentence < 250 { "2023" } else { "2024" };
        let theme = themes[sentence % themes.len()];
        let fact = |measure, unit| Fact {
            indicator,
            unit,
            measure,
            status,
            period,
            theme,
        };
        draft
            .numeral(period, NumeralKind::Date)
            .text("年，")
            .text(indicator)
            .text("达到");
        draft
            .quantity(
                &format!("{}.{}", 100 + sentence, sentence % 10),
                &fact(Measure::Level, "亿元"),
            )
            .text("，增长");
        draft
            .quantity(
                &format!("{}.{}", sentence % 9, sentence % 7),
                &fact(Measure::GrowthRate, "%"),
            )
            .text("。");
        // As much filler as keeps the pace to 60,000 characters at the last numeral.
        let due = CHARACTERS * i64::try_from(draft.numerals()).unwrap() / i64::try_from(NUMERALS).unwrap();
        while draft.length() + 60 < due {
            draft.text(FILLER);
        }
        if sentence % 4 == 3 {
            draft.text("\n");
        }
        sentence += 1;
    }
    while draft.length() < CHARACTERS {
        draft.text("好");
    }
    (vec![draft.done()], Vec::new())
}

const THEMES: &[CodeEntry<'static>] = &[
    CodeEntry {
        code: "economy",
        name: Bilingual {
            zh: "综合经济",
            en: "Economy",
        },
    },
    CodeEntry {
        code: "industry",
        name: Bilingual {
            zh: "工业",
            en: "Industry",
        },
    },
    CodeEntry {
        code: "welfare",
        name: Bilingual {
            zh: "民生",
            en: "Welfare",
        },
    },
];
const MEASURES: &[CodeEntry<'static>] = &[
    CodeEntry {
        code: "level",
        name: Bilingual {
            zh: "水平",
            en: "Level",
        },
    },
    CodeEntry {
        code: "growth_rate",
        name: Bilingual {
            zh: "增长率",
            en: "Growth rate",
        },
    },
];
const STATUSES: &[CodeEntry<'static>] = &[
    CodeEntry {
        code: "actual",
        name: Bilingual {
            zh: "实际",
            en: "Actual",
        },
    },
    CodeEntry {
        code: "estimate",
        name: Bilingual {
            zh: "预计",
            en: "Estimate",
        },
    },
    CodeEntry {
        code: "target",
        name: Bilingual {
            zh: "目标",
            en: "Target",
        },
    },
];
const MODIFIERS: &[CodeEntry<'static>] = &[CodeEntry {
    code: "over",
    name: Bilingual {
        zh: "超过", en: "over"
    },
}];

/// The code lists of both releases.
pub const CODE_LISTS: &[CodeList<'static>] = &[
    CodeList {
        name: "themes",
        entries: THEMES,
    },
    CodeList {
        name: "measures",
        entries: MEASURES,
    },
    CodeList {
        name: "statuses",
        entries: STATUSES,
    },
    CodeList {
        name: "modifiers",
        entries: MODIFIERS,
    },
];

/// A page about the reports.
pub fn input<'a>(reports: &'a [Extraction], findings: &'a [Finding], schema_jsonld: &'a str) -> PageInput<'a> {
    PageInput {
        title: Bilingual {
            zh: "河口镇政府工作报告数据",
            en: "Hekou's work report, as data",
        },
        description: Bilingual {
            zh: "报告中的每一个数字。",
            en: "Every number of the report.",
        },
        version: "1.2.3",
        released_on: Some("2026-01-02"),
        licence: Licence {
            name: "CC-BY-4.0",
            url: "https://creativecommons.org/licenses/by/4.0/",
        },
        reports,
        findings,
        code_lists: CODE_LISTS,
        downloads: &[Download {
            path: "data/数据 1.csv",
            title: Bilingual {
                zh: "数据",
                en: "Observations",
            },
            bytes: Some(1_234_567),
        }],
        schema_jsonld,
    }
}
