//! Every check just inside and just outside what the printing leaves open.

use gongkai::audit::{Acknowledgement, CHECKS, CLOSE_CALLS};
use gongkai::fact::Extraction;
use gongkai::fact::Severity::{self, Error, Info, Warning};

use crate::fixture::{audit_all, audited, outcome, report, report_of};

/// Audits a report and compares what one check makes of it; no other check may find anything.
fn expect(check: &str, markup: &str, applied: usize, found: &[Severity]) {
    let report = audited(markup);
    assert_eq!(
        outcome(&report, check),
        (applied, found.to_vec()),
        "{markup}\n{:#?}",
        report.applied
    );
    assert_eq!(
        report.findings.len(),
        found.len(),
        "another check found something: {:#?}",
        report.findings
    );
}

#[test]
fn target_growth() {
    let plan = |base: &str, rate: &str, level: &str, modifier: &str| {
        format!(
            "去年财政收入{{{base}|亿元|财政收入}}。\n二、今年财政收入增长{{{rate}|%|财政收入|growth_rate|target|2024|{modifier}}}，\
             达到{{{level}|亿元|财政收入|level|target|2024}}。"
        )
    };
    // 8.365 × 1.06 = 8.8669 and 8.375 × 1.06 = 8.8775, so that 8.87 and 8.88 agree and 8.86 does not; but 8.86 is 5.86 % more,
    // which prints as 6 %.
    expect("target_growth", &plan("8.37", "6", "8.87", "exact"), 1, &[]);
    expect("target_growth", &plan("8.37", "6", "8.88", "exact"), 1, &[]);
    expect("target_growth", &plan("8.37", "6", "8.86", "exact"), 1, &[Warning]);
    expect("target_growth", &plan("8.37", "6", "8.83", "exact"), 1, &[Warning]);
    // 6.5 % of 8.375 gives 8.9194, which prints as 8.92; 8.93 fits no reading.
    expect("target_growth", &plan("8.37", "6", "8.92", "exact"), 1, &[Warning]);
    expect("target_growth", &plan("8.37", "6", "8.93", "exact"), 1, &[Error]);
    // 左右 opens the rate by its own rounding, 以上 upwards, a range by its ends.
    expect("target_growth", &plan("8.37", "6", "8.83", "approx"), 1, &[]);
    expect("target_growth", &plan("8.37", "6", "9.50", "at_least"), 1, &[]);
    expect("target_growth", &plan("8.37", "5–6", "8.83", "exact"), 1, &[]);
    // Other units of the same thing are converted.
    expect(
        "target_growth",
        &plan("8.37", "6", "88700", "exact").replace("88700|亿元", "88700|万元"),
        1,
        &[],
    );
}

#[test]
fn target_growth_message_spells_the_arithmetic_out() {
    let report = audited(
        "去年财政收入{8.37|亿元|财政收入}。\n二、今年财政收入增长{6|%|财政收入|growth_rate|target|2024}，达到{8.83|亿元|财政收入|level|target|2024}。",
    );
    let finding = &report.findings[0];
    assert!(
        finding.message.contains("8.37 × (1 + 6%) = 8.8722"),
        "{}",
        finding.message
    );
    assert!(finding.message.contains("5.5%"), "{}", finding.message);
    assert_eq!(finding.stated.as_deref(), Some("8.83亿元"));
    assert_eq!(finding.computed.as_deref(), Some("8.87亿元"));
    assert_eq!(finding.difference.as_deref(), Some("−0.04亿元"));
    assert_eq!(finding.observation_ids.split(';').count(), 3);
}

#[test]
fn target_growth_leaves_constant_prices_alone() {
    expect(
        "target_growth",
        "去年地区生产总值{100|亿元|地区生产总值}。\n二、今年地区生产总值增长{5|%|地区生产总值|growth_rate|target|2024}，达到{109|亿元|地区生产总值|level|target|2024}。",
        0,
        &[],
    );
}

#[test]
fn level_growth_in_one_report() {
    let text = |previous: &str, growth: &str| {
        format!(
            "2022年税收{{{previous}|亿元|税收收入|level|actual|2022}}。2023年税收{{8.37|亿元|税收收入}}，同比增长{{{growth}|%|税收收入|growth_rate}}。"
        )
    };
    // 8.365 ÷ 7.765 − 1 = 7.727 % to 8.375 ÷ 7.755 − 1 = 7.995 %.
    expect("level_growth", &text("7.76", "7.73"), 1, &[]);
    expect("level_growth", &text("7.76", "7.99"), 1, &[]);
    expect("level_growth", &text("7.76", "7.72"), 1, &[Error]);
    expect("level_growth", &text("7.76", "8.01"), 1, &[Error]);
    let change = |change: &str| {
        format!(
            "2022年税收{{7.76|亿元|税收收入|level|actual|2022}}。2023年税收{{8.37|亿元|税收收入}}，比上年增加{{{change}|万元|税收收入|change}}。"
        )
    };
    expect("level_growth", &change("6200"), 1, &[]);
    expect("level_growth", &change("6202"), 1, &[Error]);
}

#[test]
fn level_growth_against_a_named_year() {
    let power = |growth: &str| {
        format!(
            "1950年购买力{{81|亿元|农民购买力|level|actual|1950}}，1956年达{{191|亿元|农民购买力|level|actual|1956}}，\
             比1950年增长{{{growth}|%|农民购买力|growth_rate|actual|1956|exact|1950年}}。"
        )
    };
    // 190.5 ÷ 81.5 − 1 = 133.7 % to 191.5 ÷ 80.5 − 1 = 137.9 %.
    expect("level_growth", &power("136"), 1, &[]);
    expect("level_growth", &power("138"), 1, &[]);
    expect("level_growth", &power("139"), 1, &[Error]);
    expect("level_growth", &power("133"), 1, &[Error]);
}

