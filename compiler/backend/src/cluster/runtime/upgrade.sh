
# -- Upgrade --------------------------------------------------------------------------------------------------------

# parts VERSION: gives MAJOR and MINOR of `v1.36.2+k3s1`.
MAJOR=0
MINOR=0
parts() {
    if [[ ! $1 =~ ^v([0-9]+)\.([0-9]+)\. ]]; then
        fail "\`$1\` is no version of k3s"
    fi
    MAJOR=${BASH_REMATCH[1]}
    MINOR=${BASH_REMATCH[2]}
}

# What each host runs.
CURRENT=()

# Kubernetes goes up one minor version at a time, and no node is newer than a server. All of it is judged before
# anything is touched.
judge_upgrade() {
    local number found major minor lowest=''
    parts "$VERSION"
    major=$MAJOR minor=$MINOR
    for ((number = 0; number < ${#HOSTS[@]}; number++)); do
        found=$(version_of "${HOSTS[number]}")
        CURRENT[number]=$found
        if [[ -z $found ]]; then
            is_chosen "$number" || continue
            refuse "${HOSTS[number]} is no node of $CLUSTER yet" "\`$0 up\` first"
        fi
        parts "$found"
        if ((MAJOR != major || MINOR > minor)); then
            refuse "${HOSTS[number]} runs $found: $VERSION would be a step back, which k3s can not do"
        fi
        if ((minor - MINOR > 1)) && is_chosen "$number"; then
            refuse "${HOSTS[number]} runs $found, and $VERSION skips a minor version" \
                "go to v$MAJOR.$((MINOR + 1)) first"
        fi
        if [[ ${ROLES[number]} == server ]] && ! is_chosen "$number" && ((MINOR < minor)); then
            lowest=${HOSTS[number]}
        fi
    done
    select_hosts agent
    if [[ -n $lowest ]] && ((${#SELECTED[@]} > 0)); then
        refuse "agents would be newer than $lowest" "servers first: \`$0 upgrade --only servers\`"
    fi
}

# others_are_ready NUMBER: gives in UNREADY the other nodes that are not.
UNREADY=()
others_are_ready() {
    local number
    UNREADY=()
    for ((number = 0; number < ${#HOSTS[@]}; number++)); do
        if ((number != $1)) && [[ -n ${CURRENT[number]} ]] && ! node_is_ready "${HOSTS[number]}"; then
            UNREADY+=("${HOSTS[number]}")
        fi
    done
    ((${#UNREADY[@]} == 0))
}

node_is_at_version() {
    [[ $(version_of "$1") == "$VERSION" ]]
}

# One host: its pods go elsewhere, its plan is applied, and it comes back. What was cordoned before stays so.
upgrade_host() {
    local number=$1 name=${HOSTS[$1]} mark cordoned
    if ! find_server "$number"; then
        VIA=0
    fi
    mark=$(tells get node "$name" -o 'jsonpath={.metadata.annotations.platc/upgrading}' 2>/dev/null || true)
    if [[ ${CURRENT[number]} == "$VERSION" && -z $mark ]]; then
        say "$name: runs $VERSION already"
        return
    fi
    others_are_ready "$number" ||
        refuse "$name is not touched while others are not Ready: ${UNREADY[*]}"
    if [[ ${CURRENT[number]} != "$VERSION" ]]; then
        cordoned=$(tells get node "$name" -o 'jsonpath={.spec.unschedulable}') || cordoned=''
        if [[ $cordoned != true ]]; then
            kube annotate --overwrite node "$name" platc/upgrading=yes >/dev/null
            mark=yes
        fi
        say "$name: its pods go elsewhere"
        kube drain "$name" --ignore-daemonsets --delete-emptydir-data "--timeout=${deadline}s" 2>&1 |
            labelled "$name" || late \
            "$name: not all pods left within ${deadline}s; it still runs ${CURRENT[number]}, and takes no new pods" \
            "go on with \`$0 upgrade\`, or let them in with \`kubectl uncordon $name\`"
        bring_files "$number"
        apply "$number"
    fi
    until_deadline "$name to run $VERSION" node_is_at_version "$name" || {
        look_at "$number"
        late "$name does not run $VERSION after ${deadline}s"
    }
    wait_for_node "$number"
    if [[ -n $mark ]]; then
        kube uncordon "$name" >/dev/null
        kube annotate node "$name" platc/upgrading- >/dev/null
    fi
    say "$name: runs $VERSION"
}

upgrade() {
    local number servers agents
    select_hosts
    if [[ $dry_run == yes ]]; then
        say "would ask every node for its version, and refuse to skip a minor version or to go back"
        if [[ -n $SNAPSHOTS ]]; then say "would save a snapshot of etcd"; fi
        for ((number = 0; number < ${#SELECTED[@]}; number++)); do
            say "would drain ${HOSTS[SELECTED[number]]}, apply its plan, wait until it runs $VERSION, and let pods in"
        done
        return
    fi
    reach "${SELECTED[@]}"
    find_server || fail "no server of $CLUSTER answers"
    judge_upgrade
    if [[ -n $SNAPSHOTS ]]; then
        say "${HOSTS[VIA]}: a snapshot of etcd, before anything changes"
        ask "$VIA" "$K3S" etcd-snapshot save --name "before-${VERSION//+/-}" 2>&1 | labelled "${HOSTS[VIA]}" ||
            fail "without a snapshot nothing is upgraded"
    fi
    select_hosts server
    servers=(${SELECTED[@]+"${SELECTED[@]}"})
    select_hosts agent
    agents=(${SELECTED[@]+"${SELECTED[@]}"})
    for ((number = 0; number < ${#servers[@]}; number++)); do
        upgrade_host "${servers[number]}"
    done
    for ((number = 0; number < ${#agents[@]}; number++)); do
        upgrade_host "${agents[number]}"
    done
    say "$CLUSTER runs $VERSION"
}
