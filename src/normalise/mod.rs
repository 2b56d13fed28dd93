//! Units to base units, periods to dates, names to codes.
