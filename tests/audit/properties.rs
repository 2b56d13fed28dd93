//! What holds for any numbers: a consistent report has no finding, and one number moved beyond its precision is found, and nothing else.

use gongkai::audit::render::{self, Style};
use gongkai::audit::{Input, ReportRows, audit};
use gongkai::fact::Severity;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::fixture::{audited, report};

/// The numbers of a report that add up, each with its decimals fixed.
#[derive(Debug, Clone)]
struct Numbers {
    /// Base year's level and the target rate, in hundredths.
    base: Decimal,
    rate: Decimal,
    target: Decimal,
    /// Two counts, and the growth from one to the other in tenths of a per cent.
    before: u32,
    after: u32,
    growth: Decimal,
    /// A whole that two parts divide.
    parts: [u32; 2],
    whole: u32,
    /// Shares in tenths of a per cent that sum to 100 %.
    shares: [Decimal; 3],
    /// How many names stand for `count`.
    names: usize,
    count: usize,
    /// One rate, stated in two places.
    jobs: [Decimal; 2],
    satisfaction: Decimal,
    /// An increment and the level that it leads to.
    added: u32,
    reached: u32,
    /// A level, a later one, and the change between them when it is stated again.
    workers: [u32; 3],
    /// The numbers of some items.
    items: Vec<usize>,
    /// What a year and the five years that hold it added.
    homes: [u32; 2],
    /// How often a sentence stands.
    times: usize,
    /// The hedge before a number that 多 follows.
    hedge: (&'static str, &'static str),
    /// The unit of the second of two like numbers.
    unit: &'static str,
}

impl Numbers {
    fn text(&self) -> String {
        let names: Vec<String> = (0..self.names)
            .map(|index| format!("第{}园区", char::from(b'A' + u8::try_from(index).expect("few"))))
            .collect();
        let items: Vec<String> = self
            .items
            .iter()
            .map(|item| format!("[{}|other]是推进工作。", ["一", "二", "三", "四", "五", "六"][item - 1]))
            .collect();
        let [from, to, again] = self.workers;
        let (hedge, modifier) = self.hedge;
        let others = format!(
            "新建绿道{{{}|公里|绿道}}、累计达到{{{}|公里|绿道总长}}。\n\
             事业职工从{{{from}|万人|事业职工}}增加到{{{to}|万人|事业职工}}。\n\
             如前所说，职工增加了{{{again}|万人|职工|change}}。\n\
             总的看：{}\n\
             {}\n\
             帮助{hedge}{{一万多=10000|人|失业人员|level|actual|2023|{modifier}}}。\n\
             五年安置{{{}|套|新建住房|level|actual|2019/2023}}。\n\
             安置{{{}|套|新建住房}}。\n\
             农民{{70|元|农民净收入}}，农户{{300|{}|农户收入}}。\n",
            self.added,
            self.reached,
            items.concat(),
            "我们要在各级党委的领导下齐心协力为完成今年的各项工作而奋斗。".repeat(self.times),
            self.homes[1],
            self.homes[0],
            self.unit,
        );
        format!(
            "{others}财政收入{{{base}|亿元|财政收入}}。\n\
             企业从{{{before}|家|科技型企业}}增加到{{{after}|家|科技型企业}}，增长{{{growth}|%|科技型企业|growth_rate}}。\n\
             赤字{{{whole}|亿元|财政赤字}}，其中中央{{{central}|亿元|中央赤字}}，地方{{{local}|亿元|地方赤字}}。\n\
             甲占{{{a}|%|甲类投资|ratio}}，乙占{{{b}|%|乙类投资|ratio}}，丙占{{{c}|%|丙类投资|ratio}}。\n\
             现有{{{count}|家|孵化器}}孵化器，分别是{names}。\n\
             就业{{{jobs}|万人|城镇新增就业}}。\n\
             民生改善，就业{{{again}|万人|城镇新增就业}}。\n\
             满意率{{{satisfaction}|%|办理满意率|ratio}}。\n\
             二、财政收入增长{{{rate}|%|财政收入|growth_rate|target|2024}}，达到{{{target}|亿元|财政收入|level|target|2024}}。",
            base = self.base,
            before = self.before,
            after = self.after,
            growth = self.growth,
            whole = self.whole,
            central = self.parts[0],
            local = self.parts[1],
            a = self.shares[0],
            b = self.shares[1],
            c = self.shares[2],
            count = self.count,
            names = names.join("、"),
            jobs = self.jobs[0],
            again = self.jobs[1],
            satisfaction = self.satisfaction,
            rate = self.rate,
            target = self.target,
        )
    }
}

