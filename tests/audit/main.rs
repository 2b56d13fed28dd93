//! The audit, through its public interface.

mod checks;
mod fixture;
mod gaojing;
mod interval;
mod names;
mod properties;
mod rendering;
