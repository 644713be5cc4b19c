
# -- Arguments ------------------------------------------------------------------------------------------------------

help() {
    cat <<TEXT
$0 COMMAND [OPTION..]: the cluster $CLUSTER, k3s $VERSION, $(some "${#HOSTS[@]}" host)

  up          every host as the platform says: the first server, then other servers one by one, then agents;
              objects in waves; a kubeconfig. What is done already is not done again: run it until it succeeds.
  check       what \`up\` would change on the hosts; changes nothing
  diff        the same, with the lines of files
  status      hosts, what they run, and whether their plan holds
  health      nodes Ready, workloads available, claims bound, addresses from their pools, names, URLs
  manifests   places the objects alone: namespaces, definitions, then the rest
  kubeconfig  fetches it, with the address of the cluster: $ENDPOINT
  put STEP    hands a secret, which it reads, to a step of the hosts that --only means: \`put datastore\`
  upgrade     to k3s $VERSION: servers one by one, drained, then agents; a snapshot of etcd before
  reset       takes hosts out of the cluster and everything of it from them; asks for the name of the cluster

  --only WORD         these hosts alone: a host, \`servers\` or \`agents\`; may be given several times
  --dry-run           says what would be done, asks no host
  --deadline SECONDS  how long anything may take to become ready: $DEADLINE
  --parallel NUMBER   how many agents are worked on at once: $PARALLEL
  --skip-manifests    \`up\` without objects
  --kubeconfig FILE   where it is written: $KUBECONFIG_FILE
  --confirm NAME      for \`reset\`, in place of an answer

Examples
  $0 up --dry-run                       # first of all
  $0 up                                 # bare machines to a cluster
  $0 up --only ${HOSTS[${#HOSTS[@]} - 1]}
  $0 upgrade --only servers

Exit codes: 0 done; 1 something failed; 2 wrong arguments; 3 not as it should be (check, diff, health);
4 another run is at work; 5 refused; 6 not ready in time.
PLATC_SSH_CONFIG names a file that ssh reads (\`ssh -F\`). Hosts take from nodes/files/, which fetch.sh fills,
before they ask the internet.
TEXT
}

number_option() {
    [[ $2 =~ ^[1-9][0-9]{0,5}$ ]] || usage "$1 takes a number, not \`$2\`"
}

arguments() {
    while (($# > 0)); do
        case $1 in
        --only | --deadline | --parallel | --kubeconfig | --confirm)
            (($# > 1)) || usage "$1 takes a value"
            case $1 in
            --only) ONLY+=("$2") ;;
            --deadline) number_option "$1" "$2" && DEADLINE=$2 ;;
            --parallel) number_option "$1" "$2" && PARALLEL=$2 ;;
            --kubeconfig) KUBECONFIG_FILE=$2 ;;
            --confirm) CONFIRM=$2 ;;
            esac
            shift
            ;;
        --dry-run) DRY_RUN=yes ;;
        --skip-manifests) SKIP_MANIFESTS=yes ;;
        -h | --help | help)
            help
            exit "$DONE"
            ;;
        -*) usage "there is no option \`$1\`" ;;
        *)
            if [[ $COMMAND == put && -z $STEP ]]; then
                STEP=$1
                shift
                continue
            fi
            [[ -z $COMMAND ]] || usage "\`$COMMAND\` or \`$1\`: one command at a time"
            COMMAND=$1
            ;;
        esac
        shift
    done
}

main() {
    if ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] < 402)); then
        fail "$FAILED" "this needs bash 4.2 or later, and is run by $BASH_VERSION"
    fi
    HERE=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
    KUBECONFIG_FILE=${HOME:-.}/.kube/${CLUSTER//\//_}.yaml
    arguments "$@"
    if [[ -z $COMMAND ]]; then
        help >&2
        exit "$USAGE"
    fi
    check_only
    select_hosts
    ((${#SELECTED[@]} > 0)) || usage "--only means no host of $CLUSTER"
    command -v ssh >/dev/null || fail "$FAILED" "there is no ssh here"
    case $COMMAND in
    up | upgrade | reset | manifests)
        # The kernel takes this lock back, however we end.
        exec 9<"${BASH_SOURCE[0]}"
        # Where there is no flock, nobody looks.
        ! command -v flock >/dev/null || flock -n 9 || fail "$BUSY" "another run of this script is at work on $CLUSTER"
        ;;
    esac
    case $COMMAND in
    up) up ;;
    upgrade) upgrade ;;
    reset) reset ;;
    manifests) with_server manifests ;;
    kubeconfig) with_server kubeconfig ;;
    put)
        [[ -n $STEP ]] || usage "put takes the name of a step"
        put "$STEP"
        ;;
    health) health ;;
    status) status ;;
    check | diff) compare "$COMMAND" ;;
    *) usage "there is no command \`$COMMAND\`" ;;
    esac
}

with_server() {
    [[ -n $DRY_RUN ]] || find_server || fail "$FAILED" "no server of $CLUSTER answers"
    "$@"
}

main "$@"
