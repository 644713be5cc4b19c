//! Where lines end.

use super::WIDTH;
use super::lines::Lines;
use super::spacing::{blank_between, is_padded};
use super::units::{Gap, Group, Unit, Units};
use crate::grammar::continues_a_line;
use crate::kind::SyntaxKind as K;

const STEP: usize = 2;

/// A group whose closing bracket is still to come.
struct Open {
    group: usize,
    is_broken: bool,
    /// How far its entries are indented.
    entries: usize,
    /// How far the line of its opening bracket is indented.
    around: usize,
    is_padded: bool,
}

struct Layout<'u, 't> {
    text: &'u Units<'t>,
    lines: Lines,
    open: Vec<Open>,
    /// Of each `if` that waits for its `else`, whether its line was broken before `then`.
    choices: Vec<bool>,
}

/// The text of `text` in canonical style.
pub(super) fn write(text: &Units<'_>) -> String {
    let file = Open { group: 0, is_broken: true, entries: 0, around: 0, is_padded: false };
    let mut layout = Layout { text, lines: Lines::new(), open: vec![file], choices: Vec::new() };
    let mut before: Option<&Unit<'_>> = None;
    for (index, unit) in text.units.iter().enumerate() {
        layout.gap(before, unit, index);
        layout.lines.push(&unit.text);
        if let Some(group) = unit.opens {
            layout.enter(index, group);
        }
        before = Some(unit);
    }
    layout.comments(&text.end, 0, before.is_none());
    layout.lines.finish()
}

impl Layout<'_, '_> {
    /// Writes what stands between two units.
    fn gap(&mut self, before: Option<&Unit<'_>>, unit: &Unit<'_>, index: usize) {
        let Some(before) = before else {
            return self.start(unit);
        };
        if let Some(group) = unit.closes {
            return self.leave(before, unit, group);
        }
        let Some(top) = self.open.last() else { return };
        let indent = top.entries;
        let is_entry = unit.entry_of == Some(top.group);
        let is_first = is_entry && before.opens == Some(top.group);
        if is_entry && top.is_broken {
            if !is_first {
                self.separator(unit);
            }
            self.comments(&unit.gap, indent, is_first);
            self.end_line(indent, unit.gap.newlines > 1 && (!is_first || !unit.gap.comments.is_empty()));
        } else if is_entry {
            let text = match (is_first, top.is_padded) {
                (false, _) => ", ",
                (true, true) => " ",
                (true, false) => "",
            };
            self.lines.push(text);
        } else {
            self.inside(before, unit, index, indent);
        }
    }

    /// Writes what stands before the first unit of the file.
    fn start(&mut self, unit: &Unit<'_>) {
        self.comments(&unit.gap, 0, true);
        if !unit.gap.comments.is_empty() {
            self.end_line(0, unit.gap.newlines > 1);
        }
    }

    /// Writes the gap between two units of one entry.
    fn inside(&mut self, before: &Unit<'_>, unit: &Unit<'_>, index: usize, indent: usize) {
        let joins = unit.kind == K::ElseWord && before.kind == K::RightBrace && unit.parent == K::If;
        let breaks = unit.gap.has_newline() && !(joins && unit.gap.comments.is_empty());
        let divides = self.divides(unit, index);
        if breaks || divides {
            let indent = if unit.after_attribute { indent } else { indent + STEP };
            self.comments(&unit.gap, indent, true);
            self.end_line(indent, false);
        } else if blank_between(before, unit) {
            self.lines.push(" ");
        }
    }

    /// Whether a line that is too long is broken before `then` and `else`, rather than in brackets behind them.
    fn divides(&mut self, unit: &Unit<'_>, index: usize) -> bool {
        match (unit.parent, unit.kind) {
            (K::IfExpr, K::ThenWord) => {
                // On a line of its own, `then {` would be a block.
                let is_block = self.text.units.get(index + 1).is_some_and(|next| next.kind == K::LeftBrace);
                let divides = !is_block && self.lines.column + self.width_of_rest(index) > WIDTH;
                self.choices.push(divides);
                divides
            }
            (K::IfExpr, K::ElseWord) => self.choices.pop().unwrap_or(false),
            _ => false,
        }
    }

    /// How many columns the rest of a line takes from a unit on, if nothing more in it is broken than has to be.
    fn width_of_rest(&self, index: usize) -> usize {
        let mut width = 0;
        let mut before = index.checked_sub(1).and_then(|before| self.text.units.get(before));
        for unit in self.text.units.iter().skip(index) {
            let ends = unit.entry_of.or(unit.closes).is_some_and(|group| self.is_open_broken(group));
            if ends || self.breaks_before(unit) || width > WIDTH {
                break;
            }
            width += self.blank_width(before, unit) + unit.text.split('\n').next().unwrap_or("").chars().count();
            let opens_broken = unit.opens.and_then(|group| self.group(group)).is_some_and(|group| group.is_broken);
            if opens_broken || unit.text.contains('\n') {
                break;
            }
            before = Some(unit);
        }
        width
    }

