//! The script of a whole cluster, run against hosts that are directories: in which order it does what, what it refuses,
//! that it goes on where it was stopped, and that no secret is an argument. Needs bash and no right of root.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic)]

mod scene;

use scene::{Ran, Scene};

/// What was done on hosts, in order.
const UP: &[&str] = &["cp-1: apply", "cp-2: apply", "cp-3: apply", "w-1: apply", "w-2: apply"];

#[test]
fn a_cluster_comes_up_server_by_server_then_its_agents() {
    let scene = Scene::new();
    let ran = scene.run(&["up"]).ended(0);
    // Agents are worked on at once, in any order.
    assert_eq!(scene.applied(), UP);
    for host in ["cp-1", "cp-2", "cp-3", "w-1", "w-2"] {
        ran.said(&format!("{host}: Ready"));
    }
    let placed = scene.read("placed");
    let waves: Vec<&str> = placed.lines().filter_map(|line| line.strip_prefix("kind: ")).collect();
    assert_eq!(waves.first(), Some(&"Namespace"), "namespaces are placed first");
    assert_eq!(waves.get(1), Some(&"CustomResourceDefinition"), "then definitions");
    assert!(scene.read("calls").contains("kubectl wait --for=condition=Established"), "which are waited for");
}

#[test]
fn a_token_is_handed_on_by_the_input_alone() {
    let scene = Scene::new();
    scene.run(&["up"]).ended(0);
    let read = |path: &str| scene.read(&format!("hosts/{path}/etc/rancher/k3s/token"));
    assert_eq!(read("cp-2"), "K10::server:secret-of-servers\n");
    assert_eq!(read("w-1"), "K10::node:secret-of-agents\n");
    assert_eq!(scene.mode("hosts/w-1/etc/rancher/k3s/token"), 0o600);
    assert!(!scene.read("log").contains("secret-of"), "no command has a token");
    assert!(!scene.tree().contains("secret-of"), "and no file of the output");
}

#[test]
fn a_kubeconfig_has_the_address_and_the_name_of_the_cluster() {
    let scene = Scene::new();
    scene.run(&["up"]).ended(0);
    let text = scene.read("kubeconfig");
    assert!(text.contains("    server: \"https://10.0.0.11:6443\"\n"), "{text}");
    assert!(text.contains("current-context: \"lab\"\n- ") || text.contains("current-context: \"lab\"\n"), "{text}");
    assert!(text.contains("- name: \"lab\"\n") && !text.contains("default"), "{text}");
    assert_eq!(scene.mode("kubeconfig"), 0o600);
}

#[test]
fn it_goes_on_where_it_was_stopped() {
    let scene = Scene::new();
    scene.mark("stuck/cp-2");
    scene.run(&["up"]).ended(1).said("cp-2: its plan could not be applied");
    assert_eq!(scene.applied(), ["cp-1: apply", "cp-2: apply"], "nobody behind it was touched");
    scene.clear("stuck/cp-2");
    scene.forget();
    scene.run(&["up"]).ended(0);
    assert_eq!(scene.applied(), UP);
}

#[test]
fn one_agent_that_fails_does_not_stop_the_others() {
    let scene = Scene::new();
    scene.mark("stuck/w-1");
    scene.run(&["up"]).ended(1).said("not done: w-1");
    assert!(scene.applied().contains(&"w-2: apply".to_owned()));
}

#[test]
fn a_host_that_never_gets_ready_ends_the_run_in_time() {
    let scene = Scene::new();
    scene.mark("late/cp-2");
    scene.run(&["up", "--deadline", "1"]).ended(6).said("cp-2 is not Ready after 1s");
    assert!(!scene.applied().contains(&"cp-3: apply".to_owned()));
}

#[test]
fn nothing_is_changed_where_a_host_can_not_be_reached() {
    let scene = Scene::new();
    scene.mark("down/w-2");
    scene.run(&["up"]).ended(1).said("nothing was changed: no way as root to w-2 (admin@10.0.0.22, port 2222)");
    assert!(scene.applied().is_empty());
}

