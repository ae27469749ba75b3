//! Ratios of times measured in one run, so that a slow machine does not count.

fn main() {}
