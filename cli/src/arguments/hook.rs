//! What can be asked of `platc hook`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Look at what is about to be committed
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  platc hook install      from now on, `git commit` looks first
  platc hook run          looks now
  platc hook run --all    looks at everything that is committed or staged, as a pipeline does

It is looked whether sources are in the canonical style, what is wrong with the platforms that change, and whether \
what was built of them is up to date. What counts is what is staged, and not what the working directory has. A commit that changes no platform and nothing \
that was built of one passes at once. `git commit --no-verify` commits without a look.")]
pub struct Hook {
    /// What to do
    #[command(subcommand)]
    pub action: HookAction,
}

/// What can be done with the hook.
#[derive(Subcommand, Debug)]
pub enum HookAction {
    Install(HookInstall),
    /// Take the hook away, and put back the one that was there before
    #[command(after_help = "\
Examples:
  platc hook uninstall    in any directory of the repository")]
    Uninstall,
    Run(HookRun),
}

/// Let `git commit` look at what is staged
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  platc hook install            writes `pre-commit` where git looks for hooks
  platc hook install --force    keeps a hook that is there already, and runs it first

A hook that platc did not write is never changed. With the pre-commit framework, name the repository of platc in \
`.pre-commit-config.yaml` instead, with the id `platc`.")]
pub struct HookInstall {
    /// Keep a hook that is there already as `pre-commit.before-platc`, which runs first
    #[arg(long)]
    pub force: bool,
}

/// Look at what is staged
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  platc hook run          what the next commit changes
  platc hook run --all    everything in the index, whether or not it changes

Looks whether sources are in the canonical style, what is wrong with the platforms that change, and whether the trees \
that are committed are what they make. Which tree is of which platform follows from what it holds, or is said in `platc.toml`:

  [build]
  \"out\" = \"platform.pl\"

Writes nothing. Exit codes: 0 nothing is to be done, 1 something is, 2 it could not be found out.")]
pub struct HookRun {
    /// Files that are looked at as if they changed
    #[arg(value_name = "FILES")]
    pub files: Vec<PathBuf>,
    /// Look at everything
    #[arg(long, conflicts_with = "files")]
    pub all: bool,
    /// Let warnings, too, end with exit code 1
    #[arg(long)]
    pub deny_warnings: bool,
}
