//! Intervals of decimals: what a printed number may stand for.

use rust_decimal::Decimal;

/// A closed interval; an end that is `None` has no bound.
///
/// Arithmetic gives `None` where a bound would leave the range of [`Decimal`] or a divisor may be zero, so that a check
/// on absurd numbers does not apply instead of failing.
///
/// ```
/// use gongkai::audit::Interval;
/// use rust_decimal::Decimal;
///
/// let printed = Interval::around(Decimal::new(837, 2), Decimal::new(5, 3)); // 8.37 stands for 8.365 to 8.375
/// let grown = printed.times(Interval::point(Decimal::new(106, 2))).unwrap();
/// assert_eq!(grown.to_string(), "8.8669–8.8775");
/// assert!(!grown.meets(Interval::around(Decimal::new(883, 2), Decimal::new(5, 3))));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    pub low: Option<Decimal>,
    pub high: Option<Decimal>,
}

impl Interval {
    /// The one value `value`.
    #[must_use]
    pub const fn point(value: Decimal) -> Self {
        Self {
            low: Some(value),
            high: Some(value),
        }
    }

    /// From `value - half` to `value + half`.
    #[must_use]
    pub fn around(value: Decimal, half: Decimal) -> Self {
        Self {
            low: value.checked_sub(half),
            high: value.checked_add(half),
        }
    }

    /// From the smaller to the larger of two values.
    #[must_use]
    pub fn between(a: Decimal, b: Decimal) -> Self {
        Self {
            low: Some(a.min(b)),
            high: Some(a.max(b)),
        }
    }

    /// `value` and all above it.
    #[must_use]
    pub const fn from(value: Decimal) -> Self {
        Self {
            low: Some(value),
            high: None,
        }
    }

    /// `value` and all below it.
    #[must_use]
    pub const fn up_to(value: Decimal) -> Self {
        Self {
            low: None,
            high: Some(value),
        }
    }

    /// Whether the two have a value in common.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        let reaches = |low: Option<Decimal>, high: Option<Decimal>| match (low, high) {
            (Some(low), Some(high)) => low <= high,
            _ => true,
        };
        reaches(self.low, other.high) && reaches(other.low, self.high)
    }

    /// Whether every value of `self` lies below every value of `other`.
    #[must_use]
    pub fn below(self, other: Self) -> bool {
        matches!((self.high, other.low), (Some(high), Some(low)) if high < low)
    }

    /// Sums of a value of each.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        Some(Self {
            low: combine(self.low, other.low, Decimal::checked_add).ok()?,
            high: combine(self.high, other.high, Decimal::checked_add).ok()?,
        })
    }

    /// The values with their signs turned.
    #[must_use]
    pub fn negated(self) -> Self {
        Self {
            low: self.high.map(|value| -value),
            high: self.low.map(|value| -value),
        }
    }

    /// Differences of a value of each.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(other.negated())
    }

    /// Products with a factor that is not negative.
    #[must_use]
    pub fn scaled(self, factor: Decimal) -> Option<Self> {
        let scale = |end| combine(end, Some(factor), Decimal::checked_mul).ok();
        Some(Self {
            low: scale(self.low)?,
            high: scale(self.high)?,
        })
    }

    /// Products of a value of each, where neither can be negative.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        let (a, b) = (self.not_negative()?, other.not_negative()?);
        Some(Self {
            low: combine(a.low, b.low, Decimal::checked_mul).ok()?,
            high: combine(a.high, b.high, Decimal::checked_mul).ok()?,
        })
    }

    /// Quotients of a value of each, where neither can be negative and the divisor can't be zero.
    #[must_use]
    pub fn over(self, other: Self) -> Option<Self> {
        let (a, b) = (self.not_negative()?, other.not_negative()?);
        let least = b.low.filter(|low| *low > Decimal::ZERO)?;
        // Divided by what has no upper bound, the quotient comes as near to zero as one likes.
        let low = if b.high.is_none() {
            Some(Decimal::ZERO)
        } else {
            combine(a.low, b.high, Decimal::checked_div).ok()?
        };
        Some(Self {
            low,
            high: combine(a.high, Some(least), Decimal::checked_div).ok()?,
        })
    }

    /// Growth from a value of `earlier` to one of `self`, in per cent.
    #[must_use]
    pub fn growth_from(self, earlier: Self) -> Option<Self> {
        self.over(earlier)?
            .minus(Self::point(Decimal::ONE))?
            .scaled(Decimal::ONE_HUNDRED)
    }

    /// The interval with a missing lower end put at zero; `None` if it reaches below zero.
    fn not_negative(self) -> Option<Self> {
        match self.low {
            None => Some(Self {
                low: Some(Decimal::ZERO),
                ..self
            })
            .filter(|it| it.high.is_none_or(|high| high >= Decimal::ZERO)),
            Some(low) if low >= Decimal::ZERO => Some(self),
            Some(_) => None,
        }
    }
}

impl std::fmt::Display for Interval {
    /// `8.365–8.375`, `≥ 5`, `≤ 200`, or `6` for a single value; four decimals at most.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.low, self.high) {
            (Some(low), Some(high)) if low == high => f.write_str(&plain(low)),
            (Some(low), Some(high)) => write!(f, "{}–{}", plain(low), plain(high)),
            (Some(low), None) => write!(f, "≥ {}", plain(low)),
            (None, Some(high)) => write!(f, "≤ {}", plain(high)),
            (None, None) => f.write_str("?"),
        }
    }
}

/// Growth from `earlier` to `now`, in per cent.
#[must_use]
pub fn growth(now: Decimal, earlier: Decimal) -> Option<Decimal> {
    now.checked_div(earlier)?
        .checked_sub(Decimal::ONE)?
        .checked_mul(Decimal::ONE_HUNDRED)
}

/// A decimal for people: no trailing zeros, at most four decimals unless the number is small, and large round numbers in 万 and 亿 as a
/// report would print them.
#[must_use]
pub fn plain(value: Decimal) -> String {
    const DECIMALS: u32 = 4;
    let rounded = |value: Decimal, decimals| {
        value
            .round_dp_with_strategy(decimals, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
            .normalize()
    };
    for (scale, name, least) in [(100_000_000_i64, "亿", 100_000_000_i64), (10_000, "万", 100_000)] {
        let scaled = value
            .checked_div(Decimal::from(scale))
            .filter(|_| value.abs() >= Decimal::from(least));
        if let Some(scaled) = scaled.filter(|scaled| rounded(*scaled, DECIMALS) == *scaled) {
            return format!("{}{name}", scaled.normalize());
        }
    }
    let decimals = if value.abs() < Decimal::new(1, 2) {
        2 * DECIMALS
    } else {
        DECIMALS
    };
    rounded(value, decimals).to_string()
}

/// A result that [`Decimal`] can't hold.
struct OutOfRange;

/// Applies an operation to two ends; the result has no bound if one of them has none.
fn combine(
    a: Option<Decimal>,
    b: Option<Decimal>,
    operation: impl Fn(Decimal, Decimal) -> Option<Decimal>,
) -> Result<Option<Decimal>, OutOfRange> {
    match (a, b) {
        (Some(a), Some(b)) => operation(a, b).map(Some).ok_or(OutOfRange),
        _ => Ok(None),
    }
}
