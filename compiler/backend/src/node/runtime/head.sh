# What follows is the same for every machine; its plan stands behind it, as data alone.
#
# The script looks, step by step, whether the machine is as the plan says, and changes what is not. Before it changes anything it
# notes in $STATE what was there. So it can be ended anywhere and run again, and `reset` takes back what it did.
#
# For each kind of step there are three functions: KIND_look adds to DRIFT what is not as it shall be and changes nothing,
# KIND_do makes it so, KIND_undo takes it back by what was noted alone: the step may not be in the plan any more.

set -Eeuo pipefail
umask 077
export LC_ALL=C
PATH=${PATH:-/usr/bin:/bin}:/usr/local/sbin:/usr/sbin:/sbin
unset CDPATH GREP_OPTIONS IFS

FAILED=1 MISUSED=2 DIFFERS=3 BUSY=4 REFUSED=5

if ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] < 402)); then
    printf 'error: this needs bash 4.2 or later, and this is %s\n' "$BASH_VERSION" >&2
    exit "$REFUSED"
fi

STATE=/var/lib/platc
SELF=$0
HERE=.
case $SELF in
*/*) HERE=${SELF%/*} ;;
esac
FILES=${PLATC_OFFLINE:-$HERE/files}

PLAN=''
COUNT=0
declare -A VALUES=()
IDS=() KINDS=() NAMES=() PLACES=()

# -- The plan ----------------------------------------------------------------------------------------------------------

# Which plan this is: the host by its path.
plan() {
    PLAN=$1
}

# Adds a step: its id, kind, name and place in the source, then words and values.
step() {
    IDS[COUNT]=$1 KINDS[COUNT]=$2 NAMES[COUNT]=$3 PLACES[COUNT]=$4
    shift 4
    local count
    while (($# > 1)); do
        count=${VALUES[$COUNT.$1]-0}
        VALUES[$COUNT.$1.$count]=$2
        VALUES[$COUNT.$1]=$((count + 1))
        shift 2
    done
    COUNT=$((COUNT + 1))
}

# Makes a step the current one.
load() {
    N=$1 ID=${IDS[$1]} KIND=${KINDS[$1]} NAME=${NAMES[$1]} AT=${PLACES[$1]}
    RECORD=$STATE/steps/$ID
}

# The value of a word of the current step, in REPLY.
get() {
    REPLY=${VALUES[$N.$1.0]-}
}

# All values of a word, in LIST.
list() {
    LIST=()
    local at count=${VALUES[$N.$1]-0}
    for ((at = 0; at < count; at++)); do
        LIST[at]=${VALUES[$N.$1.$at]}
    done
}

# The words of a text, in LIST. (A here-string would be a file for a moment.)
split() {
    read -r -a LIST < <(printf '%s\n' "$1") || true
}

# What a step is about, in KEY. A step that is about something else is another one.
key() {
    local word value
    KEY=''
    case $KIND in
    file | directory | link | secret | fetch | archive | block | apparmor) set -- path ;;
    module) set -- module ;;
    sysctl) set -- key ;;
    unit) set -- "$INIT" ;;
    words) set -- path word ;;
    firewall) set -- port protocol from ;;
    selinux) set -- enforce boolean context ;;
    *) return 0 ;;
    esac
    for word; do
        list "$word"
        for value in ${LIST[@]+"${LIST[@]}"}; do
            KEY+=${KEY:+ }$value
        done
    done
}

# Whether the current step is for a machine like this one.
applies() {
    local family
    local init
    list init
    for init in ${LIST[@]+"${LIST[@]}"}; do
        [[ $init == "$INIT" ]] || return 1
    done
    list family
    ((${#LIST[@]})) || return 0
    for family in "${LIST[@]}"; do
        [[ $family != "$FAMILY" ]] || return 0
    done
    return 1
}

# -- What is said ------------------------------------------------------------------------------------------------------

TELLS=no

# A text so that it can be shown in one line, in REPLY.
shown() {
    REPLY=$1
    [[ $1 != *[!-A-Za-z0-9._/:@%+=,]* ]] || printf -v REPLY '%q' "$1"
}

# Says a line, of which a terminal shows every letter and does nothing else.
say() {
    set -- "${1//[! -~]/?}"
    printf '%s\n' "$1"
    if [[ $TELLS == yes ]]; then
        if command -v logger >/dev/null; then
            logger -t platc -- "$1" 9>&- </dev/null || true
        elif command -v systemd-cat >/dev/null; then
            printf '%s\n' "$1" | systemd-cat -t platc 9>&- || true
        fi
    fi
}

# Says something of the current step.
tell() {
    say "[$NAME] $1  ($AT)"
}

fail() {
    trap - ERR
    tell "error: $1" >&2
    exit "$FAILED"
}

refuse() {
    trap - ERR
    say "error: $1" >&2
    exit "$REFUSED"
}

# A command that nobody expected to fail.
broke() {
    local code=$? line=${BASH_LINENO[0]} command=$BASH_COMMAND
    trap - ERR
    ((BASHPID == $$)) || exit "$code"
    [[ $command != '"$@"'* ]] || command=$RAN
    say "[${NAME-plan}] error: \`${command%%$'\n'*}\` gave $code (line $line of this script)  (${AT--})" >&2
    exit "$FAILED"
}

drift() {
    DRIFT+=("$1")
}

# -- The machine -------------------------------------------------------------------------------------------------------

recognize() {
    local id='' like='' key value
    FAMILY=unknown INIT=none
    if [[ -r /etc/os-release ]]; then
        while IFS='=' read -r key value || [[ -n $key ]]; do
            value=${value#[\"\']} value=${value%[\"\']}
            case $key in
            ID) id=$value ;;
            ID_LIKE) like=$value ;;
            esac
        done </etc/os-release
    fi
    case " $id $like " in
    *' debian '* | *' ubuntu '* | *' raspbian '*) FAMILY=debian ;;
    *' rhel '* | *' fedora '* | *' centos '* | *' rocky '* | *' almalinux '*) FAMILY=redhat ;;
    *suse* | *' sles '*) FAMILY=suse ;;
    *' arch '* | *' archarm '*) FAMILY=arch ;;
    *' alpine '*) FAMILY=alpine ;;
    esac
    if [[ -d /run/systemd/system ]]; then
        INIT=systemd
    elif command -v rc-service >/dev/null; then
        INIT=openrc
    fi
}

# A command that changes the machine, without what this script has open: what it starts must not hold the lock.
run() {
    RAN=$*
    "$@" 9>&- </dev/null
}

# One at a time: the lock goes with the process, whatever ends it.
lock() {
    local waited=0
    command -v flock >/dev/null || refuse 'there is no flock, so two of these could not be kept apart: install util-linux'
    exec 9</var/lib
    until flock -n 9; do
        ((waited < ${PLATC_WAIT:-60})) || {
            printf 'error: another run works on this machine; nothing was done\n' >&2
            exit "$BUSY"
        }
        ((waited)) || printf 'another run works on this machine; waiting\n' >&2
        sleep 1
        waited=$((waited + 1))
    done
}

# Reading needs root too: what only root can see would seem to be missing.
enter() {
    local known
    ((EUID == 0)) || refuse 'this must run as root'
    recognize
    if [[ -e $STATE/plan ]]; then
        known=$(<"$STATE/plan")
        [[ $known == "$PLAN" ]] || {
            shown "$known"
            refuse "this machine is $REPLY, and this script is for another one; \`reset\` with the script of that one first"
        }
    fi
}

# -- What is noted -----------------------------------------------------------------------------------------------------

# Makes the directory of notes, when the first thing changes.
open_state() {
    [[ ! -e $STATE/plan ]] || return 0
    mkdir -p -- "$STATE/steps" "$STATE/pending"
    printf '%s' "$PLAN" >"$STATE/plan.new"
    settle "$STATE/plan.new"
    mv -f -- "$STATE/plan.new" "$STATE/plan"
}

# Brings a file to the disk.
settle() {
    sync -- "$1" 2>/dev/null || sync
}

# Begins the notes of the current step. They stand in $NEW until `record` puts them in their place, so that they are whole.
note() {
    local file
    open_state
    NEW=$STATE/new
    rm -rf -- "$NEW"
    mkdir -- "$NEW"
    if ((LAST == 0)); then
        for file in "$STATE"/steps/*/order; do
            [[ -e $file ]] || continue
            REPLY=$(<"$file")
            ((REPLY <= LAST)) || LAST=$REPLY
        done
    fi
    LAST=$((LAST + 1))
    keep order "$LAST"
    keep kind "$KIND"
    keep name "$NAME"
    keep at "$AT"
    key
    keep key "$KEY"
}

keep() {
    printf '%s' "$2" >"$NEW/$1"
}

record() {
    sync -- "$NEW"/* "$NEW" 2>/dev/null || sync
    mv -- "$NEW" "$RECORD"
}

# What was noted, in REPLY.
kept() {
    REPLY=''
    [[ ! -e $RECORD/$1 ]] || IFS= read -r -d '' REPLY <"$RECORD/$1" || true
}

# Notes what stands at a path.
keep_before() {
    [[ ! -e $1 && ! -L $1 ]] || cp -a -- "$1" "$NEW/before"
}

# Notes whom a step starts again, then that this is due: before anything changes, so that no end of this script loses it.
due() {
    local id
    list starts
    ((${#LIST[@]})) || return 0
    printf '%s\n' "${LIST[@]}" >"$RECORD/starts"
    for id in "${LIST[@]}"; do
        [[ -e $STATE/pending/$id ]] || : >"$STATE/pending/$id"
        settle "$STATE/pending/$id"
    done
}

