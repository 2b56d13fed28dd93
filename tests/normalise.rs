//! Units, periods, names and the panel, through the public interface.

use std::collections::BTreeSet;

use gongkai::fact::{Comparison, Extraction, Level, Measure, Modifier, Observation, Report, Status};
use gongkai::lexicon::codes;
use gongkai::lexicon::fold_str;
use gongkai::normalise::{indicator, normalise, panel, period, place, theme, unit, unmatched};
use gongkai::table::Table;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use rust_decimal::Decimal;

fn decimal(digits: &str) -> Decimal {
    Decimal::from_str_exact(digits).expect("a decimal")
}

/// `code factor base_unit` of a unit, or `-`.
fn resolved(text: &str, indicator: &str) -> String {
    unit::resolve(text, indicator).map_or("-".into(), |resolved| {
        let factor = resolved
            .factor
            .map_or("null".into(), |factor| factor.normalize().to_string());
        format!("{} {factor} {}", resolved.unit.code, resolved.unit.base_unit)
    })
}

#[test]
fn units_resolve_to_base_units() {
    for (text, expected) in [
        ("元", "CNY 1 CNY"),
        ("亿元", "CNY 100000000 CNY"),
        ("億元", "CNY 100000000 CNY"),
        ("亿元人民币", "CNY 100000000 CNY"),
        ("万亿元", "CNY 1000000000000 CNY"),
        ("万亿美元", "USD 1000000000000 USD"),
        ("万元/人", "CNY/{person} 10000 CNY/{person}"),
        ("元/吨", "CNY/t 0.001 CNY/kg"),
        ("%", "% 0.01 1"),
        ("％", "% 0.01 1"),
        ("个百分点", "%{point} 0.01 1"),
        ("倍", "{times} 1 1"),
        ("番", "{doubling} null 1"),
        ("万人次", "{visit} 10000 1"),
        ("家次", "{establishment.visit} 1 1"),
        ("万套（间）", "{set} 10000 1"),
        ("户", "{household} 1 1"),
        ("戶", "{household} 1 1"),
        ("位", "{person.pol} 1 1"),
        ("平", "m2 1 m2"),
        ("亿平方米", "m2 100000000 m2"),
        ("平方公里", "km2 1000000 m2"),
        ("万亩", "[mu] 10000 [mu]"),
        ("万公里", "km 10000000 m"),
        ("华里", "[li] 500 m"),
        ("亿斤", "[jin] 50000000 kg"),
        ("万亿斤", "[jin] 500000000000 kg"),
        ("亿公斤", "kg 100000000 kg"),
        ("万吨", "t 10000000 kg"),
        ("担", "[dan] 50 kg"),
        ("吨标准煤", "t{sce} 1000 kg{sce}"),
        ("亿千瓦时", "kW.h 100000000 kW.h"),
        ("万千瓦", "kW 10000000 W"),
        ("兆瓦", "MW 1000000 W"),
        ("千伏", "kV 1000 V"),
        ("马力", "[hp_m] 735.49875 W"),
        ("微克/立方米", "ug/m3 1 ug/m3"),
        ("微克每立方米", "ug/m3 1 ug/m3"),
        ("微克／立方米", "ug/m3 1 ug/m3"),
        ("摄氏度", "Cel 1 Cel"),
        ("百亿亿次/秒", "{flop}/s 1000000000000000000 {flop}/s"),
        ("万P", "P{flop}/s 10000000000000000000 {flop}/s"),
        ("万标准箱", "{TEU} 10000 {TEU}"),
        ("年", "a 12 mo"),
        ("个月", "mo 1 mo"),
        ("个工作日", "{workday} 1 {workday}"),
        ("分钟", "min 60 s"),
        ("匹", "{head.horse} 1 1"),
        ("", "1 1 1"),
        ("万", "1 10000 1"),
        ("尺", "[chi] null m"),
        // Unknown or half known.
        ("元/头", "-"),
        ("万光年", "-"),
        ("人元", "-"),
        ("（间）", "-"),
    ] {
        assert_eq!(resolved(text, ""), expected, "{text}");
    }
}

