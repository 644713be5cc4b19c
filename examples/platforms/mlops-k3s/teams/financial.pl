//! The models of the financial team: what stands in its namespace is its own.

import "../platform.pl" as platform
import "../project.pl" as project

extend platform.prod {
  project.MlProject financial-ml {
    owner: "risk@example.net"
    public: true
    service scorer {
      image: "ghcr.io/example/scorer:1.4.0"
      port http: 8080
      resources { cpu: 500m, memory: 1GiB }
      // Where its models come from, and who serves them.
      uses: [
        platform.prod.namespace.mlflow.release.mlflow-server.port.web,
        ...namespace.models,
      ]
      expose partners: LoadBalancer { share: "financial" }
    }
    service explainer {
      image: "ghcr.io/example/explainer:1.4.0"
      port http: 8081
      resources { cpu: 500m, memory: 1GiB }
      uses: [namespace.service.scorer.port.http]
      // At the address of the scorer, for the same people.
      expose partners: LoadBalancer { share: "financial" }
    }
  }
}
