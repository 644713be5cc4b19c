//! What is fetched, by mirrors and from the directory for machines without internet.

import std/node

cluster lab {
  host cp-1 {
    address: 10.0.0.11
    step program: node.Binary {
      path: "/opt/bin/demo"
      urls: [
        "https://one.example.net/absent",
        "https://two.example.net/wrong",
        "https://three.example.net/demo",
      ]
      sha256: "a5a301c60af0fd8cd3d77a140c73dd78dc87848025d499d5afcc1f2f7327572f"
      file: "demo"
    }
    step tree: node.Archive {
      path: "/opt/tree"
      urls: ["https://three.example.net/tree.tar.gz"]
      sha256: "0000000000000000000000000000000000000000000000000000000000000000"
      strip: 1
    }
  }
}
