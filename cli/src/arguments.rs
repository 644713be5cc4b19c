//! What can be asked of `platc`, and the help that says so.

mod hook;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::report;
use crate::seal::Scope;
use crate::terminal::Color;

pub use hook::{Hook, HookAction, HookInstall, HookRun};

const AFTER_HELP: &str = "\
Findings for a person go to the error stream, values to the output stream. The other forms of a report \
(json, sarif, github, gitlab, junit) go to the output stream where the report is the result (check, test), \
else to the error stream.

Exit codes:
  0    nothing is wrong (there may be warnings)
  1    something was found
  2    wrong use, or a file could not be read or written
  101  a mistake in platc itself";

/// Compiles a platform: machines, networks, clusters and workloads from one typed source.
#[derive(Parser, Debug)]
#[command(name = "platc", version, after_help = AFTER_HELP, arg_required_else_help = true)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Whether to write in colours
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Color,
    /// Say nothing but findings and values
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

/// The commands.
#[derive(Subcommand, Debug)]
pub enum Command {
    Check(Check),
    Build(Build),
    Eval(Eval),
    Graph(Graph),
    Images(Images),
    Urls(Urls),
    Diff(Diff),
    UpgradePlan(UpgradePlan),
    Fmt(Fmt),
    Test(Test),
    Explain(Explain),
    Import(Import),
    Seal(Seal),
    Init(Init),
    Hook(Hook),
    Lsp(Lsp),
    Completions(Completions),
}

/// Report everything that is wrong
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  platc check                        every .pl file below the working directory
  platc check platform.pl            one platform
  platc check --format sarif > out   for a code scanner
  platc check --format gitlab > out  for the widget of a merge request
  platc check --watch                again and again, whenever a file changes, until Ctrl-C
  cat x.pl | platc check -           standard input")]
pub struct Check {
    /// Files and directories; `-` is standard input
    #[arg(value_name = "FILES|DIRS", default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// The form of the report
    #[arg(long = "format", visible_alias = "report", value_enum, default_value_t = report::Format::Human)]
    pub report: report::Format,
    /// Let warnings, too, end with exit code 1
    #[arg(long)]
    pub deny_warnings: bool,
    /// Report what would change in platc.lock, and end with exit code 1 if anything would
    #[arg(long)]
    pub locked: bool,
    /// Check again whenever a file changes, until Ctrl-C
    #[arg(long, conflicts_with = "report")]
    pub watch: bool,
    /// Look for changes twice a second, where the system does not tell of them, as on some network drives
    #[arg(long, requires = "watch")]
    pub poll: bool,
}

/// Serve an editor: the language server, over standard input and output
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  platc lsp    what the editor starts, and nobody types

It reads the projects whose files are open and the folders that the editor names, and nothing outside of them. \
It writes no file, runs nothing and connects nowhere.
Exit code 1 is an editor that left without `shutdown`.")]
pub struct Lsp {
    /// Over standard input and output, which is the only way; some editors say so
    #[arg(long)]
    pub stdio: bool,
}

/// Check a platform and write its Kubernetes objects, or its outputs where it has none
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  platc build platform.pl                            to the output stream
  platc build platform.pl | kubectl apply -f -       to a cluster
  platc build platform.pl -o out/                    into a directory
  platc build platform.pl -o out/ --check            is the directory up to date?
  platc build platform.pl --format json -o out.json  into a file

No shell can redirect into a directory: where you would write `> out/`, write `-o out/`.
A directory changes whole or not at all. Files in it that platc did not write stay.")]
pub struct Build {
    /// The platform's file; `-` is standard input
    #[arg(value_name = "FILE")]
    pub path: PathBuf,
    /// The form of the values
    #[arg(long, value_enum, default_value_t = Values::Yaml)]
    pub format: Values,
    /// Write into a directory, or into a file if there is one or PATH ends with `.yaml`, `.yml` or `.json`
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<PathBuf>,
    /// Write over generated files that were edited since
    #[arg(long, requires = "output", conflicts_with = "check")]
    pub force: bool,
    /// Write nothing; say what would change, and end with exit code 1 if anything would
    #[arg(long, requires = "output")]
    pub check: bool,
    /// Change nothing in platc.lock: report what would change, and build nothing if anything would
    #[arg(long)]
    pub locked: bool,
    /// By what the platform is judged; what is only wrong as a whole can be built all the same
    #[arg(long, value_enum, default_value_t = Judged::All)]
    pub rules: Judged,
    /// The form of the report
    #[arg(long, value_enum, default_value_t = report::Format::Human)]
    pub report: report::Format,
}

/// By what a platform is judged.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Judged {
    /// Everything that is known to go wrong
    All,
    /// The language and its types alone
    Language,
}

