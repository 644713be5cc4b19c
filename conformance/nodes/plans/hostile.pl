//! Texts that a shell might take for something else: as contents, paths, names, commands, words.

import std/node
import "./texts.json" as texts: [String]

cluster lab {
  host cp-1 {
    address: 10.0.0.11
    for at in 0..(texts.size() - 1) {
      step "name \(texts[at])": node.File { path: "/srv/hostile/\(at)", text: texts[at] }
      step "path \(at)": node.File {
        path: "/srv/paths/\(at)\(texts[at].replace("/", "|"))"
        text: "\(at)"
      }
      step "link \(at)": node.Link { path: "/srv/links/\(at)", to: "x\(texts[at])" }
      step "said \(at)": node.Command {
        unless: "[ -e /srv/said/\(at) ]"
        run: "mkdir -p /srv/said; printf '%s' ok >/srv/said/\(at) # \(texts[at].replace("\n", " "))"
      }
    }
  }
}