#[test]
fn the_indicator_decides_what_an_ambiguous_unit_means() {
    for (text, indicator, expected) in [
        ("万方", "新增绿化面积", "m2{fang} 10000 m2"),
        ("万方", "清淤土方", "m3{fang} 10000 m3"),
        ("万方", "会员", "-"),
        ("度", "发电量", "kW.h{du} 1 kW.h"),
        ("度", "气温", "-"),
        ("口", "机井", "{well} 1 1"),
        ("分", "群众满意度", "{score} 1 {score}"),
    ] {
        assert_eq!(resolved(text, indicator), expected, "{text} of {indicator}");
    }
}

#[test]
fn old_yuan_are_a_ten_thousandth() {
    let old = unit::resolve("亿元", "").and_then(unit::in_old_yuan).expect("known");
    assert_eq!(
        (old.unit.code.as_str(), old.factor),
        ("CNY{old}", Some(decimal("10000")))
    );
    let grain = unit::resolve("亿斤", "").expect("known");
    assert_eq!(unit::in_old_yuan(grain), Some(grain));
    assert_eq!(unit::resolve("元/月", "").and_then(unit::in_old_yuan), None);
}

/// The worth of a scale prefix, reckoned apart from the parser.
fn worth(scale: &str) -> Decimal {
    scale
        .chars()
        .map(|c| {
            decimal(match c {
                '十' => "10",
                '百' => "100",
                '千' => "1000",
                '万' => "10000",
                _ => "100000000",
            })
        })
        .product()
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(1979), failure_persistence: None, ..ProptestConfig::default() })]

    /// Any name of the code list, under any scale, is worth its factor times the scale, in the spelling of the list and folded.
    #[test]
    fn scale_times_factor(
        (symbol, unit) in proptest::sample::select(unambiguous_names()),
        scale in "[十百千万亿]{0,3}",
    ) {
        let scaled = unit::resolve(&format!("{scale}{symbol}"), "");
        let Some(factor) = unit.factor else {
            prop_assert_eq!(scaled.map(|scaled| scaled.factor), Some(None));
            return Ok(());
        };
        // More than a decimal can hold is not resolved.
        let expected = factor.checked_mul(worth(&scale));
        prop_assert_eq!(scaled.and_then(|scaled| scaled.factor), expected, "{}{}", scale, symbol);
        prop_assert!(scaled.is_none_or(|scaled| scaled.unit.base_unit == unit.base_unit));
        prop_assert_eq!(unit::resolve(&fold_str(&format!("{scale}{symbol}")), ""), scaled);
    }

    /// No text makes the parsers panic, and whatever resolves is in the code list.
    #[test]
    fn any_text_is_answered(text in "[十百千万亿元人次家个/（）a-z0-9-]{0,12}|\\PC{0,16}") {
        if let Some(resolved) = unit::resolve(&text, &text) {
            prop_assert!(codes::units().contains(resolved.unit));
        }
        let _ = (period::days(&text), place::find(&text, None), theme::of(&text));
        prop_assert!(!place::names(&text).is_empty());
    }

    /// A year's first and last day, and those of the months in it.
    #[test]
    fn years_and_months(year in 1949_i16..2100, month in 1_i8..=12) {
        let (start, end) = period::days(&format!("{year}")).expect("a year");
        prop_assert_eq!((start.year(), start.day_of_year()), (year, 1));
        prop_assert_eq!(end.tomorrow().expect("in range").year(), year + 1);
        let (first, last) = period::days(&format!("{year}-{month:02}")).expect("a month");
        prop_assert_eq!((first.month(), first.day(), last), (month, 1, first.last_of_month()));
    }
}

/// Names that need no context, and that no scale can be read into (百分点, 千瓦).
fn unambiguous_names() -> Vec<(String, codes::Unit)> {
    codes::units()
        .iter()
        .filter(|unit| unit.context.is_empty() && !codes::is_unity(unit))
        .flat_map(|unit| {
            std::iter::once(unit.zh.as_str())
                .chain(codes::words(&unit.variants))
                .map(|name| (name.to_owned(), unit.clone()))
        })
        .collect()
}

