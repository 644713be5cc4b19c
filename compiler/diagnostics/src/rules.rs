//! The list of everything that can be reported. One line here and one page in `rules/` make a rule.

use crate::{Level, Rule};

/// Declares the rules and the list of them: `NAME = "group/name", level;`.
macro_rules! rules {
    ($($name:ident = $code:literal, $level:ident;)*) => {
        $(
            #[doc = concat!("`", $code, "`")]
            pub static $name: Rule =
                Rule::from_page($code, Level::$level, include_str!(concat!("../rules/", $code, ".md")));
        )*

        /// Every rule, in the order of the list.
        pub static ALL: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    AUTO_PLACE = "auto/place", Error;
    AUTO_SOURCE = "auto/source", Error;
    AUTO_EXHAUSTED = "auto/exhausted", Error;
    LOCK_UNREADABLE = "lock/unreadable", Error;
    LOCK_DUPLICATE = "lock/duplicate", Error;
    LOCK_OUTDATED = "lock/outdated", Error;
    SYNTAX_UNEXPECTED = "syntax/unexpected", Error;
    SYNTAX_UNCLOSED = "syntax/unclosed", Error;
    SYNTAX_MISSING_COMMA = "syntax/missing-comma", Error;
    SYNTAX_BAD_LITERAL = "syntax/bad-literal", Error;
    SYNTAX_BAD_ESCAPE = "syntax/bad-escape", Error;
    SYNTAX_UNCLOSED_STRING = "syntax/unclosed-string", Error;
    SYNTAX_TOO_DEEP = "syntax/too-deep", Error;
    SYNTAX_BAD_CHARACTER = "syntax/bad-character", Error;
    SYNTAX_OPERATOR = "syntax/operator", Error;
    SYNTAX_RANGE = "syntax/range", Error;
    SYNTAX_VERSION = "syntax/version", Error;
    SYNTAX_ENCODING = "syntax/encoding", Error;
    OBJECT_DUPLICATE = "object/duplicate", Error;
    OBJECT_NOT_SERVED = "object/not-served", Error;
    OBJECT_DEPRECATED = "object/deprecated", Warning;
    IMPORT_NOT_FOUND = "import/not-found", Error;
    IMPORT_OUTSIDE_ROOT = "import/outside-root", Error;
    IMPORT_UNREADABLE = "import/unreadable", Error;
    IMPORT_BAD_DATA = "import/bad-data", Error;
    IMPORT_BAD_SCHEMA = "import/bad-schema", Error;
    IMPORT_UNKNOWN_KIND = "import/unknown-kind", Note;
    IMPORT_UNUSED = "import/unused", Warning;
    NAME_UNKNOWN = "name/unknown", Error;
    NAME_AMBIGUOUS = "name/ambiguous", Error;
    NAME_DUPLICATE = "name/duplicate", Error;
    NAME_HYPHEN = "name/hyphen", Error;
    NAME_SELF = "name/self", Error;
    TYPE_MISMATCH = "type/mismatch", Error;
    TYPE_UNKNOWN = "type/unknown", Error;
    TYPE_NOT_CALLABLE = "type/not-callable", Error;
    TYPE_ARGUMENTS = "type/arguments", Error;
    TYPE_AMBIGUOUS_RECORD = "type/ambiguous-record", Error;
    TYPE_BAD_LITERAL = "type/bad-literal", Error;
    TYPE_AMBIGUOUS_UNIT = "type/ambiguous-unit", Error;
    TYPE_QUOTED_ADDRESS = "type/quoted-address", Error;
    TYPE_NOT_EXHAUSTIVE = "type/not-exhaustive", Error;
    TYPE_UNREACHABLE_ARM = "type/unreachable-arm", Warning;
    TYPE_MAYBE_NULL = "type/maybe-null", Error;
    TYPE_REFINEMENT = "type/refinement", Error;
    TYPE_TEXT = "type/text", Error;
    TYPE_NOT_A_COLLECTION = "type/not-a-collection", Error;
    TYPE_UNKNOWN_METHOD = "type/unknown-method", Error;
    TYPE_RECURSIVE = "type/recursive", Error;
    SCHEMA_UNKNOWN_FIELD = "schema/unknown-field", Error;
    SCHEMA_MISSING_FIELD = "schema/missing-field", Error;
    SCHEMA_DUPLICATE_FIELD = "schema/duplicate-field", Error;
    SCHEMA_BASE = "schema/base", Error;
    SCHEMA_NARROWING = "schema/narrowing", Error;
    SCHEMA_WRONG_PLACE = "schema/wrong-place", Error;
    SCHEMA_AMBIGUOUS_COLLECTION = "schema/ambiguous-collection", Error;
    WRITE_TWICE = "write/twice", Error;
    WRITE_COMPUTED = "write/computed", Error;
    WRITE_UNKNOWN_TARGET = "write/unknown-target", Error;
    WRITE_DROPS_DEFAULT = "write/drops-default", Warning;
    WRITE_COPY = "write/copy", Error;
    WRITE_DUPLICATE_ENTRY = "write/duplicate-entry", Error;
    WRITE_NULL = "write/null", Error;
    EVAL_CYCLE = "eval/cycle", Error;
    EVAL_LIMIT = "eval/limit", Error;
    EVAL_ARITHMETIC = "eval/arithmetic", Error;
    EVAL_INDEX = "eval/index", Error;
    EVAL_MISSING_ENTRY = "eval/missing-entry", Error;
    EVAL_RECURSION = "eval/recursion", Error;
    EVAL_NAMES = "eval/names", Error;
    EVAL_CONVERSION = "eval/conversion", Error;
    CHECK_FAILED = "check/failed", Error;
    TEST_FAILED = "test/failed", Error;
    TEST_NO_ERROR = "test/no-error", Error;
    NET_OVERLAP = "net/overlap", Error;
    NET_CLUSTER_DNS = "net/cluster-dns", Error;
    NET_CNI_POOL = "net/cni-pool", Error;
    NET_DHCP = "net/dhcp", Warning;
    NET_DUPLICATE = "net/duplicate", Error;
    NET_ENDPOINT = "net/endpoint", Error;
    NET_OUTSIDE = "net/outside", Error;
    NET_ROOM = "net/room", Error;
    POOL_DHCP = "pool/dhcp", Error;
    POOL_EDGE = "pool/edge", Warning;
    POOL_EXHAUSTED = "pool/exhausted", Error;
    POOL_OVERLAP = "pool/overlap", Error;
    POOL_RANGE = "pool/range", Error;
    POOL_REQUEST = "pool/request", Error;
    POOL_SHARE = "pool/share", Error;
    POOL_SUBNET = "pool/subnet", Warning;
    POOL_TAKEN = "pool/taken", Error;
    PORT_CLASH = "port/clash", Error;
    PORT_HOST = "port/host", Error;
    PORT_MAP = "port/map", Error;
    PORT_RANGE = "port/range", Error;
    PORT_TARGET = "port/target", Error;
    PORT_TWICE = "port/twice", Error;
    PORT_UNDECLARED = "port/undeclared", Warning;
    PORT_UNMAPPED = "port/unmapped", Error;
    EXPOSE_ABSENT = "expose/absent", Error;
    EXPOSE_NO_ADDRESS = "expose/no-address", Error;
    EXPOSE_NO_LOGIN = "expose/no-login", Warning;
    EXPOSE_NO_PODS = "expose/no-pods", Error;
    EXPOSE_NO_TLS = "expose/no-tls", Warning;
    EXPOSE_SCHEME = "expose/scheme", Warning;
    EXPOSE_SILENT = "expose/silent", Error;
    EXPOSE_TWO_BALANCERS = "expose/two-balancers", Error;
    INGRESS_BACKEND = "ingress/backend", Error;
    INGRESS_CLASH = "ingress/clash", Error;
    INGRESS_NO_CLASS = "ingress/no-class", Warning;
    INGRESS_PUBLIC_DEFAULT = "ingress/public-default", Warning;
    INGRESS_RECORD = "ingress/record", Warning;
    INGRESS_SAME_CLASS = "ingress/same-class", Error;
    INGRESS_SAME_CONTROLLER = "ingress/same-controller", Error;
    INGRESS_TWO_DEFAULTS = "ingress/two-defaults", Error;
    INGRESS_UNKNOWN_CLASS = "ingress/unknown-class", Error;
    REACH_BLOCKED = "reach/blocked", Error;
    REACH_DNS_BLOCKED = "reach/dns-blocked", Error;
    REACH_EXTERNAL_BLOCKED = "reach/external-blocked", Error;
    REACH_INGRESS_BLOCKED = "reach/ingress-blocked", Error;
    REACH_WEBHOOK_BLOCKED = "reach/webhook-blocked", Error;
    REACH_SCRAPE_BLOCKED = "reach/scrape-blocked", Error;
    REACH_NOT_SCRAPED = "reach/not-scraped", Warning;
    POLICY_NOT_ENFORCED = "policy/not-enforced", Error;
    POLICY_NO_NAMESPACE = "policy/no-namespace", Error;
    POLICY_EITHER = "policy/either", Warning;
    POLICY_ELSEWHERE = "policy/elsewhere", Error;
    POLICY_SERVICE_PORT = "policy/service-port", Error;
    POLICY_UNKNOWN_PORT = "policy/unknown-port", Error;
    POLICY_SELECTS_NOTHING = "policy/selects-nothing", Warning;
    POLICY_UNDONE = "policy/undone", Warning;
    CAPACITY_NO_HOST = "capacity/no-host", Error;
    CAPACITY_TOO_LARGE = "capacity/too-large", Error;
    CAPACITY_TOO_FEW_HOSTS = "capacity/too-few-hosts", Error;
    CAPACITY_DOES_NOT_FIT = "capacity/does-not-fit", Error;
    CAPACITY_JOB = "capacity/job", Warning;
    CAPACITY_LIMIT = "capacity/limit", Error;
    CAPACITY_UNIT = "capacity/unit", Error;
    CAPACITY_NO_REQUESTS = "capacity/no-requests", Warning;
    CAPACITY_ARCHITECTURE = "capacity/architecture", Error;
    CAPACITY_UNBOUNDED = "capacity/unbounded", Warning;
    VOLUME_BACKUP_INSIDE = "volume/backup-inside", Warning;
    VOLUME_NOT_KEPT = "volume/not-kept", Warning;
    VOLUME_TOO_LARGE = "volume/too-large", Error;
    VOLUME_OVER_COMMITTED = "volume/over-committed", Warning;
    VOLUME_SHARED = "volume/shared", Error;
    HA_NO_MAJORITY = "ha/no-majority", Error;
    HA_EVEN = "ha/even", Warning;
    HA_SINGLE = "ha/single", Warning;
    HA_BUDGET = "ha/budget", Error;
    NAME_GRAMMAR = "name/grammar", Error;
    NAME_LENGTH = "name/length", Error;
    ORDER_CYCLE = "order/cycle", Error;
    ORDER_HOOKS = "order/hooks", Error;
    ORDER_NO_WAIT = "order/no-wait", Warning;
    ORDER_SAME_STEP = "order/same-step", Error;
    ORDER_WAVE = "order/wave", Error;
    REF_MISSING = "ref/missing", Error;
    REF_MISSING_KEY = "ref/missing-key", Error;
    REF_NAMESPACE = "ref/namespace", Error;
    REF_SOURCE = "ref/source", Error;
    REF_UNKNOWN_CLASS = "ref/unknown-class", Error;
    REF_VARIABLE = "ref/variable", Error;
    REQUIRES_FLAG = "requires/flag", Error;
    REQUIRES_IDENTITY = "requires/identity", Error;
    REQUIRES_METRICS = "requires/metrics", Error;
    REQUIRES_NETWORK = "requires/network", Error;
    REQUIRES_PART = "requires/part", Error;
    REQUIRES_SOCKET = "requires/socket", Error;
    REQUIRES_WATCHED = "requires/watched", Error;
    VERSION_WINDOW = "version/window", Error;
    VERSION_UNTRIED = "version/untried", Warning;
    VERSION_NODES = "version/nodes", Error;
    VERSION_DISTRIBUTION = "version/distribution", Error;
    VERSION_FLUX_API = "version/flux-api", Error;
    VERSION_OLD_API = "version/old-api", Warning;
    VERSION_METALLB = "version/metallb", Error;
    VERSION_EXTERNAL_DNS = "version/external-dns", Error;
    VERSION_RETIRED = "version/retired", Warning;
    VERSION_UNPINNED = "version/unpinned", Warning;
    SECRET_LITERAL = "secret/literal", Error;
    SECRET_PLACEHOLDER = "secret/placeholder", Error;
    SECRET_SCOPE = "secret/scope", Error;
    SECRET_NO_CREDENTIALS = "secret/no-credentials", Error;
    SECRET_EXPOSED = "secret/exposed", Warning;
    IMAGE_BLOCKED = "image/blocked", Error;
    IMAGE_REMOVED = "image/removed", Error;
    PROJECT_SETTINGS = "project/settings", Error;
    LINT_UNUSED_ALLOW = "lint/unused-allow", Warning;
    LINT_ALLOW_REASON = "lint/allow-reason", Error;
    LINT_INTERPOLATION = "lint/interpolation", Warning;
    LINT_ANY_KEY = "lint/any-key", Warning;
    LINT_UNUSED = "lint/unused", Warning;
}

/// The rule with this code.
pub fn find(code: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.code == code)
}
