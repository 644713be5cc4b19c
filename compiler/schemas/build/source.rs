//! Where cargo keeps the source of a dependency that is not built.

use std::{env, error::Error, path::PathBuf, process::Command};

/// The directory of the package `name`, as `cargo metadata` tells it. Cargo downloads what the lock file pins and is not
/// there yet, so this works on a fresh machine, with vendored sources, and offline once it has been built or fetched.
pub fn locate(name: &str) -> Result<PathBuf, Box<dyn Error>> {
    let cargo = env::var_os("CARGO").ok_or("cargo sets CARGO")?;
    let output = Command::new(cargo).args(["metadata", "--format-version", "1", "--locked"]).output()?;
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(format!("`cargo metadata` does not find the source of `{name}`\n{message}").into());
    }

    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata["packages"].as_array().ok_or("`cargo metadata` names no packages")?;
    let package =
        packages.iter().find(|package| package["name"] == name).ok_or("the package is not in the lock file")?;
    let manifest = package["manifest_path"].as_str().ok_or("a package without a manifest")?;
    let directory = PathBuf::from(manifest);
    Ok(directory.parent().ok_or("a manifest without a directory")?.to_path_buf())
}
