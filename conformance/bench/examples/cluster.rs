//! Prints a cluster of so many hosts and services: `cargo run -p platc-bench --example cluster -- 100 1000 > cluster.pl`

#![allow(clippy::print_stdout, reason = "it is what it is for")]

fn main() {
    let mut counts = std::env::args().skip(1).filter_map(|count| count.parse().ok());
    let (hosts, services) = (counts.next().unwrap_or(10), counts.next().unwrap_or(100));
    print!("{}", workload::cluster(hosts, services));
}
