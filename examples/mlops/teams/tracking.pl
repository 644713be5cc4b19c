//! Where experiments are recorded, and where they are written.

import "../main.pl" as platform

extend platform.lab {
  namespace mlflow {
    owner: "ml-platform"
    service postgres {
      image: "docker.io/library/postgres:17.6"
      port: 5432
      memory: 4GiB
    }
    service tracking {
      image: "ghcr.io/example/mlflow:2.22.1"
      port: 5000
      open: true
      uses: [namespace.service.postgres]
    }
    service notebooks {
      image: "quay.io/example/notebooks:5.3.0"
      port: 8888
      open: true
      cpu: 4
      memory: 16GiB
      uses: [namespace.service.tracking]
    }
  }
}
