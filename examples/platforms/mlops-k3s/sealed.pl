//! The sealed values of secrets: each cluster opens its own. A line and `platc seal` make a new one:
//! `platc seal mlflow/database password --cert prod.pem -o sealed/prod/mlflow-database.json`.

import "./sealed/dev/financial-ml-artifacts.json" as dev-financial-ml-artifacts: Values
import "./sealed/dev/jupyterhub-hub.json" as dev-jupyterhub-hub: Values
import "./sealed/dev/minio-root.json" as dev-minio-root: Values
import "./sealed/dev/mlflow-database.json" as dev-mlflow-database: Values
import "./sealed/dev/mlflow-store.json" as dev-mlflow-store: Values
import "./sealed/dev/monitoring-grafana.json" as dev-monitoring-grafana: Values
import "./sealed/dev/new-ml-project-artifacts.json" as dev-new-ml-project-artifacts: Values
import "./sealed/prod/financial-ml-artifacts.json" as prod-financial-ml-artifacts: Values
import "./sealed/prod/jupyterhub-hub.json" as prod-jupyterhub-hub: Values
import "./sealed/prod/minio-root.json" as prod-minio-root: Values
import "./sealed/prod/mlflow-database.json" as prod-mlflow-database: Values
import "./sealed/prod/mlflow-store.json" as prod-mlflow-store: Values
import "./sealed/prod/monitoring-grafana.json" as prod-monitoring-grafana: Values
import "./sealed/prod/new-ml-project-artifacts.json" as prod-new-ml-project-artifacts: Values

type Values = {String: String}

let values: {Name: {String: Values}} = {
  dev: {
    "financial-ml/artifacts": dev-financial-ml-artifacts
    "jupyterhub/hub": dev-jupyterhub-hub
    "minio/root": dev-minio-root
    "mlflow/database": dev-mlflow-database
    "mlflow/store": dev-mlflow-store
    "monitoring/grafana": dev-monitoring-grafana
    "new-ml-project/artifacts": dev-new-ml-project-artifacts
  }
  prod: {
    "financial-ml/artifacts": prod-financial-ml-artifacts
    "jupyterhub/hub": prod-jupyterhub-hub
    "minio/root": prod-minio-root
    "mlflow/database": prod-mlflow-database
    "mlflow/store": prod-mlflow-store
    "monitoring/grafana": prod-monitoring-grafana
    "new-ml-project/artifacts": prod-new-ml-project-artifacts
  }
}

/// Those of a secret, `NAMESPACE/NAME`, in a cluster. Clusters of tests have those of `prod`.
fn of(cluster: Name, secret: String) -> Values = (values.get(cluster) ?? values["prod"])[secret]
