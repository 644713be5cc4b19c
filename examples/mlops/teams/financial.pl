//! The models of the financial team. Whatever it runs is important, and carries its name.

import "../main.pl" as platform
import "../model.pl" as model

schema Model is model.Service {
  priority = "high"
  replicas = 2
  memory = 6GiB
}

schema Financial is model.Namespace {
  owner = "financial"
  each service: Model
}

extend platform.lab {
  Financial financial-ml {
    service scoring {
      image: "registry.example.net/financial/scoring:4.2.0"
      port: 9000
      uses: [platform.lab.namespace.mlflow.service.tracking]
    }
    service fraud {
      image: "registry.example.net/financial/fraud:1.0.3"
      port: 9000
      replicas: 4
    }
  }
}
