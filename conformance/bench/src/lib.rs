//! Platforms of any size, as text: what the benchmarks compile.
//!
//! Every instance has twenty fields of interpolation and arithmetic that read each other, and a rule. This knows the
//! language and nothing of the compiler.

mod cluster;
mod fleet;

use std::fmt::Write;

pub use cluster::cluster;
pub use fleet::fleet;

/// How the instances of a platform are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// Blocks in one file, as entries of one collection.
    Blocks,
    /// Blocks in files of a hundred, each block an output of its own.
    Files,
    /// One block in one `for`.
    Loop,
}

/// A file: its path and its text.
pub type File = (String, String);

/// The path of the file that a platform begins with.
pub const MAIN: &str = "main.pl";

/// How many blocks a file has where there are several.
const PER_FILE: usize = 100;

/// The schema of all instances.
const SCHEMA: &str = r#"let domain = "example.net"

schema Service {
  team: String
  image: String = "registry.\(domain)/\(team)/\(name)"
  tag: String = "v\(replicas).\(port % 10)"
  full: String = "\(image):\(tag)"
  port: Int = 8000
  metrics: Int = port + 1000
  health: String = "http://\(name):\(port)/health"
  replicas: Int = 2
  surge: Int = replicas * 2 - 1
  cpu: Int = 100 * replicas
  limit: Int = cpu * 4 + 50
  memory: Int = 256 * replicas + 64
  host: String = "\(name).\(team).\(domain)"
  url: String = "https://\(host):\(port)"
  account: String = "\(team)-\(name)"
  secret: String = "\(account)-secret"
  volume: String = "/var/lib/\(team)/\(name)"
  size: Int = (memory + limit) * 2
  label: String = "\(team).\(name).\(replicas)"
  note: String = "\(label) on \(host) with \(size)"
  check replicas > 0 else "\(name) runs nowhere"
}

schema Fleet {
  each service: Service
}
"#;

/// A platform of so many instances; the main file comes first.
pub fn platform(shape: Shape, instances: usize) -> Vec<File> {
    match shape {
        Shape::Blocks => vec![(MAIN.to_string(), blocks(instances))],
        Shape::Files => files(instances),
        Shape::Loop => vec![(MAIN.to_string(), one_loop(instances))],
    }
}

fn blocks(instances: usize) -> String {
    let mut text = format!("{SCHEMA}\noutput fleet: Fleet {{\n");
    for number in 1..=instances {
        block(&mut text, "service", "", number);
    }
    text.push_str("}\n");
    text
}

fn one_loop(instances: usize) -> String {
    format!(
        "{SCHEMA}\noutput fleet: Fleet {{\n  for n in 1..{instances} {{\n    service \"web-\\(n)\" {{ team: \
         \"team-\\(n % 50)\", port: 8000 + n % 1000 }}\n  }}\n}}\n"
    )
}

fn files(instances: usize) -> Vec<File> {
    let main = "import \"./blocks/*.pl\"\n".to_string();
    let mut files = vec![(MAIN.to_string(), main), ("service.pl".to_string(), SCHEMA.to_string())];
    let mut number = 1;
    while number <= instances {
        let mut text = "import \"../service.pl\" as service\n".to_string();
        let path = format!("blocks/part-{number:06}.pl");
        for number in number..(number + PER_FILE).min(instances + 1) {
            block(&mut text, "output", ": service.Service", number);
        }
        files.push((path, text));
        number += PER_FILE;
    }
    files
}

fn block(text: &mut String, word: &str, schema: &str, number: usize) {
    let (team, port) = (number % 50, 8000 + number % 1000);
    // Writing to a string can not fail.
    _ = write!(text, "  {word} web-{number}{schema} {{\n    team: \"team-{team}\"\n    port: {port}\n  }}\n");
}

/// What a person does to one block of a platform.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Edit {
    /// Another value in a field.
    Field,
    /// A comment in a block.
    Comment,
    /// Another name of a block.
    Rename,
}

/// The number and the new text of the file of a platform in which a block in the middle was edited.
pub fn edited(files: &[File], instances: usize, edit: Edit) -> Option<(usize, String)> {
    let number = instances / 2 + 1;
    let head = format!(" web-{number}");
    let (at, text) = files.iter().enumerate().find_map(|(at, file)| Some((at, file.1.split_once(&head)?)))?;
    let (before, after) = text;
    let text = match edit {
        Edit::Field => format!("{before}{head}{}", after.replacen("port: ", "port: 1", 1)),
        Edit::Comment => format!("{before}{head}{}", after.replacen("\n", " // here\n", 1)),
        Edit::Rename => format!("{before}{head}-new{after}"),
    };
    Some((at, text))
}

/// A small platform of one file, as a person begins with.
pub fn small() -> String {
    let mut text = format!("{SCHEMA}\noutput fleet: Fleet {{\n");
    for number in 1..=5 {
        block(&mut text, "service", "", number);
    }
    text.push_str("}\n");
    text
}
