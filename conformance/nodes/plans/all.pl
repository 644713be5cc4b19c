//! Every kind of step once, on a machine of whatever family.

import std/node

cluster lab {
  host cp-1 {
    address: 10.0.0.11
    role: "control-plane"
    step root: node.Require { test: "[ -d /etc ]", otherwise: "this is no machine" }
    step name: node.HostName { hostname: "cp-1" }
    step names: node.Hosts { entries: { "cp-1.lab": 10.0.0.11, "registry.lab": 10.0.0.9 } }
    step swap: node.Swap {}
    step tools: node.Package {
      debian: ["open-iscsi"]
      redhat: ["iscsi-initiator-utils"]
      suse: ["open-iscsi"]
      arch: ["open-iscsi"]
      alpine: ["open-iscsi"]
    }
    step boot: node.BootWords { words: ["cgroup_memory=1", "cgroup_enable=memory"] }
    step bridge: node.Module { module: "br_netfilter" }
    step forward: node.Sysctl { key: "net.ipv4.ip_forward", value: 1 }
    step data: node.Directory { path: "/srv/data/deep", mode: 0o750 }
    step token: node.SecretFile { path: "/etc/demo/token", random: 16 }
    step config: node.File {
      path: "/etc/demo/config.yaml"
      yaml: { level: "info", host: host.name }
      restarts: ["demo"]
    }
    step motd: node.File { path: "/etc/motd", text: "this is cp-1\n" }
    step current: node.Link { path: "/srv/current", to: "data/deep" }
    step program: node.Binary {
      path: "/usr/local/bin/demo"
      urls: ["https://example.net/demo"]
      sha256: "a5a301c60af0fd8cd3d77a140c73dd78dc87848025d499d5afcc1f2f7327572f"
      restarts: ["demo"]
    }
    step images: node.ImageArchive {
      path: "/var/lib/demo/images/all.tar"
      urls: ["https://example.net/all.tar"]
      sha256: "a5a301c60af0fd8cd3d77a140c73dd78dc87848025d499d5afcc1f2f7327572f"
      file: "demo"
    }
    step relaxed: node.Selinux {
      mode: "permissive"
      booleans: { virt_use_nfs: true }
      contexts: { "/srv/data(/.*)?": "container_file_t" }
    }
    step profile: node.AppArmor { profile: "profile demo {}\n" }
    step api: node.Firewall { ports: [6443, 2379..2380], from: [10.0.0.0/24] }
    step demo: node.Unit {
      systemd: "[Service]\nExecStart=/usr/local/bin/demo\n\n[Install]\nWantedBy=multi-user.target\n"
      openrc: "#!/sbin/openrc-run\ncommand=/usr/local/bin/demo\n"
    }
    step done: node.Command {
      unless: "[ -e /srv/done ]"
      run: "touch /srv/done"
      undo: "rm -f /srv/done"
    }
  }
}
