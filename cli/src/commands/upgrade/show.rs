//! Plans as text: for a person who is tired, and for a script.

use std::fmt::Write;

use anstyle::Style;
use platform::diff::Change;
use platform::upgrade::{Distance, Fate, Interface, Move, Plan, Reason, Step, Values, When, Window};
use serde_json::json;

use super::Made;
use crate::report::{Paint, Screen, visible, wrap};

/// All plans, one behind the other.
pub fn human(made: &[Made], all: bool, screen: Screen) -> String {
    let plans = made.iter().flat_map(|made| made.plans.iter().map(move |plan| (made, plan)));
    let texts: Vec<String> = plans
        .filter(|(_, plan)| !plan.is_empty())
        .map(|(made, plan)| Page { text: String::new(), screen, all }.plan(plan, &made.changes))
        .collect();
    if texts.is_empty() { "nothing to do\n".to_owned() } else { texts.join("\n\n") }
}

struct Page {
    text: String,
    screen: Screen,
    all: bool,
}

impl Page {
    fn plan(mut self, plan: &Plan, changes: &[Change]) -> String {
        let verdict = match (plan.refused.is_empty(), plan.steps.is_empty()) {
            (false, false) => "refused in place",
            (false, true) => "refused",
            (true, _) => "there is a way",
        };
        self.heading(&format!("{}: {verdict}", plan.cluster));
        self.reasons("Refused", &plan.refused);
        self.versions(&plan.versions);
        self.reasons("Look at this first", &plan.care);
        self.windows(&plan.windows);
        self.interfaces(&plan.interfaces);
        self.values(&plan.values);
        self.effects(plan, changes);
        self.steps(plan);
        self.text
    }

    fn heading(&mut self, words: &str) {
        let bold = if self.screen.paint == Paint::Colored { Style::new().bold() } else { Style::new() };
        self.line(&format!("{bold}{}{bold:#}", visible::line(words)));
    }

    fn section(&mut self, words: &str) {
        self.line("");
        self.heading(words);
    }

    fn line(&mut self, words: &str) {
        // A `String` takes everything.
        let _ = writeln!(self.text, "{words}");
    }

    /// Words behind an indent, which goes on in the lines that they are wrapped into.
    fn item(&mut self, indent: usize, words: &str) {
        self.labelled(&" ".repeat(indent), words);
    }

    /// The same behind a word in a column of its own.
    fn labelled(&mut self, label: &str, words: &str) {
        let indent = label.chars().count();
        let width = self.screen.width.saturating_sub(indent).max(30);
        let blank = format!("\n{}", " ".repeat(indent));
        let wrapped = wrap::wrap(&visible::line(words), width).replace('\n', &blank);
        self.line(&format!("{label}{wrapped}"));
    }

    fn reasons(&mut self, title: &str, reasons: &[Reason]) {
        if reasons.is_empty() {
            return;
        }
        self.section(title);
        for reason in reasons {
            self.item(2, &reason.message);
            if !reason.help.is_empty() {
                self.item(4, &format!("= {}", reason.help));
            }
        }
    }

    fn versions(&mut self, moves: &[Move]) {
        if moves.is_empty() {
            return;
        }
        self.section("Versions");
        let longest = moves.iter().map(|moved| moved.what.chars().count()).max().unwrap_or(0).min(48);
        for moved in moves {
            let way = match (&moved.from, &moved.to) {
                (Some(from), Some(to)) => format!("{from} -> {to}"),
                (Some(from), None) => from.to_string(),
                (None, Some(to)) => to.to_string(),
                (None, None) => String::new(),
            };
            let early =
                moved.distance == Distance::Minor && moved.from.as_ref().is_some_and(|from| is_before_one(from));
            let note = if early { "  (before 1.0 a minor version may change anything)" } else { "" };
            let line = format!("{:<5}  {:<longest$}  {way}{note}", moved.distance.word(), moved.what);
            self.line(&format!("  {}", visible::line(line.trim_end())));
        }
    }

    fn windows(&mut self, windows: &[Window]) {
        if windows.is_empty() {
            return;
        }
        self.section("With which Kubernetes it works");
        for window in windows {
            let when = match window.when {
                When::Whenever => "",
                When::Before => "; it moves before Kubernetes",
                When::After => "; it moves after Kubernetes",
                When::Never => "; in no order",
            };
            self.labelled(&format!("  {:<9}", window.turn.word()), &format!("{}{when}", window.message));
        }
    }

