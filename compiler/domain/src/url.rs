//! The address of something on a network by scheme, host and path. Knows the generic rules; fetches nothing.

use std::fmt;

use crate::{Hostname, Ip, Port, Problem};

/// A url `scheme://user@host:port/path?query#fragment`, of which scheme and host must be written.
///
/// The scheme is a letter and then letters, digits, `+`, `-` or `.`; it and the host are printed in lower case. The host is a
/// host name, an IPv4 address or an IPv6 address in brackets, and may be left out in a `file` url only. The other parts are
/// printed as written: printable ASCII without spaces, quotes, backslashes, backticks and angle or curly brackets, with
/// every `%` followed by two hexadecimal digits. Urls order by scheme, then host, then the rest.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Url {
    scheme: String,
    host: Option<Host>,
    port: Option<Port>,
    user_info: Option<String>,
    path: String,
    query: Option<String>,
    fragment: Option<String>,
}

#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
enum Host {
    Name(Hostname),
    Address(Ip),
}

impl Url {
    /// Reads a url.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let (scheme, rest) = split_scheme(text)?;
        check_characters(text, rest)?;
        let (rest, fragment) = split_off(rest, '#');
        let (rest, query) = split_off(rest, '?');
        let (authority, path) = split_before(rest, '/');
        let (user_info, authority) = split_user(text, authority)?;
        let (host, port) = parse_authority(text, authority)?;
        if host.is_none() && (scheme != "file" || user_info.is_some()) {
            return Err(Problem::new(format!("`{text}` has no host")));
        }
        let owned = |part: Option<&str>| part.map(str::to_owned);
        Ok(Self {
            scheme,
            host,
            port,
            user_info: owned(user_info),
            path: path.to_owned(),
            query: owned(query),
            fragment: owned(fragment),
        })
    }

    /// What stands before `://`, in lower case.
    pub fn scheme(&self) -> &str {
        &self.scheme
    }

    /// The host: a host name or an address, an IPv6 one without its brackets. None in a `file` url without one.
    pub fn host(&self) -> Option<String> {
        self.host.as_ref().map(|host| match host {
            Host::Name(name) => name.to_string(),
            Host::Address(ip) => ip.to_string(),
        })
    }

    /// The host, where it is a name.
    pub fn hostname(&self) -> Option<&Hostname> {
        match &self.host {
            Some(Host::Name(name)) => Some(name),
            _ => None,
        }
    }

    /// The host, where it is an address.
    pub fn address(&self) -> Option<Ip> {
        match &self.host {
            Some(Host::Address(ip)) => Some(*ip),
            _ => None,
        }
    }

    /// The port, if one is written.
    pub fn port(&self) -> Option<Port> {
        self.port
    }

    /// The port that is written, or else the usual one of `http`, `https`, `ws`, `wss`, `ssh`, `git` and `oci`.
    pub fn port_or_default(&self) -> Option<Port> {
        let usual = match self.scheme.as_str() {
            "http" | "ws" => 80,
            "https" | "wss" | "oci" => 443,
            "ssh" => 22,
            "git" => 9418,
            _ => return self.port,
        };
        self.port.or_else(|| Port::new(usual).ok())
    }

    /// The user before `@`, if one is written.
    pub fn user(&self) -> Option<&str> {
        self.user_info.as_deref().map(|info| info.split_once(':').map_or(info, |(user, _)| user))
    }

    /// The password after the user, if one is written. Whoever finds one should say that it stands there in plain text.
    pub fn password(&self) -> Option<&str> {
        self.user_info.as_deref().and_then(|info| info.split_once(':')).map(|(_, password)| password)
    }

    /// The path from its first slash; empty where there is none.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What stands after `?`, if that is written.
    pub fn query(&self) -> Option<&str> {
        self.query.as_deref()
    }

    /// What stands after `#`, if that is written.
    pub fn fragment(&self) -> Option<&str> {
        self.fragment.as_deref()
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://", self.scheme)?;
        self.user_info.as_ref().map_or(Ok(()), |user_info| write!(f, "{user_info}@"))?;
        match &self.host {
            Some(Host::Address(ip @ Ip::V6(_))) => write!(f, "[{ip}]")?,
            Some(Host::Address(ip)) => write!(f, "{ip}")?,
            Some(Host::Name(name)) => write!(f, "{name}")?,
            None => {}
        }
        self.port.map_or(Ok(()), |port| write!(f, ":{port}"))?;
        f.write_str(&self.path)?;
        self.query.as_ref().map_or(Ok(()), |query| write!(f, "?{query}"))?;
        self.fragment.as_ref().map_or(Ok(()), |fragment| write!(f, "#{fragment}"))
    }
}

/// The scheme in lower case, and what stands after `://`.
fn split_scheme(text: &str) -> Result<(String, &str), Problem> {
    let split = text.split_once("://").filter(|(scheme, _)| !scheme.contains(['/', '?', '#']));
    let (scheme, rest) = split.ok_or_else(|| no_scheme(text))?;
    if is_scheme(scheme) {
        return Ok((scheme.to_lowercase(), rest));
    }
    Err(Problem::new(format!("`{scheme}` in `{text}` is no scheme"))
        .with_help("a scheme is a word such as `https`, `oci` or `ssh`"))
}

