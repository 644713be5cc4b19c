//! A secret file that somebody hands over, and a service that reads it.

import std/node

cluster lab {
  host cp-1 {
    address: 10.0.0.11
    step token: node.SecretFile { path: "/etc/demo/token", restarts: ["demo"] }
    step demo: node.Unit { systemd: "[Service]\nExecStart=/bin/true\n" }
  }
}