#[test]
fn level_growth_by_the_year() {
    let product = |rate: &str| {
        format!(
            "1987年达到{{10920|亿元|国民产值|level|actual|1987}}。\n到1992年达到{{15500|亿元|国民产值|level|target|1992}}，\
             平均每年增长{{{rate}|%|国民产值|growth_rate|target|1988/1992|exact||annual_average}}。"
        )
    };
    // 10920 × 1.07255^5 = 15499.2 and 10920 × 1.07265^5 = 15506.4.
    expect("level_growth", &product("7.26"), 1, &[]);
    expect("level_growth", &product("9.2"), 1, &[Warning]); // four years
    expect("level_growth", &product("8"), 1, &[Error]);
}

#[test]
fn a_change_and_a_growth_of_one_level() {
    // 400 ÷ (5000 − 400) = 8.70 %, and with 399.5 to 400.5 and 4999.5 to 5000.5 it is 8.68 to 8.71 %.
    let bonds = |growth: &str| {
        format!(
            "专项债券{{5000|亿元|专项债券}}，比上年增加{{400|亿元|专项债券|change}}、增长{{{growth}|%|专项债券|growth_rate}}。"
        )
    };
    expect("level_growth", &bonds("8.7"), 1, &[]);
    expect("level_growth", &bonds("8.68"), 1, &[]);
    expect("level_growth", &bonds("8.6"), 1, &[Error]);
    expect("level_growth", &bonds("8.72"), 1, &[Error]);
}

#[test]
fn level_growth_across_reports() {
    let earlier = report_of("test-2023", 2023, "2022年税收{7.76|亿元|税收收入|level|actual|2022}。");
    for (growth, found) in [("7.91", vec![]), ("8.10", vec![Warning])] {
        let later = report(&format!(
            "税收{{8.37|亿元|税收收入}}，同比增长{{{growth}|%|税收收入|growth_rate}}。"
        ));
        let audited = audit_all(&[later, earlier.clone()], &[]);
        assert_eq!(outcome(&audited, "level_growth"), (1, found));
    }
}

#[test]
fn reports_of_one_place_are_compared_and_of_others_not() {
    let of = |code: Option<&str>, name: &str, mut extraction: Extraction| {
        extraction.report.place_code = code.map(str::to_owned);
        extraction.report.place = Some(name.to_owned());
        extraction
    };
    let earlier = || report_of("test-2023", 2023, "2022年税收{7.76|亿元|税收收入|level|actual|2022}。");
    let later = || report("税收{8.37|亿元|税收收入}，同比增长{7.91|%|税收收入|growth_rate}。");
    let (east, west) = (Some("310107000000"), Some("310108000000"));
    for (first, second, compared) in [
        ((east, "东镇"), (east, "东镇"), 1),
        // A place that was renamed keeps its code.
        ((east, "东镇"), (east, "东街道"), 1),
        ((east, "新镇"), (west, "新镇"), 0),
        ((None, "东镇"), (east, "东镇"), 1),
        ((None, "东镇"), (None, "西镇"), 0),
    ] {
        let reports = [of(second.0, second.1, later()), of(first.0, first.1, earlier())];
        let audited = audit_all(&reports, &[]);
        assert_eq!(outcome(&audited, "level_growth").0, compared, "{first:?} {second:?}");
    }
    // One without a code goes with either of those that share its name, the first of them.
    let reports = [
        of(west, "新镇", report_of("west-2021", 2021, "各位代表。")),
        of(east, "新镇", later()),
        of(None, "新镇", earlier()),
    ];
    assert_eq!(outcome(&audit_all(&reports, &[]), "level_growth").0, 0);
    assert_eq!(outcome(&audit_all(&reports[1..], &[]), "level_growth").0, 1);
}

#[test]
fn from_to_direction() {
    expect(
        "from_to",
        "覆盖率从{80|%|机械覆盖率|ratio}提高到{87|%|机械覆盖率|ratio}。",
        1,
        &[],
    );
    expect(
        "from_to",
        "覆盖率从{80|%|机械覆盖率|ratio}下降到{87|%|机械覆盖率|ratio}。",
        1,
        &[Error],
    );
    // A rank rises to a smaller number.
    expect(
        "from_to",
        "指数从第{11|位|发展指数|rank}跃升至第{7|位|发展指数|rank}。",
        1,
        &[],
    );
    expect(
        "from_to",
        "分别从{771|家|总部}、{481|家|中心}增加到{1076|家|总部}、{636|家|中心}。",
        2,
        &[],
    );
}

#[test]
fn from_to_without_from() {
    let output = |to: &str| {
        format!(
            "1949年产值是{{326|亿元|农业产值}}，1956年上升到{{{to}|亿元|农业产值}}，增长{{79|%|农业产值|growth_rate}}。"
        )
    };
    expect("from_to", &output("583"), 2, &[]);
    expect("from_to", &output("58.3"), 2, &[Error, Error]);
    // Another subject makes it another statement.
    expect("from_to", "产值{326|亿元|农业产值}，税收增加到{58|亿元|税收}。", 0, &[]);
}

#[test]
fn from_to_growth_and_change() {
    let steel = |growth: &str| {
        format!(
            "钢产量由{{二千零四十六万=20460000|吨|钢产量}}增加到{{三千一百七十八万=31780000|吨|钢产量}}，增长{{{growth}|%|钢产量|growth_rate}}。"
        )
    };
    // 3177.5 ÷ 2046.5 = 1.5526 to 3178.5 ÷ 2045.5 = 1.5539.
    expect("from_to", &steel("55.3"), 2, &[]);
    expect("from_to", &steel("55.4"), 2, &[]);
    expect("from_to", &steel("55.2"), 2, &[Error]);
    expect("from_to", &steel("55.5"), 2, &[Error]);
    let deficit = |points: &str| {
        format!("赤字率从{{2.1|%|赤字率|ratio}}提高到{{2.3|%|赤字率|ratio}}，提高{{{points}|个百分点|赤字率|change}}。")
    };
    expect("from_to", &deficit("0.2"), 2, &[]);
    expect("from_to", &deficit("0.3"), 2, &[]);
    expect("from_to", &deficit("0.4"), 2, &[Error]);
}