#[test]
fn only_means_hosts_and_roles() {
    let scene = Scene::new();
    scene.run(&["up"]).ended(0);
    scene.forget();
    scene.run(&["up", "--only", "w-2"]).ended(0);
    assert_eq!(scene.applied(), ["w-2: apply"]);
    scene.forget();
    scene.run(&["up", "--only", "agents", "--only", "cp-3"]).ended(0);
    assert_eq!(scene.applied(), ["cp-3: apply", "w-1: apply", "w-2: apply"]);
    scene.run(&["up", "--only", "w-3"]).ended(2).said("there is no host `w-3`");
}

#[test]
fn an_agent_does_not_join_what_is_not_there() {
    let scene = Scene::new();
    scene.run(&["up", "--only", "agents"]).ended(5).said("lab is not there yet");
    assert!(scene.applied().is_empty());
}

#[test]
fn a_host_of_another_cluster_is_left_alone() {
    let scene = Scene::new();
    scene.write("hosts/w-1/etc/rancher/k3s/token", "another\n");
    scene.mark("hosts/w-1/var/lib/rancher/k3s/agent/kept");
    scene.run(&["up"]).ended(5).said("w-1 is part of another cluster");
    assert_eq!(scene.read("hosts/w-1/etc/rancher/k3s/token"), "another\n");
}

#[test]
fn a_first_server_without_its_data_makes_no_second_cluster() {
    let scene = Scene::new();
    scene.run(&["up"]).ended(0);
    scene.clear("hosts/cp-1");
    scene.clear("serves/cp-1");
    scene.forget();
    scene.run(&["up"]).ended(5).said("it would make a second cluster");
    assert!(scene.applied().is_empty());
}

#[test]
fn a_dry_run_asks_nobody() {
    let scene = Scene::new();
    for command in ["up", "upgrade", "reset", "manifests", "kubeconfig", "health", "status", "check"] {
        scene.run(&[command, "--dry-run"]).ended(0).said("would ").said("nothing was done\n").did_nothing();
        assert_eq!(scene.read("log"), "", "{command}");
    }
}

#[test]
fn up_is_no_upgrade() {
    let scene = Scene::new();
    scene.run(&["up"]).ended(0);
    scene.write("nodes/cp-1", "v1.35.4+k3s1");
    scene.forget();
    scene.run(&["up"]).ended(5).said("cp-1 runs v1.35.4+k3s1");
    assert!(scene.applied().is_empty());
}

#[test]
fn an_upgrade_drains_server_by_server_then_agents() {
    let scene = Scene::at("v1.35.4+k3s1");
    scene.write("version", "v1.36.2+k3s1");
    scene.run(&["upgrade"]).ended(0).said("lab runs v1.36.2+k3s1");
    assert_eq!(scene.applied(), UP);
    let calls = scene.read("calls");
    let turns = calls.lines().filter(|line| line.contains("drain") || line.contains("uncordon"));
    let turns: Vec<&str> = turns.filter_map(|line| line.split(' ').nth(2)).collect();
    assert_eq!(turns, ["cp-1", "cp-1", "cp-2", "cp-2", "cp-3", "cp-3", "w-1", "w-1", "w-2", "w-2"]);
    // Nothing is left to do.
    scene.forget();
    scene.run(&["upgrade"]).ended(0);
    assert!(scene.applied().is_empty());
}

#[test]
fn an_upgrade_goes_on_and_lets_in_what_it_had_closed() {
    let scene = Scene::at("v1.35.4+k3s1");
    scene.write("version", "v1.36.2+k3s1");
    scene.mark("stuck/cp-2");
    scene.run(&["upgrade"]).ended(1).said("cp-2");
    assert!(scene.is_there("cordoned/cp-2"));
    scene.clear("stuck/cp-2");
    // Somebody closed this one by hand: it stays so.
    scene.mark("cordoned/w-1");
    scene.run(&["upgrade"]).ended(0);
    assert!(!scene.is_there("cordoned/cp-2"));
    assert!(scene.is_there("cordoned/w-1"));
}

