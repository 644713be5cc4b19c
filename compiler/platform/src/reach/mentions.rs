//! Hosts that texts speak of: `http://mlflow.ml.svc:5000`, `postgres.data:5432`, `db-0.db`, `HOST=redis`.

/// A host in a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mention<'t> {
    /// What stands before `=`.
    pub key: Option<&'t str>,
    /// What stands before `://`.
    pub scheme: Option<&'t str>,
    /// The host.
    pub host: &'t str,
    /// The port, written or that of the scheme.
    pub port: Option<u16>,
}

/// The hosts that a text could speak of.
pub fn mentions(text: &str) -> impl Iterator<Item = Mention<'_>> {
    let between =
        |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '"' | '\'' | '(' | ')' | '`' | '<' | '>' | '|');
    text.split(between).filter_map(mention)
}

fn mention(token: &str) -> Option<Mention<'_>> {
    // Most texts speak of nobody, and have no colon.
    let scheme_at = if token.contains(':') { token.find("://") } else { None };
    let (key, rest) = match token.find('=') {
        Some(at) if scheme_at.is_none_or(|scheme| at < scheme) => (token.get(..at), token.get(at + 1..)?),
        _ => (None, token),
    };
    let (scheme, rest) = match scheme_at.and_then(|_| rest.split_once("://")) {
        // Of `jdbc:postgresql`, the last part says what is spoken.
        Some((scheme, rest)) => (Some(scheme.rsplit(':').next().unwrap_or(scheme)), rest),
        None => (None, rest),
    };
    let authority = rest.split(['/', '?', '#', '&']).next()?;
    let authority = authority.rsplit('@').next()?;
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) => (host, Some(port.parse().ok()?)),
        None => (authority, None),
    };
    let host = host.strip_suffix('.').unwrap_or(host);
    let named = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'));
    if host.is_empty() || !named || host.split('.').any(str::is_empty) {
        return None;
    }
    Some(Mention { key, scheme, host, port: port.or_else(|| usual(scheme?)) })
}

/// The port of a scheme, where none is written.
fn usual(scheme: &str) -> Option<u16> {
    Some(match scheme.split('+').next()? {
        "http" | "ws" => 80,
        "https" | "wss" => 443,
        "postgres" | "postgresql" => 5432,
        "mysql" | "mariadb" => 3306,
        "redis" | "rediss" => 6379,
        "mongodb" => 27017,
        "amqp" => 5672,
        "amqps" => 5671,
        "nats" => 4222,
        "ldap" => 389,
        "ldaps" => 636,
        "clickhouse" => 9000,
        _ => return None,
    })
}

/// Whether the name of a variable or an option says that its value is a host.
pub fn is_host_key(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    ["host", "addr", "server", "url", "uri", "endpoint", "broker", "service"].iter().any(|word| key.contains(word))
}

/// Whether the name of a variable says that its value is compared or shown, and is no host that its owner reaches.
pub fn is_only_named(key: &str) -> bool {
    has_word(key, &["cors", "origin", "allowed", "redirect", "callback", "no_proxy", "namespace", "audience", "public"])
}

/// Whether the name of a variable says that its value is where others find its owner on the internet.
pub fn is_own_address(key: &str) -> bool {
    let words = ["base_url", "baseurl", "root", "site", "external", "frontend", "domain", "self", "app_url", "docs"];
    is_only_named(key) || has_word(key, &words)
}

fn has_word(key: &str, words: &[&str]) -> bool {
    let key = key.to_ascii_lowercase().replace('-', "_");
    words.iter().any(|word| key.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, Option<u16>)]) {
        let found: Vec<_> = mentions(text).map(|mention| (mention.host, mention.port)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn hosts_in_texts() {
        check("http://mlflow.ml.svc.cluster.local:5000/api?x=y", &[("mlflow.ml.svc.cluster.local", Some(5000))]);
        check("postgres.data:5432", &[("postgres.data", Some(5432))]);
        check("jdbc:postgresql://postgres.data/shop", &[("postgres.data", Some(5432))]);
        check("postgresql+psycopg2://me:secret@db/shop", &[("db", Some(5432))]);
        check("me:secret@tcp(db.data:3306)/shop", &[("tcp", None), ("db.data", Some(3306))]);
        check("a:9092,b:9092", &[("a", Some(9092)), ("b", Some(9092))]);
        check("--endpoint=http://minio.data:9000", &[("minio.data", Some(9000))]);
        check("host=db port=5432", &[("db", None), ("5432", None)]);
        check("", &[]);
    }
}