#[test]
fn from_to_yearly_average() {
    let loans = |growth: &str| {
        format!(
            "贷款余额从{{8.2|万亿元|贷款余额|level|actual|2017}}增加到{{23.8|万亿元|贷款余额|level|actual|2022}}、\
             年均增长{{{growth}|%|贷款余额|growth_rate|actual|2018/2022}}。"
        )
    };
    expect("from_to", &loans("24"), 2, &[]);
    expect("from_to", &loans("31"), 2, &[Warning]); // four years
    expect("from_to", &loans("40"), 2, &[Error]);
}

#[test]
fn doubling() {
    let trade = |to: &str| {
        format!("进出口从{{100|亿元|进出口总值}}增加到{{{to}|亿元|进出口总值}}，翻{{一=1|番|进出口总值|multiple}}。")
    };
    expect("doubling", &trade("152"), 1, &[]);
    expect("doubling", &trade("140"), 1, &[Error]);
    expect("doubling", &trade("410"), 1, &[Error]);
    let times = |times: &str| {
        format!(
            "成交额从{{1795|亿元|成交额合同}}增加到{{5260|亿元|成交额合同}}，增长{{{times}|倍|成交额合同|multiple}}。"
        )
    };
    expect("doubling", &times("1.9"), 1, &[]);
    expect("doubling", &times("2.9"), 1, &[Warning]); // 2.93 times as much is a growth of 1.93
    expect("doubling", &times("2.2"), 1, &[Error]);
}

#[test]
fn percentage_points() {
    let rate = |unit: &str, measure: &str| {
        format!("城镇化率从{{72|%|城镇化率|ratio}}提升至{{76|%|城镇化率|ratio}}，提高{{4|{unit}|城镇化率|{measure}}}。")
    };
    expect("percentage_points", &rate("%", "growth_rate"), 1, &[Warning]);
    expect("percentage_points", &rate("个百分点", "change"), 0, &[]);
    let growth = |growth: &str| rate("%", "growth_rate").replace("{4|", &format!("{{{growth}|"));
    // 75.5 ÷ 72.5 − 1 = 4.1 % to 76.5 ÷ 71.5 − 1 = 7.0 %.
    expect("percentage_points", &growth("5.6"), 1, &[]);
    expect("percentage_points", &growth("7.5"), 1, &[Error]);
    let gap = |unit: &str| {
        format!("增加值增长{{6.5|%|工业增加值|growth_rate}}，高于全国平均水平{{0.7|{unit}|工业增加值|change}}。")
    };
    expect("percentage_points", &gap("个百分点"), 1, &[]);
    expect("percentage_points", &gap("%"), 1, &[Warning]);
}

#[test]
fn parts_after_among_which() {
    let deficit = |local: &str| {
        format!(
            "赤字{{2.76|万亿元|财政赤字}}，其中中央{{1.83|万亿元|中央财政赤字}}，地方{{{local}|亿元|地方财政赤字}}。"
        )
    };
    // Half of the last place of each: 0.005 + 0.005 + 0.00005 万亿元, so that 9200 to 9400 agree.
    expect("parts", &deficit("9300"), 1, &[]);
    expect("parts", &deficit("9200"), 1, &[]);
    expect("parts", &deficit("9199"), 1, &[Error]);
    expect("parts", &deficit("9401"), 1, &[Error]);
    // Parts that need not be all may be less, but not more.
    let firms = |part: &str| {
        format!(
            "登记{{1293|户|市场主体}}，增长{{5|%|市场主体|growth_rate}}，其中企业{{{part}|户|新登记企业}}，个体{{293|户|个体工商}}。"
        )
    };
    expect("parts", &firms("900"), 1, &[]);
    expect("parts", &firms("1000"), 1, &[]);
    expect("parts", &firms("1001"), 1, &[Warning]);
    expect("parts", &firms("1294"), 1, &[Error]);
    // What follows the parts is another statement.
    let others = "新登记{200|家|新登记企业数}，其中高新企业{50|家|高新企业数}，全市高新企业达{1200|家|全市高新企业}。";
    expect("parts", others, 1, &[]);
}

#[test]
fn parts_whose_changes_follow_them() {
    let deficit = |local: &str| {
        format!(
            "赤字{{1.62|万亿元|财政赤字}}，增加{{2700|亿元|财政赤字|change}}。其中，中央{{1.12|万亿元|中央财政赤字}}，增加{{1700|亿元|中央财政赤字|change}}，\
             地方{{5000|亿元|地方财政赤字}}，增加{{{local}|亿元|地方财政赤字|change}}。"
        )
    };
    // Three changes leave 1.5 open.
    expect("parts", &deficit("1000"), 2, &[]);
    expect("parts", &deficit("1001"), 2, &[]);
    expect("parts", &deficit("1002"), 2, &[Error]);
    expect("parts", &deficit("998"), 2, &[Error]);
}

#[test]
fn parts_after_including() {
    let goals = |binding: &str| {
        format!(
            "提出{{24|个|指标}}主要指标，包括生产总值增长{{5|%|生产总值|growth_rate}}、收入增长同步等{{16|个|预期性指标}}预期性指标，\
             以及优良水体比例等{{{binding}|个|约束性指标}}约束性指标。"
        )
    };
    expect("parts", &goals("8"), 1, &[]);
    expect("parts", &goals("7"), 1, &[Error]);
    expect(
        "parts",
        "五年合计达{1630|万吨|钢产量}，而旧中国包括东北在内合计不过{760|万吨|旧钢产量}。",
        0,
        &[],
    );
}