#[test]
fn periods_have_days() {
    for (text, expected) in [
        ("2023", "2023-01-01 2023-12-31"),
        ("2021/2025", "2021-01-01 2025-12-31"),
        ("2023-H1", "2023-01-01 2023-06-30"),
        ("2023-H2", "2023-07-01 2023-12-31"),
        ("2023-Q1", "2023-01-01 2023-03-31"),
        ("2023-Q4", "2023-10-01 2023-12-31"),
        ("2024-02", "2024-02-01 2024-02-29"),
        ("2023-11-05", "2023-11-05 2023-11-05"),
        ("2023-11/2024-01", "2023-11-01 2024-01-31"),
        ("2023-H3", "-"),
        ("2023-13", "-"),
        ("2023-02-30", "-"),
        ("2025/2021", "-"),
        ("23", "-"),
        ("", "-"),
    ] {
        let days = period::days(text).map_or("-".into(), |(start, end)| format!("{start} {end}"));
        assert_eq!(days, expected, "{text}");
    }
}

#[test]
fn places_are_found_and_homonyms_are_not_guessed() {
    let code = |name, within| place::find(name, within).map(|place| place.code.as_str());
    assert_eq!(code("全国", None), Some("000000"));
    assert_eq!(code("上海市", None), Some("310000"));
    assert_eq!(code("内蒙古", None), Some("150000"));
    assert_eq!(code("石家庄", None), Some("130100"));
    assert_eq!(code("上海市宝山区", None), Some("310113"));
    assert_eq!(code("河北省石家庄市", None), Some("130100"));
    assert_eq!(code("吉林", None), Some("220000"), "the province");
    assert_eq!(code("吉林市", None), Some("220200"));
    assert_eq!(code("朝阳区", None), None, "in Beijing and in Changchun");
    assert_eq!(code("朝阳区", Some("110000")), Some("110105"));
    assert_eq!(code("宝山区", Some("310000")), Some("310113"));
    assert_eq!(code("宝山区", None), None, "in Shanghai and in Shuangyashan");
    assert_eq!(code("上海市宝山区高境镇", None), None, "towns have no code");
    assert_eq!(
        place::names("上海市宝山区高境镇"),
        ["上海市宝山区高境镇", "高境镇", "高境"]
    );
}

/// The code of an indicator with a unit, or `-`.
fn coded(text: &str, measure: Measure, unit_text: &str) -> &'static str {
    let resolved = unit::resolve(unit_text, text);
    indicator::find(text, measure, resolved.as_ref(), &["浙江"]).map_or("-", |entry| entry.code.as_str())
}

#[test]
fn indicators_are_matched_by_wording_alone() {
    use Measure::{GrowthRate, Level, Rank, Ratio};
    for (text, measure, unit, expected) in [
        ("地区生产总值", Level, "亿元", "gdp"),
        ("国内生产总值", GrowthRate, "%", "gdp"),
        ("國內生產總值", GrowthRate, "%", "gdp"),
        ("经济", GrowthRate, "%", "gdp"),
        ("经济", Level, "亿元", "-"),
        ("国民生产总值", Level, "亿元", "gnp"),
        ("工农业总产值", GrowthRate, "%", "gross_output_industry_agriculture"),
        ("财政收入", Level, "亿元", "fiscal_revenue"),
        ("一般公共预算收入", Level, "亿元", "budget_revenue_general"),
        ("地方财政收入", Level, "亿元", "local_fiscal_revenue"),
        ("全省粮食总产量", Level, "亿斤", "grain_output"),
        ("我省的粮食的总产量（预计）", Level, "亿斤", "grain_output"),
        ("国家先进制造业集群总数", Level, "个", "advanced_manufacturing_clusters"),
        ("浙江粮食产量", Level, "万吨", "grain_output"),
        ("粮食产量", Level, "亿元", "-"),
        ("粮食产量连续增产", Level, "年", "-"),
        ("城镇新增就业", Level, "万人", "new_urban_jobs"),
        ("社会消费品零售总额增速", GrowthRate, "%", "retail_sales"),
        ("社会消费品零售总额增速", Rank, "位", "-"),
        (
            "制造业增加值占地区生产总值比重",
            Ratio,
            "%",
            "manufacturing_share_of_gdp",
        ),
        ("新增高新技术企业", Level, "家", "new_hightech_enterprises"),
        ("高新技术企业", Level, "家", "hightech_enterprises"),
        ("新增专精特新“小巨人”企业", Level, "家", "new_little_giants"),
        ("12345市民服务热线满意率", Ratio, "%", "hotline_satisfaction_rate"),
        ("12345政务热线群众满意率", Ratio, "%", "hotline_satisfaction_rate"),
        ("细颗粒物（PM2.5）年均浓度", Level, "微克/立方米", "pm25"),
        (
            "每万人口高价值发明专利拥有量",
            Level,
            "件",
            "high_value_patents_per_10k",
        ),
        ("某种没有列入的产品产量", Level, "万吨", "-"),
    ] {
        assert_eq!(coded(text, measure, unit), expected, "{text}");
    }
}