#[test]
fn an_upgrade_refuses_what_k3s_can_not_do() {
    let scene = Scene::at("v1.34.1+k3s1");
    let refused = |scene: &Scene, arguments: &[&str], what: &str| {
        scene.run(arguments).ended(5).said(what);
        assert!(scene.applied().is_empty(), "{what}");
    };
    refused(&scene, &["upgrade"], "go to v1.35 first");
    let scene = Scene::at("v1.37.0+k3s1");
    refused(&scene, &["upgrade"], "would be a step back");
    let scene = Scene::at("v1.35.4+k3s1");
    refused(&scene, &["upgrade", "--only", "agents"], "agents would be newer than");
    scene.mark("late/w-1");
    refused(&scene, &["upgrade"], "cp-1 is not touched while others are not Ready: w-1");
}

#[test]
fn pods_that_do_not_leave_end_an_upgrade() {
    let scene = Scene::at("v1.35.4+k3s1");
    scene.mark("full/cp-1");
    scene.run(&["upgrade"]).ended(6).said("cp-1: not all pods left");
    assert!(scene.applied().is_empty());
}

#[test]
fn a_reset_asks_for_the_name_and_goes_backwards() {
    let scene = Scene::new();
    scene.run(&["up"]).ended(0);
    scene.forget();
    scene.answer(&["reset"], "lba\n").ended(5).said("that is not lab: nothing was done");
    scene.answer(&["reset"], "").ended(5);
    assert!(scene.applied().is_empty());
    scene.answer(&["reset", "--parallel", "1"], "lab\n").ended(0);
    assert_eq!(scene.order(), ["w-1: reset", "w-2: reset", "cp-3: reset", "cp-2: reset", "cp-1: reset"]);
    assert!(!scene.is_there("hosts/w-1/etc/rancher"), "nothing that was handed over is left");
    scene.run(&["up"]).ended(0);
}

#[test]
fn a_look_says_what_differs_and_changes_nothing() {
    let scene = Scene::new();
    for command in ["check", "diff"] {
        scene.run(&[command, "--only", "cp-1"]).ended(3);
        assert_eq!(scene.order().last(), Some(&format!("cp-1: {command}")));
    }
    scene.run(&["up"]).ended(0);
    scene.run(&["check"]).ended(0).said("w-2: as it should be");
    scene.run(&["diff"]).ended(0).said("w-2: as it should be");
    scene.run(&["status"]).ended(0).put_out("as it should be");
    scene.mark("down/w-1");
    scene.run(&["status"]).ended(0).put_out("no connection");
    scene.run(&["check"]).ended(1).said("no way as root to w-1");
}

#[test]
fn health_says_what_is_not_as_it_should_be() {
    let scene = Scene::new();
    scene.run(&["up"]).ended(0);
    scene.write("address", "10.0.0.101");
    scene.run(&["health"]).ended(0).put_out("ok    service web/shop: 10.0.0.101");
    scene.write("address", "10.0.0.99");
    let ran = scene.run(&["health"]).ended(3);
    ran.put_out("BAD   service web/shop: 10.0.0.99 is not in 10.0.0.100-10.0.0.110 fd00::a-fd00::1:1");
    for (addresses, stray) in [
        ("10.0.0.101 fd00::b", None),
        ("10.0.0.101 fd00:0:0:0::1:0", None),
        ("10.0.0.101 fd00::9", Some("fd00::9")),
        ("10.0.0.101 fd00::1:2", Some("fd00::1:2")),
        ("fd00::ff 10.0.0.9", Some("10.0.0.9")),
    ] {
        scene.write("address", addresses);
        match stray {
            None => scene.run(&["health"]).ended(0).put_out(&format!("ok    service web/shop: {addresses}")),
            Some(stray) => scene.run(&["health"]).ended(3).put_out(&format!("{stray} is not in")),
        };
    }
    scene.write("address", "10.0.0.101");
    scene.mark("late/w-2");
    scene.run(&["health"]).ended(3).put_out("BAD   node w-2: not Ready");
}