#[test]
fn parts_before_a_total() {
    let indicators =
        |total: &str| format!("经济{{6|项|指标}}。创新{{5|项|指标}}。民生{{7|项|指标}}。以上共计{{{total}|项|指标}}。");
    expect("parts", &indicators("18"), 1, &[]);
    expect("parts", &indicators("19"), 1, &[Error]);
    let schools = |total: &str| format!("新建学校{{43|所|新建学校}}、改建{{23|所|改建学校}}，共{{{total}|所|学校}}。");
    expect("parts", &schools("66"), 1, &[]);
    expect("parts", &schools("65"), 1, &[Error]);
}

#[test]
fn growth_between() {
    let trade = |whole: &str, modifier: &str| {
        format!(
            "进出口增长{{{whole}|%|进出口总额|growth_rate}}，出口增长{{4|%|出口|growth_rate|actual|2023|{modifier}}}，\
             进口增长{{5|%|进口|growth_rate}}。"
        )
    };
    // 4 and 5 stand for 3.5 to 5.5.
    expect("growth_between", &trade("4.6", "exact"), 1, &[]);
    expect("growth_between", &trade("5.5", "exact"), 1, &[]);
    expect("growth_between", &trade("5.6", "exact"), 1, &[Error]);
    expect("growth_between", &trade("3.4", "exact"), 1, &[Error]);
    expect("growth_between", &trade("9", "at_least"), 1, &[]);
    // One part alone says nothing.
    expect(
        "growth_between",
        "进出口增长{9|%|进出口|growth_rate}，出口增长{4|%|出口|growth_rate}。",
        0,
        &[],
    );
}

#[test]
fn share() {
    let loans = |share: &str| {
        format!(
            "国家预算收入{{1369.14|亿元|国家预算收入}}。其中国外借款{{31|亿元|国外借款收入}}，只占国家预算收入的{{{share}|%|国外借款收入占国家预算收入比重|ratio}}。"
        )
    };
    // 30.5 to 31.5 of 1369.14 is 2.228 to 2.301 %.
    expect("share", &loans("2.3"), 1, &[]);
    expect("share", &loans("2.2"), 1, &[]);
    expect("share", &loans("2.4"), 1, &[Error]);
    expect("share", &loans("2.1"), 1, &[Error]);
    // The whole goes by another name, but 其中 says that it is the whole.
    expect("share", &loans("2.3").replacen("国家预算收入}", "财政收支}", 1), 1, &[]);
    expect(
        "share",
        &loans("2.4").replacen("国家预算收入}", "财政收支}", 1),
        1,
        &[Error],
    );
    // Both are of one time, then, even if the sentences are read otherwise.
    expect(
        "share",
        &loans("2.3")
            .replace("国外借款收入}", "国外借款收入|level|actual|2024}")
            .replacen("国家预算收入}", "财政收支}", 1),
        1,
        &[],
    );
    let output = |share: &str| {
        format!("产值{{50|亿元|园区产值}}，占全部产值{{200|亿元|全部产值}}的{{{share}|%|园区产值占比|ratio}}。")
    };
    // 49.5 to 50.5 of 199.5 to 200.5 is 24.69 to 25.31 %.
    expect("share", &output("25"), 1, &[]);
    expect("share", &output("25.4"), 1, &[Error]);
}

#[test]
fn deficit_ratio() {
    let budget = |ratio: &str| {
        let mut extraction = report(&format!(
            "去年国内生产总值{{63.6|万亿元|国内生产总值}}。\n二、今年国内生产总值增长{{7|%|国内生产总值|growth_rate|target|2024|approx}}，\
             居民消费价格涨幅{{3|%|居民消费价格|growth_rate|target|2024|approx}}，财政赤字{{1.62|万亿元|财政赤字|level|target|2024}}，\
             赤字率{{{ratio}|%|赤字率|ratio|target|2024}}。"
        ));
        gongkai::normalise::normalise(&mut extraction);
        outcome(&audit_all(&[extraction], &[]), "deficit_ratio")
    };
    // 1.615 ÷ (63.65 × 1.075 × 1.035) = 2.2805 % to 1.625 ÷ (63.55 × 1.065) = 2.4010 %.
    assert_eq!(budget("2.3"), (1, vec![]));
    assert_eq!(budget("2.276"), (1, vec![Warning]));
    assert_eq!(budget("2.280"), (1, vec![]));
    assert_eq!(budget("2.401"), (1, vec![]));
    assert_eq!(budget("2.402"), (1, vec![Warning]));
    assert_eq!(budget("2.5"), (1, vec![Warning]));
}

#[test]
fn shares_sum() {
    let division = |last: &str| {
        format!(
            "死刑的占{{16.8|%|甲类|ratio}}；改造的占{{42.3|%|乙类|ratio}}，其中释放的占{{25.6|%|丙类|ratio}}，在押的占{{16.7|%|丁类|ratio}}；\
             管制的占{{32.0|%|戊类|ratio}}；宽大的占{{{last}|%|己类|ratio}}。"
        )
    };
    // Four shares of one decimal leave 4 × 0.05 open.
    expect("shares_sum", &division("8.9"), 2, &[]);
    expect("shares_sum", &division("9.1"), 2, &[]);
    expect("shares_sum", &division("9.2"), 2, &[Warning]);
    expect("shares_sum", &division("8.9").replace("25.6", "25.9"), 2, &[Warning]);
    // 其中 of another clause does not nest the shares after it.
    expect(
        "shares_sum",
        &division("8.9").replacen("；改造", "，其中多数是从前判的；改造", 1),
        2,
        &[],
    );
}

