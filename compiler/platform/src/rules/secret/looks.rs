//! How secrets look: by the name that they stand under, and by themselves. Says what something is, and never repeats it.

/// What a text is, of which a rule must say something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Looks {
    /// It is secret by what it is: ``a token of GitHub``.
    Known(&'static str),
    /// It is secret by the name that it stands under.
    Named,
    /// It stands where a secret should, and is none.
    Placeholder,
}

/// What a text under a name is.
pub fn looks(key: &str, value: &str) -> Option<Looks> {
    let value = value.trim().trim_matches(['"', '\'']);
    if value.is_empty() || refers(value) {
        return None;
    }
    if let Some(what) = known(value) {
        return Some(Looks::Known(what));
    }
    if !names_secret(key) || is_no_secret(key, value) {
        return None;
    }
    Some(if is_placeholder(value) { Looks::Placeholder } else { Looks::Named })
}

/// What a value of a secret is, whatever it stands under, unless that is known to be public.
pub fn in_secret(key: &str, value: &str) -> Option<Looks> {
    let trimmed = value.trim();
    if trimmed.is_empty() || refers(trimmed) {
        return None;
    }
    if let Some(what) = known(trimmed) {
        return Some(Looks::Known(what));
    }
    let public = is_public(key) || trimmed.starts_with("-----BEGIN CERT") || trimmed.starts_with("ssh-");
    // What is too short to keep anybody out is a switch or a number.
    let short = trimmed.len() < 4 && !names_secret(key);
    if public || short || is_no_secret("", trimmed) {
        return None;
    }
    // Whole files, such as a configuration, are looked into line by line.
    if trimmed.contains('\n') {
        return None;
    }
    Some(if is_placeholder(trimmed) { Looks::Placeholder } else { Looks::Named })
}

/// The lines of a text that say `name: value` or `name = value`.
pub fn lines(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter_map(|line| {
        let line = line.trim().trim_start_matches("- ").trim_start_matches("export ");
        if line.starts_with(['#', ';']) || line.starts_with("//") {
            return None;
        }
        let cut = line.find([':', '='])?;
        let (name, value) = (line.get(..cut)?.trim(), line.get(cut + 1..)?.trim());
        let plain = |c: char| c.is_ascii_alphanumeric() || "._-\"'".contains(c);
        (!name.is_empty() && name.chars().all(plain)).then_some((name, value))
    })
}

/// Words of a name: `dbPassword`, `DB_PASSWORD`, `auth.password` end alike.
fn words(key: &str) -> Vec<String> {
    let mut words: Vec<String> = vec![String::new()];
    let mut before = ' ';
    for c in key.chars() {
        let starts = c.is_ascii_uppercase() && before.is_ascii_lowercase();
        if !c.is_ascii_alphanumeric() || starts {
            words.push(String::new());
        }
        if c.is_ascii_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.push(c.to_ascii_lowercase());
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    if words.len() > 1 && words.last().is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit())) {
        words.pop();
    }
    if let Some(last) = words.last_mut() {
        let bare = last.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        last.truncate(bare);
    }
    words
}

/// Whether what stands under a name is secret: the name ends in what it is.
pub fn names_secret(key: &str) -> bool {
    const ALONE: &[&str] = &[
        "password",
        "passwd",
        "passphrase",
        "pwd",
        "pass",
        "secret",
        "token",
        "credential",
        "credentials",
        "apikey",
        "secretkey",
        "privatekey",
        "pgpassword",
        "rootpassword",
        "adminpassword",
        "userpassword",
        "accesstoken",
        "clientsecret",
    ];
    const BEFORE_KEY: &[&str] = &[
        "api",
        "secret",
        "private",
        "encryption",
        "signing",
        "master",
        "fernet",
        "access",
        "auth",
        "session",
        "account",
    ];
    let words = words(key);
    let last = words.last().map_or("", String::as_str);
    let before = words.len().checked_sub(2).and_then(|at| words.get(at)).map_or("", String::as_str);
    let first = words.first().map_or("", String::as_str);
    // `existingConfigSecret` and `keyOfSecretAccessKey` say where one is.
    let tells = |name: &str| name.starts_with("existing") || name.starts_with("keyOf");
    let speaks = matches!(before, "existing" | "public" | "max" | "min" | "num")
        || matches!(first, "existing" | "enable" | "use");
    if speaks || key.rsplit('.').next().is_some_and(tells) {
        return false;
    }
    // The number of an access key is no secret; its secret is.
    ALONE.contains(&last) || last == "key" && BEFORE_KEY.contains(&before)
}

