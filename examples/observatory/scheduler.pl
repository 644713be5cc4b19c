//! Imported from `legacy/scheduler.yaml`.

cluster main {
  // The scheduler gives every observer their hours at the telescope.
  namespace telescope {
    labels: { team: "observers" }

    k8s.ConfigMap scheduler {
      data: {
        site: "N 47.07 E 15.49"
        weekend: "no"
        "quotas.ini": """
        [quota]
        students = 2h
        staff    = 6h

        """
      }
    }

    k8s.Service scheduler {
      spec: {
        ports: [{ name: "http", port: 80, targetPort: "http" }]
        selector: { app: "scheduler" }
      }
    }

    k8s.Deployment scheduler {
      spec: {
        replicas: 2
        selector.matchLabels: { app: "scheduler" }
        template: {
          metadata.labels: { app: "scheduler" }
          spec: {
            containers scheduler {
              image: "registry.example.com/telescope/scheduler:0.9.4"
              ports: [{ name: "http", containerPort: 8080 }]
              envFrom: [{ configMapRef.name: "scheduler" }]
              resources: { limits.memory: 256Mi, requests: { cpu: 100m, memory: 128Mi } }
            }
          }
        }
      }
    }

    // Every evening, before it is dark.
    k8s.CronJob plan-the-night {
      spec: {
        schedule: "0 17 * * *"
        timeZone: "Europe/Vienna"
        concurrencyPolicy: "Forbid"
        jobTemplate.spec.template.spec: {
          containers plan {
            image: "registry.example.com/telescope/scheduler:0.9.4"
            args: ["plan", "--nights", "1"]
          }
          restartPolicy: "Never"
        }
      }
    }
  }
}