#[test]
fn members() {
    let parks = |names: &str| format!("现有{{3|家|孵化器园区}}孵化器园区，分别是{names}。");
    expect("members", &parks("长江软件园、财景科技园、复旦软件园"), 1, &[]);
    expect("members", &parks("长江软件园、财景科技园和复旦软件园"), 1, &[]);
    expect("members", &parks("长江软件园、复旦软件园"), 1, &[Error]);
    expect(
        "members",
        &parks("长江软件园、财景科技园、复旦软件园、新杨湾科创园"),
        1,
        &[Error],
    );
    expect("members", &parks("长江软件园、财景科技园等"), 1, &[]);
    expect(
        "members",
        &parks("长江软件园、财景科技园、复旦软件园、新杨湾科创园等"),
        1,
        &[Error],
    );
    // Two halls of one centre, written with one word.
    expect("members", &parks("长江软件园、服务中心A、B馆"), 1, &[Info]);
    expect(
        "members",
        &parks("长江软件园、财景科技园、服务中心A、B馆"),
        1,
        &[Warning],
    );
}

#[test]
fn members_of_slogans() {
    expect(
        "members",
        "围绕“[五|name]宜”目标¹，编制蓝图。\n¹ 宜居、宜业、宜游、宜学、宜养。",
        1,
        &[],
    );
    expect(
        "members",
        "围绕“[五|name]宜”目标¹，编制蓝图。\n¹ 宜居、宜业、宜游、宜学。",
        1,
        &[Error],
    );
    expect(
        "members",
        "实施“[三|name]大计划”¹。\n¹ 优质教育、精准医疗、特色体育三大计划。",
        1,
        &[],
    );
    expect(
        "members",
        "打造“[8|name]+[2|name]”游线¹。\n¹ [2|name]为三邻桥、盛邻体育；",
        1,
        &[],
    );
    expect(
        "members",
        "[三|name]级联动”“[三|name]社联动”¹队伍。\n¹ [三|other]级联动，区、镇、社区；[三|other]社联动，居民、组织。",
        2,
        &[Error],
    );
    expect(
        "members",
        "“[六|name]横”指六个大动脉，包括甲区、乙区、丙区、丁区、戊区、己区{6|个|工程}工程；",
        1,
        &[],
    );
    // The mark of a footnote that explains two slogans belongs to neither number.
    expect(
        "members",
        "组建“[三|name]级联动”“[三|name]社联动”¹队伍。\n¹ 居民、组织、达人、其他。",
        0,
        &[],
    );
}

#[test]
fn slogan_parts() {
    let slogan = |second: &str| {
        format!(
            "构建“[3|name]+[5|name]+N”体系¹，启动建设。\n¹ {{3|个|大生活圈}}大圈，{{{second}|个|小生活圈}}小圈，N个微圈。"
        )
    };
    expect("slogan_parts", &slogan("5"), 1, &[]);
    expect("slogan_parts", &slogan("6"), 1, &[Error]);
    // A footnote with one count explains something else.
    expect(
        "slogan_parts",
        "打造“[8|name]+[2|name]”游线¹。\n¹ 共{10|个|站点}站点。",
        0,
        &[],
    );
}

#[test]
fn stated_twice() {
    let jobs = |first: &str, again: &str, modifier: &str| {
        format!(
            "2023年新增就业{{{first}|万人|城镇新增就业|level|actual|2023|{modifier}}}。\n2023年就业稳定，新增就业{{{again}|万人|城镇新增就业}}。"
        )
    };
    expect("stated_twice", &jobs("62.6", "62.6", "exact"), 1, &[]);
    expect("stated_twice", &jobs("62.6", "62.64", "exact"), 1, &[]);
    expect("stated_twice", &jobs("62.6", "62.66", "exact"), 1, &[Warning]);
    expect("stated_twice", &jobs("62.6", "62.1", "exact"), 1, &[Error]);
    // Where a sentence doesn't name the year, the number may speak of another.
    expect(
        "stated_twice",
        &jobs("62.6", "62.1", "exact").replace("2023年就业", "就业"),
        1,
        &[Warning],
    );
    expect("stated_twice", &jobs("60", "62.1", "over"), 1, &[]);
    expect("stated_twice", &jobs("63", "62.1", "over"), 1, &[Warning]);
    // Five years' jobs are no misprint of one year's.
    expect("stated_twice", &jobs("603", "121", "exact"), 0, &[]);
    expect(
        "stated_twice",
        &jobs("62.6", "62.1", "exact").replacen("新增就业", "新增就业年均", 1),
        0,
        &[],
    );
}

#[test]
fn year_within() {
    let jobs = |five: &str, modifier: &str, year: &str| {
        format!(
            "五年就业{{{five}|万人|城镇新增就业|level|actual|2019/2023|{modifier}}}。\n就业{{{year}|万人|城镇新增就业}}。"
        )
    };
    // 55 stands for 54.5 to 55.5, 55.5 for 55.45 to 55.55.
    expect("year_within", &jobs("265.15", "exact", "54.58"), 1, &[]);
    expect("year_within", &jobs("55", "exact", "55.5"), 1, &[]);
    expect("year_within", &jobs("55", "exact", "55.6"), 1, &[Warning]);
    expect("year_within", &jobs("55", "at_least", "60"), 1, &[]);
    // An average, a plan, and a stock are other things.
    expect(
        "year_within",
        &jobs("40", "exact", "44.1").replacen("就业", "年均就业", 1),
        0,
        &[],
    );
    expect(
        "year_within",
        &jobs("40", "exact", "44.1").replace("actual", "target"),
        0,
        &[],
    );
    expect(
        "year_within",
        &jobs("40", "exact", "44.1").replace("城镇新增就业", "城镇就业总数"),
        0,
        &[],
    );
}

#[test]
fn rate_bounds() {
    expect("rate_bounds", "满意率达{100|%|办理满意率|ratio}。", 1, &[]);
    expect("rate_bounds", "满意率达{100.1|%|办理满意率|ratio}。", 1, &[Error]);
    expect(
        "rate_bounds",
        "贷款占比达{120|%|贷款余额占生产总值比重|ratio}。",
        0,
        &[],
    );
    expect("rate_bounds", "毛入学率达{104|%|小学毛入学率|ratio}。", 0, &[]);
    expect("rate_bounds", "利润下降{-100|%|企业利润|growth_rate}。", 1, &[]);
    expect("rate_bounds", "利润下降{-120|%|企业利润|growth_rate}。", 1, &[Error]);
}

