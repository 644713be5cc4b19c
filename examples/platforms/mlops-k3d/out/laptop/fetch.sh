#!/usr/bin/env bash
# Collects what a cluster gets from the internet, where there is internet, into a directory that is carried to where there
# is none. Made by `platc build`: what is collected stands at the end, everything else is the same in each of these scripts.
set -euo pipefail

# What the end of this file fills in: files with their addresses and sums, images, those that nobody knows here, and for which
# processors.
cluster=() files=() urls=() sums=() images=() unlisted=() architectures=()

usage() {
    cat <<END
Usage: fetch.sh [--dry-run] [files|images] [DIR]

Collects $(some "${#files[@]}" file) and $(some "${#images[@]}" image) of ${cluster[0]} into DIR ($(directory)).
What is there with the right content is left alone, so run it again after whatever stopped it. Then take the whole directory
of this script to where there is no internet: scripts of machines look into DIR first, and PLATC_OFFLINE names another one.

  files    only files; they need curl or wget
  images   only images, as DIR/images/NAME.ARCHITECTURE.tar; they need skopeo, crane, docker, podman or ctr

  --dry-run   says what would be run, and fetches nothing

Exit codes: 0 everything is there, 1 something is not, 2 wrong use.
END
}

main() {
    local what=all into missing=0
    while [ $# -gt 0 ]; do
        case $1 in
        --dry-run) dry_run=yes ;;
        -h | --help | help)
            usage
            exit "$DONE"
            ;;
        -*) misuse "there is no option $1" ;;
        *) break ;;
        esac
        shift
    done
    case ${1:-} in
    files | images)
        what=$1
        shift
        ;;
    esac
    [ $# -le 1 ] || misuse "one directory is due"
    into=${1:-$(directory)}
    run mkdir -p "$into/images"
    if [ "$what" != images ]; then fetch_files "$into"; fi
    if [ "$what" != files ]; then fetch_images "$into/images"; fi
    [ "$missing" -eq 0 ] || fail "$(some "$missing" thing) that ${cluster[0]} needs could not be had"
    finish "everything is in $into"
}

directory() {
    printf '%s\n' "${PLATC_OFFLINE:-$here/nodes/files}"
}

# -- Files -----------------------------------------------------------------------------------------------------------

