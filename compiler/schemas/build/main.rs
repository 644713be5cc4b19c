//! Makes the tables of the Kubernetes API: reads the source text of the crate `k8s-openapi`, where every version of the
//! API stands written out, joins the versions, adds the facts of `facts/`, and writes two files for the library.
//!
//! ```text
//! source of k8s-openapi -> definitions of one version -> union of all versions -> facts -> shapes.bin, prose.bin
//!       source                     extract                     union              facts       encode
//! ```
//!
//! What is wrong in a file of facts stops the build, with its line.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "no part of the compiler: it runs before that")]
#![allow(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]

mod encode;
mod extract;
mod facts;
#[path = "../src/format.rs"]
mod format;
mod json;
mod model;
mod source;
mod tables;
#[path = "../src/tags.rs"]
mod tags;
mod union;
mod words;

use std::{env, error::Error, fs, path::PathBuf};

/// The versions of Kubernetes that are read, as their minor numbers.
const MINORS: std::ops::RangeInclusive<u8> = tags::FIRST_MINOR..=tags::LAST_MINOR;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=facts");
    println!("cargo::rerun-if-changed=src/tags.rs");
    println!("cargo::rerun-if-changed=Cargo.toml");

    let source = source::locate("k8s-openapi")?;
    println!("cargo::rerun-if-changed={}", source.join("Cargo.toml").display());

    let versions = extract::versions(&source.join("src"), MINORS)?;
    let mut api = union::join(versions);
    facts::add(&mut api, &PathBuf::from("facts"))?;
    let encoded = encode::encode(&api);

    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
    fs::write(out.join("shapes.bin"), encoded.shapes)?;
    fs::write(out.join("prose.bin"), encoded.prose)?;
    Ok(())
}