#[test]
fn revised_base() {
    let first = |status: &str| {
        report_of(
            "test-2023",
            2023,
            &format!("税收{{7.76|亿元|税收收入|level|{status}|2022}}。"),
        )
    };
    let second = |value: &str| {
        report(&format!(
            "税收由2022年的{{{value}|亿元|税收收入|level|actual|2022}}起步。"
        ))
    };
    for (status, value, found) in [
        ("actual", "7.76", vec![]),
        ("actual", "7.764", vec![]),
        ("actual", "7.766", vec![Warning]),
        ("estimate", "7.70", vec![Info]),
    ] {
        let audited = audit_all(&[first(status), second(value)], &[]);
        assert_eq!(outcome(&audited, "revised_base"), (1, found), "{status} {value}");
    }
}

#[test]
fn dates() {
    expect("dates", "[2024|date]年[2|date]月[29|date]日召开。", 1, &[]);
    expect("dates", "[2023|date]年[2|date]月[29|date]日召开。", 1, &[Error]);
    let span = |years: &str| format!("从[1900|date]年到[1948|date]年，[{years}|date]年合计。");
    expect("dates", &span("49"), 1, &[]);
    expect("dates", &span("48"), 1, &[]);
    expect("dates", &span("50"), 1, &[Warning]);
    expect("dates", "从[2021|date]年到[2025|date]年，[3|date]年完成改造。", 0, &[]);
    expect("dates", "[2024|date]年是新中国成立[75|date]周年。", 1, &[]);
    expect("dates", "[2024|date]年是新中国成立[74|date]周年。", 1, &[Error]);
    expect("dates", "新中国成立[2147483647|date]周年。", 0, &[]);
    expect("dates", "隆重庆祝改革开放[四十|date]周年。", 1, &[Warning]); // 2018 is no year of a report of 2024
}

#[test]
fn planned_year() {
    expect(
        "planned_year",
        "一、回顾\n二、任务\n今年工作的总体要求是稳中求进。",
        1,
        &[],
    );
    expect(
        "planned_year",
        "一、回顾\n二、任务\n明年将重点做好以下工作：",
        1,
        &[Warning],
    );
    // A look ahead is no plan for the year.
    expect("planned_year", "一、回顾\n二、任务\n明年将在全国免征农业税。", 0, &[]);
}

#[test]
fn announced() {
    let items = |count: usize| {
        let list: Vec<String> = ["一", "二", "三", "四"][..count]
            .iter()
            .map(|it| format!("（{it}）推进工作。\n内容。"))
            .collect();
        format!(
            "一年来，开展了以下[三|other]方面工作：\n{}\n二、任务\n（一）其他。",
            list.join("\n")
        )
    };
    expect("announced", &items(3), 1, &[]);
    expect("announced", &items(2), 1, &[Error]);
    expect("announced", &items(4), 1, &[Warning]);
    expect(
        "announced",
        "抓好[三|other]项工作：一是稳增长；二是促改革；三是惠民生。",
        1,
        &[],
    );
    // A colon, or nothing but the number, announces what follows at once.
    expect(
        "announced",
        "讲[三|other]点。\n第一，抓粮食。第二，抓棉花。第三，抓市场。",
        1,
        &[],
    );
    expect(
        "announced",
        "分为以下[三|other]类：（一）重罪；（二）轻罪。",
        1,
        &[Error],
    );
    expect("announced", "分为[三|other]类：重罪、轻罪。（一）其他。", 0, &[]);
    // What announces nothing: no list follows, or the sentence goes on.
    expect("announced", "完成了[三|other]项工作。\n成效明显。", 0, &[]);
    expect("announced", "完成[三|other]项工作，成效明显。\n（一）推进。", 0, &[]);
    expect(
        "announced",
        "圆满完成[三|other]件实事。\n（一）推进。\n（二）完善。",
        0,
        &[],
    );
}

#[test]
fn numeral_form() {
    let value = |numeral: &str| format!("产值达{{{numeral}=1|元|工业产值额}}。");
    for numeral in [
        "一百九十一亿",
        "三千一百零八",
        "一百亿零九十一",
        "二千零四十六万",
        "十万四千",
        "三百五",
        "一万二千亿",
        "6,435",
    ] {
        expect("numeral_form", &value(numeral), 1, &[]);
    }
    for numeral in ["一百亿九十一", "三千一百八万", "五百三千", "64,35"] {
        expect("numeral_form", &value(numeral), 1, &[Error]);
    }
    for numeral in ["一九七八", "8.37", "八"] {
        expect("numeral_form", &value(numeral), 0, &[]);
    }
}

#[test]
fn reached() {
    let roads = |step: &str, level: &str| {
        format!("新建绿道{{{step}|公里|绿道|level}}、累计达到{{{level}|公里|绿道总长|level}}，方便市民。")
    };
    // Lengths stand for half a unit around them: 137.5 at most is reached by 136.5 at least.
    expect("reached", &roads("137", "2136"), 1, &[]);
    expect("reached", &roads("137", "136"), 1, &[]);
    expect("reached", &roads("137", "135"), 1, &[Error]);
    let mark = |modifier: &str, level: &str| {
        format!("生产总值突破{{6|万亿元|经济规模|level|actual|2023|{modifier}}}、达到{{{level}|亿元|经济规模}}。")
    };
    expect("reached", &mark("over", "60199.45"), 1, &[]);
    expect("reached", &mark("over", "59999.4"), 1, &[Error]);
    // A fall may be to less than it measures, another subject is another statement, and so is a class of things.
    expect(
        "reached",
        "产量减少{-100|万吨|煤炭|change}、达到{50|万吨|煤炭产量}。",
        0,
        &[],
    );
    expect("reached", "新增{100|家|企业}、园区达到{5|家|园区}。", 0, &[]);
    expect(
        "reached",
        "投资{100|亿元|投资额}、达到{5|亿元|投资额}以上的企业增多。",
        0,
        &[],
    );
}