/// Whether what stands under a name of a secret is known to everybody.
fn is_public(key: &str) -> bool {
    const PUBLIC: &[&str] = &[
        "username",
        "user",
        "login",
        "email",
        "host",
        "hostname",
        "port",
        "database",
        "dbname",
        "db",
        "name",
        "url",
        "uri",
        "endpoint",
        "region",
        "bucket",
        "type",
        "server",
        "issuer",
        "crt",
        "cert",
        "pub",
        "hosts",
        "realm",
        "project",
        "registry",
        "domain",
        "enabled",
        "org",
        "organization",
        "provider",
        "scheme",
        "sslmode",
        "ns",
        "namespace",
        "ca",
        "address",
        "insecure",
        "forcehttp",
        "version",
    ];
    words(key).last().is_some_and(|last| PUBLIC.contains(&last.as_str()))
}

/// Whether a value names where a secret is, and is none itself.
fn refers(value: &str) -> bool {
    const STARTS: &[&str] = &[
        "${",
        "$(",
        "{{",
        "<path:",
        "ref+",
        "vault:",
        "vault/",
        "op://",
        "ENC[",
        "AgA",
        "file:",
        "env:",
        "sm://",
        "gcp:",
        "arn:aws:secretsmanager",
        "secretref:",
        "os.environ",
        "os.getenv(",
        "azurekeyvault",
        "$__file{",
        "$__env{",
        "%(",
        "awssm:",
        "doppler:",
    ];
    // Most values begin with none of these letters.
    let first = value.as_bytes().first();
    STARTS.iter().any(|start| start.as_bytes().first() == first && value.starts_with(start))
        || value.starts_with('$')
            && value.len() > 1
            && !value.contains(' ')
            && value[1..].starts_with(char::is_uppercase)
}

/// Whether a value can not be what its name says: a path, a truth, the name of an object, an address.
fn is_no_secret(key: &str, value: &str) -> bool {
    let word =
        matches!(value, "true" | "false" | "null" | "none" | "None" | "~" | "[]" | "{}" | "|" | ">" | "|-" | "0");
    let path = value.starts_with('/') || value.starts_with("./") || value.starts_with('&') || value.starts_with('*');
    let address = value.contains("://");
    let list = value.starts_with('[') || value.starts_with('{');
    // `secret: shop-database` and `token: ..-token` name an object more often than they are one.
    let words = words(key);
    let last = words.last().map_or("", String::as_str);
    let before = words.len().checked_sub(2).and_then(|at| words.get(at)).map_or("", String::as_str);
    let names =
        words.len() == 1 || matches!(before, "pull" | "tls" | "image" | "registry" | "auth") || value.contains('-');
    let label = value.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    let named = matches!(last, "secret" | "credentials" | "credential") && names && label && entropy(value) < 3.6;
    let many = value.contains(' ') && !is_placeholder(value);
    word || path || address || list || named || many
}

/// What people write where the real thing comes later.
fn is_placeholder(value: &str) -> bool {
    let plain: String = value.to_ascii_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    const WHOLE: &[&str] = &[
        "changeme",
        "changeit",
        "replaceme",
        "todo",
        "tbd",
        "fixme",
        "placeholder",
        "example",
        "redacted",
        "secret",
        "password",
        "xxx",
        "xxxx",
        "xxxxx",
        "xxxxxx",
        "xxxxxxxx",
        "yourpassword",
        "mypassword",
        "insertme",
        "fillme",
        "dummy",
        "changethis",
        "setme",
    ];
    WHOLE.contains(&plain.as_str())
        || value.starts_with('<') && value.ends_with('>')
        || plain.starts_with("your") && value.contains(['-', '_', ' '])
        || ["changeme", "replaceme", "placeholder", "replacewith", "changethis"].iter().any(|word| plain.contains(word))
}

