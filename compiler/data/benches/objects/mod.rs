//! Objects like those that a platform consists of.

use data::Sink;

const OBJECTS: u32 = 500;

/// Pushes deployments and config maps, each a document.
pub fn write_all<S: Sink>(mut sink: S) -> S {
    for number in 0..OBJECTS {
        sink.document_start();
        deployment(&mut sink, number);
        sink.document_start();
        config(&mut sink);
    }
    sink
}

fn text(sink: &mut impl Sink, key: &str, value: &str) {
    sink.key(key);
    sink.text(value);
}

fn int(sink: &mut impl Sink, key: &str, value: u32) {
    sink.key(key);
    sink.int(value.into());
}

fn map<S: Sink>(sink: &mut S, key: &str, entries: impl FnOnce(&mut S)) {
    sink.key(key);
    sink.map_start();
    entries(sink);
    sink.map_end();
}

/// A list of one map.
fn list<S: Sink>(sink: &mut S, key: &str, entries: impl FnOnce(&mut S)) {
    sink.key(key);
    sink.list_start();
    sink.map_start();
    entries(sink);
    sink.map_end();
    sink.list_end();
}

fn deployment(sink: &mut impl Sink, number: u32) {
    sink.map_start();
    text(sink, "apiVersion", "apps/v1");
    text(sink, "kind", "Deployment");
    map(sink, "metadata", |sink| {
        text(sink, "name", "payments-api");
        text(sink, "namespace", "payments");
        map(sink, "labels", |sink| {
            text(sink, "app.kubernetes.io/name", "payments-api");
            text(sink, "app.kubernetes.io/managed-by", "platc");
            text(sink, "tier", "1");
        });
        map(sink, "annotations", |sink| {
            text(sink, "prometheus.io/scrape", "true");
            text(sink, "description", "takes payments, and gives money back");
        });
    });
    map(sink, "spec", |sink| {
        int(sink, "replicas", number);
        map(sink, "selector", |sink| map(sink, "matchLabels", |sink| text(sink, "app", "api")));
        map(sink, "template", |sink| map(sink, "spec", pod));
    });
    sink.map_end();
}

fn pod<S: Sink>(sink: &mut S) {
    text(sink, "serviceAccountName", "payments-api");
    list(sink, "containers", |sink| {
        text(sink, "name", "api");
        text(sink, "image", "registry.example.org/payments/api:1.42.3");
        text(sink, "imagePullPolicy", "IfNotPresent");
        list(sink, "env", |sink| {
            text(sink, "name", "DATABASE_HOST");
            text(sink, "value", "postgres.data.svc.cluster.local");
        });
        list(sink, "ports", |sink| {
            text(sink, "name", "http");
            int(sink, "containerPort", 8080);
            text(sink, "protocol", "TCP");
        });
        map(sink, "resources", |sink| {
            map(sink, "limits", |sink| text(sink, "memory", "512Mi"));
            map(sink, "requests", |sink| {
                text(sink, "cpu", "100m");
                text(sink, "memory", "128Mi");
            });
        });
        map(sink, "securityContext", |sink| {
            sink.key("runAsNonRoot");
            sink.bool(true);
        });
        list(sink, "volumeMounts", |sink| {
            text(sink, "name", "tmp");
            text(sink, "mountPath", "/tmp");
        });
    });
    list(sink, "volumes", |sink| {
        text(sink, "name", "tmp");
        map(sink, "emptyDir", |_| {});
    });
}

fn config(sink: &mut impl Sink) {
    sink.map_start();
    text(sink, "apiVersion", "v1");
    text(sink, "kind", "ConfigMap");
    map(sink, "data", |sink| {
        text(sink, "config.yaml", "server:\n  port: 8080\n  host: 0.0.0.0\nlog:\n  level: info\n");
        text(sink, "run.sh", "#!/bin/sh\nset -eu\nexec /bin/app --config /etc/app/config.yaml\n");
    });
    sink.map_end();
}