#[test]
fn restated_change() {
    let workers = |again: &str| {
        format!(
            "事业共有职工约{{800|万人|事业共有职工|level|actual|1949|approx}}，1956年增加到{{2400|万人|事业共有职工|level|actual|1956}}，\
             其中转入{{300|万人|转入人员|level|actual|1956}}。\n如前所说，职工增加了{{{again}|万人|职工|change|actual|1956}}。"
        )
    };
    // 约800 stands for 700 to 900, 2400 for 2399.5 to 2400.5: 1499.5 to 1700.5; without 300 (299.5 to 300.5) 1199 to 1401.
    expect("restated_change", &workers("1600"), 1, &[]);
    expect("restated_change", &workers("1500"), 1, &[]);
    expect("restated_change", &workers("1498"), 1, &[Warning]);
    let taken_off = |again: &str| {
        let report = audited(&workers(again));
        report.findings[0].message.contains("2400 − 800 − 300 = 1300")
    };
    assert!(taken_off("1300") && taken_off("1401") && !taken_off("1402"));
    // Without a word that it is stated again, the change may be of other years.
    expect("restated_change", &workers("1300").replace("如前所说，", ""), 0, &[]);
}

#[test]
fn a_planned_level_and_the_average_that_leads_to_it() {
    let plan = |rate: &str| {
        format!(
            "1987年达到{{10920|亿元|国民生产总值|level|actual|1987}}。\n到1992年达到{{15500|亿元|国民生产总值|level|target|1992|approx}}，\
             平均每年增长{{{rate}|%|国民生产总值|growth_rate|target|1988/1992|exact||annual_average}}。"
        )
    };
    // 15500左右 stands for 15400 to 15600; 10919.5 × 1.0739^5 = 15596.2 and 10919.5 × 1.0741^5 = 15610.8.
    expect("level_growth", &plan("7.395"), 1, &[]);
    expect("level_growth", &plan("7.41"), 1, &[Info]);
    assert!(audited(&plan("7.5")).findings[0].message.contains("年均 7.3%"));
}

#[test]
fn shares_that_leave_a_rest_unnamed() {
    let division = |last: &str| {
        format!(
            "民生占{{43.7|%|民生投资|ratio}}，创新占{{15.3|%|创新投资|ratio}}，基建占{{23.6|%|基建投资|ratio}}，重建占{{{last}|%|重建投资|ratio}}。"
        )
    };
    // Four shares of one decimal leave 4 × 0.05 open.
    expect("shares_sum", &division("17.4"), 1, &[]);
    expect("shares_sum", &division("17.2"), 1, &[]);
    expect("shares_sum", &division("17.1"), 1, &[Info]);
    // A rest that is larger than a share listed is no slip: the list is not all; and 其他 stands for a rest.
    expect("shares_sum", &division("8.7"), 1, &[]);
    expect("shares_sum", &division("8.8"), 1, &[Info]);
    expect("shares_sum", &division("14.8").replace("。", "，其余待定。"), 1, &[]);
}

#[test]
fn numbering() {
    let items = |numbers: &[&str]| {
        let items: Vec<String> = numbers.iter().map(|it| format!("[{it}|other]是推进工作。")).collect();
        format!("总的看：{}", items.concat())
    };
    expect("numbering", &items(&["一", "二", "三"]), 1, &[]);
    expect("numbering", &items(&["一", "二", "四"]), 2, &[Warning]);
    expect("numbering", &items(&["一", "二", "二"]), 2, &[Warning]);
    expect("numbering", &items(&["一", "二", "五", "三"]), 2, &[Warning]);
    expect("numbering", &items(&["一", "二", "一", "二"]), 2, &[]);
    // Items of an item, and what begins in the middle.
    expect("numbering", &items(&["一", "二", "一", "二", "三", "三"]), 2, &[]);
    expect("numbering", &items(&["四", "五"]), 0, &[]);
    let sections = |numbers: &[&str]| {
        let lines: Vec<String> = numbers.iter().map(|it| format!("（[{it}|marker]）推进\n")).collect();
        format!(
            "[一|marker]、回顾\n（[一|marker]）推进\n（[二|marker]）推进\n[二|marker]、任务\n{}",
            lines.concat()
        )
    };
    expect("numbering", &sections(&["一", "二", "三"]), 3, &[]);
    // A chapter ends the items before it: here nothing goes on from them.
    expect("numbering", &sections(&["一", "三"]), 3, &[Warning]);
    expect(
        "numbering",
        "增长¹，企稳³。\n¹ 增长是指产值。\n³ 企稳是指降幅收窄。",
        1,
        &[Warning],
    );
    // A number at the head of a line that is set like the mark of a note.
    expect(
        "numbering",
        "增长¹，企稳²。\n¹ 增长是指产值。\n[³|name]为增幅。\n² 企稳是指降幅收窄。",
        2,
        &[Warning],
    );
}

#[test]
fn missing_unit() {
    let incomes = |unit: &str| {
        format!("每个农民的净收入有{{70|元|农民净收入}}，合到每个农户的收入有{{300|{unit}|农户收入}}左右。")
    };
    expect("missing_unit", &incomes("元"), 1, &[]);
    expect("missing_unit", &incomes(""), 1, &[Warning]);
    // Another kind of thing may have none.
    expect("missing_unit", "收入{70|元|农民收入}，指数{120||价格指数}。", 0, &[]);
}