    /// Writes the comma between two entries on lines of their own, where one is due.
    fn separator(&mut self, next: &Unit<'_>) {
        let keeps = next.gap.comma && continues_a_line(next.kind);
        if self.top_has_commas() || keeps {
            self.lines.push(",");
        }
    }

    fn top_has_commas(&self) -> bool {
        let group = self.open.last().and_then(|top| self.text.groups.get(top.group));
        group.is_some_and(|group| matches!(group.kind, K::List | K::Args | K::Params))
    }

    fn enter(&mut self, index: usize, group: usize) {
        let Some(info) = self.text.groups.get(group) else {
            return;
        };
        let around = self.lines.indent;
        let fits = || self.width_from(index) + self.lines.column <= WIDTH;
        let is_broken = info.is_broken || (info.entries > 0 && !self.hugs(index, info) && !fits());
        let first = self.text.units.get(index + 1);
        let is_padded = first.is_some_and(|first| is_padded(info, first));
        self.open.push(Open { group, is_broken, entries: around + STEP, around, is_padded });
    }

    /// Whether all that the brackets hold is another pair of brackets, which can be broken in their place.
    fn hugs(&self, index: usize, group: &Group) -> bool {
        let inner = self.text.units.get(index + 1).and_then(|unit| unit.opens);
        let inner = inner.and_then(|inner| self.group(inner));
        matches!(group.kind, K::List | K::Args)
            && inner.is_some_and(|inner| inner.entries > 0 && inner.close + 1 == group.close)
    }

    /// Writes what stands before a closing bracket.
    fn leave(&mut self, before: &Unit<'_>, unit: &Unit<'_>, group: usize) {
        let Some(top) = self.open.pop_if(|top| top.group == group) else {
            return;
        };
        if !top.is_broken {
            if top.is_padded {
                self.lines.push(" ");
            }
            return;
        }
        let is_empty = before.opens == Some(group);
        let kind = self.text.groups.get(group).map(|group| group.kind);
        if !is_empty && matches!(kind, Some(K::List | K::Args | K::Params)) {
            self.lines.push(",");
        }
        self.comments(&unit.gap, top.entries, is_empty);
        self.end_line(top.around, false);
    }

    /// Writes the comments of a gap: the first at the end of the current line if it was there.
    fn comments(&mut self, gap: &Gap<'_>, indent: usize, is_first: bool) {
        for (number, comment) in gap.comments.iter().enumerate() {
            let is_at_start = self.lines.is_empty();
            if comment.newlines > 0 && !is_at_start {
                self.end_line(indent, comment.newlines > 1 && !(is_first && number == 0));
            } else if number > 0 {
                self.end_line(indent, false);
            }
            self.lines.comment(comment.text);
        }
    }

    fn end_line(&mut self, indent: usize, blank: bool) {
        if blank {
            self.lines.blank_line(indent);
        } else {
            self.lines.newline(indent);
        }
    }

    /// How many columns follow an opening bracket up to a place where the line ends or may be broken.
    fn width_from(&self, opener: usize) -> usize {
        let mut width = 0;
        let mut depth = 1usize;
        let mut before = self.text.units.get(opener);
        for unit in self.text.units.iter().skip(opener + 1) {
            let starts_line = depth == 0 && unit.entry_of.is_some_and(|group| self.is_open_broken(group));
            let closes_line = depth == 0 && unit.closes.is_some_and(|group| self.is_open_broken(group));
            if starts_line || closes_line || self.breaks_before(unit) || width > WIDTH {
                break;
            }
            width += self.blank_width(before, unit);
            width += unit.text.split('\n').next().unwrap_or("").chars().count();
            if unit.text.contains('\n') {
                break;
            }
            if let Some(group) = unit.opens {
                if depth == 0 || self.group(group).is_some_and(|group| group.is_broken) {
                    break;
                }
                depth += 1;
            }
            if unit.closes.is_some() {
                let Some(less) = depth.checked_sub(1) else {
                    break;
                };
                depth = less;
            }
            before = Some(unit);
        }
        width
    }

    fn blank_width(&self, before: Option<&Unit<'_>>, unit: &Unit<'_>) -> usize {
        let Some(before) = before else { return 0 };
        if unit.entry_of.is_some() && before.opens.is_none() {
            return 2;
        }
        usize::from(blank_between(before, unit))
    }

    fn breaks_before(&self, unit: &Unit<'_>) -> bool {
        let is_open =
            unit.entry_of.or(unit.closes).and_then(|group| self.group(group)).is_some_and(|group| group.is_broken);
        is_open || (unit.entry_of.is_none() && unit.closes.is_none() && unit.gap.has_newline())
    }

    fn is_open_broken(&self, group: usize) -> bool {
        self.open.iter().rev().find(|open| open.group == group).is_some_and(|open| open.is_broken)
    }

    fn group(&self, group: usize) -> Option<&Group> {
        self.text.groups.get(group)
    }
}
