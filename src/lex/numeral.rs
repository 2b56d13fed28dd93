//! Numerals: Arabic, full-width, Chinese and mixed, as one exact decimal each.
//!
//! | written | value | unit it implies |
//! | --- | --- | --- |
//! | `8.37`, `1,234` | 8.37, 1234 | |
//! | `三亿零五百三十万` | 305300000 | |
//! | `百分之八点一` | 8.1 | `%` |
//! | `三分之二`, `九成`, `一半` | 66.67, 90, 50 | `%` |
//! | `1万6千` | 16000 | |
//! | `二十多万` | 200000, at least that | |
//! | `几千`, `数十` | none: the text gives no number | |

use std::sync::LazyLock;

use rust_decimal::Decimal;

use crate::lexicon::characters::Characters;

/// How a numeral is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// `8.37`
    Arabic,
    /// `三千`
    Chinese,
    /// `一九七八`: Chinese digits read one by one.
    ChineseDigits,
    /// `1万6千`
    Mixed,
    /// `几千`: a numeral that names no number.
    Vague,
}

/// A numeral, with its place in the text that it was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    pub script: Script,
    /// The value; none for a vague numeral.
    pub value: Option<Decimal>,
    /// The unit that the numeral itself implies: `%` or `‰`.
    pub unit: Option<&'static str>,
    /// A 多, 余 or 几 inside the numeral says that the value is a lower bound.
    pub over: bool,
    /// Upper end of a pair of neighbouring digits, as in `三四十`.
    pub max: Option<Decimal>,
    /// Value of one unit in the last place printed: 0.01 for `8.37`, 10000 for `三千七百万`.
    pub resolution: Decimal,
}

