//! The formats that can be read, and which file name means which.
//!
//! Knows endings of names; must not touch files.

/// A format that [`read`](crate::read()) understands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// RFC 8259, strictly.
    Json,
    /// YAML 1.2 with the core schema.
    Yaml,
    /// YAML as the tools of Kubernetes read it: `yes` is a truth value there, and `0644` is 420.
    Manifests,
    /// TOML 1.
    Toml,
}

impl Format {
    /// The format that a file's name promises, if it promises one.
    #[must_use]
    pub fn of_path(path: &str) -> Option<Format> {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let (stem, ending) = name.rsplit_once('.')?;
        if stem.is_empty() {
            return None;
        }
        match ending.to_ascii_lowercase().as_str() {
            "json" => Some(Format::Json),
            "yaml" | "yml" => Some(Format::Yaml),
            "toml" => Some(Format::Toml),
            _ => None,
        }
    }

    /// The name of the format, as people write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Format::Json => "JSON",
            Format::Yaml | Format::Manifests => "YAML",
            Format::Toml => "TOML",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn the_ending_decides() {
        let check = |path, format| assert_eq!(Format::of_path(path), format, "{path}");
        check("data/nodes.json", Some(Format::Json));
        check("vendor.d/install.yaml", Some(Format::Yaml));
        check("C:\\data\\a.YML", Some(Format::Yaml));
        check("Cargo.toml", Some(Format::Toml));
        check("data.json/readme", None);
        check(".yaml", None);
        check("platform.pl", None);
    }
}
