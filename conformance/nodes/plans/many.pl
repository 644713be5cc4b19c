//! A hundred thousand hostile values, which `many.awk` makes: in contents of files, in paths, in links, in names of steps.

import std/node
import "./many.json" as many: {String: String}
import "./whole.json" as whole: {String: String}
import "./paths.json" as paths: {String: String}
import "./links.json" as links: {String: String}

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
  }
}
