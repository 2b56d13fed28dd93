//! What a printed number stands for.

use gongkai::audit::{Interval, last_place};
use rust_decimal::Decimal;

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

#[test]
fn printed_precision_is_read_off_the_numeral() {
    for (text, value, place) in [
        ("8.37", "8.37", "0.01"),
        ("16.80", "16.80", "0.01"),
        ("１６．８０", "16.80", "0.01"),
        ("2554", "2554", "1"),
        ("2,554", "2554", "1"),
        ("二千零四十六万", "20460000", "10000"),
        ("四亿八千三百万", "483000000", "1000000"),
        ("一千三百六十九亿一千四百万", "136914000000", "1000000"),
        ("百分之八点一", "8.1", "0.1"),
        ("百分之二十", "20", "10"),
        ("百分之二十八", "28", "1"),
    ] {
        assert_eq!(last_place(text, decimal(value)), decimal(place), "{text}");
    }
}

#[test]
fn a_numeral_that_can_not_be_read_leaves_the_precision_to_the_value() {
    assert_eq!(last_place("若干", decimal("2.9")), decimal("0.1"));
}

#[test]
fn operations_keep_what_is_possible() {
    let base = Interval::around(decimal("8.37"), decimal("0.005"));
    let grown = base.times(Interval::point(decimal("1.06"))).expect("in range");
    assert_eq!(grown.to_string(), "8.8669–8.8775");
    assert!(!grown.meets(Interval::around(decimal("8.83"), decimal("0.005"))));
    assert!(grown.meets(Interval::around(decimal("8.87"), decimal("0.005"))));
    assert!(Interval::from(decimal("8")).meets(base));
    assert!(Interval::up_to(decimal("8")).below(base));
    assert_eq!(
        base.over(Interval::around(decimal("0"), decimal("0.5"))),
        None,
        "the divisor may be zero"
    );
    assert_eq!(
        Interval::point(Decimal::MAX).times(Interval::point(Decimal::TWO)),
        None,
        "out of range"
    );
}
