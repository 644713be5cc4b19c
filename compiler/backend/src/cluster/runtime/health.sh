
# -- Health ---------------------------------------------------------------------------------------------------------

BAD=0

good() {
    printf 'ok    %s\n' "$*"
}

bad() {
    BAD=$((BAD + 1))
    printf 'BAD   %s\n' "$*"
}

nodes_are_ready() {
    local number name found
    for ((number = 0; number < ${#HOSTS[@]}; number++)); do
        name=${HOSTS[number]}
        is_chosen "$number" || continue
        found=$(version_of "$name")
        if [[ -z $found ]]; then
            bad "node $name: not in the cluster"
        elif ! node_is_ready "$name"; then
            bad "node $name: not Ready"
        elif [[ $found != "$VERSION" ]]; then
            bad "node $name: runs $found, not $VERSION"
        else
            good "node $name: Ready, $found"
        fi
    done
}

workloads_are_available() {
    local index namespace kind name wanted ready path
    for ((index = 0; index < ${#WORKLOAD_NAMES[@]}; index++)); do
        namespace=${WORKLOAD_NAMESPACES[index]} kind=${WORKLOAD_KINDS[index]} name=${WORKLOAD_NAMES[index]}
        case $kind in
        daemonset) path='{.status.desiredNumberScheduled} {.status.numberReady}' ;;
        *) path='{.spec.replicas} {.status.readyReplicas}' ;;
        esac
        if ! wanted=$(tells -n "$namespace" get "$kind" "$name" -o "jsonpath=$path" 2>/dev/null); then
            bad "$kind $namespace/$name: not there"
            continue
        fi
        ready=${wanted#* }
        wanted=${wanted%% *}
        if ((${ready:-0} >= ${wanted:-0})); then
            good "$kind $namespace/$name: ${ready:-0} of ${wanted:-0} ready"
        else
            bad "$kind $namespace/$name: ${ready:-0} of ${wanted:-0} ready"
        fi
    done
}

claims_are_bound() {
    local index namespace name phase
    for ((index = 0; index < ${#CLAIM_NAMES[@]}; index++)); do
        namespace=${CLAIM_NAMESPACES[index]} name=${CLAIM_NAMES[index]}
        phase=$(tells -n "$namespace" get persistentvolumeclaim "$name" -o 'jsonpath={.status.phase}' 2>/dev/null) || phase=''
        if [[ $phase == Bound ]]; then
            good "claim $namespace/$name: Bound"
        else
            bad "claim $namespace/$name: ${phase:-not there}"
        fi
    done
}

# sortable ADDRESS: gives in SORTABLE a text that sorts as the address does among those of its family, or fails.
SORTABLE=''
sortable() {
    local head=() tail=() group
    if [[ $1 =~ ^([0-9]+)\.([0-9]+)\.([0-9]+)\.([0-9]+)$ ]]; then
        printf -v SORTABLE '4:%03d%03d%03d%03d' "${BASH_REMATCH[@]:1}"
        return
    fi
    [[ $1 == *:*:* && $1 != *[!0-9a-fA-F:]* ]] || return 1
    IFS=: read -r -a head < <(printf '%s\n' "${1%%::*}")
    [[ $1 != *::* ]] || IFS=: read -r -a tail < <(printf '%s\n' "${1#*::}")
    SORTABLE=6:
    for group in ${head[@]+"${head[@]}"}; do
        printf -v SORTABLE '%s%04x' "$SORTABLE" "$((16#$group))"
    done
    for ((group = ${#head[@]} + ${#tail[@]}; group < 8; group++)); do
        SORTABLE+=0000
    done
    for group in ${tail[@]+"${tail[@]}"}; do
        printf -v SORTABLE '%s%04x' "$SORTABLE" "$((16#$group))"
    done
}

# is_within ADDRESS RANGE..: whether an address is one of the ranges, each `FIRST-LAST`.
is_within() {
    local LC_ALL=C address range first
    sortable "$1" || return 1
    address=$SORTABLE
    shift
    for range in "$@"; do
        sortable "${range%-*}" || continue
        first=$SORTABLE
        sortable "${range#*-}" || continue
        if [[ ! $address < $first && ! $address > $SORTABLE ]]; then
            return 0
        fi
    done
    return 1
}

balancers_have_addresses() {
    local index namespace name address addresses ranges stray
    for ((index = 0; index < ${#BALANCER_NAMES[@]}; index++)); do
        namespace=${BALANCER_NAMESPACES[index]} name=${BALANCER_NAMES[index]}
        read -r -a ranges <<<"${BALANCER_RANGES[index]}"
        read -r -a addresses < <(tells -n "$namespace" get service "$name" \
            -o 'jsonpath={.status.loadBalancer.ingress[*].ip}' 2>/dev/null || true) || true
        stray=''
        for address in ${addresses[@]+"${addresses[@]}"}; do
            ((${#ranges[@]} == 0)) || is_within "$address" "${ranges[@]}" || stray=$address
        done
        if ((${#addresses[@]} == 0)); then
            bad "service $namespace/$name: no address"
        elif [[ -n $stray ]]; then
            bad "service $namespace/$name: $stray is not in ${BALANCER_RANGES[index]}"
        else
            good "service $namespace/$name: ${addresses[*]}"
        fi
    done
}

# lookup_pod NAME: a pod that asks for the name of the API once.
lookup_pod() {
    cat <<POD
apiVersion: v1
kind: Pod
metadata: {name: $1}
spec:
  restartPolicy: Never
  automountServiceAccountToken: false
  securityContext: {runAsNonRoot: true, runAsUser: 10001, seccompProfile: {type: RuntimeDefault}}
  containers:
    - name: ask
      image: "$PROBE"
      command: [nslookup, "kubernetes.default.svc.$DOMAIN"]
      securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
      resources: {requests: {cpu: 10m, memory: 16Mi}, limits: {cpu: 100m, memory: 32Mi}}
POD
}

# A pod in each namespace asks for the name of the API, as those that stand there do.
names_are_found() {
    local index namespace pod
    for ((index = 0; index < ${#LOOKUPS[@]}; index++)); do
        namespace=${LOOKUPS[index]}
        pod="platc-lookup-$RANDOM"
        if lookup_pod "$pod" | kube_with_input -n "$namespace" apply -f - >/dev/null 2>&1 &&
            kube -n "$namespace" wait "pod/$pod" --for=jsonpath='{.status.phase}'=Succeeded --timeout=60s \
                >/dev/null 2>&1; then
            good "names from $namespace: found"
        else
            bad "names from $namespace: a pod there does not find kubernetes.default.svc.$DOMAIN"
        fi
        kube -n "$namespace" delete pod "$pod" --ignore-not-found --wait=false >/dev/null 2>&1 || true
    done
}

urls_answer() {
    local index code
    for ((index = 0; index < ${#URLS[@]}; index++)); do
        code=$(curl --insecure --silent --output /dev/null --max-time 10 --write-out '%{http_code}' -- "${URLS[index]}") ||
            code=000
        if ((10#${code:-0} >= 100 && 10#${code:-0} < 500)); then
            good "${URLS[index]}: $code"
        else
            bad "${URLS[index]}: ${code/#000/no answer}"
        fi
    done
}

health() {
    if [[ $dry_run == yes ]]; then
        say "would ask for $(some "${#HOSTS[@]}" node), $(some "${#WORKLOAD_NAMES[@]}" workload)," \
            "$(some "${#CLAIM_NAMES[@]}" claim), $(some "${#BALANCER_NAMES[@]}" address addresses)," \
            "names from $(some "${#LOOKUPS[@]}" namespace), and $(some "${#URLS[@]}" URL)"
        return
    fi
    find_server || fail "no server of $CLUSTER answers" "\`$0 status\` says which hosts can be reached, and how they differ"
    nodes_are_ready
    workloads_are_available
    claims_are_bound
    balancers_have_addresses
    names_are_found
    if ((${#URLS[@]} > 0)) && command -v curl >/dev/null; then
        urls_answer
    fi
    if ((BAD > 0)); then
        differs "$BAD of these are not as they should be"
    fi
    say "$CLUSTER is well"
}

# -- Status and check -----------------------------------------------------------------------------------------------

status() {
    local number name found drift
    select_hosts
    if [[ $dry_run == yes ]]; then
        say "would ask $(some "${#SELECTED[@]}" host)"
        return
    fi
    find_server || say "no server of $CLUSTER answers"
    printf '%-24s %-8s %-20s %-10s %s\n' HOST ROLE VERSION NODE PLAN
    for ((number = 0; number < ${#SELECTED[@]}; number++)); do
        name=${HOSTS[SELECTED[number]]}
        found=$(version_of "$name")
        drift=0
        node "${SELECTED[number]}" check >/dev/null 2>&1 || drift=$?
        case $drift in
        0) drift='as it should be' ;;
        "$DIFFERS") drift="differs: \`$0 check --only $name\`" ;;
        255) drift='no connection' ;;
        *) drift="could not be judged ($drift)" ;;
        esac
        printf '%-24s %-8s %-20s %-10s %s\n' "$name" "${ROLES[SELECTED[number]]}" "${found:--}" \
            "$(node_is_ready "$name" && echo Ready || echo -)" "$drift"
    done
}

# check and diff: what `up` or `upgrade` would change on the hosts. Nothing is changed.
compare() {
    local number code worst=0
    select_hosts
    if [[ $dry_run == yes ]]; then
        say "would ask $(some "${#SELECTED[@]}" host)"
        return
    fi
    reach "${SELECTED[@]}"
    for ((number = 0; number < ${#SELECTED[@]}; number++)); do
        code=0
        node "${SELECTED[number]}" "$1" || code=$?
        case $code in
        0) say "${HOSTS[SELECTED[number]]}: as it should be" ;;
        "$DIFFERS")
            say "${HOSTS[SELECTED[number]]}: differs"
            ((worst != 0)) || worst=$DIFFERS
            ;;
        *)
            say "${HOSTS[SELECTED[number]]}: could not be judged (its script ended with $code)"
            worst=$FAILED
            ;;
        esac
    done
    return "$worst"
}