/// List every image that a platform runs, and what runs it
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  platc images platform.pl                   each image, with what runs it and the line that says so
  platc images platform.pl --format list     names alone
  platc images platform.pl --format json     for a machine

`fetch.sh` in the tree of a build collects them.")]
pub struct Images {
    #[command(flatten)]
    pub asked: Pulled,
}

/// List where people reach what runs, or what is asked elsewhere
#[derive(Args, Debug)]
#[command(
    visible_alias = "access",
    after_help = "\
Examples:
  platc urls platform.pl                           each service with its address, who may come, where credentials are
  platc urls platform.pl --cluster prod --format list
  platc urls --external platform.pl                each address that is asked, by whom, and the line that says so
  platc urls --external platform.pl --format json  for a machine, with the SHA-256 where it is known

`operate.sh access` in the tree of a build prints the same table. What nothing may contact is `blocked` of a
network, and using it is an error."
)]
pub struct Urls {
    #[command(flatten)]
    pub asked: Pulled,
    /// What the platform gets from elsewhere: charts, files of machines, sources
    #[arg(long)]
    pub external: bool,
}

/// Make values of a secret such that they may be published, offline
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  kubeseal --fetch-cert > sealed/lab.pem                                         once, from the cluster
  platc seal web/database password --cert sealed/lab.pem -o sealed/lab.json      asks for the value
  openssl rand -base64 32 | platc seal web/database password --cert sealed/lab.pem -o sealed/lab.json
  platc seal web/tls tls.key --cert sealed/lab.pem -i server.key -o sealed/lab.json
  platc seal web/database user password --age age1.. -o sealed/lab.sops.json     for SOPS: all keys of the secret at once

One file holds what was sealed for a cluster, and the platform imports it: `import \"./sealed/lab.json\" as lab-sealed:
sealedsecrets.Kept`, `provider: sealedsecrets.Sealed { kept: lab-sealed }`. A value is never an argument, where others on the
machine could see it. What is sealed already is left as it is, so that the file does not change.")]
pub struct Seal {
    /// The namespace and the name of the secret
    #[arg(value_name = "NAMESPACE/NAME")]
    pub secret: String,
    /// The keys in it
    #[arg(value_name = "KEY", required = true)]
    pub keys: Vec<String>,
    /// The certificate of the controller
    #[arg(long, value_name = "FILE", required_unless_present_any = ["age", "check"], conflicts_with = "age")]
    pub cert: Option<PathBuf>,
    /// Encrypt for SOPS instead, for who has this key of age
    #[arg(long, value_name = "RECIPIENT")]
    pub age: Vec<String>,
    /// For whom: for this secret, for its namespace, for the cluster
    #[arg(long, value_enum, default_value_t = Scope::Strict)]
    pub scope: Scope,
    /// Take the value from a file, byte for byte, and not from standard input; of a directory, from the file called as the key
    #[arg(short, long, value_name = "PATH")]
    pub input: Option<PathBuf>,
    /// Add it to a file of what was sealed for a cluster
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Seal it anew where the file has it already
    #[arg(long)]
    pub rotate: bool,
    /// Only say which keys the file does not have; 1 where there are some
    #[arg(long, requires = "output", conflicts_with_all = ["input", "rotate"])]
    pub check: bool,
}

/// Of what is listed, and how.
#[derive(Args, Debug)]
pub struct Pulled {
    /// The platform's file; `-` is standard input
    #[arg(value_name = "FILE")]
    pub path: PathBuf,
    /// The cluster; all of them where none is named
    #[arg(long, value_name = "NAME")]
    pub cluster: Option<String>,
    /// The form of the list
    #[arg(long, value_enum, default_value_t = Listed::Human)]
    pub format: Listed,
    /// The form of the report
    #[arg(long, value_enum, default_value_t = report::Format::Human)]
    pub report: report::Format,
}

/// The form of a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Listed {
    /// For a person, with who asks for it and where that is written
    Human,
    /// Names alone
    List,
    /// JSON
    Json,
}

/// Draw a platform: its network, who may reach whom, what depends on what
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  platc graph platform.pl -o platform.html                    one page: search, filter, click
  platc graph platform.pl --view reach -o reach.svg           one picture
  platc graph platform.pl --view network --format mermaid     for a Markdown page
  platc graph platform.pl --view depends --format dot | dot -Tpdf > depends.pdf