#[test]
fn themes_follow_the_head_of_the_phrase() {
    for (text, expected) in [
        ("企业贷款", Some("finance")),
        ("农村公路养护", Some("transport")),
        ("新建公办幼儿园", Some("education")),
        ("高校毕业生就业", Some("employment_income")),
        ("甲乙丙", None),
    ] {
        assert_eq!(theme::of(text).map(|theme| theme.code.as_str()), expected, "{text}");
    }
}

#[test]
fn code_lists_hold_together() {
    let unit_codes: BTreeSet<_> = codes::units().iter().map(|unit| unit.code.as_str()).collect();
    assert_eq!(unit_codes.len(), codes::units().len(), "unit codes are unique");
    for unit in codes::units() {
        let names = std::iter::once(unit.zh.as_str()).chain(codes::words(&unit.variants));
        for name in names.filter(|_| !codes::is_unity(unit)) {
            let context = codes::words(&unit.context).next().unwrap_or_default();
            let found = unit::resolve(name, context).map(|resolved| resolved.unit.code.as_str());
            assert_eq!(found, Some(unit.code.as_str()), "{name} means one thing");
        }
    }
    let bases: BTreeSet<_> = codes::units()
        .iter()
        .map(|unit| (unit.dimension.as_str(), unit.base_unit.as_str()))
        .collect();
    let dimensions: BTreeSet<_> = bases
        .iter()
        .map(|(dimension, _)| *dimension)
        .filter(|name| *name != "money")
        .collect();
    assert_eq!(
        bases.iter().filter(|(name, _)| *name != "money").count(),
        dimensions.len(),
        "one base unit a dimension"
    );

    let themes: BTreeSet<_> = codes::themes().iter().map(|theme| theme.code.as_str()).collect();
    assert_eq!(themes.len(), codes::themes().len(), "theme codes are unique");
    let indicators: BTreeSet<_> = codes::indicators().iter().map(|entry| entry.code.as_str()).collect();
    assert_eq!(
        indicators.len(),
        codes::indicators().len(),
        "indicator codes are unique"
    );
    let base_units: BTreeSet<_> = codes::units().iter().map(|unit| unit.base_unit.as_str()).collect();
    let mut wordings = BTreeSet::new();
    for entry in codes::indicators() {
        assert!(themes.contains(entry.theme.as_str()), "{} has a theme", entry.code);
        assert!(
            codes::words(&entry.base_unit).all(|base| base_units.contains(base)),
            "{} has a base unit",
            entry.code
        );
        let allowed: BTreeSet<_> = codes::words(&entry.measures).collect();
        assert!(
            !allowed.is_empty()
                && allowed
                    .iter()
                    .all(|code| codes::measures().iter().any(|row| row.code == *code))
        );
        for word in std::iter::once(entry.zh.as_str()).chain(codes::words(&entry.variants)) {
            let (text, only) = word
                .split_once('@')
                .map_or((word, None), |(text, only)| (text, Some(only)));
            for measure in allowed
                .iter()
                .filter(|measure| only.is_none_or(|only| only == **measure))
            {
                assert!(
                    wordings.insert((fold_str(text), *measure)),
                    "{text} as {measure} means one thing"
                );
            }
        }
    }

    let places: BTreeSet<_> = codes::places().iter().map(|place| place.code.as_str()).collect();
    assert_eq!(places.len(), codes::places().len(), "place codes are unique");
    for place in codes::places() {
        assert_eq!(
            place.parent.is_none(),
            place.code == place::COUNTRY,
            "{} has a parent",
            place.zh
        );
        assert!(
            place.parent.as_deref().is_none_or(|parent| places.contains(parent)),
            "{} has a parent",
            place.zh
        );
        assert!(Level::ALL.iter().any(|level| level.as_str() == place.level));
    }
}

