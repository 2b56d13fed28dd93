//! The audit, through its public interface.

mod checks;
mod fixture;
mod interval;
mod names;
mod properties;
mod rendering;
