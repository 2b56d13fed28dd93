//! Units to base units, periods to dates, names to codes.

pub mod period;
pub mod place;
pub mod unit;
