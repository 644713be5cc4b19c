//! What a text or a number of the API stands for.

/// What stands in a field, beyond its shape. Of a list or a map it is said of the elements.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Format {
    /// `10.0.0.1` or `fd00::1`.
    Address,
    /// An address, or the name of a host.
    AddressOrHost,
    /// `10.0.0.0/8`.
    Network,
    /// 1 to 65535, or the name of a port where the shape allows a text.
    Port,
    /// The name of a port: a short name of at most 15 characters with a letter in it.
    PortName,
    /// The name of a host, with dots: `www.example.com`.
    Hostname,
    /// The same, or with `*.` before it.
    WildcardHostname,
    /// A label of DNS, RFC 1123: lower case, digits and `-`, at most 63.
    ShortName,
    /// A label of DNS, RFC 1035: a short name that starts with a letter.
    ServiceName,
    /// Short names with dots between them, at most 253.
    LongName,
    /// A name without `/` and `%`, and neither `.` nor `..`.
    PathSegment,
    /// `example.com/name`, where what is before the slash may be absent.
    QualifiedName,
    /// At most 63 of letters, digits, `-`, `_` and `.`.
    LabelValue,
    /// A key of a `ConfigMap` or a `Secret`: letters, digits, `-`, `_` and `.`.
    DataKey,
    /// The name of an environment variable.
    VariableName,
    /// The plural of a kind, perhaps with `/status` or the like behind it, or `*`.
    ResourceName,
    /// `v1`, `v1beta1`.
    ApiVersion,
    /// A name of a kind, in upper camel case.
    KindName,
    /// `registry.example.com/name:tag`.
    Image,
    /// `3.14 * * * *` of `cron`.
    Cron,
    /// A name of a time zone: `Europe/Berlin`.
    TimeZone,
    /// `1h30m`, as Go writes it.
    Duration,
    /// A number of seconds.
    Seconds,
    /// A number of milliseconds.
    Milliseconds,
    /// A number of minutes.
    Minutes,
    /// A number of days.
    Days,
    /// A number from 0 to 100.
    Percent,
    /// A number, or a share such as `25%`.
    NumberOrPercent,
    /// The permissions of a file, written in octal: `0644`.
    FileMode,
    /// The number of a user or a group.
    UserId,
    /// An absolute path of a file.
    AbsolutePath,
    /// A path of a file that stays below where it starts.
    RelativePath,
    /// A path of a URL.
    UrlPath,
    /// A URL.
    Url,
    /// An amount of CPU.
    Cpu,
    /// An amount of memory or disk.
    Bytes,
    /// Amounts by the name of what they are of: `cpu`, `memory`, `pods`.
    Resources,
    /// A program of the Common Expression Language.
    Cel,
    /// A UUID.
    Uuid,
    /// Text in PEM.
    Pem,
    /// A label selector, written as text.
    Selector,
    /// `.spec.replicas`.
    JsonPath,
}

impl Format {
    /// All of them, in the order of their numbers.
    pub const ALL: [Format; 42] = [
        Format::Address,
        Format::AddressOrHost,
        Format::Network,
        Format::Port,
        Format::PortName,
        Format::Hostname,
        Format::WildcardHostname,
        Format::ShortName,
        Format::ServiceName,
        Format::LongName,
        Format::PathSegment,
        Format::QualifiedName,
        Format::LabelValue,
        Format::DataKey,
        Format::VariableName,
        Format::ResourceName,
        Format::ApiVersion,
        Format::KindName,
        Format::Image,
        Format::Cron,
        Format::TimeZone,
        Format::Duration,
        Format::Seconds,
        Format::Milliseconds,
        Format::Minutes,
        Format::Days,
        Format::Percent,
        Format::NumberOrPercent,
        Format::FileMode,
        Format::UserId,
        Format::AbsolutePath,
        Format::RelativePath,
        Format::UrlPath,
        Format::Url,
        Format::Cpu,
        Format::Bytes,
        Format::Resources,
        Format::Cel,
        Format::Uuid,
        Format::Pem,
        Format::Selector,
        Format::JsonPath,
    ];

    /// The word that `facts/` and messages say.
    pub fn name(self) -> &'static str {
        match self {
            Format::Address => "address",
            Format::AddressOrHost => "address-or-host",
            Format::Network => "network",
            Format::Port => "port",
            Format::PortName => "port-name",
            Format::Hostname => "hostname",
            Format::WildcardHostname => "wildcard-hostname",
            Format::ShortName => "short-name",
            Format::ServiceName => "service-name",
            Format::LongName => "long-name",
            Format::PathSegment => "path-segment",
            Format::QualifiedName => "qualified-name",
            Format::LabelValue => "label-value",
            Format::DataKey => "data-key",
            Format::VariableName => "variable-name",
            Format::ResourceName => "resource-name",
            Format::ApiVersion => "api-version",
            Format::KindName => "kind-name",
            Format::Image => "image",
            Format::Cron => "cron",
            Format::TimeZone => "time-zone",
            Format::Duration => "duration",
            Format::Seconds => "seconds",
            Format::Milliseconds => "milliseconds",
            Format::Minutes => "minutes",
            Format::Days => "days",
            Format::Percent => "percent",
            Format::NumberOrPercent => "number-or-percent",
            Format::FileMode => "file-mode",
            Format::UserId => "user-id",
            Format::AbsolutePath => "absolute-path",
            Format::RelativePath => "relative-path",
            Format::UrlPath => "url-path",
            Format::Url => "url",
            Format::Cpu => "cpu",
            Format::Bytes => "bytes",
            Format::Resources => "resources",
            Format::Cel => "cel",
            Format::Uuid => "uuid",
            Format::Pem => "pem",
            Format::Selector => "selector",
            Format::JsonPath => "json-path",
        }
    }

    /// The format of that word.
    pub fn named(name: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.name() == name)
    }

    /// The least and the greatest number, where what it stands for says so.
    #[allow(dead_code, reason = "the build script reads this file too, and needs names alone")]
    pub fn range(self) -> Option<(i64, i64)> {
        match self {
            Format::Port => Some((1, 65535)),
            Format::Percent => Some((0, 100)),
            Format::FileMode => Some((0, 0o777)),
            Format::UserId => Some((0, i64::from(i32::MAX))),
            _ => None,
        }
    }
}