/// Value of a Chinese digit.
#[must_use]
pub fn digit(c: char) -> Option<u32> {
    Some(match c {
        '零' | '〇' | '○' | 'Ｏ' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// Power of ten of a Chinese scale character.
#[must_use]
pub fn scale(c: char) -> Option<u32> {
    Some(match c {
        '十' => 1,
        '百' => 2,
        '千' => 3,
        '万' => 4,
        '亿' => 8,
        _ => return None,
    })
}

/// Whether a numeral may begin with this character.
#[must_use]
pub fn begins(c: char) -> bool {
    static FIRST: LazyLock<Characters> = LazyLock::new(|| {
        let first = |c: &char| c.is_ascii_digit() || digit(*c).is_some() || scale(*c).is_some();
        Characters::of(('\0'..'\u{ffff}').filter(first).chain("半几数多首翻".chars()))
    });
    FIRST.has(c)
}

impl Number {
    /// A numeral without unit or hedge, printed in whole numbers.
    fn plain(start: usize, end: usize, script: Script, value: Option<Decimal>) -> Self {
        Self {
            start,
            end,
            script,
            value,
            unit: None,
            over: false,
            max: None,
            resolution: Decimal::ONE,
        }
    }
}

fn pow10(exponent: u32) -> Decimal {
    Decimal::from_i128_with_scale(10_i128.pow(exponent), 0)
}

/// Reads a whole string as one numeral, as `value_text` holds it.
#[must_use]
pub fn parse(text: &str) -> Option<Number> {
    let chars: Vec<char> = text.chars().map(crate::lexicon::fold::fold).collect();
    scan(&chars, 0).filter(|n| n.end == chars.len())
}

/// Reads the longest numeral that begins at `at`. `chars` are folded (simplified, half-width).
#[must_use]
pub fn scan(chars: &[char], at: usize) -> Option<Number> {
    let first = *chars.get(at).filter(|c| begins(**c))?;
    if first.is_ascii_digit() {
        return arabic(chars, at);
    }
    match first {
        '几' | '数' => return vague(chars, at),
        '多' => return Some(Number::plain(at, at + 1, Script::Vague, None)),
        '首' => return Some(Number::plain(at, at + 1, Script::Chinese, Some(Decimal::ONE))),
        '翻' => return doubling(chars, at),
        _ => {}
    }
    half(chars, at)
        .or_else(|| hundredths(chars, at))
        .or_else(|| chinese(chars, at))
}

/// `1,234.5`, and `1万6千`.
fn arabic(chars: &[char], at: usize) -> Option<Number> {
    let Some((value, end, decimals)) = arabic_plain(chars, at) else {
        // Too large for a value, but a numeral all the same.
        let digits = chars[at..].iter().take_while(|c| c.is_ascii_digit()).count();
        return Some(Number::plain(at, at + digits, Script::Vague, None));
    };
    let mut number = Number {
        resolution: Decimal::new(1, decimals.min(Decimal::MAX_SCALE)),
        ..Number::plain(at, end, Script::Arabic, Some(value))
    };
    // Mixed script: digits, scale, digits, scale, with falling scales.
    let mut total = Decimal::ZERO;
    let (mut part, mut i, mut last, mut groups) = (value, end, u32::MAX, 0);
    while let Some(power) = chars.get(i).and_then(|&c| scale(c)).filter(|&p| p < last) {
        let Some(scaled) = part.checked_mul(pow10(power)) else {
            break;
        };
        let Some(sum) = total.checked_add(scaled) else {
            break;
        };
        total = sum;
        last = power;
        i += 1;
        groups += 1;
        match arabic_plain(chars, i) {
            Some((next, j, 0)) if chars.get(j).is_some_and(|&c| scale(c).is_some_and(|p| p < last)) => {
                part = next;
                i = j;
            }
            _ => break,
        }
    }
    if groups >= 2 {
        number.end = i;
        number.script = Script::Mixed;
        number.value = Some(total);
        number.resolution = pow10(last);
    } else if chars.get(end) == Some(&'成') && closes_tenths(chars, end + 1) {
        number.end = end + 1;
        number.value = value.checked_mul(Decimal::TEN);
        number.unit = Some("%");
        number.resolution *= Decimal::TEN;
    } else if let Some(fraction) = fraction(chars, at, value, end).or_else(|| slashed(chars, at, value, end)) {
        return Some(fraction);
    }
    Some(number)
}

/// Digits with thousands separators and a decimal part: value, end, number of decimals.
fn arabic_plain(chars: &[char], at: usize) -> Option<(Decimal, usize, u32)> {
    let run = |mut i: usize| {
        while chars.get(i).is_some_and(char::is_ascii_digit) {
            i += 1;
        }
        i
    };
    let mut end = run(at);
    if end == at {
        return None;
    }
    if end - at <= 3 {
        while chars.get(end) == Some(&',') && run(end + 1) == end + 4 {
            end += 4;
        }
    }
    let mut decimals = 0;
    // Older texts set the decimal point in the middle: 19·5%.
    if matches!(chars.get(end), Some('.' | '·')) {
        let stop = run(end + 1);
        // A second point makes it a version or a date, not a decimal.
        if stop > end + 1 && !(chars.get(stop) == Some(&'.') && run(stop + 1) > stop + 1) {
            decimals = stop - end - 1;
            end = stop;
        }
    }
    let digits = chars[at..end].iter().filter(|&&c| c != ',');
    let mut plain = String::with_capacity(end - at);
    plain.extend(digits.map(|&c| if c == '·' { '.' } else { c }));
    let value = plain.parse::<Decimal>().ok()?;
    Some((value, end, u32::try_from(decimals).ok()?))
}

/// `几千`, `数十万`: no number is named.
fn vague(chars: &[char], at: usize) -> Option<Number> {
    let mut end = at + 1;
    while chars.get(end).is_some_and(|&c| scale(c).is_some()) {
        end += 1;
    }
    // 数 is a numeral only before a scale: 数十, but 数据, 人数.
    if chars[at] == '数'
        && (end == at + 1 || (at > 0 && matches!(chars[at - 1], '人' | '户' | '总' | '指' | '系' | '倍' | '基')))
    {
        return None;
    }
    Some(Number::plain(at, end, Script::Vague, None))
}

/// `翻番`, `翻一番`, `翻了两番`: one or two doublings.
fn doubling(chars: &[char], at: usize) -> Option<Number> {
    let times = if chars.get(at + 1) == Some(&'了') {
        at + 2
    } else {
        at + 1
    };
    let (value, end) = match (chars.get(times)?, chars.get(times + 1)) {
        ('番', _) => (Decimal::ONE, times + 1),
        (&c, Some('番')) => (digit(c).or_else(|| c.to_digit(10)).map(Decimal::from)?, times + 2),
        _ => return None,
    };
    Some(Number {
        unit: Some("番"),
        ..Number::plain(at, end, Script::Chinese, Some(value))
    })
}

/// `一半`, and `半` alone, which is half of the unit after it.
fn half(chars: &[char], at: usize) -> Option<Number> {
    let (end, value, unit) = match (chars[at], chars.get(at + 1)) {
        ('一', Some('半')) => (at + 2, Decimal::from(50), Some("%")),
        ('半', _) => (at + 1, Decimal::new(5, 1), None),
        _ => return None,
    };
    Some(Number {
        unit,
        ..Number::plain(at, end, Script::Chinese, Some(value))
    })
}

/// `百分之八点一`, `千分之五`.
fn hundredths(chars: &[char], at: usize) -> Option<Number> {
    let unit = match chars[at] {
        '百' => "%",
        '千' => "‰",
        _ => return None,
    };
    if chars.get(at + 1) != Some(&'分') || chars.get(at + 2) != Some(&'之') {
        return None;
    }
    let inner = match chars.get(at + 3)? {
        c if c.is_ascii_digit() => arabic(chars, at + 3)?,
        _ => chinese(chars, at + 3)?,
    };
    Some(Number {
        start: at,
        unit: Some(unit),
        script: Script::Chinese,
        ..inner
    })
}

/// `三分之二` as a percentage of two decimals.
fn fraction(chars: &[char], at: usize, whole: Decimal, end: usize) -> Option<Number> {
    if chars.get(end) != Some(&'分') || chars.get(end + 1) != Some(&'之') || whole.is_zero() {
        return None;
    }
    let part = match chars.get(end + 2)? {
        c if c.is_ascii_digit() => arabic(chars, end + 2)?,
        _ => plain(chars, end + 2)?,
    };
    let value = percentage(part.value?, whole)?;
    Some(Number {
        unit: Some("%"),
        over: part.over,
        resolution: Decimal::new(1, 2),
        ..Number::plain(at, part.end, Script::Chinese, Some(value))
    })
}

/// A part of a whole as a percentage of two decimals.
fn percentage(part: Decimal, whole: Decimal) -> Option<Decimal> {
    let hundredfold = part.checked_mul(Decimal::ONE_HUNDRED)?;
    Some(hundredfold.checked_div(whole)?.round_dp(2).normalize())
}

/// `1/4` as a percentage: one small whole number over a larger one.
fn slashed(chars: &[char], at: usize, part: Decimal, end: usize) -> Option<Number> {
    if chars.get(end) != Some(&'/') || (at > 0 && chars[at - 1] == '/') {
        return None;
    }
    let (whole, stop, decimals) = arabic_plain(chars, end + 1)?;
    if decimals > 0
        || part.is_zero()
        || part >= whole
        || whole > Decimal::TEN
        || matches!(chars.get(stop), Some('/' | '年' | '月'))
    {
        return None;
    }
    let value = percentage(part, whole)?;
    Some(Number {
        unit: Some("%"),
        resolution: Decimal::new(1, 2),
        ..Number::plain(at, stop, Script::Arabic, Some(value))
    })
}

/// Whether 成 before `at` can be a tenth (九成以上), not the first half of a word (三成立).
fn closes_tenths(chars: &[char], at: usize) -> bool {
    const WORDS: &str = "立员果效本功长为就熟分交品人年都绩套片型因语形活败名器色材像家";
    chars.get(at).is_none_or(|&c| !WORDS.contains(c))
}

/// A Chinese number with what may follow it: a fraction, tenths.
fn chinese(chars: &[char], at: usize) -> Option<Number> {
    let mut number = plain(chars, at)?;
    let Some(value) = number.value else {
        return Some(number);
    };
    if let Some(fraction) = fraction(chars, at, value, number.end) {
        return Some(fraction);
    }
    if number.script == Script::Chinese
        && number.end == at + 1
        && chars.get(number.end) == Some(&'成')
        && digit(chars[at]).is_some_and(|d| d > 0)
        && closes_tenths(chars, number.end + 1)
    {
        number.end += 1;
        number.value = Some(value * Decimal::TEN);
        number.unit = Some("%");
        number.resolution = Decimal::TEN;
    }
    Some(number)
}

/// A Chinese number; one that is too large for a value is vague.
fn plain(chars: &[char], at: usize) -> Option<Number> {
    let is_numeral = |c: &&char| digit(**c).is_some() || scale(**c).is_some();
    let length = chars[at..].iter().take_while(is_numeral).count();
    if length == 0 {
        return None;
    }
    sections(chars, at).or_else(|| Some(Number::plain(at, at + length, Script::Vague, None)))
}

/// A Chinese number: sections of 亿 and 万, a decimal part, 多 or 余 between scales. `None` if there is none, or it is too large.
fn sections(chars: &[char], at: usize) -> Option<Number> {
    let mut end = at;
    while chars.get(end).is_some_and(|&c| digit(c).is_some()) {
        end += 1;
    }
    let followed_by_scale = chars.get(end).is_some_and(|&c| scale(c).is_some());
    if end - at >= 3 || (end - at == 2 && !followed_by_scale && chars.get(end) != Some(&'点')) {
        return Some(digits(chars, at, end));
    }
    let (mut total, mut section, mut current) = (Decimal::ZERO, Decimal::ZERO, None::<Decimal>);
    let (mut i, mut over, mut pair, mut lowest) = (at, false, None, 0);
    while let Some(&c) = chars.get(i) {
        if let Some(d) = digit(c) {
            if current.is_some() && d != 0 && pair.is_some() {
                break;
            }
            if let (Some(first), true) = (current.filter(|c| !c.is_zero()), d > 0) {
                // 三四十: neighbouring digits before a scale.
                if first + Decimal::ONE != Decimal::from(d) {
                    break;
                }
                pair = Some(d);
            } else {
                current = Some(Decimal::from(d));
                lowest = 0;
            }
        } else if let Some(power) = scale(c) {
            // 百万千瓦: the scale of the unit.
            if c == '千' && chars.get(i + 1) == Some(&'瓦') && current.is_none() && i > at {
                break;
            }
            if power >= 4 {
                let sum = section.checked_add(current.unwrap_or(Decimal::ZERO))?;
                let sum = if sum.is_zero() && total.is_zero() {
                    Decimal::ONE
                } else {
                    sum
                };
                // 六万万: ten thousand ten thousands.
                if power == 4 && sum.is_zero() {
                    total = total.checked_mul(pow10(4))?;
                }
                if power == 8 {
                    total = total.checked_add(sum)?.checked_mul(pow10(8))?;
                } else {
                    total = total.checked_add(sum.checked_mul(pow10(4))?)?;
                }
                section = Decimal::ZERO;
                lowest = power;
            } else {
                section = section.checked_add(current.unwrap_or(Decimal::ONE).checked_mul(pow10(power))?)?;
                lowest = power;
            }
            current = None;
        } else if matches!(c, '多' | '余' | '几') && i > at && scale(chars[i - 1]).is_some() && !over {
            // 二十多万, 七千多人; not 十几 at the head of a word such as 百余.
            over = true;
        } else {
            break;
        }
        i += 1;
        if over && chars.get(i).is_none_or(|&c| scale(c).is_none()) {
            break;
        }
    }
    let mut value = total
        .checked_add(section)?
        .checked_add(current.unwrap_or(Decimal::ZERO))?;
    let mut resolution = pow10(lowest);
    if chars.get(i) == Some(&'点') {
        let mut j = i + 1;
        let (mut decimals, mut places) = (Decimal::ZERO, 0_u32);
        while let Some(d) = chars.get(j).and_then(|&c| digit(c)).filter(|_| places < 8) {
            places += 1;
            decimals += Decimal::new(i64::from(d), places);
            j += 1;
        }
        if places > 0 {
            value = value.checked_add(decimals)?;
            resolution = Decimal::new(1, places);
            i = j;
            // 一点五亿
            while let Some(power) = chars.get(i).and_then(|&c| scale(c)).filter(|&p| p >= 4) {
                value = value.checked_mul(pow10(power))?.normalize();
                resolution = resolution.checked_mul(pow10(power))?.normalize();
                i += 1;
            }
        }
    }
    let max = match pair {
        Some(_) => Some(value.checked_add(pow10(lowest))?),
        None => None,
    };
    Some(Number {
        start: at,
        end: i,
        script: Script::Chinese,
        value: Some(value),
        unit: None,
        over,
        max,
        resolution,
    })
}

/// `一九七八`: digits one by one. A pair such as `两三` or `七八` is a range of neighbours.
fn digits(chars: &[char], at: usize, end: usize) -> Number {
    let read: Vec<u32> = chars[at..end].iter().filter_map(|&c| digit(c)).collect();
    let mut number = Number::plain(at, end, Script::ChineseDigits, None);
    if let [a, b] = read[..]
        && a > 0
        && b == a + 1
    {
        number.script = Script::Chinese;
        number.value = Some(Decimal::from(a));
        number.max = Some(Decimal::from(b));
    } else if read.len() > 9 {
        number.script = Script::Vague;
    } else {
        number.value = Some(Decimal::from(
            read.iter().fold(0_i64, |sum, &d| sum * 10 + i64::from(d)),
        ));
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values() {
        for (text, value, unit) in [
            ("8.37", "8.37", None),
            ("1,234.5", "1234.5", None),
            ("三亿零五百三十万", "305300000", None),
            ("三亿零四百七十五万", "304750000", None),
            ("百分之八点一", "8.1", Some("%")),
            ("百分之五十五点三", "55.3", Some("%")),
            ("一千四百六十二万", "14620000", None),
            ("二十多万", "200000", None),
            ("十亿", "1000000000", None),
            ("1万6千", "16000", None),
            ("千亿", "100000000000", None),
            ("百亿", "10000000000", None),
            ("十四万六千", "146000", None),
            ("二千五百六十亿", "256000000000", None),
            ("十亿七千万", "1070000000", None),
            ("三分之二", "66.67", Some("%")),
            ("四分之一", "25", Some("%")),
            ("九成", "90", Some("%")),
            ("9成", "90", Some("%")),
            ("一半", "50", Some("%")),
            ("两", "2", None),
            ("一九七八", "1978", None),
            ("五百多万", "5000000", None),
            ("七千多", "7000", None),
            ("一点五亿", "150000000", None),
            ("万亿", "1000000000000", None),
            ("二百万", "2000000", None),
            ("一百零五", "105", None),
        ] {
            let number = parse(text).unwrap_or_else(|| panic!("{text} is a numeral"));
            assert_eq!(number.value, Some(value.parse().unwrap()), "{text}");
            assert_eq!(number.unit, unit, "{text}");
        }
        assert_eq!(parse("三四十").unwrap().max, Some(Decimal::from(40)));
        assert_eq!(parse("两三").unwrap().max, Some(Decimal::from(3)));
        assert!(parse("几千").unwrap().value.is_none());
        assert!(parse("数据").is_none());
        assert!(parse("六千余").unwrap().over);
    }

    #[test]
    fn too_large_for_a_value() {
        let long = "七万九千二百二十八亿".repeat(20);
        for text in [
            "3分之79228162514264337593543950335",
            "792281625142643375935亿9999999999999万",
            "79228162514264337593543950335个半",
            "79228162514264337593543950336",
            &long,
            "九千九百九十九万亿亿亿亿",
        ] {
            let chars: Vec<char> = text.chars().collect();
            let number = scan(&chars, 0).unwrap_or_else(|| panic!("{text} begins with a numeral"));
            assert!(number.end > 0, "{text}");
        }
        assert!(parse(&long).unwrap().value.is_none());
    }
}