    fn interfaces(&mut self, interfaces: &[Interface]) {
        let is_used = |known: &&Interface| self.all || !known.old_users.is_empty() || !known.new_users.is_empty();
        let shown: Vec<&Interface> = interfaces.iter().filter(is_used).collect();
        let left = interfaces.len() - shown.len();
        if interfaces.is_empty() {
            return;
        }
        self.section("Interfaces");
        for known in shown {
            let word = match known.fate {
                Fate::Gone => "gone",
                Fate::Deprecated => "old",
                Fate::New => "new",
            };
            let users = if known.new_users.is_empty() { &known.old_users } else { &known.new_users };
            let by = match users.as_slice() {
                [] => String::new(),
                [one] => format!(", used by {one}"),
                [one, rest @ ..] => format!(", used by {one} and {} more", rest.len()),
            };
            self.labelled(&format!("  {word:<5}"), &format!("{}{by}: {}", known.what, known.why));
        }
        if left > 0 {
            self.item(2, &format!("{left} that come or go are used by nothing here: `--all` shows them"));
        }
    }

    fn values(&mut self, values: &[Values]) {
        if values.is_empty() {
            return;
        }
        self.section("Values of charts");
        for chart in values {
            self.item(2, &chart.what);
            for one in &chart.differs {
                let none = "not set".to_owned();
                let (old, new) = (one.old.as_ref().unwrap_or(&none), one.new.as_ref().unwrap_or(&none));
                self.item(4, &format!("{}: {old} -> {new}", one.path));
            }
        }
    }

    fn effects(&mut self, plan: &Plan, changes: &[Change]) {
        let known: Vec<&Change> = plan.effects.iter().filter_map(|number| changes.get(*number)).collect();
        if known.is_empty() {
            return;
        }
        self.section("What somebody notices");
        for change in known {
            self.labelled(&format!("  {:<12}", change.level.word()), &change.message);
            if !change.why.is_empty() {
                self.item(14, &format!("= {}", change.why));
            }
        }
    }

    fn steps(&mut self, plan: &Plan) {
        if plan.steps.is_empty() {
            return;
        }
        self.section(if plan.refused.is_empty() { "Order" } else { "Not in place, but so" });
        for (number, step) in plan.steps.iter().enumerate() {
            self.line(&format!("  {}. {}", number + 1, visible::line(&step.title)));
            if !step.why.is_empty() {
                self.item(5, &step.why);
            }
            for command in &step.commands {
                // Never wrapped: it is copied.
                self.line(&format!("       {}", visible::line(command)));
            }
        }
    }
}

fn is_before_one(version: &str) -> bool {
    version.trim_start_matches('v').starts_with("0.")
}

/// All plans as one document.
pub fn json(made: &[Made]) -> String {
    let plans = made.iter().flat_map(|made| made.plans.iter().map(move |plan| one(plan, &made.changes)));
    format!("{:#}\n", plans.collect::<serde_json::Value>())
}

fn one(plan: &Plan, changes: &[Change]) -> serde_json::Value {
    let reason = |reason: &Reason| json!({ "message": reason.message, "help": reason.help });
    let reasons = |reasons: &[Reason]| reasons.iter().map(reason).collect::<Vec<_>>();
    let moved = |moved: &Move| json!({ "what": moved.what, "from": moved.from.as_deref(), "to": moved.to.as_deref(), "level": moved.distance.word() });
    let window = |window: &Window| {
        let when = match window.when {
            When::Whenever => "any",
            When::Before => "before",
            When::After => "after",
            When::Never => "never",
        };
        json!({ "component": window.component, "turn": window.turn.word(), "when": when, "message": window.message })
    };
    let interface = |known: &Interface| {
        let fate = match known.fate {
            Fate::Gone => "gone",
            Fate::Deprecated => "deprecated",
            Fate::New => "new",
        };
        json!({ "fate": fate, "what": known.what, "why": known.why, "old": known.old_users, "new": known.new_users })
    };
    let values = |chart: &Values| {
        let differs = chart.differs.iter().map(|one| json!({ "path": &*one.path, "old": one.old, "new": one.new }));
        json!({ "what": chart.what, "values": differs.collect::<Vec<_>>() })
    };
    let effect = |change: &Change| json!({ "level": change.level.word(), "effect": change.effect.word(), "message": change.message, "why": change.why });
    let step = |step: &Step| json!({ "title": step.title, "why": step.why, "commands": step.commands });
    json!({
        "cluster": &*plan.cluster,
        "refused": reasons(&plan.refused),
        "care": reasons(&plan.care),
        "versions": plan.versions.iter().map(moved).collect::<Vec<_>>(),
        "windows": plan.windows.iter().map(window).collect::<Vec<_>>(),
        "interfaces": plan.interfaces.iter().map(interface).collect::<Vec<_>>(),
        "values": plan.values.iter().map(values).collect::<Vec<_>>(),
        "effects": plan.effects.iter().filter_map(|number| changes.get(*number)).map(effect).collect::<Vec<_>>(),
        "steps": plan.steps.iter().map(step).collect::<Vec<_>>(),
    })
}
