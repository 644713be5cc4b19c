//! Prints the fleet of so many services: `cargo run -p platc-bench --example fleet -- 1000 > fleet.pl`

#![allow(clippy::print_stdout, reason = "it is what it is for")]

fn main() {
    let services = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(100);
    print!("{}", workload::fleet(services));
}
