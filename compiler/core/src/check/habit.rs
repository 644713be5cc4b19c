//! Names from other languages and formats, and what is written here.
//!
//! Knows words only. Looked up where a name means nothing, so that none of them is taken from anybody.

use diagnostics::{Diagnostic, Fix};

use crate::keys::At;

/// Where a name stands that means nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Place {
    /// Where a type is due.
    Type,
    /// Where a value is due, or a function to call.
    Value,
    /// Behind a dot.
    Member,
    /// At the head of a block or a field, at the top of a file.
    Top,
}

/// Words, divided by blanks, and what is said of them; the last is what takes their place, or nothing.
type Row = (Place, &'static str, &'static str, &'static str);

use Place::{Member, Top, Type, Value};

const HABITS: &[Row] = &[
    (Type, "string str text Str Text STRING varchar", "text is a `String`", "String"),
    (Type, "bool boolean Boolean", "true and false are a `Bool`", "Bool"),
    (
        Type,
        "int integer Integer int32 int64 uint i32 i64 u16 u32 u64 long Long number Number",
        "a whole number is an `Int`, any number a `Float`",
        "Int",
    ),
    (Type, "float double Double float32 float64 f32 f64 decimal Decimal", "a number is a `Float`", "Float"),
    (Type, "list List array Array Vec Seq Set set tuple", "a list's type is written `[T]`, as in `[String]`", ""),
    (
        Type,
        "map Map dict Dict HashMap object Object record Record struct",
        "a map's type is written `{String: T}`, a record's `{ a: T, b?: U }`",
        "",
    ),
    (Type, "Optional Option Maybe optional", "what may be null has a type with `?`, as in `Int?`", ""),
    (Type, "any unknown Unknown interface", "what can be anything is `Any`", "Any"),
    (Type, "void None nil Nil undefined none", "the type of `null` is `Null`; what may be null is `T?`", "Null"),
    (
        Type,
        "IPAddress IpAddress IP Address ipaddr Ipv4 IPv4",
        "an address is an `Ip`, of one family `Ip4` or `Ip6`",
        "Ip",
    ),
    (Type, "CIDR Network Subnet Prefix network subnet", "a network is a `Cidr`", "Cidr"),
    (Type, "Memory Size Quantity Storage ByteSize", "an amount of memory or disk is `Bytes`", "Bytes"),
    (Type, "CPU Cores Millicores", "an amount of processor time is a `Cpu`", "Cpu"),
    (Type, "Time Interval Timeout TimeSpan Seconds Timedelta", "a span of time is a `Duration`", "Duration"),
    (Type, "Enum enum", "one of several words is `\"a\" | \"b\"`", ""),
    (Type, "Function Callable func", "a function's type is written `(A) -> B`", ""),
    (Value, "True TRUE yes Yes YES on On", "write `true`, or put text in quotes", "true"),
    (Value, "False FALSE no No NO off Off", "write `false`, or put text in quotes", "false"),
    (Value, "None nil Nil undefined NULL Null none nothing", "write `null`", "null"),
    (Value, "this me", "the instance around is `self`", "self"),
    (Value, "str string toString text", "the text of a value is `\"\\(value)\"`", ""),
    (Value, "int float bool parseInt number Number", "text is converted by a type: `Int(text)`, `Float(text)`", ""),
    (Value, "len length size count", "call the method: `value.size()`", ""),
    (Value, "print println echo printf console log", "`output name: value` makes a value come out", ""),
    (Value, "range seq", "a range is written `1..9`", ""),
    (Value, "require include load open file read readFile", "a file is read with `import \"path\" as name`", ""),
    (
        Value,
        "env getenv environ process os",
        "nothing is read from the environment: declare a `let`, or import a file",
        "",
    ),
    (
        Value,
        "now today time random uuid rand",
        "nothing is read from clocks or chance: a program gives the same every time",
        "",
    ),
    (Value, "switch case", "a choice is made with `match value { pattern => result }`", ""),
    (Value, "lambda function func", "a function is written `(x) => value`", ""),
    (Value, "Values Release Chart", "there are no values of a chart: name a `let` or a field", ""),
    (Value, "var local data module params", "a name stands by itself, as it was declared", ""),
    (Value, "default coalesce", "`a ?? b` is `b` where `a` is null", ""),
    (Value, "not_null required", "a field without `?` is required", ""),
    (Member, "length len Length Len count Count", "write `.size()`", "size"),
    (Member, "toString to_string str String to_s asString", "the text of a value is `\"\\(value)\"`", ""),
    (Member, "toUpperCase upcase uppercase to-upper ToUpper toUpper", "write `.upper()`", "upper"),
    (Member, "toLowerCase downcase lowercase to-lower ToLower toLower casefold", "write `.lower()`", "lower"),
    (Member, "strip", "write `.trim()`", "trim"),
    (Member, "substring substr subsequence", "write `.slice(from, to)`", "slice"),
    (Member, "push append add concat plus extend", "lists are joined with `+`: `list + [value]`", ""),
    (Member, "includes include has member contain", "write `.contains(value)`, or `value in list`", "contains"),
    (Member, "forEach foreach each collect select", "write `.map((x) => ..)`", "map"),
    (Member, "where filterNot reject findAll", "write `.filter((x) => ..)`", "filter"),
    (Member, "reduce inject foldl aggregate", "write `.fold(start, (sum, x) => ..)`", "fold"),
    (Member, "some exists", "write `.any((x) => ..)`", "any"),
    (Member, "every", "write `.all((x) => ..)`", "all"),
    (Member, "distinct uniq dedup", "write `.unique()`", "unique"),
    (Member, "sorted order", "write `.sort()`", "sort"),
    (Member, "groupBy group", "write `.group-by((x) => ..)`", "group-by"),
    (Member, "head", "write `.first()`", "first"),
    (Member, "tail rest skip", "write `.drop(1)`", ""),
    (Member, "limit", "write `.take(n)`", "take"),
    (Member, "items pairs", "write `.entries()`", "entries"),
    (Member, "isEmpty empty", "write `.is-empty()`", "is-empty"),
    (Member, "mod rem modulo", "the remainder is `a % b`", ""),
    (Member, "match test", "write `.matches(pattern)`", "matches"),
    (Member, "gsub sub replaceAll", "write `.replace(old, new)`", "replace"),
    (Member, "toInt to_i parseInt", "write `Int(text)`, or `.to-int()` for what may be no number", "to-int"),
    (
        Top,
        "class struct interface record model message object resource kind",
        "a shape is declared with `schema Name { field: Type }`",
        "",
    ),
    (Top, "enum", "one of several words is a type: `type Name = \"one\" | \"other\"`", ""),
    (Top, "type typedef", "a type is declared with `type Name = ..`, fields with `schema Name { field: Type }`", ""),
    (
        Top,
        "variable var locals values vars const param parameters config",
        "a name is declared with `let name = value`",
        "",
    ),
    (Top, "def func function fun", "a function is declared with `fn name(x: Int) -> Int = x + 1`", ""),
    (Top, "while loop foreach", "nothing is repeated but by `for x in list { .. }`", ""),
    (Top, "import include require use", "a file is imported with `import \"path.pl\" as name`", ""),
    (Top, "apiVersion metadata spec", "a manifest is a value: write `output name: { .. }`", ""),
];

/// The row of a word.
fn find(place: Place, word: &str) -> Option<&'static Row> {
    HABITS.iter().find(|row| row.0 == place && row.1.split(' ').any(|known| known == word))
}

/// The finding with what is written for a word of another language; nothing where it is none.
pub(super) fn taught(diagnostic: &Diagnostic<At>, place: Place, word: &str, at: At) -> Option<Diagnostic<At>> {
    let (.., help, instead) = find(place, word)?;
    let diagnostic = diagnostic.clone().help(*help);
    if instead.is_empty() {
        return Some(diagnostic);
    }
    Some(diagnostic.fix(Fix::new(format!("write `{instead}`")).edit(at, (*instead).to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_taught_twice() {
        for place in [Type, Value, Member, Top] {
            let mut words: Vec<&str> =
                HABITS.iter().filter(|row| row.0 == place).flat_map(|row| row.1.split(' ')).collect();
            words.sort_unstable();
            let count = words.len();
            words.dedup();
            assert_eq!(words.len(), count, "{place:?}");
        }
    }

    #[test]
    fn what_takes_the_place_of_a_member_is_a_method() {
        for (_, words, _, instead) in HABITS.iter().filter(|row| row.0 == Member && !row.3.is_empty()) {
            let known = crate::methods::all().any(|method| method.signature.name.as_str() == *instead);
            assert!(known, "`{words}` is no `{instead}`");
        }
    }
}
