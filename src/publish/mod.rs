//! A release onto a portal: plan, then apply.
