//! A shop and its database on a laptop, in k3d.

import std/k3d

cluster laptop {
  distribution: k3d.K3d {
    version: "1.34.1+k3s1"
    agent-nodes: 2
    // Images that are built here go there: `docker push localhost:5000/shop`.
    registry: k3d.LocalRegistry { name-of: "registry.localhost" }
    // Nobody has 80 on a laptop.
    map: [{ host: 8080, to: 80 }, { host: 8443, to: 443 }, { host: 30432, to: 30432 }]
  }

  namespace shop {
    secret database { key password {} }
    service web {
      image: "registry.localhost:5000/shop:1.4.2"
      port http: 8080
      uses: [namespace.service.postgres.port.sql]
      env { DATABASE_PASSWORD: namespace.secret.database.key.password }
      expose front: Ingress { host: "shop.localhost" }
    }
    service postgres {
      image: "docker.io/library/postgres:17.6"
      user: 999
      port sql: 5432
      volume data { size: 2GiB, mount: "/var/lib/postgresql/data" }
      scratch run { mount: "/var/run/postgresql" }
      env { POSTGRES_PASSWORD: namespace.secret.database.key.password }
      expose for-tools: NodePort { number: 30432 }
    }
  }
}

test "the shop reaches its database" {
  assert reaches(laptop.namespace.shop.service.web, laptop.namespace.shop.service.postgres.port.sql)
}
