"""The fleet in the languages of others: every service becomes a Deployment, a Service, an Ingress and a NetworkPolicy,
and every twenty of them share a namespace. Each program judges its input in the way that its language has for that."""

import json


def fleet(count):
    """The services, as `src/fleet.rs` has them."""
    services = []
    for number in range(count):
        name, team = f"svc-{number:05}", f"team-{number // 20:04}"
        services.append({
            "name": name,
            "ns": team,
            "image": f"registry.example.com/{team}/{name}:1.{number % 40}.{number % 7}",
            "port": 8000 + number % 1000,
            "replicas": 1 + number % 5,
            "cpu": f"{100 + 50 * (number % 8)}m",
            "mem": f"{128 * (1 + number % 4)}Mi",
            "env": {
                "LOG_LEVEL": ("debug", "info", "warn")[number % 3],
                "PEER": f"svc-{(number * 7 + 1) % count:05}",
                "REGION": f"r{number % 4}",
            },
        })
    return services


def lines(services):
    """The services as JSON, which several languages read as their own."""
    return "[\n" + ",\n".join(json.dumps(service) for service in services) + "\n]"


def jsonnet(services):
    return "local services = " + lines(services) + """;

local objects(service) =
  assert service.port > 0 && service.port < 65536 : service.name + ' has no such port';
  assert service.replicas > 0 : service.name + ' runs nowhere';
  local labels = { 'app.kubernetes.io/name': service.name, 'app.kubernetes.io/part-of': service.ns };
  local object(version, kind, spec) = {
    apiVersion: version,
    kind: kind,
    metadata: { labels: labels, name: service.name, namespace: service.ns },
    spec: spec,
  };
  local container = {
    name: service.name,
    image: service.image,
    env: [{ name: key, value: service.env[key] } for key in std.objectFields(service.env)],
    ports: [{ name: 'http', containerPort: service.port }],
    resources: { requests: { cpu: service.cpu, memory: service.mem }, limits: { memory: service.mem } },
    readinessProbe: { httpGet: { path: '/healthz', port: 'http' } },
  };
  local backend = { service: { name: service.name, port: { name: 'http' } } };
  [
    object('apps/v1', 'Deployment', {
      replicas: service.replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels: labels }, spec: { containers: [container] } },
    }),
    object('v1', 'Service', { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 'http' }] }),
    object('networking.k8s.io/v1', 'Ingress', {
      ingressClassName: 'internal',
      rules: [{
        host: service.name + '.example.com',
        http: { paths: [{ path: '/', pathType: 'Prefix', backend: backend }] },
      }],
    }),
    object('networking.k8s.io/v1', 'NetworkPolicy', {
      podSelector: { matchLabels: labels },
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ podSelector: {} }], ports: [{ port: service.port, protocol: 'TCP' }] }],
    }),
  ];

[
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: name } }
  for name in std.set([service.ns for service in services])
] + std.flatMap(objects, services)
"""


def cue(services):
    return """package fleet

#Service: {
	name:     string
	ns:       string
	image:    string
	port:     int & >0 & <65536
	replicas: int & >0
	cpu:      string
	mem:      string
	env: [string]: string
}

#Objects: {
	service: #Service
	let labels_ = {"app.kubernetes.io/name": service.name, "app.kubernetes.io/part-of": service.ns}
	let metadata_ = {labels: labels_, name: service.name, namespace: service.ns}
	list: [{
		apiVersion: "apps/v1"
		kind:       "Deployment"
		metadata:   metadata_
		spec: {
			replicas: service.replicas
			selector: matchLabels: labels_
			template: {
				metadata: labels: labels_
				spec: containers: [{
					name:  service.name
					image: service.image
					env: [for key, text in service.env {name: key, value: text}]
					ports: [{name: "http", containerPort: service.port}]
					resources: {
						requests: {cpu: service.cpu, memory: service.mem}
						limits: memory: service.mem
					}
					readinessProbe: httpGet: {path: "/healthz", port: "http"}
				}]
			}
		}
	}, {
		apiVersion: "v1"
		kind:       "Service"
		metadata:   metadata_
		spec: {
			selector: labels_
			ports: [{name: "http", port: 80, targetPort: "http"}]
		}
	}, {
		apiVersion: "networking.k8s.io/v1"
		kind:       "Ingress"
		metadata:   metadata_
		spec: {
			ingressClassName: "internal"
			rules: [{
				host: service.name + ".example.com"
				http: paths: [{
					path:     "/"
					pathType: "Prefix"
					backend: "service": {name: service.name, port: name: "http"}
				}]
			}]
		}
	}, {
		apiVersion: "networking.k8s.io/v1"
		kind:       "NetworkPolicy"
		metadata:   metadata_
		spec: {
			podSelector: matchLabels: labels_
			policyTypes: ["Ingress"]
			ingress: [{
				from: [{podSelector: {}}]
				ports: [{port: service.port, protocol: "TCP"}]
			}]
		}
	}]
}

_services: [...#Service] & """ + lines(services) + """
_namespaces: """ + json.dumps(namespaces(services)) + """
objects: [
	for text in _namespaces {apiVersion: "v1", kind: "Namespace", metadata: name: text},
	for one in _services for object in (#Objects & {service: one}).list {object},
]
"""


