//! A hundred thousand hostile values, which `many.awk` makes: in contents of files, in paths, in links, in names of steps, and in
//! whatever else a step says.

import std/node
import "./many.json" as many: {String: String}
import "./whole.json" as whole: {String: String}
import "./paths.json" as paths: {String: String}
import "./links.json" as links: {String: String}
import "./owners.json" as owners: {String: String}
import "./names.json" as names: {String: String}
import "./boot.json" as boot: {String: String}
import "./packages.json" as packages: {String: String}
import "./modules.json" as modules: {String: String}
import "./settings.json" as settings: {String: String}
import "./files.json" as files: {String: String}
import "./units.json" as units: {String: String}

cluster lab {
  host cp-1 {
    address: 10.0.0.11
    for at, text in many {
      step "many \(at)": node.File { path: "/srv/many/\(at)", text: text }
    }
    for at, text in whole {
      step "whole \(at)": node.File { path: "/srv/whole/\(at)", text: text }
    }
    for at, word in paths {
      step "\(word) \(at)": node.File { path: "/srv/paths/\(at)\(word)", text: at }
    }
    for at, word in links {
      step "\(at) \(word)": node.Link { path: "/srv/links/\(at)", to: "x\(word)" }
    }
    for at, owner in owners {
      step "owner \(at)": node.File { path: "/srv/owners/\(at)", owner: owner, group: owner }
    }
    step names: node.Hosts { entries: names.map-values((_at) => 10.0.0.1) }
    step boot: node.BootWords { words: boot.values() }
    step packages: node.Package { debian: packages.values() }
    for at, module in modules { step "module \(at)": node.Module { module: module } }
    for at, value in settings { step "setting \(at)": node.Sysctl { key: "net.\(at)", value: value } }
    for at, file in files {
      step "file \(at)": node.Binary {
        path: "/srv/files/\(at)"
        urls: ["https://example.net/\(at)"]
        file: file
        sha256: "a5a301c60af0fd8cd3d77a140c73dd78dc87848025d499d5afcc1f2f7327572f"
      }
    }
    for at, text in units { step "unit-\(at)": node.Unit { systemd: text } }
  }
}
