//! Redis by its official image: one pod with a volume.

/// One server, which writes down what it is told.
schema Redis is StatefulService {
  image = Image("docker.io/library/redis:7.4.5-alpine")
  /// What everybody must know who asks it.
  password: SecretKey
  size: Bytes = 5GiB
  storage-class?: Name
  tier = "core"
  provides = ["redis"]
  workloads = ["statefulset/\(name)"]
  user = 999
  resources = Resources { cpu: 100m, memory: 256MiB }
  check replicas == 1 else "\(name) has \(replicas) pods, each with keys of its own: take one"
  port redis: 6379
  volume data { mount: "/data", size: size, class: storage-class }
  env = { REDIS_PASSWORD: password }
  // What stands in the arguments is shown by every list of processes; so the password comes by its input.
  command = ["sh", "-c"]
  arguments = [
    "printf 'requirepass %s\nappendonly yes\ndir /data\n' \"$REDIS_PASSWORD\" | exec redis-server -",
  ]
  let asks: k8s.Probe = {
    exec.command: ["sh", "-c", "REDISCLI_AUTH=\"$REDIS_PASSWORD\" redis-cli ping | grep -q PONG"]
    periodSeconds: 10
    timeoutSeconds: 5
  }
  ready = asks
  alive = asks
}