fetch_files() {
    local at
    [ ${#files[@]} -gt 0 ] || return 0
    for at in "${!files[@]}"; do
        if [ -e "$1/${files[at]}" ] && has_sum "$1/${files[at]}" "${sums[at]}"; then
            say "${files[at]}: is there"
        elif ! fetch_file "$1/${files[at]}" "$at"; then
            say "error: ${files[at]} can not be had"
            missing=$((missing + 1))
        fi
    done
}

# From the first of its addresses that has the right content.
fetch_file() {
    local url
    while IFS= read -r url; do
        act "fetch ${1##*/} from $url" "${1##*/}: from $url"
        if download "$url" "$1.part"; then
            if [ "$dry_run" = yes ]; then return 0; fi
            if has_sum "$1.part" "${sums[$2]}"; then
                mv "$1.part" "$1"
                return 0
            fi
            say "${1##*/}: has another SHA-256 than ${sums[$2]}, and is not used"
        fi
        rm -f "$1.part"
    done <<<"${urls[$2]}"
    return 1
}

download() {
    if command -v curl >/dev/null 2>&1; then
        run curl --fail --silent --show-error --location --proto '=https,http' --retry 3 \
            --connect-timeout 30 --speed-limit 1000 --speed-time 60 --output "$2" -- "$1"
    elif command -v wget >/dev/null 2>&1; then
        run wget --quiet --tries 3 --timeout 60 --output-document "$2" -- "$1"
    else
        misuse "neither curl nor wget is installed here"
    fi
}

has_sum() {
    local sum
    if command -v sha256sum >/dev/null 2>&1; then sum=$(sha256sum <"$1"); else sum=$(shasum -a 256 <"$1"); fi
    [ "${sum%% *}" = "$2" ]
}

# -- Images ----------------------------------------------------------------------------------------------------------

fetch_images() {
    local image architecture name
    for image in ${unlisted[@]+"${unlisted[@]}"}; do
        say "not fetched: $image"
    done
    [ ${#images[@]} -gt 0 ] || return 0
    for image in "${images[@]}"; do
        for architecture in "${architectures[@]}"; do
            name=$(printf '%s' "$image" | tr '/:@' '___').$architecture.tar
            if [ -s "$1/$name" ]; then
                say "$image ($architecture): is there"
            else
                act "fetch $image ($architecture)" "$image ($architecture)"
                if pull "$image" "$architecture" "$1/$name.part"; then
                    [ "$dry_run" = yes ] || mv "$1/$name.part" "$1/$name"
                else
                    rm -f "$1/$name.part"
                    say "error: $image can not be had"
                    missing=$((missing + 1))
                fi
            fi
        done
    done
}

# By whatever is here, as an archive that docker and containerd read.
pull() {
    if command -v skopeo >/dev/null 2>&1; then
        run skopeo copy --override-os linux --override-arch "$2" "docker://$1" "docker-archive:$3:$1"
    elif command -v crane >/dev/null 2>&1; then
        run crane pull --platform "linux/$2" "$1" "$3"
    elif command -v docker >/dev/null 2>&1; then
        run docker pull --quiet --platform "linux/$2" "$1" && run docker save --output "$3" "$1"
    elif command -v podman >/dev/null 2>&1; then
        run podman pull --quiet --platform "linux/$2" "$1" && run podman save --output "$3" "$1"
    elif command -v ctr >/dev/null 2>&1; then
        run ctr images pull --platform "linux/$2" "$1" && run ctr images export --platform "linux/$2" "$3" "$1"
    else
        misuse "neither skopeo nor crane, docker, podman or ctr is installed here"
    fi
}

# -- What all scripts of an operator share ------------------------------------------------------------------------------

# How they end; PLATC_DEADLINE and PLATC_PAUSE are said in the help of each.
readonly DONE=0 FAILED=1 MISUSED=2 DIFFERS=3 BUSY=4 REFUSED=5 LATE=6
dry_run=no
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
deadline=${PLATC_DEADLINE:-900}
pause=${PLATC_PAUSE:-5}

# A command that changes something.
run() {
    if [ "$dry_run" = yes ]; then
        local word
        printf 'would run:'
        for word in "$@"; do printf ' %q' "$word"; done
        printf '\n'
        return "$DONE"
    fi
    "$@"
}

# act WOULD NOW: says what is done now; where nothing is done, what would be.
act() {
    if [ "$dry_run" = yes ]; then say "would $1"; else say "$2"; fi
}

# finish TEXT: the last line.
finish() {
    if [ "$dry_run" = yes ]; then say "nothing was done"; else say "$1"; fi
}

# A question to somebody who may take it and never answer.
bounded() {
    if command -v timeout >/dev/null 2>&1; then timeout 60 "$@"; else "$@"; fi
}

# until_deadline WHAT COMMAND..: tries until it works, or fails when the time is over. Says so at first, and twice a minute.
until_deadline() {
    local what=$1 end=$((SECONDS + deadline)) next=$SECONDS
    shift
    until "$@"; do
        [ "$SECONDS" -lt "$end" ] || return "$FAILED"
        if [ "$SECONDS" -ge "$next" ]; then
            say "waiting for $what ($((end - SECONDS)) s left)"
            next=$((SECONDS + 30))
        fi
        sleep "$pause"
    done
}

# The same, and ends where the time is over; where nothing is done, nobody is waited for.
wait_for() {
    if [ "$dry_run" = yes ]; then
        say "would wait for $1"
        return "$DONE"
    fi
    until_deadline "$@" || late "waited $(some "$deadline" second) for $1"
}

# insist WHAT COMMAND..: a command that changes something, again and again until it works.
insist() {
    if [ "$dry_run" = yes ]; then
        shift
        "$@"
    else
        wait_for "$@"
    fi
}

# Where nothing is done, what is missing is said alone.
need() {
    command -v "$1" >/dev/null 2>&1 && return "$DONE"
    [ "$dry_run" = yes ] || misuse "$1 is not installed here"
    say "$1 is not installed here, and would be needed"
}

# some NUMBER NAME [NAMES]: `1 host`, `2 hosts`.
some() {
    if [ "$1" = 1 ]; then printf '1 %s' "$2"; else printf '%s %s' "$1" "${3:-${2}s}"; fi
}

say() {
    printf '%s %s\n' "$(date '+%H:%M:%S')" "$*" >&2
}

# end CODE TEXT [HELP]: what is wrong, what can be done, and how the script ends.
end() {
    printf '%s error: %s\n' "$(date '+%H:%M:%S')" "$2" >&2
    [ $# -lt 3 ] || printf '  help: %s\n' "$3" >&2
    exit "$1"
}

fail() { end "$FAILED" "$@"; }
misuse() { end "$MISUSED" "$1" "${0##*/} --help says what there is"; }
differs() { end "$DIFFERS" "$@"; }
busy() { end "$BUSY" "$@"; }
refuse() { end "$REFUSED" "$@"; }
late() { end "$LATE" "$@"; }

# What it works with.
cluster=('laptop')
unlisted=('`'""'ghcr.io/k3d-io/k3d-proxy`'""' and `'""'k3d-tools`'""', of the version that `'""'k3d version`'""' says')
architectures=('amd64')
images=('docker.io/library/postgres:13-alpine' 'docker.io/rancher/k3s:v1.36.2-k3s1' 'docker.io/rancher/klipper-helm:v0.11.1-build20260615' 'docker.io/rancher/klipper-lb:v0.4.17' 'docker.io/rancher/local-path-provisioner:v0.0.36' 'docker.io/rancher/mirrored-coredns-coredns:1.14.4' 'docker.io/rancher/mirrored-library-busybox:1.37.0' 'docker.io/rancher/mirrored-library-traefik:3.7.4' 'docker.io/rancher/mirrored-metrics-server:v0.8.1' 'docker.io/rancher/mirrored-pause:3.6' 'ghcr.io/example/mlops-api:1.0.0' 'ghcr.io/example/mlops-frontend:1.0.0')
urls=()
sums=()
files=()

main "$@"
