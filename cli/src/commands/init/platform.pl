//! A platform: one typed source, and every mistake found before the rollout.

let domain = "example.net"

/// How often a service runs.
type Replicas = Int where 1 <= it and it <= 50

/// A web application, as this platform understands it.
schema WebApp {
  team: String
  image: String
  replicas: Replicas = 2
  host: String = "\(name).\(domain)"
  check replicas >= 2 or team == "sandbox" else "\(name) needs two replicas"
}

output shop: WebApp {
  team: "payments"
  image: "registry.example.net/shop:1.4.2"
}

test "the shop has its own name" {
  assert shop.host == "shop.example.net"
}