#[test]
fn two_at_once_do_not_meet() {
    let scene = Scene::new();
    scene.mark("late/cp-1");
    let first = scene.start(&["up", "--deadline", "3"]);
    scene.wait_for("applied");
    scene.run(&["up"]).ended(4).said("another run of this script is at work");
    Ran::of(first).ended(6);
}

#[test]
fn what_users_wrote_stays_data() {
    let scene = Scene::of(scene::HOSTILE);
    scene.run(&["up", "--deadline", "2"]);
    scene.run(&["--help"]).ended(0);
    assert!(!scene.is_there("pwned") && !scene.is_there("../pwned"));
    let log = scene.read("log");
    assert!(!log.is_empty());
}

#[test]
fn a_secret_is_handed_to_a_step_by_the_input() {
    let scene = Scene::new();
    scene.answer(&["put", "datastore", "--only", "cp-1", "--only", "w-2"], "K3S=secret-of\n").ended(0);
    for host in ["cp-1", "w-2"] {
        assert_eq!(scene.read(&format!("hosts/{host}/put")), "datastore: K3S=secret-of\n");
        // All of the script came before it, and nothing else.
        let whole = scene.read(&format!("out/lab/nodes/{host}.sh"));
        assert_eq!(scene.read(&format!("hosts/{host}/last")).trim_end(), whole.lines().last().unwrap());
    }
    assert!(!scene.read("log").contains("secret-of"));
    scene.answer(&["put", "datastore", "--only", "cp-1"], "").ended(1);
    scene.answer(&["put", "datastore"], "x").ended(2);
}

/// Delivered in parts, with a network for pods that is one of them.
const PARTS: &str = r#"
import std/k3s
import std/cilium

cluster lab {
  distribution: k3s.K3s { version: "1.36.2+k3s1" }
  cni: cilium.Cilium { version: "1.18.0" }
  delivery: Plain {}
  host cp-1 { address: 10.0.0.11, role: "control-plane", os: "debian" }
  host w-1 { address: 10.0.0.21, os: "rocky" }
  namespace web { service shop { image: "ghcr.io/example/shop:1.0.0", port http: 8080 } }
}
"#;

#[test]
fn parts_have_one_owner_which_is_not_this_script() {
    let scene = Scene::of(PARTS);
    scene.run(&["up", "--dry-run"]).ended(0).said("operate.sh bootstrap early").said("operate.sh bootstrap\n");
    scene.program("out/lab/operate.sh", "echo \"operate.sh: $*\" >>\"$STUB/applied\"; test -s \"$KUBECONFIG\"");
    scene.program("bin/kubectl", "exit 1");
    scene.run(&["up"]).ended(0);
    let wanted = ["cp-1: apply", "operate.sh: bootstrap early", "w-1: apply", "operate.sh: bootstrap"];
    assert_eq!(scene.order(), wanted);
    assert_eq!(scene.read("placed"), "", "nothing is placed twice");
    scene.run(&["manifests"]).ended(0);
    assert_eq!(scene.order().last().map(String::as_str), Some("operate.sh: deploy"));
    // What stops it, stops this, and is told by the same code.
    scene.program("out/lab/operate.sh", "exit 5");
    scene.run(&["up"]).ended(5).said("operate.sh bootstrap early did not come to its end");
}

#[test]
fn arguments_that_mean_nothing_are_told() {
    let scene = Scene::new();
    scene.run(&[]).ended(2);
    scene.run(&["dance"]).ended(2).said("there is no command `dance`");
    scene.run(&["up", "--fast"]).ended(2).said("there is no option `--fast`");
    scene.run(&["up", "--deadline", "soon"]).ended(2).said("--deadline takes a number");
    scene.run(&["up", "down"]).ended(2).said("one command at a time");
}
