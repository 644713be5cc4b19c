
# -- Up -------------------------------------------------------------------------------------------------------------

# What runs in this version is not what the platform says: that is for `upgrade`, which drains.
refuse_other_versions() {
    local number found
    for number in "$@"; do
        found=$(version_of "${HOSTS[number]}")
        if [[ -n $found && $found != "$VERSION" ]]; then
            refuse "${HOSTS[number]} runs $found, and the platform says $VERSION" \
                "\`$0 upgrade\` brings it there, host by host"
        fi
    done
}

# The first server: it makes the cluster, or is it already.
start_first() {
    bring_files 0
    apply 0
    VIA=0
    wait_for_api
}

join_server() {
    bring_files "$1"
    hand_token "$VIA" "$1" "$DATA/server/token" token
    hand_token "$VIA" "$1" "$CONFIGURATION/agent-token" agent-token
    apply "$1"
    wait_for_node "$1"
}

join_agent() {
    bring_files "$1"
    hand_token "$VIA" "$1" "$DATA/server/agent-token" token
    apply "$1"
    wait_for_node "$1"
}

up() {
    local number all servers=() agents=() with_first=''
    select_hosts
    all=("${SELECTED[@]}")
    for number in "${all[@]}"; do
        case ${ROLES[number]} in
        agent) agents+=("$number") ;;
        *) if ((number == 0)); then with_first=yes; else servers+=("$number"); fi ;;
        esac
    done
    if [[ $dry_run == yes ]]; then
        dry_up
        return
    fi
    can_operate
    reach "${all[@]}"
    if find_server; then
        say "$CLUSTER is there: ${HOSTS[VIA]} answers"
        refuse_other_versions "${all[@]}"
    elif [[ -z $with_first ]]; then
        refuse "$CLUSTER is not there yet" "\`$0 up\` without --only makes it, beginning with ${HOSTS[0]}"
    fi
    if [[ -n $with_first ]]; then
        # A first server that has lost its data would make a cluster of its own.
        if ((VIA == 0)) || ask 0 test -d "$DATA/server/db"; then
            start_first
        else
            refuse "${HOSTS[0]} has no data of k3s, but ${HOSTS[VIA]} answers: it would make a second cluster" \
                "place another server before it in the platform, so that it joins that one"
        fi
    fi
    # Where the network for pods is an object, no node is Ready without it.
    if [[ -n $OWN_NETWORK ]] && places_manifests; then
        if [[ -n $OPERATE ]]; then operate bootstrap early; else manifests; fi
    fi
    if [[ -n $with_first ]]; then
        wait_for_node 0
    fi
    for ((number = 0; number < ${#servers[@]}; number++)); do
        join_server "${servers[number]}"
    done
    if ((${#agents[@]} > 0)); then
        in_parallel join_agent "${agents[@]}"
    fi
    if [[ -z $OWN_NETWORK && -z $OPERATE ]] && places_manifests; then
        manifests
    fi
    if ((${#ONLY[@]} == 0)); then
        kubeconfig
    fi
    if [[ -n $OPERATE ]] && places_manifests; then
        operate bootstrap
    fi
    say "$CLUSTER is up: \`$0 health\` says whether all of it works"
}

# Whether objects are placed in this run.
places_manifests() {
    [[ -z $SKIP_MANIFESTS ]] && ((${#ONLY[@]} == 0))
}

dry_up() {
    local number
    for number in "${all[@]}"; do
        if ((number == 0)); then
            say "would apply nodes/${SCRIPTS[0]} on ${HOSTS[0]}, which makes the tokens where it has none, and wait for the API"
            if [[ -n $OWN_NETWORK ]] && places_manifests; then dry_manifests bootstrap early; fi
        elif [[ ${ROLES[number]} == server ]]; then
            say "would hand the token to ${HOSTS[number]}, apply nodes/${SCRIPTS[number]}, and wait until it is Ready"
        else
            say "would hand the token to ${HOSTS[number]}, apply nodes/${SCRIPTS[number]}, and wait until it is Ready;" \
                "up to $PARALLEL agents at once"
        fi
    done
    if [[ -z $OWN_NETWORK && -z $OPERATE ]] && places_manifests; then dry_manifests; fi
    if ((${#ONLY[@]} == 0)); then say "would write $KUBECONFIG_FILE (0600) with the context $CLUSTER"; fi
    if [[ -n $OPERATE ]] && places_manifests; then dry_manifests bootstrap; fi
}

# -- Kubeconfig -----------------------------------------------------------------------------------------------------

kubeconfig() {
    local directory text
    if [[ $dry_run == yes ]]; then
        say "would write $KUBECONFIG_FILE (0600) with the context $CLUSTER"
        return
    fi
    text=$(ask "$VIA" cat "$CONFIGURATION/k3s.yaml") || fail "${HOSTS[VIA]} has no $CONFIGURATION/k3s.yaml"
    directory=$(dirname -- "$KUBECONFIG_FILE")
    mkdir -p -- "$directory"
    # k3s writes its own names into fixed places; what stands there now is data in quotes.
    CONTEXT=$CLUSTER SERVER=$ENDPOINT awk '
        function text(value) { gsub(/\\/, "\\\\", value); gsub(/"/, "\\\"", value); return "\"" value "\"" }
        function put(value) { match($0, /^[ -]*[a-z-]+: /); print substr($0, 1, RLENGTH) text(value) }
        /^ *server: https:\/\// { put(ENVIRON["SERVER"]); next }
        /^[ -]*(name|cluster|user|current-context): default$/ { put(ENVIRON["CONTEXT"]); next }
        { print }' <<<"$text" >"$KUBECONFIG_FILE.new"
    chmod 0600 "$KUBECONFIG_FILE.new"
    mv -- "$KUBECONFIG_FILE.new" "$KUBECONFIG_FILE"
    say "$KUBECONFIG_FILE has the context $CLUSTER at $ENDPOINT: kubectl --kubeconfig $KUBECONFIG_FILE get nodes"
}

# -- Objects --------------------------------------------------------------------------------------------------------

# place WHAT FILE..: gives files to the cluster; what is not ready for them yet is given time.
place() {
    local what=$1
    shift
    say "placing $what: $(some $# file)"
    if ! until_deadline "$what to be taken" place_once "$@"; then
        printf '%s\n' "$PLACED" | labelled "$CLUSTER"
        late "$what were not taken within ${deadline}s"
    fi
}

PLACED=''
place_once() {
    local file
    PLACED=$(for file in "$@"; do
        printf -- '---\n'
        cat -- "$here/$file" || exit 1
    done | kube_with_input apply --server-side --field-manager=platc -f - 2>&1)
}

manifests() {
    local name
    if [[ $dry_run == yes ]]; then
        dry_manifests deploy
        return
    fi
    if [[ -n $OPERATE ]]; then
        can_operate
        operate deploy
        return
    fi
    if ((${#NAMESPACES[@]} > 0)); then
        place namespaces "${NAMESPACES[@]}"
    fi
    if ((${#DEFINITIONS[@]} > 0)); then
        place "custom resource definitions" "${DEFINITIONS[@]}"
        for name in "${DEFINED[@]}"; do
            kube wait --for=condition=Established "--timeout=${deadline}s" "crd/$name" 2>&1 | labelled "$CLUSTER" ||
                late "the definition $name is not established after ${deadline}s"
        done
    fi
    if ((${#OBJECTS[@]} > 0)); then
        place objects "${OBJECTS[@]}"
    fi
}

# operate WORD..: parts have one owner, `operate.sh`, which asks the API from here.
operate() {
    local code=0
    [[ -e $KUBECONFIG_FILE ]] || kubeconfig
    say "parts: $here/operate.sh $*"
    KUBECONFIG=$KUBECONFIG_FILE PLATC_DEADLINE=$deadline "$here/operate.sh" "$@" || code=$?
    ((code == 0)) || end "$code" "operate.sh $* did not come to its end" \
        "when the cause is gone, \`$0 $COMMAND\` goes on from here, or KUBECONFIG=$KUBECONFIG_FILE $here/operate.sh $*"
}

# What it needs is asked for before anything is begun.
can_operate() {
    if [[ -n $OPERATE ]] && places_manifests; then
        command -v kubectl >/dev/null ||
            fail "nothing was changed: operate.sh, which brings the parts, needs kubectl here" "\`--skip-manifests\` leaves them out"
    fi
}

dry_manifests() {
    if [[ -n $OPERATE ]]; then
        say "would run KUBECONFIG=$KUBECONFIG_FILE $here/operate.sh $*"
        return
    fi
    if ((${#NAMESPACES[@]} > 0)); then say "would place $(some "${#NAMESPACES[@]}" namespace)"; fi
    if ((${#DEFINITIONS[@]} > 0)); then
        say "would place $(some "${#DEFINITIONS[@]}" definition), and wait until established"
    fi
    if ((${#OBJECTS[@]} > 0)); then say "would place $(some "${#OBJECTS[@]}" 'other object')"; fi
}