fn rounded(value: Decimal, decimals: u32) -> Decimal {
    let mut value = value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    value.rescale(decimals);
    value
}

prop_compose! {
    fn consistent()(
        base in 1_000_i64..100_000,
        rate in 10_i64..300,
        before in 50_u32..5_000,
        more in 1_u32..5_000,
        parts in [1_u32..10_000, 1_u32..10_000],
        shares in (1_i64..500, 1_i64..499),
        count in 2_usize..12,
        jobs in 1_000_i64..2_000,
        satisfaction in 0_i64..=1_000,
        added in 1_u32..1_000,
        present in 0_u32..1_000,
        workers in [1_u32..1_000, 1_u32..1_000],
        items in 2_usize..6,
        homes in [1_u32..10_000, 0_u32..10_000],
    ) -> Numbers {
        let (base, rate) = (Decimal::new(base, 2), Decimal::new(rate, 1));
        let after = before + more;
        let growth = Decimal::from(more) / Decimal::from(before) * Decimal::ONE_HUNDRED;
        let jobs = Decimal::new(jobs, 1);
        Numbers {
            base,
            rate,
            target: rounded(base * (Decimal::ONE + rate / Decimal::ONE_HUNDRED), 2),
            before,
            after,
            growth: rounded(growth, 1),
            parts,
            whole: parts[0] + parts[1],
            shares: [shares.0, shares.1, 1_000 - shares.0 - shares.1].map(|tenths| Decimal::new(tenths, 1)),
            names: count,
            count,
            jobs: [jobs, jobs],
            satisfaction: Decimal::new(satisfaction, 1),
            added,
            reached: added + present,
            workers: [workers[0], workers[0] + workers[1], workers[1]],
            items: (1..=items).collect(),
            homes: [homes[0], homes[0] + homes[1]],
            times: 1,
            hedge: ("超过", "over"),
            unit: "元",
        }
    }
}