#[test]
fn closed_lists_agree_with_the_row_types() {
    fn codes_of(rows: &'static [codes::Code]) -> Vec<&'static str> {
        rows.iter().map(|row| row.code.as_str()).collect()
    }
    assert_eq!(
        codes_of(codes::measures()),
        Measure::ALL.iter().map(|code| code.as_str()).collect::<Vec<_>>()
    );
    assert_eq!(
        codes_of(codes::modifiers()),
        Modifier::ALL.iter().map(|code| code.as_str()).collect::<Vec<_>>()
    );
    assert_eq!(
        codes_of(codes::statuses()),
        Status::ALL.iter().map(|code| code.as_str()).collect::<Vec<_>>()
    );
}

#[test]
fn symbols_for_the_engine_are_folded_and_longest_first() {
    let symbols = codes::unit_symbols();
    assert!(
        symbols
            .windows(2)
            .all(|pair| pair[0].chars().count() >= pair[1].chars().count() && pair[0] != pair[1])
    );
    assert!(
        symbols
            .iter()
            .all(|symbol| fold_str(symbol) == *symbol && !symbol.is_empty())
    );
    assert!(
        ["个百分点", "家次", "元/人", "微克/立方米"]
            .iter()
            .all(|symbol| symbols.iter().any(|known| known == symbol))
    );
}

fn report(report_id: &str, place: &str, level: Level, reviewed_year: i32) -> Report {
    Report {
        report_id: report_id.into(),
        title: None,
        place: Some(place.into()),
        place_code: None,
        level: Some(level),
        reviewed_year: Some(reviewed_year),
        planned_year: Some(reviewed_year + 1),
        delivered_on: None,
        assembly: None,
        speaker: None,
        source_uri: format!("{report_id}.txt"),
        source_sha256: String::new(),
        media_type: "text/plain".into(),
        characters: 0,
    }
}

fn observation(id: &str, indicator: &str, measure: Measure, value: &str, unit: &str, period: &str) -> Observation {
    Observation {
        observation_id: id.into(),
        report_id: String::new(),
        section_id: "1".into(),
        footnote_no: None,
        footnote_refs: None,
        paragraph_no: 1,
        sentence_no: 1,
        indicator: indicator.into(),
        indicator_code: None,
        theme: None,
        measure,
        comparison: None,
        value: decimal(value),
        value_max: None,
        value_text: value.into(),
        unit: unit.into(),
        unit_code: None,
        value_base: None,
        modifier: Modifier::Exact,
        status: Status::Actual,
        period: Some(period.into()),
        period_start: None,
        period_end: None,
        reference: None,
        place: None,
        place_code: None,
        source_start: 0,
        source_end: 1,
        sentence: String::new(),
        rule: "test".into(),
    }
}

fn extraction(report: Report, mut observations: Vec<Observation>) -> Extraction {
    for (start, observation) in (0..).zip(&mut observations) {
        observation.report_id.clone_from(&report.report_id);
        observation.source_start = start;
    }
    let mut extraction = Extraction {
        report,
        sections: Vec::new(),
        footnotes: Vec::new(),
        numerals: Vec::new(),
        observations,
        members: Vec::new(),
        source_text: String::new(),
    };
    normalise(&mut extraction);
    extraction
}

#[test]
fn an_observation_gets_its_codes() {
    let mut elsewhere = observation("b", "常住人口", Measure::Level, "95.2", "万人", "2023");
    elsewhere.place = Some("宝山区".into());
    let done = extraction(
        report("r", "上海市", Level::Province, 2023),
        vec![
            observation("a", "全市一般公共预算收入", Measure::Level, "8.37", "亿元", "2023"),
            elsewhere,
            observation("c", "编织挂毯", Measure::Level, "3", "条", "去年"),
        ],
    );
    assert_eq!(done.report.place_code.as_deref(), Some("310000"));
    let [a, b, c] = &done.observations[..] else {
        panic!("three observations")
    };
    assert_eq!(a.unit_code.as_deref(), Some("CNY"));
    assert_eq!(a.value_base, Some(decimal("837000000")));
    assert_eq!(a.indicator_code.as_deref(), Some("budget_revenue_general"));
    assert_eq!(a.theme.as_deref(), Some("public_finance"));
    assert_eq!(a.period_end.map(|day| day.to_string()).as_deref(), Some("2023-12-31"));
    assert_eq!(a.place_code, None);
    assert_eq!(b.place_code.as_deref(), Some("310113"));
    assert_eq!((&c.indicator_code, c.period_start), (&None, None));
    assert_eq!(unmatched(&done).into_iter().collect::<Vec<_>>(), [("编织挂毯", 1)]);

    let mut again = done.clone();
    normalise(&mut again);
    assert_eq!(again, done);
}

#[test]
fn code_lists_and_panel_are_tables() {
    let tables = [
        Table::from_rows("units", codes::units()),
        Table::from_rows("indicators", codes::indicators()),
        Table::from_rows("themes", codes::themes()),
        Table::from_rows("places", codes::places()),
        Table::from_rows("measures", codes::measures()),
        Table::from_rows("modifiers", codes::modifiers()),
        Table::from_rows("statuses", codes::statuses()),
    ];
    for table in tables {
        assert!(!table.expect("the rows are those of the schema").is_empty());
    }
    let done = extraction(
        report("r", "浙江省", Level::Province, 2024),
        vec![observation(
            "a",
            "地区生产总值",
            Measure::Level,
            "90131",
            "亿元",
            "2024",
        )],
    );
    let rows = panel::panel([&done]);
    let table = Table::from_rows("panel", &rows).expect("the rows are those of the schema");
    assert_eq!(table.rows::<panel::PanelRow>().expect("rows again"), rows);
}

#[test]
fn money_before_march_1955_is_in_old_yuan() {
    let early = extraction(
        report("1954", "中国", Level::State, 1953),
        vec![observation("a", "财政收入", Measure::Level, "2179000", "亿元", "1953")],
    );
    assert_eq!(early.observations[0].unit_code.as_deref(), Some("CNY{old}"));
    assert_eq!(early.observations[0].value_base, Some(decimal("21790000000")));
}

#[test]
fn a_cell_of_the_panel_holds_one_observation() {
    let growth = |id: &str, value: &str| observation(id, "地区生产总值", Measure::GrowthRate, value, "%", "2024");
    let mut hedged = growth("hedged", "6");
    hedged.modifier = Modifier::Approx;
    let mut noted = growth("noted", "5.6");
    noted.footnote_no = Some(1);
    let mut average = growth("average", "5.9");
    average.comparison = Some(Comparison::AnnualAverage);
    let mut goal = observation("goal", "地区生产总值", Measure::GrowthRate, "5", "%", "2025");
    goal.status = Status::Target;
    goal.modifier = Modifier::Approx;
    let own = extraction(
        report("2025", "浙江省", Level::Province, 2024),
        vec![
            average,
            hedged,
            noted,
            growth("stated", "5.5"),
            growth("repeated", "5.5"),
            goal,
        ],
    );
    let later = extraction(
        report("2026", "浙江省", Level::Province, 2025),
        vec![growth("recalled", "5.4")],
    );
    let other = extraction(
        report("zz", "贵州省", Level::Province, 2024),
        vec![growth("other", "5.3")],
    );

    let rows = panel::panel([&other, &later, &own]);
    let cells: Vec<_> = rows
        .iter()
        .map(|row| {
            (
                row.place_code.as_deref().unwrap_or_default(),
                row.period.as_str(),
                row.observation_id.as_str(),
            )
        })
        .collect();
    assert_eq!(
        cells,
        [
            ("330000", "2024", "stated"),
            ("330000", "2025", "goal"),
            ("520000", "2024", "other")
        ]
    );
    assert_eq!(
        rows,
        panel::panel([&own, &other, &later]),
        "the order of reports does not matter"
    );
    assert_eq!(rows[0].place, "浙江省");
    assert_eq!((rows[1].status, rows[1].modifier), (Status::Target, Modifier::Approx));
}
