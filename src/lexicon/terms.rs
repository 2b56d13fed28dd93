//! The closed lists of the contract as enums: levels, parts, kinds, measures, modifiers, statuses.

use serde::{Deserialize, Serialize};

/// Declares a closed list of codes: an enum whose text form is the code used in the tables.
macro_rules! codes {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $code)] $variant),+ }

        impl $name {
            /// Every code, in the order of the code list.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code as the tables write it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

codes! {
    /// Level of government that a report belongs to.
    Level { State = "state", Province = "province", Prefecture = "prefecture", County = "county", Town = "town" }
}
codes! {
    /// Part of a report, which decides whether it speaks of the past or of what is to come.
    Part {
        Opening = "opening", Review = "review", Problems = "problems", Plan = "plan", Closing = "closing",
    }
}
codes! {
    /// What a numeral is.
    NumeralKind {
        Quantity = "quantity",
        /// The second number of a range whose first number carries the observation.
        RangeEnd = "range_end",
        Date = "date", Ordinal = "ordinal",
        /// Part of a proper name or of a slogan.
        Name = "name",
        /// Heading number, list number or footnote mark.
        Marker = "marker",
        Other = "other",
    }
}
codes! {
    /// What kind of thing an observation's value is.
    Measure {
        Level = "level", GrowthRate = "growth_rate", Change = "change", Ratio = "ratio", Rank = "rank",
        Multiple = "multiple",
    }
}
codes! {
    /// What a growth rate or a change is compared with.
    Comparison {
        YearOnYear = "year_on_year", AnnualAverage = "annual_average", Since = "since", Unspecified = "unspecified",
    }
}
codes! {
    /// How the text hedges a value.
    Modifier {
        Exact = "exact", Approx = "approx", Over = "over", AtLeast = "at_least", Under = "under", AtMost = "at_most",
    }
}
codes! {
    /// Whether a value is said of what happened, expected of the year under review, or set for what is to come.
    Status { Actual = "actual", Estimate = "estimate", Target = "target" }
}
codes! {
    /// How grave a finding of the audit is.
    Severity { Error = "error", Warning = "warning", Info = "info" }
}