def kcl(services):
    return """schema Service:
    name: str
    ns: str
    image: str
    port: int
    replicas: int
    cpu: str
    mem: str
    env: {str:str}

    check:
        0 < port < 65536, "there is no such port"
        replicas > 0, "it runs nowhere"

objects_of = lambda service: Service -> [any] {
    labels_ = {"app.kubernetes.io/name" = service.name, "app.kubernetes.io/part-of" = service.ns}
    metadata_ = {labels = labels_, name = service.name, namespace = service.ns}
    [{
        apiVersion = "apps/v1"
        kind = "Deployment"
        metadata = metadata_
        spec = {
            replicas = service.replicas
            selector.matchLabels = labels_
            template = {
                metadata.labels = labels_
                spec.containers = [{
                    name = service.name
                    image = service.image
                    env = [{name = key, value = text} for key, text in service.env]
                    ports = [{name = "http", containerPort = service.port}]
                    resources = {requests = {cpu = service.cpu, memory = service.mem}, limits.memory = service.mem}
                    readinessProbe.httpGet = {path = "/healthz", port = "http"}
                }]
            }
        }
    }, {
        apiVersion = "v1"
        kind = "Service"
        metadata = metadata_
        spec = {selector = labels_, ports = [{name = "http", port = 80, targetPort = "http"}]}
    }, {
        apiVersion = "networking.k8s.io/v1"
        kind = "Ingress"
        metadata = metadata_
        spec = {
            ingressClassName = "internal"
            rules = [{
                host = "${service.name}.example.com"
                http.paths = [{
                    path = "/"
                    pathType = "Prefix"
                    backend.service = {name = service.name, port.name = "http"}
                }]
            }]
        }
    }, {
        apiVersion = "networking.k8s.io/v1"
        kind = "NetworkPolicy"
        metadata = metadata_
        spec = {
            podSelector.matchLabels = labels_
            policyTypes = ["Ingress"]
            ingress = [{"from" = [{podSelector = {}}], ports = [{port = service.port, protocol = "TCP"}]}]
        }
    }]
}

_services: [Service] = """ + lines(services) + """
_namespaces = """ + json.dumps(namespaces(services)) + """
objects = [{apiVersion = "v1", kind = "Namespace", metadata.name = text} for text in _namespaces] + \\
    [object for service in _services for object in objects_of(service)]
"""


