//! Rooms that people book: an operator's own kinds, typed by the definitions that it publishes.

import "./crds/reservations.yaml" as reservations

/// A house with rooms. What all houses have in common stands here once.
schema House in namespace: Namespace {
  zone: String = "Europe/Vienna"
  seats: {String: Int}
  emit venue: reservations.Venue = {
    spec: {
      timeZone: zone
      database.secretName: "\(name)-database"
      resources.memory: 128MiB
      rooms: [for room, count in seats => { name: room, seats: count }]
    }
  }
  emit reader: k8s.RoleBinding = {
    metadata.name: "\(name)-readers"
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "venue-reader" }
    subjects: [{ kind: "Group", apiGroup: "rbac.authorization.k8s.io", name: "\(name)-staff" }]
  }
  check seats.values().max() <= 500 else "`\(name)` has a room that is too large to leave in time"
}

/// Where houses stand.
schema Bookings is Namespace {
  each house: House
}

cluster city {
  kubernetes: "1.34"

  // The definitions come before what they define, in the same stream.
  reservations.Manifests operator {}

  reservations.BookingPolicy usual { spec: { notice: 2h, maxDays: 14 } }
  reservations.BookingPolicy concerts { spec: { notice: 72h, overbooking: "Waitlist" } }

  k8s.ClusterRole venue-reader {
    rules: [{
      apiGroups: ["reservations.example.org"]
      resources: ["venues"]
      verbs: ["get", "list", "watch"]
    }]
  }

  namespace bookings: Bookings {
    house museum {
      seats: { hall: 220, studio: 24 }
      venue.spec.rooms hall { equipment: ["Projector", "Piano"] }
    }
    house library {
      seats: { reading: 60 }
      venue.spec.resources.memory: 64MiB
    }

    // One without a house around it: a block of the kind itself.
    reservations.Venue tent {
      spec: {
        timeZone: "Europe/Vienna"
        rooms ring { seats: 400 }
      }
    }
  }
}

test "every house has a room for a meeting" {
  assert city.namespace.bookings.house.all((house) => house.seats.values().max() >= 20)
}

test "a room without seats is refused" {
  expect error "type/refinement" in {
    cluster x {
      namespace y { reservations.Venue z { spec: { timeZone: "UTC", rooms a { seats: 0 } } } }
    }
  }
}
