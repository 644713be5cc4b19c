//! Who is let in: everybody, a network, and all of a network.

import std/node

cluster lab {
  host cp-1 {
    address: 10.0.0.11
    step api: node.Firewall { ports: [6443] }
    step kubelet: node.Firewall { ports: [10250], from: [10.0.0.0/24] }
    step pods: node.Firewall { from: [10.42.0.0/16] }
  }
}
