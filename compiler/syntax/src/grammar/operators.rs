//! Operators by precedence.

use crate::kind::SyntaxKind as K;
use crate::problem::Problem;
use crate::toolkit::{
    In, Rule, close, eat, link, missing, next_kind, place, refuse, report, rule, said_enough, too_deep,
};

use super::{Rules, look, required_here};

/// An operator whose right operand is still to come or has just come.
struct Pending {
    kind: K,
    power: u8,
    /// Where its node starts: at its left operand, or at itself if it is a prefix.
    start: u32,
    /// How high its left operand is.
    height: u32,
}

const NOT: u8 = 3;
const COMPARE: u8 = 4;
const COALESCE: u8 = 5;
const RANGE: u8 = 6;
const NEGATE: u8 = 9;

fn power(kind: K) -> Option<u8> {
    Some(match kind {
        K::OrWord | K::PipePipe => 1,
        K::AndWord | K::AmpersandAmpersand => 2,
        K::EqualsEquals
        | K::NotEquals
        | K::Less
        | K::LessEquals
        | K::Greater
        | K::GreaterEquals
        | K::InWord
        | K::IsWord => COMPARE,
        K::QuestionQuestion => COALESCE,
        K::DotDot => RANGE,
        K::Plus | K::Minus => 7,
        K::Star | K::Slash | K::Percent | K::ForeignOperator => 8,
        _ => return None,
    })
}

/// Operands with operators between and before them. Works with a stack of its own, so that a long chain takes no more of the
/// machine's stack than a short one.
pub(super) fn operators(rules: &Rules) -> Rule {
    let operand = super::expr::postfix(rules);
    let ty = required_here(rules.types.union.clone(), "a type");
    rule(move |inp| {
        let mut pending = Vec::new();
        let mut said = false;
        loop {
            let start = prefixes(inp, &mut pending);
            if pending.len() as u32 + inp.state().depth > crate::toolkit::MAX_NESTING {
                too_deep(inp);
                break;
            }
            inp.state().height = 0;
            if look::starts_line_of_its_own(inp) && !pending.is_empty() || inp.parse(&operand).is_err() {
                if pending.is_empty() {
                    return refuse();
                }
                missing(inp, "a value");
                break;
            }
            if !infix(inp, start, &mut pending, &ty, &mut said)? {
                break;
            }
        }
        let end = place(inp);
        reduce(inp, &mut pending, 0, end);
        Ok(())
    })
}

/// Takes `not` and `-`; returns where the operand behind them starts.
fn prefixes(inp: &mut In, pending: &mut Vec<Pending>) -> u32 {
    loop {
        let start = place(inp);
        let power = match next_kind(inp) {
            K::NotWord | K::Exclamation => NOT,
            K::Minus => NEGATE,
            _ => return start,
        };
        if pending.len() > crate::toolkit::MAX_NESTING as usize {
            return start;
        }
        inp.skip();
        pending.push(Pending { kind: K::Unary, power, start, height: 0 });
    }
}

/// Takes what follows an operand up to the next operand; `false` if none follows.
fn infix(
    inp: &mut In,
    operand: u32,
    pending: &mut Vec<Pending>,
    ty: &Rule,
    said: &mut bool,
) -> Result<bool, chumsky::error::EmptyErr> {
    let mut start = operand;
    let mut compared = false;
    loop {
        let kind = operator(inp);
        let Some(power) = power(kind).filter(|_| look::continues(inp)) else {
            return Ok(false);
        };
        let is_right = power == COALESCE;
        let chained = compared && power == COMPARE || chains(pending, power);
        start = reduce(inp, pending, power + u8::from(is_right), start);
        if chained && !std::mem::replace(said, true) {
            let token = place(inp);
            report(inp, Problem::Chained { token });
        }
        if !link(inp) {
            too_deep(inp);
            return Ok(false);
        }
        inp.skip();
        if kind == K::ForeignOperator {
            said_enough(inp);
        }
        if kind != K::IsWord {
            let height = inp.state().height;
            pending.push(Pending { kind: K::Binary, power, start, height });
            return Ok(true);
        }
        eat(inp, K::NotWord);
        inp.parse(ty)?;
        close(inp, K::Is, start);
        compared = true;
    }
}

/// The operator that comes next; a lone `=` in a condition is reported and read as `==`.
fn operator(inp: &mut In) -> K {
    let kind = next_kind(inp);
    if kind != K::Equals || !inp.state().context.condition || !look::continues(inp) {
        return kind;
    }
    let token = place(inp);
    report(inp, Problem::Assignment { token });
    K::EqualsEquals
}

/// Whether an operator of this power stands to the left, which may not stand beside another of its kind.
fn chains(pending: &[Pending], power: u8) -> bool {
    matches!(power, COMPARE | RANGE)
        && pending.iter().rev().take_while(|left| left.power >= power).any(|left| left.power == power)
}

/// Closes the operators that bind at least as tightly as `power`; returns where the operand starts that results.
fn reduce(inp: &mut In, pending: &mut Vec<Pending>, power: u8, operand: u32) -> u32 {
    let mut start = operand;
    while let Some(top) = pending.pop_if(|top| top.power >= power) {
        close(inp, top.kind, top.start);
        let state = inp.state();
        state.height = state.height.max(top.height) + 1;
        start = top.start;
    }
    start
}