Each part of a picture says the line of the source that it comes from.")]
pub struct Graph {
    /// The platform's file; `-` is standard input
    #[arg(value_name = "FILE")]
    pub path: PathBuf,
    /// What to draw; a page has all of them, and any other form the network, unless one is named
    #[arg(long, value_enum, value_name = "VIEW")]
    pub view: Option<Viewed>,
    /// The cluster; all of them where none is named
    #[arg(long, value_name = "NAME")]
    pub cluster: Option<String>,
    /// The form; by default what PATH ends with, or else a page
    #[arg(long, value_enum)]
    pub format: Option<Drawn>,
    /// Write into a file
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<PathBuf>,
    /// The form of the report
    #[arg(long, value_enum, default_value_t = report::Format::Human)]
    pub report: report::Format,
}

/// What a picture shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Viewed {
    /// Hosts, networks, pools, addresses, and what is exposed
    Network,
    /// Who may reach whom, and why
    Reach,
    /// What depends on what
    Depends,
}

/// The form of a picture.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Drawn {
    /// A page that needs nothing else
    Html,
    /// A picture
    Svg,
    /// Text for Mermaid
    Mermaid,
    /// Text for Graphviz
    Dot,
}

/// Say what it means to go from one platform to another: restarts, lost data, paths
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  platc diff main platform.pl                 what the working directory changes of a branch
  platc diff v1.4 v1.5                        two revisions of the directory around
  platc diff main:apps/shop.pl apps/shop.pl   a file as it was, and as it is
  platc diff out/ platform.pl                 what a build would change of a tree
  kubectl get deploy,svc,netpol -A -o yaml | platc diff - platform.pl
  platc diff --fail-on disruption origin/main platform.pl
  platc diff --format markdown main platform.pl > comment.md

The levels, from the mildest:
  note        nobody notices who does not look
  restart     pods are replaced, one by one
  disruption  somebody notices: a path opens or closes, an address moves, something must be made anew
  danger      data or the cluster may be lost: not to be applied without a plan

A path that exists is a path, else the word is a revision. `REVISION:PATH` is as git has it: from the root
of the repository, or from the working directory where it begins with `./`.")]
pub struct Diff {
    /// What there is: a file, a directory, `REVISION[:PATH]`, or `-` for objects on standard input
    #[arg(value_name = "OLD")]
    pub old: PathBuf,
    /// What there shall be, in the same forms
    #[arg(value_name = "NEW")]
    pub new: PathBuf,
    /// The form of what is said
    #[arg(long, value_enum, default_value_t = Compared::Human)]
    pub format: Compared,
    /// End with exit code 1 if a change is of this level or above
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub fail_on: Option<Gate>,
    /// Show each field of each change
    #[arg(long)]
    pub all: bool,
}

/// Say how to get from one platform to another: versions, what is refused, the order
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  platc upgrade-plan main platform.pl             from a branch to the working directory
  platc upgrade-plan v1.4 v1.5                    between two revisions of the directory around
  platc upgrade-plan out/ platform.pl             from a tree that was built
  platc upgrade-plan --cluster prod main platform.pl
  platc upgrade-plan --format json main platform.pl

Nothing is changed, and no cluster is asked: what charts bring by themselves is said in their own notes.
The commands of a plan run where the platform is built into: `platc build platform.pl -o .`.

Exit codes: 0 there is a way, or nothing to do; 1 it is refused (a skipped minor version, a way back, another
network of pods, versions that do not work together), or a platform has errors.")]
pub struct UpgradePlan {
    /// What there is: a file, a directory, `REVISION[:PATH]`, or `-` for objects on standard input
    #[arg(value_name = "OLD")]
    pub old: PathBuf,
    /// What there shall be, in the same forms
    #[arg(value_name = "NEW")]
    pub new: PathBuf,
    /// The cluster; all of them where none is named
    #[arg(long, value_name = "NAME")]
    pub cluster: Option<String>,
    /// The form of the plan
    #[arg(long, value_enum, default_value_t = Planned::Human)]
    pub format: Planned,
    /// Show everything that comes and goes, and not only what is used
    #[arg(long)]
    pub all: bool,
}

/// The form of a plan.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Planned {
    /// For a person
    Human,
    /// JSON
    Json,
}

/// The form of what changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Compared {
    /// For a person
    Human,
    /// For a script: one object a line
    Json,
    /// For the comment of a change
    Markdown,
}

/// From which level on a change is too much.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Gate {
    /// Any change
    Note,
    /// Pods are replaced
    Restart,
    /// Somebody notices
    Disruption,
    /// Something may be lost
    Danger,
}

/// Compute one expression
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  platc eval -e '10.44.0.0/16.subnets(24).size()'
  platc eval platform.pl -e 'anton.network.pods'")]
