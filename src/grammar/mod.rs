//! The rule engine: tokens to statements. It knows no Chinese.
