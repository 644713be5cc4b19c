//! Under which rule a method's problem is reported. Knows the rules of evaluation and which methods look something up;
//! must not know what a method does.

use diagnostics::{Rule, rules};

use crate::methods::{Method, Pattern, Problem, limit};
use crate::ty::Scalar;

/// The methods that give one of several elements, of which there may be none.
const LOOKING_UP: [&str; 8] = ["at", "average", "first", "last", "max", "max-by", "min", "min-by"];

impl Method {
    /// The rule that a problem of this method falls under.
    pub fn rule(&self, problem: &Problem) -> &'static Rule {
        let looks_up = LOOKING_UP.contains(&self.signature.name.as_str());
        match &self.signature.receiver {
            _ if limit::is_exceeded(problem) => &rules::EVAL_LIMIT,
            Pattern::List(_) if looks_up => &rules::EVAL_INDEX,
            Pattern::Exact(Scalar::String | Scalar::IntRange | Scalar::IpRange | Scalar::PortRange) if looks_up => {
                &rules::EVAL_INDEX
            }
            Pattern::Exact(scalar) if scalar.is_textual() => &rules::EVAL_CONVERSION,
            Pattern::Any => &rules::EVAL_CONVERSION,
            _ => &rules::EVAL_ARITHMETIC,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::methods::find;
    use crate::methods::testing::{call, int, ints, text};
    use crate::ty::Ty;
    use crate::value::Value;

    #[track_caller]
    fn check<const N: usize>(ty: Ty, receiver: Value, name: &str, args: [Value; N], code: &str) {
        let found = find(&ty, name).zip(call(receiver, name, args).err());
        assert_eq!(found.map(|(method, problem)| method.rule(&problem).code), Some(code), "`{name}`");
    }

    #[test]
    fn where_problems_belong() {
        let ints_ty = || Ty::list(Scalar::Int.into());
        check(ints_ty(), ints([1]), "at", [int(1)], "eval/index");
        check(ints_ty(), ints([]), "max", [], "eval/index");
        check(ints_ty(), ints([i64::MAX, 1]), "sum", [], "eval/arithmetic");
        check(Scalar::Int.into(), int(2), "pow", [int(63)], "eval/arithmetic");
        check(Scalar::String.into(), text("a"), "from-base64", [], "eval/conversion");
        check(Scalar::String.into(), text("ab"), "repeat", [int(i64::MAX)], "eval/limit");
        check(Scalar::IntRange.into(), Value::IntRange(0, i64::MAX), "to-list", [], "eval/limit");
    }
}
