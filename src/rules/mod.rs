//! The rules: one module a construct.
