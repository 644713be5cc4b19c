//! An address plan: networks cut out of one block, the devices in them, and what routers and name servers read.

import "./devices.json" as devices: [Row]
import "./plan.toml" as plan: Plan

/// A row of `devices.json`.
type Row = { name: Name, network: Name, place: Int where it >= 1, mac?: Mac, aliases?: [Name] }

/// What `plan.toml` decides.
type Plan = {
  domain: Hostname
  site4: Cidr
  site6: Cidr
  networks: {Name: Int where 1 <= it and it <= 254}
}

schema Site {
  domain: Hostname
  block4: Cidr
  block6: Cidr
  each network: Network

  check network.map((n) => n.number).unique().size() == network.size() else "two networks of \(name) have one number"

  let addresses = network.flat-map((n) => n.device.map((d) => d.address))
}

/// One network: the piece of both blocks that its number says.
schema Network in site: Site {
  number: Int
  each device: Device

  let range4 = site.block4.subnet(24, number)
  let range6 = site.block6.subnet(64, number)
  let gateway = range4.host(1)
  /// What the router gives to devices that nobody has named.
  let dynamic = range4.host(128)..range4.host(254)

  emit dhcp: Any = {
    subnet: range4
    router: gateway
    pool: dynamic
    reservations: [for d in device if d.mac != null => { hw-address: d.mac, ip-address: d.address }]
  }
}

/// A device at a fixed place of its network.
schema Device in network: Network {
  place: Int
  mac?: Mac
  aliases: [Name] = []

  let address = network.range4.host(place)
  let address6 = network.range6.host(place)
  let host: Hostname = "\(name).\(network.name).\(network.site.domain)"
  let other-hosts = aliases.map((alias) => "\(alias).\(network.site.domain)")

  check place != 1 else "\(name) would have the address of the gateway"
  check not (address in network.dynamic) else "\(name) has the address \(address), which the router gives to others"
}

output site: Site {
  domain: plan.domain
  block4: plan.site4
  block6: plan.site6
  for label, index in plan.networks {
    network "\(label)" {
      number: index
      for row in devices if row.network == label {
        device "\(row.name)" { place: row.place, mac: row.mac, aliases: row.aliases ?? [] }
      }
    }
  }
}

/// The zone of the site, both ways.
output zone: {
  forward: [
    for device in site.all(Device) => {
      name: device.host
      a: device.address
      aaaa: device.address6
    },
  ]
  aliases: {
    for device in site.all(Device) {
      for host in device.other-hosts { "\(host)": device.host }
    }
  }
  backward: [
    for device in site.all(Device) => { name: device.address.reverse-dns(), ptr: device.host },
  ]
}

test "networks do not touch" {
  let ranges = site.network.map((n) => n.range4)
  assert ranges.all((one) => ranges.count((other) => one.overlaps(other)) == 1)
}

test "every row of the file has found its network" {
  assert site.addresses.size() == devices.size()
}

test "a device in the way of the router is found" {
  expect error "check/failed" in {
    output wrong: site with { network things { device intruder { place: 200 } } }
  }
}
