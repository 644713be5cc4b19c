
# -- Arguments ------------------------------------------------------------------------------------------------------

# owned OBJECTS PARTS: what is true here.
owned() {
    if [[ -z $OPERATE ]]; then printf '%s' "$1"; else printf '%s' "$2"; fi
}

help() {
    cat <<TEXT
$0 COMMAND [OPTION..]: the cluster $CLUSTER, k3s $VERSION, $(some "${#HOSTS[@]}" host)

  up          every host as the platform says: the first server, then other servers one by one, then agents; a
              kubeconfig; $(owned 'objects in waves' 'parts, by operate.sh bootstrap'). What is done already is not done again: run it until
              it succeeds.
  check       what \`up\` would change on the hosts; changes nothing
  diff        the same, with the lines of files
  status      hosts, what they run, and whether their plan holds
  health      nodes Ready, workloads available, claims bound, addresses from their pools, names, URLs
  manifests   $(owned 'places the objects alone: namespaces, definitions, then the rest' 'the parts alone: operate.sh deploy')
  kubeconfig  fetches it, with the address of the cluster: $ENDPOINT
  put STEP    hands a secret, which it reads, to a step of the hosts that --only means: \`put datastore\`
  upgrade     to k3s $VERSION: servers one by one, drained, then agents; a snapshot of etcd before
  reset       takes hosts out of the cluster and everything of it from them; asks for the name of the cluster

  --only WORD         these hosts alone: a host, \`servers\` or \`agents\`; may be given several times
  --dry-run           says what would be done, asks no host
  --deadline SECONDS  how long anything may take to become ready: $deadline, or PLATC_DEADLINE
  --parallel NUMBER   how many agents are worked on at once: $PARALLEL
  --skip-manifests    \`up\` without objects
  --kubeconfig FILE   where it is written: $KUBECONFIG_FILE
  --confirm NAME      for \`reset\`, in place of an answer

Examples
  $0 up --dry-run                       # first of all
  $0 up                                 # bare machines to a cluster
  $0 up --only ${HOSTS[${#HOSTS[@]} - 1]}
  $0 upgrade --only servers

Exit codes: 0 done, 1 a command failed, 2 wrong use, 3 not as it should be (check, diff, health), 4 another run is at
work, 5 refused, 6 not in time.
PLATC_SSH_CONFIG names a file that ssh reads (\`ssh -F\`). Hosts take from nodes/files/, which fetch.sh fills,
before they ask the internet.
TEXT
}

number_option() {
    [[ $2 =~ ^[1-9][0-9]{0,5}$ ]] || misuse "$1 takes a number, not \`$2\`"
}

arguments() {
    while (($# > 0)); do
        case $1 in
        --only | --deadline | --parallel | --kubeconfig | --confirm)
            (($# > 1)) || misuse "$1 takes a value"
            case $1 in
            --only) ONLY+=("$2") ;;
            --deadline) number_option "$1" "$2" && deadline=$2 ;;
            --parallel) number_option "$1" "$2" && PARALLEL=$2 ;;
            --kubeconfig) KUBECONFIG_FILE=$2 ;;
            --confirm) CONFIRM=$2 ;;
            esac
            shift
            ;;
        --dry-run) dry_run=yes ;;
        --skip-manifests) SKIP_MANIFESTS=yes ;;
        -h | --help | help)
            help
            exit "$DONE"
            ;;
        -*) misuse "there is no option \`$1\`" ;;
        *)
            if [[ $COMMAND == put && -z $STEP ]]; then
                STEP=$1
                shift
                continue
            fi
            [[ -z $COMMAND ]] || misuse "\`$COMMAND\` or \`$1\`: one command at a time"
            COMMAND=$1
            ;;
        esac
        shift
    done
}

main() {
    if ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] < 402)); then
        fail "this needs bash 4.2 or later, and is run by $BASH_VERSION"
    fi
    KUBECONFIG_FILE=${HOME:-.}/.kube/${CLUSTER//\//_}.yaml
    arguments "$@"
    if [[ -z $COMMAND ]]; then
        help >&2
        exit "$MISUSED"
    fi
    check_only
    select_hosts
    ((${#SELECTED[@]} > 0)) || misuse "--only means no host of $CLUSTER"
    command -v ssh >/dev/null || fail "there is no ssh here"
    case $COMMAND in
    up | upgrade | reset | manifests)
        # The kernel takes this lock back, however we end.
        exec 9<"${BASH_SOURCE[0]}"
        # Where there is no flock, nobody looks.
        ! command -v flock >/dev/null || flock -n 9 || busy "another run of this script is at work on $CLUSTER"
        ;;
    esac
    case $COMMAND in
    up) up ;;
    upgrade) upgrade ;;
    reset) reset ;;
    manifests) with_server manifests ;;
    kubeconfig) with_server kubeconfig ;;
    put)
        [[ -n $STEP ]] || misuse "put takes the name of a step"
        put "$STEP"
        ;;
    health) health ;;
    status) status ;;
    check | diff) compare "$COMMAND" ;;
    *) misuse "there is no command \`$COMMAND\`" ;;
    esac
    [[ $dry_run == no ]] || say "nothing was done"
}

with_server() {
    [[ $dry_run == yes ]] || find_server ||
        fail "no server of $CLUSTER answers" "\`$0 status\` says which hosts can be reached, and how they differ"
    "$@"
}

main "$@"