/// The text before the separator, and the text from it on.
fn split_before(text: &str, separator: char) -> (&str, &str) {
    text.find(separator).and_then(|place| text.split_at_checked(place)).unwrap_or((text, ""))
}

/// The text before the separator, and the text after it where there is one.
fn split_off(text: &str, separator: char) -> (&str, Option<&str>) {
    text.split_once(separator).map_or((text, None), |(before, after)| (before, Some(after)))
}

fn is_scheme(scheme: &str) -> bool {
    let is_inner = scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    is_inner && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
}

fn check_characters(text: &str, rest: &str) -> Result<(), Problem> {
    let is_allowed = |character: char| {
        character.is_ascii_graphic()
            && !matches!(character, '"' | '\'' | '\\' | '`' | '<' | '>' | '{' | '}' | '|' | '^')
    };
    if let Some(strange) = rest.chars().find(|character| !is_allowed(*character)) {
        let mut buffer = [0; 4];
        let encoded: String = strange.encode_utf8(&mut buffer).bytes().map(|byte| format!("%{byte:02X}")).collect();
        return Err(Problem::new(format!(
            "`{}` can not stand in a url: `{}`",
            strange.escape_debug(),
            text.escape_debug()
        ))
        .with_help(format!("in a path or query it is written `{encoded}`")));
    }
    let is_escape = |after: &str| after.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2;
    if rest.split('%').skip(1).all(is_escape) {
        return Ok(());
    }
    Err(Problem::new(format!("a `%` in `{text}` has no two hexadecimal digits after it"))
        .with_help("a percent sign itself is written `%25`"))
}

/// The user with the password, and the rest of what stands before the path.
fn split_user<'a>(text: &str, authority: &'a str) -> Result<(Option<&'a str>, &'a str), Problem> {
    match authority.split_once('@') {
        Some((_, host)) if host.contains('@') => {
            Err(Problem::new(format!("`{text}` has more than one `@` before its path"))
                .with_help("in a user or password it is written `%40`"))
        }
        Some((user_info, host)) => Ok((Some(user_info), host)),
        None => Ok((None, authority)),
    }
}

/// The host and port; neither where nothing stands there.
fn parse_authority(text: &str, authority: &str) -> Result<(Option<Host>, Option<Port>), Problem> {
    if authority.is_empty() {
        return Ok((None, None));
    }
    let (host, port) = match authority.strip_prefix('[') {
        Some(inner) => {
            let unclosed = || Problem::new(format!("`{text}` has a `[` without a `]`"));
            let (address, port) = inner.split_once(']').ok_or_else(unclosed)?;
            (Host::Address(parse_v6(text, address)?), port)
        }
        None => {
            let (host, port) = split_before(authority, ':');
            (parse_name(text, host, authority)?, port)
        }
    };
    if port.is_empty() {
        return Ok((Some(host), None));
    }
    let port = port.strip_prefix(':').and_then(|port| Port::parse(port).ok());
    let no_port = || {
        Problem::new(format!("`{authority}` in `{text}` has no valid port"))
            .with_help("a port is a number from 1 to 65535")
    };
    Ok((Some(host), Some(port.ok_or_else(no_port)?)))
}

fn parse_v6(text: &str, address: &str) -> Result<Ip, Problem> {
    let is_v6 = |ip: &Ip| matches!(ip, Ip::V6(_));
    let ip = Ip::parse(address).ok().filter(is_v6);
    ip.ok_or_else(|| Problem::new(format!("`{address}` in `{text}` is no IPv6 address")))
}

fn parse_name(text: &str, host: &str, authority: &str) -> Result<Host, Problem> {
    if let Ok(Ip::V6(ip)) = Ip::parse(authority) {
        let meant = text.replacen(authority, &format!("[{ip}]"), 1);
        return Err(Problem::new(format!("the IPv6 address in `{text}` needs brackets")).with_fix(meant));
    }
    if let Ok(ip) = Ip::parse(host) {
        return Ok(Host::Address(ip));
    }
    let name = Hostname::parse(&host.to_ascii_lowercase()).ok().filter(|name| !name.is_wildcard());
    name.map(Host::Name).ok_or_else(|| Problem::new(format!("`{host}` in `{text}` is no host name")))
}

fn no_scheme(text: &str) -> Problem {
    let problem =
        Problem::new(format!("`{text}` is no url")).with_help("a url is written like `https://example.net/path`");
    let git = text
        .split_once(':')
        .filter(|(host, path)| host.contains('@') && !host.contains('/') && !path.starts_with("//"));
    let meant = match git {
        Some((host, path)) => format!("ssh://{host}/{}", path.trim_start_matches('/')),
        None => format!("https://{text}"),
    };
    let is_plausible = git.is_some() || (text.contains('.') && !text.contains(['@', ' ']));
    problem.with_fix_if(Some(meant).filter(|meant| is_plausible && Url::parse(meant).is_ok()))
}

#[cfg(test)]
mod tests;