def nickel(services):
    def record(service):
        fields = [f'{key} = {json.dumps(value)}' for key, value in service.items() if key != "env"]
        env = ", ".join(f'{key} = {json.dumps(value)}' for key, value in service["env"].items())
        return "  { " + ", ".join(fields) + ", env = { " + env + " } },\n"

    return """let Port = std.contract.from_predicate (fun port => std.is_number port && port > 0 && port < 65536) in
let Count = std.contract.from_predicate (fun count => std.is_number count && count > 0) in
let Service = {
  name | String, ns | String, image | String, port | Port, replicas | Count, cpu | String, mem | String,
  env | { _ : String },
} in
let objects = fun one =>
  let labels_ = { "app.kubernetes.io/name" = one.name, "app.kubernetes.io/part-of" = one.ns } in
  let object = fun version kind_ spec_ => {
    apiVersion = version,
    kind = kind_,
    metadata = { labels = labels_, name = one.name, namespace = one.ns },
    spec = spec_,
  } in
  [
    object "apps/v1" "Deployment" {
      replicas = one.replicas,
      selector.matchLabels = labels_,
      template.metadata.labels = labels_,
      template.spec.containers = [{
        name = one.name,
        image = one.image,
        env = one.env |> std.record.to_array |> std.array.map (fun { field, value } => { name = field, value = value }),
        ports = [{ name = "http", containerPort = one.port }],
        resources = { requests = { cpu = one.cpu, memory = one.mem }, limits.memory = one.mem },
        readinessProbe.httpGet = { path = "/healthz", port = "http" },
      }],
    },
    object "v1" "Service" { selector = labels_, ports = [{ name = "http", port = 80, targetPort = "http" }] },
    object "networking.k8s.io/v1" "Ingress" {
      ingressClassName = "internal",
      rules = [{
        host = "%{one.name}.example.com",
        http.paths = [{
          path = "/",
          pathType = "Prefix",
          backend = { "service" = { name = one.name, port.name = "http" } },
        }],
      }],
    },
    object "networking.k8s.io/v1" "NetworkPolicy" {
      podSelector.matchLabels = labels_,
      policyTypes = ["Ingress"],
      ingress = [{ from = [{ podSelector = {} }], ports = [{ port = one.port, protocol = "TCP" }] }],
    },
  ] in
let services | Array Service = [
""" + "".join(record(service) for service in services) + """] in
let namespaces = """ + json.dumps(namespaces(services)) + """ in
std.array.map (fun text => { apiVersion = "v1", kind = "Namespace", metadata.name = text }) namespaces
@ std.array.flat_map objects services
"""


def pkl(services):
    def instance(service):
        fields = [f'{key} = {json.dumps(value)}' for key, value in service.items() if key != "env"]
        env = "; ".join(f'["{key}"] = {json.dumps(value)}' for key, value in service["env"].items())
        return "  new { " + "; ".join(fields) + "; env { " + env + " } }\n"

    return """class Service {
  name: String
  ns: String
  image: String
  port: Int(this > 0 && this < 65536)
  replicas: Int(this > 0)
  cpu: String
  mem: String
  env: Mapping<String, String>
}

local function labelsOf(one: Service) = new Mapping {
  ["app.kubernetes.io/name"] = one.name
  ["app.kubernetes.io/part-of"] = one.ns
}

local function object(version: String, word: String, one: Service, body: Dynamic) = new Dynamic {
  apiVersion = version
  kind = word
  metadata { labels = labelsOf(one); name = one.name; namespace = one.ns }
  spec = body
}

local function objectsOf(one: Service): List = List(
  object("apps/v1", "Deployment", one, new Dynamic {
    replicas = one.replicas
    selector { matchLabels = labelsOf(one) }
    template {
      metadata { labels = labelsOf(one) }
      spec {
        containers = List(new Dynamic {
          name = one.name
          image = one.image
          env = one.env.toMap().entries.map((entry) -> new Dynamic { name = entry.key; value = entry.value })
          ports = List(new Dynamic { name = "http"; containerPort = one.port })
          resources {
            requests { cpu = one.cpu; memory = one.mem }
            limits { memory = one.mem }
          }
          readinessProbe { httpGet { path = "/healthz"; port = "http" } }
        })
      }
    }
  }),
  object("v1", "Service", one, new Dynamic {
    selector = labelsOf(one)
    ports = List(new Dynamic { name = "http"; port = 80; targetPort = "http" })
  }),
  object("networking.k8s.io/v1", "Ingress", one, new Dynamic {
    ingressClassName = "internal"
    rules = List(new Dynamic {
      host = "\\(one.name).example.com"
      http {
        paths = List(new Dynamic {
          path = "/"
          pathType = "Prefix"
          backend { `service` { name = one.name; port { name = "http" } } }
        })
      }
    })
  }),
  object("networking.k8s.io/v1", "NetworkPolicy", one, new Dynamic {
    podSelector { matchLabels = labelsOf(one) }
    policyTypes = List("Ingress")
    ingress = List(new Dynamic {
      from = List(new Dynamic { podSelector {} })
      ports = List(new Dynamic { port = one.port; protocol = "TCP" })
    })
  })
)

local services: Listing<Service> = new {
""" + "".join(instance(service) for service in services) + """}
local namespaces = """ + "List(" + ", ".join(json.dumps(name) for name in namespaces(services)) + """)

output {
  value = namespaces.map((text) -> new Dynamic { apiVersion = "v1"; kind = "Namespace"; metadata { name = text } })
    + services.toList().flatMap((service) -> objectsOf(service))
  renderer = new YamlRenderer { isStream = true }
}
"""


def namespaces(services):
    return sorted({service["ns"] for service in services})