/// Moves one number beyond its precision; gives the check that must see it.
fn disturb(numbers: &mut Numbers, which: usize, steps: u32) -> &'static str {
    let (steps, far) = (i64::from(steps), usize::try_from(steps).expect("small"));
    match which {
        // The product leaves (1 + g) half places open, the level another half.
        0 => {
            numbers.target += Decimal::new(2 + steps, 2);
            "target_growth"
        }
        1 => {
            numbers.growth += Decimal::new(1 + steps, 1);
            "from_to"
        }
        // Three terms leave one and a half places open.
        2 => {
            numbers.whole += 2 + u32::try_from(steps).expect("small");
            "parts"
        }
        3 => {
            numbers.shares[1] += Decimal::new(1 + steps, 1);
            "shares_sum"
        }
        4 => {
            numbers.names += far.min(9);
            "members"
        }
        5 => {
            numbers.jobs[1] += Decimal::new(1 + steps, 1);
            "stated_twice"
        }
        6 => {
            // Both stand for half a kilometre around them.
            numbers.added = numbers.reached + 1 + u32::try_from(steps).expect("small");
            "reached"
        }
        7 => {
            numbers.workers[2] += 1 + u32::try_from(steps).expect("small");
            "restated_change"
        }
        8 => {
            *numbers.items.last_mut().expect("two or more") += 1;
            "numbering"
        }
        9 => {
            numbers.times = 2;
            "repeated_text"
        }
        10 => {
            numbers.hedge = ("不到", "under");
            "hedges"
        }
        11 => {
            numbers.unit = "";
            "missing_unit"
        }
        12 => {
            // Counts are exact.
            numbers.homes[0] = numbers.homes[1] + u32::try_from(steps).expect("small");
            "year_within"
        }
        _ => {
            numbers.satisfaction = Decimal::new(1_000 + steps, 1);
            "rate_bounds"
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, rng_seed: RngSeed::Fixed(1979), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_consistent_report_has_no_finding(numbers in consistent()) {
        let audited = audited(&numbers.text());
        prop_assert_eq!(&audited.findings, &[]);
        // The check of every number that was made consistent did apply.
        for check in [
            "target_growth", "from_to", "parts", "shares_sum", "members", "stated_twice", "rate_bounds", "reached", "restated_change",
            "numbering", "repeated_text", "hedges", "missing_unit", "year_within",
        ] {
            prop_assert!(audited.applied.iter().any(|it| it.check == check), "{} did not apply", check);
        }
    }

    #[test]
    fn one_number_beyond_its_precision_is_the_only_finding(numbers in consistent(), which in 0_usize..14, steps in 1_u32..50) {
        let mut numbers = numbers;
        let check = disturb(&mut numbers, which, steps);
        let audited = audited(&numbers.text());
        prop_assert_eq!(audited.findings.len(), 1, "{:#?}", audited.findings);
        prop_assert_eq!(audited.findings[0].check.as_str(), check);
        prop_assert_ne!(audited.findings[0].severity, Severity::Info);
    }

    #[test]
    fn shares_that_leave_less_than_the_least_of_them_are_the_only_note(numbers in consistent(), left in any::<prop::sample::Index>()) {
        let mut numbers = numbers;
        // Three shares of one decimal leave 1.5 tenths open; what is left must also be less than each share.
        let least = numbers.shares.iter().min().expect("three").mantissa();
        let largest = (0..3).max_by_key(|index| numbers.shares[*index]).expect("three");
        prop_assume!(least > 3);
        let left = Decimal::new(2 + i64::try_from(left.index(usize::try_from(least - 2).expect("small"))).expect("small"), 1);
        let after = numbers.shares[largest] - left;
        prop_assume!(after > left);
        numbers.shares[largest] = after;
        let audited = audited(&numbers.text());
        prop_assert_eq!(audited.findings.len(), 1, "{:#?}", audited.findings);
        prop_assert_eq!((audited.findings[0].check.as_str(), audited.findings[0].severity), ("shares_sum", Severity::Info));
    }

    #[test]
    fn rows_whose_offsets_lie_elsewhere_are_survived(offsets in proptest::collection::vec((-5_i64..400, -5_i64..400), 40)) {
        let mut extraction = report(
            "现有{3|家|园区}园区，分别是甲园、乙园、丙园¹。\n¹ [五|name]宜为宜居、宜业。\n占{20|%|园区占比|ratio}，[2024|date]年[1|date]月。",
        );
        let mut offsets = offsets.into_iter().cycle();
        let mut place = |start: &mut i64, end: &mut i64| (*start, *end) = offsets.next().unwrap_or_default();
        for row in &mut extraction.numerals { place(&mut row.source_start, &mut row.source_end); }
        for row in &mut extraction.observations { place(&mut row.source_start, &mut row.source_end); }
        for row in &mut extraction.members { place(&mut row.source_start, &mut row.source_end); }
        for row in &mut extraction.footnotes {
            place(&mut row.source_start, &mut row.source_end);
            row.mark_start = Some(row.source_start / 2);
        }
        let source: Vec<char> = extraction.source_text.chars().collect();
        let members = gongkai::fact::members(
            &source, &extraction.footnotes, &extraction.numerals, &extraction.observations,
        );
        prop_assert!(members.len() < 1_000);
        let rows = [ReportRows::from(&extraction)];
        let input = Input { reports: &rows, acknowledgements: &[] };
        prop_assert!(render::text(&audit(&input), &input, Style::default()).contains("errors: "));
    }

    #[test]
    fn any_text_and_numbers_are_audited_without_panic(
        words in proptest::collection::vec("[占其中从由增加到，、。；（）“”等为：翻\\n]{0,6}", 8),
        values in proptest::collection::vec((any::<i64>(), 0_u32..20), 8),
        measures in proptest::collection::vec(prop::sample::select(vec!["level", "ratio", "growth_rate", "change", "multiple", "rank"]), 8),
    ) {
        let pieces = words.iter().zip(&values).zip(&measures).map(|((words, (mantissa, scale)), measure)| {
            format!("{words}{{{}|%|财政收入占比|{measure}}}", Decimal::new(*mantissa, *scale))
        });
        let audited = audited(&pieces.collect::<Vec<_>>().concat());
        prop_assert!(audited.applied.len() < 1_000);
    }
}
