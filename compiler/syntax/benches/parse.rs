//! Throughput of the lexer, the parser and the formatter on a generated platform of about 5 MB.
//!
//! `cargo bench -p platc-syntax` prints bytes per second; the bar for parsing is 80 MB/s on one core.

use std::fmt::Write as _;

use divan::Bencher;
use divan::counter::BytesCount;

fn main() {
    divan::main();
}

/// A platform as people write them, with as many services as it takes.
fn platform(bytes: usize) -> String {
    let mut text = String::from("//! A platform.\nimport std/talos\n\nlet domain = \"example.net\"\n\ncluster big {\n");
    for number in 0.. {
        if text.len() >= bytes {
            break;
        }
        service(&mut text, number);
    }
    text.push_str("}\n");
    text
}

fn service(text: &mut String, number: usize) {
    let written = write!(
        text,
        r#"  namespace team-{number} {{
    /// What team {number} runs.
    service shop-{number} {{
      image: "ghcr.io/example/shop-{number}:1.4.{number}"
      replicas: {replicas}                     // enough for a rollout
      port http: 8080
      resources {{ cpu: 250m, memory: 256MiB }}
      env {{
        DATABASE_HOST: cluster.namespace.data.service.postgres.hostname
        CACHE_URL: "redis://\(cache.hostname):6379/\(number + 1)"
      }}
      uses: [cluster.namespace.data.service.postgres.port.sql, cluster.namespace.data.service.cache.port.http]
      expose web: Ingress {{ host: "shop-{number}.\(domain)", port: service.port.http, class: "internal" }}
      if cluster.production and replicas >= 2 {{
        deployment.spec.template.spec.priorityClassName: "web"
      }}
    }}
    volume data {{ size: 50GiB, mount: "/var/lib/data", allow: 10.{octet}.0.0/16 }}
  }}
"#,
        replicas = number % 5 + 1,
        octet = number % 250,
    );
    debug_assert!(written.is_ok());
}

#[divan::bench]
fn parse(bencher: Bencher) {
    let text = platform(5_000_000);
    assert_eq!(syntax::parse(&text).errors, Vec::new());
    bencher.counter(BytesCount::of_str(&text)).bench(|| syntax::parse(&text));
}

#[divan::bench]
fn parse_small_file(bencher: Bencher) {
    let text = platform(1);
    bencher.counter(BytesCount::of_str(&text)).bench(|| syntax::parse(&text));
}

#[divan::bench]
fn format(bencher: Bencher) {
    let text = platform(5_000_000);
    bencher.counter(BytesCount::of_str(&text)).bench(|| syntax::format(&text));
}
