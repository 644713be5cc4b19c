//! An observatory: a vendor's manifests with small differences, and a scheduler that was YAML once.

import "./vendor/nightwatch.yaml" as nightwatch
import "./scheduler.pl" as before

/// How loud everything is, and for how long it is kept.
let level = "warn"
let retention = 30d

extend before.main {
  kubernetes: "1.34"

  namespace watch {
    labels: { "app.kubernetes.io/part-of": "nightwatch" }

    nightwatch.Manifests nightwatch {
      // It lives in our namespace, and the vendor's own is not needed.
      namespaces: { nightwatch-system: "watch" }
      namespace nightwatch-system: null

      deployment nightwatch-collector {
        spec.replicas: 2
        spec.template.spec.containers collector {
          env LOG_LEVEL { value: level }
          resources: { requests: { cpu: 100m, memory: 256MiB }, limits.memory: 512MiB }
        }
        spec.template.spec.volumes data {
          emptyDir: null
          persistentVolumeClaim.claimName: "nightwatch"
        }
      }
      daemonset nightwatch-agent {
        spec.template.spec.containers agent {
          args: ["--collector", "nightwatch-collector.watch.svc:9400"]
        }
        // On the network of its host, it would ask that for the collector.
        spec.template.spec.dnsPolicy: "ClusterFirstWithHostNet"
      }
      configmap nightwatch { data { RETENTION: "\(retention)", TELEMETRY: "off" } }
      probe self { spec.target: "http://nightwatch-collector.watch.svc:9400/ready" }

      // Nobody calls home from here.
      service nightwatch-phone-home: null
    }

    // What the vendor leaves to us.
    k8s.PersistentVolumeClaim nightwatch {
      spec: { accessModes: ["ReadWriteMany"], resources.requests.storage: 20GiB }
    }
  }
}

extend before.main.namespace.telescope {
  // A kind of the vendor's, typed by the definition in its manifests.
  nightwatch.Probe scheduler {
    spec: { target: "http://scheduler.telescope.svc/healthz", every: 30s, expect.status: 200 }
  }
  k8s.PodDisruptionBudget scheduler {
    spec: {
      minAvailable: 1
      selector.matchLabels: namespace.deployment.scheduler.spec?.selector?.matchLabels
    }
  }
}

test "the collector's binding names its account where it lives" {
  let watch = before.main.namespace.watch.bundle.nightwatch
  let subject = (watch.clusterrolebinding.nightwatch-collector.subjects ?? []).first()
  assert subject?.namespace == "watch"
  assert watch.deployment.nightwatch-collector.metadata?.namespace == "watch"
  assert not watch.service.has("nightwatch-phone-home")
}
