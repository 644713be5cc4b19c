//! Nodes: what a machine shall be like, in steps. A build makes one script of the steps of each host, `nodes/HOST.sh`.

/// A path on the machine, from its root.
type MachinePath = Path where it.starts-with("/")
/// Rights as `0o644`.
type Mode = Int where 0 <= it and it <= 0o7777
/// The SHA-256 of a file, in hexadecimal digits.
type Sha256 = String where it.matches(Regex("^[0-9a-f]{64}$"))
/// One word, of which a file of the machine may have several in a line.
type Word = String where it.matches(Regex("^[^\\s#]+$"))
/// Distributions whose packages have one manager and one set of names.
type Family = "debian" | "redhat" | "suse" | "arch" | "alpine"

/// What a distribution does on the host of the same name. The host takes these steps over: it can amend, replace and take out
/// each.
schema Plan in Distribution {
  host: Host
  each step: Step
  check host.name == name else "the plan `\(name)` is taken over by the host of its name, and is about `\(host.name)`"
}

/// One thing that a machine shall have. What it finds done it leaves alone.
schema Step {
  /// The names of steps that must be done before this. The rest of the order follows from kinds.
  after: [String] = []
  /// The names of steps of kind `Unit` that start again when this one changes something.
  restarts: [String] = []
  /// On which distributions it is done; where none is named, on all.
  families: [Family] = []
  /// With which services: those of `systemd`, those of `openrc`, or whichever the machine has.
  init?: "systemd" | "openrc"
}

/// Something that must hold before anything is changed.
schema Require is Step {
  /// A command of bash that succeeds where it holds. It must change nothing.
  test: String
  /// What somebody is told where it does not hold.
  otherwise: String
}

/// What the machine is called.
schema HostName is Step {
  hostname: Hostname
}

/// Addresses and their names in `/etc/hosts`.
schema Hosts is Step {
  entries: {String: Ip}
  check entries.keys().all(
    (known) => known.matches(Regex("^[^\\s#]+$")),
  ) else "a name in `/etc/hosts` is one word"
}

/// Memory on disk. Off, it stays off when the machine starts again.
schema Swap is Step {
  off: Bool = true
}

/// A package, by the family of the distribution. Where a family has none, nothing is done there.
schema Package is Step {
  debian: [Word] = []
  redhat: [Word] = []
  suse: [Word] = []
  arch: [Word] = []
  alpine: [Word] = []
}

/// A module of the kernel, now and whenever the machine starts.
schema Module is Step {
  @main module: Word
}

/// A setting of the kernel, now and whenever the machine starts.
schema Sysctl is Step {
  key: Word
  @main value: String | Int
  check not "\(value)".contains("\n") else "the value of `\(key)` is one line"
}

/// Words on the line that the kernel is started with, where that is a file: the first of `paths` that there is. They are in
/// force when the machine starts again.
schema BootWords is Step {
  paths: [MachinePath] = ["/boot/firmware/cmdline.txt", "/boot/cmdline.txt"]
  words: [Word]
}

/// A directory.
schema Directory is Step {
  @main path: MachinePath
  mode: Mode = 0o755
  owner: String = "root"
  group: String = "root"
}

/// A file. Its content is one of `text`, `yaml` and `json`.
schema File is Step {
  path: MachinePath
  text: String = if yaml != null
    then self.as-yaml
    else if json != null then self.as-json else ""
  yaml?: Any
  json?: Any
  mode: Mode = 0o644
  owner: String = "root"
  group: String = "root"
  let as-yaml: String = if yaml == null then "" else yaml(yaml)
  let as-json: String = if json == null then "" else "\(json(json))\n"
}

/// A link to another path.
schema Link is Step {
  path: MachinePath
  to: Path
}

/// A file whose content no platform knows: it is made of random bytes on the machine, or handed to its script, which reads it
/// from its input: `HOST.sh put STEP`. It is never changed once it is there.
schema SecretFile is Step {
  path: MachinePath
  mode: Mode where it % 0o10 == 0 = 0o600
  owner: String = "root"
  group: String = "root"
  /// Of how many random bytes it is made, in hexadecimal digits; where this is nothing, somebody hands it over.
  random?: Int where 16 <= it and it <= 1024
}

/// Something that is fetched: from the directory for machines without internet, or from the first address that gives it.
schema Download is Step {
  urls: [Url]
  sha256: Sha256
  /// What it is called in the directory for machines without internet.
  file: String = urls.first().split("/").last()
}

/// A program.
schema Binary is Download {
  path: MachinePath
  mode: Mode = 0o755
  owner: String = "root"
  group: String = "root"
}

/// Images of containers in one file, at the place where something looks for them.
schema ImageArchive is Download {
  path: MachinePath
  mode: Mode = 0o644
  owner: String = "root"
  group: String = "root"
}

/// A packed directory: `.tar`, `.tar.gz`, `.tar.xz`, `.tar.zst` or `.zip`. The directory holds what is in it and nothing else.
schema Archive is Download {
  /// Where it is unpacked.
  path: MachinePath
  /// How many directories at its front are left out.
  strip: Int where 0 <= it and it <= 9 = 0
  check file.matches(
    Regex(".*[.](tar|tar[.](gz|xz|bz2|zst)|tgz|txz|zip)"),
  ) else "`\(file)` is no archive that is known by its end"
}

/// A service of the machine. Where a text is given, the service is of this plan; else it is of the machine.
schema Unit is Step {
  /// What it is called: `k3s`, `k3s.service`, `cleanup.timer`.
  unit: String = name
  /// The file of systemd.
  systemd?: String
  /// The script of openrc.
  openrc?: String
  /// Whether it starts with the machine.
  enabled: Bool = true
  /// Whether it runs.
  running: Bool = true
  /// Whether nothing else can start it.
  masked: Bool = false
  /// Whether it reads its configuration again instead of starting again, where it can.
  reload: Bool = false
  /// Whether a machine without it is as it shall be.
  optional: Bool = false
  check not masked or not (enabled or running) else "`\(unit)` is masked, so it can be neither enabled nor running"
}

/// What a firewall lets in: firewalld, ufw or nftables, whichever runs. Where none runs, nothing is done.
schema Firewall is Step {
  ports: [Port | PortRange] = []
  protocol: "tcp" | "udp" | "sctp" = "tcp"
  /// Who may come; everybody where this is empty.
  from: [Cidr] = []
  check not (ports.is-empty() and from.is-empty()) else "this would let in everybody to everything: name `ports` or `from`"
}

/// SELinux, where the machine has it.
schema Selinux is Step {
  mode?: "enforcing" | "permissive"
  booleans: {String: Bool} = {}
  /// Types of files by the expressions that `semanage fcontext` takes.
  contexts: {String: String} = {}
}

/// A profile of AppArmor, where the machine has it.
schema AppArmor is Step {
  profile: String
}

/// A command of a user. It must do what it is for, whatever was there before.
schema Command is Step {
  /// A command of bash that succeeds where nothing is to be done. It must change nothing.
  unless: String
  /// What is done: a command of bash.
  run: String
  /// What takes it back.
  undo?: String
}