#[test]
fn hedges() {
    let people = |before: &str, modifier: &str, numeral: &str, after: &str| {
        format!("帮助{before}{{{numeral}|人|失业人员|level|actual|2023|{modifier}}}{after}。")
    };
    expect("hedges", &people("将近", "under", "一万多=10000", ""), 1, &[Warning]);
    expect("hedges", &people("超过", "over", "一万多=10000", ""), 1, &[]);
    expect("hedges", &people("不超过", "at_most", "30", "以上"), 1, &[Warning]);
    expect("hedges", &people("不少于", "at_least", "30", "以上"), 1, &[]);
    expect("hedges", &people("超过", "over", "30", "以内"), 1, &[Warning]);
    // 约 with 以上 is customary; one hedge alone, or a word that only ends like one, says nothing.
    expect("hedges", &people("约", "approx", "30", "以上"), 0, &[]);
    expect("hedges", &people("近", "under", "30", ""), 0, &[]);
    expect("hedges", &people("附近", "under", "一万多=10000", ""), 0, &[]);
    let within = "参与近{5|万余人次|参与市民|level|actual|2023|under}。";
    expect("hedges", within, 1, &[Warning]);
}

#[test]
fn repeated_text() {
    // Twenty-four different characters, and one less.
    let passage = "春风又绿江南岸明月何时照我还大漠孤烟直长河落日圆";
    let (long, short): (String, String) = (passage.chars().take(24).collect(), passage.chars().take(23).collect());
    expect("repeated_text", &format!("{long}{long}。"), 1, &[Warning]);
    expect("repeated_text", &format!("{short}{short}。"), 1, &[]);
    // Punctuation and line breaks between and within don't count.
    expect(
        "repeated_text",
        &format!("{long}，\n{}", long.replace('明', "，\n明")),
        1,
        &[Warning],
    );
    // Apart from each other, a phrase is no slip but a sentence is.
    expect("repeated_text", &format!("{long}要学。还有{long}要记。"), 1, &[]);
    expect("repeated_text", &format!("{long}。还有这些。{long}。"), 1, &[Warning]);
    let far = |letters: usize| {
        let between: String = (0..letters)
            .filter_map(|it| char::from_u32(0x5000 + u32::try_from(it).ok()?))
            .collect();
        format!("{long}。{between}。{long}。")
    };
    expect("repeated_text", &far(600 - 24), 1, &[Warning]);
    expect("repeated_text", &far(601 - 24), 1, &[]);
    // A footnote may repeat what it explains.
    expect("repeated_text", &format!("实施{long}¹。\n¹ {long}是指诗。"), 1, &[]);
    let numbers = "新增企业{36|家|高新企业}，完成投资一千亿元，城乡居民收入同步增长，生态环境持续改善。";
    let report = audited(&format!("{numbers}{numbers}"));
    assert!(
        report
            .findings
            .iter()
            .any(|it| it.message.contains("其中的 1 个数值会计算两次"))
    );
}

#[test]
fn every_check_explains_itself_and_is_named_once() {
    for check in CHECKS {
        assert!(check.explanation.contains("**Severity.**"), "{}", check.name);
        assert!(check.explanation.contains("**Tolerance.**"), "{}", check.name);
        assert!(
            check.explanation.lines().any(|line| line.starts_with("- ")),
            "{} has no example",
            check.name
        );
        assert_eq!(CHECKS.iter().filter(|other| other.name == check.name).count(), 1);
    }
}

#[test]
fn an_acknowledged_finding_is_information_and_keeps_the_reason() {
    let extraction = report("满意率达{100.1|%|办理满意率|ratio}。");
    let finding = audit_all(std::slice::from_ref(&extraction), &[]).findings[0]
        .finding_id
        .clone();
    let acknowledgements = [
        Acknowledgement {
            finding: finding.clone(),
            reason: "printing error, confirmed by the office".to_owned(),
        },
        Acknowledgement {
            finding: "000000000000".to_owned(),
            reason: "gone".to_owned(),
        },
    ];
    let audited = audit_all(&[extraction], &acknowledgements);
    assert_eq!(audited.findings[0].finding_id, finding);
    assert_eq!(audited.findings[0].severity, Info);
    assert!(audited.findings[0].message.contains("confirmed by the office"));
    assert!(!audited.has_errors());
    assert_eq!(audited.unused_acknowledgements, ["000000000000"]);
}

#[test]
fn a_finding_keeps_its_id_when_another_part_of_the_report_changes() {
    let sentence = "满意率达{100.1|%|办理满意率|ratio}。";
    let (alone, later) = (
        audited(sentence),
        audited(&format!("新增企业{{36|家|高新企业}}。\n{sentence}")),
    );
    assert_eq!(alone.findings[0].finding_id, later.findings[0].finding_id);
}

#[test]
fn coverage_counts_every_numeral_once() {
    let audited = audited("[2024|date]年满意率达{99|%|办理满意率|ratio}，围绕“[五|name]宜”。");
    let coverage = &audited.coverage[0];
    assert_eq!(coverage.numerals, 3);
    assert_eq!(coverage.kinds.values().sum::<usize>(), 3);
    assert_eq!(coverage.kinds["date"], 1);
    assert_eq!(coverage.rules["quantity"]["by-hand"], 1);
    assert_eq!(coverage.close_calls, []);
}

#[test]
fn coverage_lists_what_a_weighing_rule_decided() {
    let mut extraction = report("两个问题，满意率达{99|%|办理满意率|ratio}，[两|other]个问题。");
    extraction.numerals[1].reason = "small-number".to_owned();
    let coverage = audit_all(&[extraction], &[]).coverage;
    let calls: Vec<&str> = coverage[0]
        .close_calls
        .iter()
        .map(|call| call.surface.as_str())
        .collect();
    assert_eq!(calls, ["两"]);
    let rules = gongkai::rules::RULES.list();
    for name in CLOSE_CALLS {
        assert!(rules.iter().any(|(_, rule, _)| *rule == name), "{name} is no rule");
    }
}
