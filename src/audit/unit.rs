//! Units as far as comparing two numbers needs them: a scale and a stem.

use rust_decimal::Decimal;

/// A unit taken apart: 万亿元 is 1e12 of 元.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit<'a> {
    pub factor: Decimal,
    /// What is left without the scale.
    pub stem: &'a str,
}

impl<'a> Unit<'a> {
    /// Takes the scale off the front of a unit. The 千 of 千瓦 and the 百 of 百分点 are not a scale.
    ///
    /// ```
    /// use gongkai::audit::Unit;
    ///
    /// let unit = Unit::parse("万亿元");
    /// assert_eq!((unit.factor.to_string().as_str(), unit.stem), ("1000000000000", "元"));
    /// assert_eq!(Unit::parse("万千瓦").stem, "千瓦");
    /// ```
    #[must_use]
    pub fn parse(unit: &'a str) -> Self {
        let mut factor = Decimal::ONE;
        let mut stem = unit.trim_start();
        while let Some(first) = stem.chars().next() {
            let rest = &stem[first.len_utf8()..];
            let scale = match first {
                '百' if !rest.starts_with("分点") => Decimal::ONE_HUNDRED,
                '千' if !rest.starts_with(['瓦', '米', '克', '卡', '伏', '赫', '焦', '帕']) => Decimal::ONE_THOUSAND,
                '万' => Decimal::from(10_000),
                '亿' => Decimal::from(100_000_000),
                _ => break,
            };
            let Some(product) = factor.checked_mul(scale) else { break };
            (factor, stem) = (product, rest);
        }
        Self { factor, stem: if stem == "％" { "%" } else { stem } }
    }

    /// What to multiply by to get from this unit to another; `None` if they measure different things.
    #[must_use]
    pub fn factor_to(&self, other: &Self) -> Option<Decimal> {
        if self.stem == other.stem { self.factor.checked_div(other.factor) } else { None }
    }

    /// Whether the unit is a per cent sign.
    #[must_use]
    pub fn is_percent(&self) -> bool {
        self.stem == "%"
    }

    /// Whether the unit is a percentage point.
    #[must_use]
    pub fn is_point(&self) -> bool {
        self.stem.ends_with("百分点")
    }

    /// Whether the unit is a classifier of things that are counted one by one, with no scale in front.
    #[must_use]
    pub fn counts_things(&self) -> bool {
        const THINGS: [&str; 34] = [
            "个", "家", "名", "位", "人", "所", "台", "项", "条", "座", "户", "件", "支", "只", "处", "场", "次", "艘", "架",
            "辆", "部", "本", "期", "批", "类", "种", "门", "届", "对", "间", "套", "栋", "强", "份",
        ];
        self.factor == Decimal::ONE && THINGS.contains(&self.stem)
    }
}
