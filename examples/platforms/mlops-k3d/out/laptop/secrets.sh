#!/usr/bin/env bash
# Makes the secrets of the cluster with random values, where they are not there yet. The last of each group tells that.
set -euo pipefail
here=$(cd -- "$(dirname -- "$0")" && pwd)

random() { head -c "$1" /dev/urandom | base64 | tr -d '\n' | tr '+/' '-_'; }

# missing NAMESPACE NAME
missing() { ! kubectl --namespace "$1" get secret "$2" >/dev/null 2>&1; }

# secret NAMESPACE NAME: keys and values are lines of its input.
secret() {
  {
    printf 'apiVersion: v1\nkind: Secret\nmetadata: { namespace: %s, name: %s }\nstringData:\n' "$1" "$2"
    sed 's/^/  /'
  } | kubectl apply --server-side --field-manager=secrets.sh -f -
}

for file in "$here"/argocd/root/namespace-*.yaml; do
  kubectl apply --server-side --field-manager=platc -f "$file"
done

if missing seaweedfs identities; then
  access=$(random 15) key=$(random 30)
  for space in mlflow apps; do
    printf 'access-key: "%s"\nsecret-key: "%s"\n' "$access" "$key" | secret "$space" store
  done
  printf 'seaweedfs_s3_config: |\n  {"identities": [{"name": "mlops", "credentials": [{"accessKey": "%s", "secretKey": "%s"}], "actions": ["Admin"]}]}\n' \
    "$access" "$key" | secret seaweedfs identities
fi

if missing mlflow database; then
  printf 'username: mlflow\npassword: "%s"\n' "$(random 24)" | secret mlflow database
fi

if missing airflow database; then
  password=$(random 24)
  printf 'fernet-key: "%s"\nwebserver-secret-key: "%s"\n' "$(random 32)" "$(random 24)" | secret airflow keys
  printf 'username: admin\nemail: admin@example.net\npassword: "%s"\n' "$(random 15)" | secret airflow admin
  printf 'connection: "postgresql://airflow:%s@postgres.airflow.svc:5432/airflow"\n' "$password" | secret airflow metadata
  printf 'username: airflow\npassword: "%s"\n' "$password" | secret airflow database
fi