/// Whether a text is a secret of a form that is known, wherever it stands.
fn known(value: &str) -> Option<&'static str> {
    const FORMS: &[(&str, usize, &str)] = &[
        ("ghp_", 36, "a token of GitHub"),
        ("gho_", 36, "a token of GitHub"),
        ("ghs_", 36, "a token of GitHub"),
        ("github_pat_", 40, "a token of GitHub"),
        ("glpat-", 20, "a token of GitLab"),
        ("xoxb-", 20, "a token of Slack"),
        ("xoxp-", 20, "a token of Slack"),
        ("xapp-", 20, "a token of Slack"),
        ("sk_live_", 20, "a key of Stripe"),
        ("rk_live_", 20, "a key of Stripe"),
        ("sk-ant-", 24, "a key of Anthropic"),
        ("sk-proj-", 24, "a key of OpenAI"),
        ("hvs.", 24, "a token of Vault"),
        ("dckr_pat_", 20, "a token of Docker"),
        ("npm_", 30, "a token of npm"),
        ("pypi-", 40, "a token of PyPI"),
        ("SG.", 50, "a key of SendGrid"),
        ("AIza", 35, "a key of Google"),
        ("AGE-SECRET-KEY-1", 50, "a key of age"),
        ("dop_v1_", 60, "a token of DigitalOcean"),
        ("hf_", 34, "a token of Hugging Face"),
    ];
    /// What is shorter is no token, and no address with a password.
    const SHORTEST: usize = 8;
    if value.len() < SHORTEST {
        return None;
    }
    let token = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let mut parts = value.split(|c: char| !token(c)).filter(|part| part.len() >= 16);
    let found = parts.find_map(|part| {
        let form = FORMS.iter().find(|(start, length, _)| part.starts_with(start) && part.len() >= *length);
        let amazon = part.len() == 20
            && (part.starts_with("AKIA") || part.starts_with("ASIA"))
            && part.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        let web = part.starts_with("eyJ") && part.matches('.').count() == 2 && part.len() > 60;
        match form {
            Some((_, _, what)) if entropy(part) > 3.0 => Some(*what),
            _ if amazon => Some("a key of AWS"),
            _ if web => Some("a signed token"),
            _ => None,
        }
    });
    let private = value.contains("-----BEGIN ") && value.contains("PRIVATE KEY-----");
    found
        .or_else(|| private.then_some("a private key"))
        .or_else(|| in_address(value).then_some("an address with a password"))
}

/// Whether an address says a password: `postgres://shop:..@db/shop`.
fn in_address(value: &str) -> bool {
    value.match_indices("://").any(|(at, _)| {
        let rest = value.get(at + 3..).unwrap_or_default();
        let end = rest.find(['/', ' ', '\n', '"', '\'', '?', ',']).unwrap_or(rest.len());
        let Some((user, _)) = rest.get(..end).and_then(|authority| authority.rsplit_once('@')) else {
            return false;
        };
        user.split_once(':').is_some_and(|(_, password)| !password.is_empty() && !refers(password) && !masked(password))
    })
}

fn masked(text: &str) -> bool {
    text.chars().all(|c| c == '*') || text.starts_with('<') || is_placeholder(text) && text.len() < 4
}

/// How much a character tells on average, in bits.
fn entropy(text: &str) -> f64 {
    let mut counts = [0_u32; 256];
    text.bytes().for_each(|byte| counts[usize::from(byte)] += 1);
    let all = text.len() as f64;
    let part = |count: &u32| f64::from(*count) / all;
    counts.iter().filter(|count| **count > 0).map(part).map(|part| -part * part.log2()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(key: &str, value: &str) -> bool {
        looks(key, value).is_some()
    }

    #[test]
    fn names_that_end_in_a_secret() {
        for key in
            ["PASSWORD", "dbPassword", "auth.rootPassword", "API_KEY", "TOKEN", "AWS_SECRET_ACCESS_KEY", "password1"]
        {
            assert!(named(key, "hunter22"), "{key}");
        }
    }

    #[test]
    fn names_that_speak_of_one() {
        for key in [
            "PASSWORD_FILE",
            "secretName",
            "existingSecret",
            "TOKEN_TTL",
            "passwordPolicy",
            "PUBLIC_KEY",
            "KEY",
            "COMPASS",
            "existingSecret.keyOfSecretAccessKey",
            "filer.existingConfigSecret",
        ] {
            assert!(!named(key, "hunter22"), "{key}");
        }
    }

    #[test]
    fn values_that_are_none() {
        for value in [
            "",
            "true",
            "/run/secrets/db",
            "${DB_PASSWORD}",
            "$(DB_PASSWORD)",
            "{{ .password }}",
            "vault:secret/db#p",
            "op://a/b/c",
            "os.environ[\"PASSWORD\"]",
        ] {
            assert!(!named("DB_PASSWORD", value), "{value}");
        }
        assert!(!named("secret", "shop-database"));
        assert!(!named("image.pullSecret", "regcred"));
        assert!(named("clientSecret", "hunter2"));
    }

    #[test]
    fn forms() {
        assert_eq!(
            looks("URL", "postgres://shop:hunter2@db:5432/shop"),
            Some(Looks::Known("an address with a password"))
        );
        assert_eq!(looks("URL", "postgres://shop:$(PASSWORD)@db:5432/shop"), None);
        assert_eq!(looks("URL", "postgres://shop@db:5432/shop"), None);
        assert_eq!(looks("X", "AKIAIOSFODNN7EXAMPLE"), Some(Looks::Known("a key of AWS")));
        assert_eq!(looks("DIGEST", "sha256:0123456789abcdef0123456789abcdef"), None);
        assert_eq!(looks("PASSWORD", "changeme"), Some(Looks::Placeholder));
        assert_eq!(looks("PASSWORD", "your-secure-password"), Some(Looks::Placeholder));
    }
}