pub struct Eval {
    /// The file whose names the expression may use; `-` is standard input
    #[arg(value_name = "FILE")]
    pub path: Option<PathBuf>,
    /// The expression
    #[arg(short, long, value_name = "EXPR")]
    pub expression: String,
    /// The form of the value
    #[arg(long, value_enum, default_value_t = Values::Yaml)]
    pub format: Values,
    /// The form of the report
    #[arg(long, value_enum, default_value_t = report::Format::Human)]
    pub report: report::Format,
}

/// Write files in the one canonical style
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  platc fmt                    every .pl file below the working directory
  platc fmt --check platform   say what would change, change nothing
  platc fmt --stdin < x.pl     from standard input to standard output")]
pub struct Fmt {
    /// Files and directories
    #[arg(value_name = "FILES|DIRS", default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// Change nothing; show what would change, and end with exit code 1 if anything would
    #[arg(long)]
    pub check: bool,
    /// Read standard input and write to standard output
    #[arg(long, conflicts_with_all = ["paths", "check"])]
    pub stdin: bool,
    /// The form of the report
    #[arg(long, value_enum, default_value_t = report::Format::Human)]
    pub report: report::Format,
}

/// Run the tests of a platform
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  platc test                          the tests of every .pl file below the working directory
  platc test platform.pl --filter database
  platc test --format junit > junit.xml  for a pipeline")]
pub struct Test {
    /// Files and directories; `-` is standard input
    #[arg(value_name = "FILES|DIRS", default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// Only tests whose name contains this text
    #[arg(long, value_name = "TEXT")]
    pub filter: Option<String>,
    /// Report what would change in platc.lock, and end with exit code 1 if anything would
    #[arg(long)]
    pub locked: bool,
    /// The form of the report
    #[arg(long = "format", visible_alias = "report", value_enum, default_value_t = report::Format::Human)]
    pub report: report::Format,
}

/// Explain a finding, a line of the output, an object, or a kind of objects
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  platc explain                                       the codes of all findings
  platc explain type/mismatch                         one of them
  platc explain out/lab/web/deployment-shop.yaml:21   which lines of the source made this one
  platc explain out.yaml:120 -f platform.pl           the same for a stream, of this platform
  platc explain deployment/web/shop                   which lines made an object, by its name in the cluster
  platc explain Deployment.spec.strategy              what a kind holds, as the language has it
  platc explain IPAddressPool --recursive             the same all the way down

A kind has any case, its plural or its short name: `deploy`. Of several kinds of one name,
`apps/v1.Deployment` and `metallb.IPAddressPool` are one. With `-f` the kinds of a platform are known.

The platform of a line is the nearest that makes the object: in a directory above the file, or above
the working directory.")]
pub struct Explain {
    /// The code of a finding, FILE:LINE of an output, KIND/[NAMESPACE/]NAME of an object, or KIND[.FIELD..]
    #[arg(value_name = "SUBJECT")]
    pub subject: Option<String>,
    /// The platform that the output was built from, or that knows the kind
    #[arg(short = 'f', long, value_name = "FILE", requires = "subject")]
    pub platform: Option<PathBuf>,
    /// The version of the kind, as in `apps/v1`
    #[arg(long, value_name = "GROUP/VERSION", requires = "subject")]
    pub api_version: Option<String>,
    /// Show the fields of fields, too
    #[arg(long, requires = "subject")]
    pub recursive: bool,
}

/// Write existing Kubernetes manifests as source
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  platc import deploy.yaml                         to the output stream
  platc import manifests/ -o shop.pl               a directory of YAML and JSON, as one file
  kubectl get deploy,svc -o yaml | platc import -  from a cluster

What is written is compiled and compared with the manifests. What would not come out as it went in is said, \
with exit code 1.")]
pub struct Import {
    /// Files and directories; `-` is standard input
    #[arg(value_name = "FILES|DIRS", required = true)]
    pub paths: Vec<PathBuf>,
    /// Write into a file
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write over a file that exists
    #[arg(long, requires = "output")]
    pub force: bool,
    /// The form of the report
    #[arg(long = "format", visible_alias = "report", value_enum, default_value_t = report::Format::Human)]
    pub report: report::Format,
}

/// Begin a platform
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  platc init shop    writes shop/platform.pl and what belongs to it")]
pub struct Init {
    /// The directory, which is created if need be
    #[arg(value_name = "DIR", default_value = ".")]
    pub directory: PathBuf,
}

/// Write a script that completes commands in a shell
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  platc completions bash > ~/.local/share/bash-completion/completions/platc
  platc completions fish > ~/.config/fish/completions/platc.fish")]
pub struct Completions {
    /// The shell
    pub shell: Shell,
}

/// The form of values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Values {
    /// YAML.
    Yaml,
    /// JSON.
    Json,
}
