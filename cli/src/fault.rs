//! A fault of the compiler itself: said plainly, with its own exit code. A user's mistake never ends here.

use std::io::Write;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::process::ExitCode;

/// Exit code of a fault, the one that Rust programs have.
const EXIT: u8 = 101;

/// Deep sources nest deep calls; the limits of the compiler fit into this.
const STACK: usize = 64 << 20;

/// Runs the command on a stack of its own: on this thread, whose heap grows in large steps.
pub fn guarded(command: impl FnOnce() -> ExitCode) -> ExitCode {
    panic::set_hook(Box::new(say));
    let run = AssertUnwindSafe(|| stacker::grow(STACK, command));
    panic::catch_unwind(run).unwrap_or(ExitCode::from(EXIT))
}

fn say(fault: &PanicHookInfo<'_>) {
    let payload = fault.payload();
    let what = payload.downcast_ref::<&str>().copied().or(payload.downcast_ref::<String>().map(String::as_str));
    let place = fault.location().map(|place| format!(" at {}:{}", place.file(), place.line())).unwrap_or_default();
    // There is nobody left to tell if this fails.
    let _ = writeln!(
        std::io::stderr(),
        "fault: {}{place}\n  = platc {} has a mistake of its own, your platform need not have one\n  = \
         please report it with this text and, if you can, the smallest source that shows it",
        what.unwrap_or("unknown"),
        env!("CARGO_PKG_VERSION"),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::panic)]
    fn a_fault_has_its_own_exit_code() {
        let shown = |code: ExitCode| format!("{code:?}");
        assert_eq!(shown(guarded(|| ExitCode::from(7))), shown(ExitCode::from(7)));
        assert_eq!(shown(guarded(|| panic!("on purpose"))), shown(ExitCode::from(EXIT)));
    }
}
