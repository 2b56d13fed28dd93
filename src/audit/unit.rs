//! Units as far as comparing two numbers needs them.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::normalise::unit::resolve;

/// What a number counts or measures, and in what multiple.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// How many base units one of it is.
    factor: Decimal,
    /// Entry of the code list `units`; the unit's own text if the list has none.
    code: Cow<'static, str>,
    base: Base,
    counts_things: bool,
}

/// What two units must share for their numbers to be comparable.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Base {
    /// The base unit of what they measure.
    Unit {
        dimension: &'static str,
        unit: &'static str,
    },
    /// For classifiers and rates the entry itself: a 家 is no 户, a percentage point no per cent.
    Alone(Cow<'static, str>),
}

impl Unit {
    /// Resolves a unit as a text writes it, of something called `indicator`.
    ///
    /// ```
    /// use gongkai::audit::Unit;
    /// use rust_decimal::Decimal;
    ///
    /// let (large, small) = (Unit::parse("万亿元", "生产总值"), Unit::parse("亿元", "生产总值"));
    /// assert_eq!(large.factor_to(&small), Some(Decimal::from(10_000)));
    /// assert_eq!(large.factor_to(&Unit::parse("%", "")), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str, indicator: &str) -> Self {
        match resolve(text, indicator) {
            Some(resolved) => {
                let unit = resolved.unit;
                let counts = unit.dimension == "count";
                let alone = counts || unit.dimension == "ratio" || resolved.factor.is_none();
                let factor = resolved.factor.unwrap_or(Decimal::ONE);
                let code = Cow::Borrowed(unit.code.as_str());
                Self {
                    factor,
                    base: if alone {
                        Base::Alone(code.clone())
                    } else {
                        Base::Unit {
                            dimension: &unit.dimension,
                            unit: &unit.base_unit,
                        }
                    },
                    code,
                    counts_things: counts && factor == Decimal::ONE,
                }
            }
            None => Self {
                factor: Decimal::ONE,
                code: Cow::Owned(text.to_owned()),
                base: Base::Alone(Cow::Owned(text.to_owned())),
                counts_things: false,
            },
        }
    }

    /// What to multiply by to get from this unit to another; `None` if they measure different things.
    #[must_use]
    pub fn factor_to(&self, other: &Self) -> Option<Decimal> {
        if self.base == other.base {
            self.factor.checked_div(other.factor)
        } else {
            None
        }
    }

    /// Whether the unit is a per cent sign.
    #[must_use]
    pub fn is_percent(&self) -> bool {
        self.code == "%"
    }

    /// Whether the unit is a percentage point.
    #[must_use]
    pub fn is_point(&self) -> bool {
        self.code == "%{point}"
    }

    /// Whether the unit says multiples (增长1.2倍) or doublings (翻两番).
    #[must_use]
    pub fn is_multiple(&self) -> bool {
        self.is_doubling() || self.code == "{times}"
    }

    /// Whether the unit says doublings (翻两番).
    #[must_use]
    pub fn is_doubling(&self) -> bool {
        self.code == "{doubling}"
    }

    /// Whether the unit is a classifier of things that are counted one by one, with no scale in front.
    #[must_use]
    pub fn counts_things(&self) -> bool {
        self.counts_things
    }
}
