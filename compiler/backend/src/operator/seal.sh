#!/usr/bin/env bash
# Seals the values of secrets for the controller of one cluster, and keeps them in the source of the platform, where they may be
# published. Asks nobody but you: the certificate of the controller is a file, too.
# Made by `platc build`: which secrets there are stands at the end, everything else is the same in each of these scripts.
set -euo pipefail
umask 077

# What the end of this file fills in: one entry for each secret in the last three.
cluster=() controller=() space=() certificate=() kept=()
secrets=() scopes=() keys=()

readonly MISSING=3
source='' from='' rotate=no

usage() {
  cat <<END
Usage: seal.sh [--dry-run] [--source DIR] [--from DIR] [--rotate] [status] [NAMESPACE/NAME [KEY]]

Seals what is not sealed yet of the ${#secrets[@]} secrets of ${cluster[0]}: asks for each value, and does not show it. What is
sealed is kept in ${kept[0]}; build the platform again, and commit both.

  status         which values are not sealed yet; 3 where there are some
  --source DIR   where the source of the platform is (this directory or the nearest above this script that has these files)
  --from DIR     takes values from files: DIR/NAMESPACE/NAME/KEY, byte for byte
  --rotate       seals anew what is sealed already, as for a controller that has another key
  --dry-run      says what would be run, and seals nothing

Where no terminal is there to ask at, standard input is the value of the one key that is named.
Environment: PLATC the command to seal with (platc).
Exit codes: 0 done, 1 a command failed, 2 wrong use, 3 not everything is sealed, 5 refused.
END
}

main() {
  local command=seal
  while [ $# -gt 0 ]; do
    case $1 in
      --dry-run) dry_run=yes ;;
      --rotate) rotate=yes ;;
      --source | --from)
        [ $# -ge 2 ] || misuse "$1 needs a directory"
        if [ "$1" = --source ]; then source=$2; else from=$2; fi
        shift
        ;;
      -h | --help | help)
        usage
        exit "$DONE"
        ;;
      -*) misuse "there is no option $1" ;;
      *) break ;;
    esac
    shift
  done
  if [ "${1:-}" = status ]; then
    command=status
    shift
  fi
  [ $# -le 2 ] || misuse "one secret and one of its keys is what can be named"
  need "${PLATC:-platc}"
  source=${source:-$(where)}
  choose "$@"
  "${command}_all" "${2:-}"
}

# The directory in which the certificate is, or what is sealed.
where() {
  local dir=$here
  until [ -e "$dir/${certificate[0]}" ] || [ -e "$dir/${kept[0]}" ] || [ "$dir" = / ]; do dir=$(dirname "$dir"); done
  if [ "$dir" = / ] || [ -e "${certificate[0]}" ]; then dir=.; fi
  printf '%s\n' "$dir"
}

# -- Which secrets ---------------------------------------------------------------------------------------------------

# Numbers of the secrets that are meant.
chosen=()

choose() {
  local at
  for at in "${!secrets[@]}"; do
    if [ $# -eq 0 ] || [ "${secrets[at]}" = "$1" ]; then chosen+=("$at"); fi
  done
  [ "${#chosen[@]}" -gt 0 ] || misuse "there is no secret $1 whose values are sealed: seal.sh status says which there are"
  [ $# -lt 2 ] || [[ " ${keys[chosen[0]]} " == *" $2 "* ]] || misuse "$1 has no key $2: it has ${keys[chosen[0]]}"
}

# The keys of a secret that are meant, and not sealed yet.
missing() {
  local at=$1 key=$2 all=() rest
  read -r -a all <<<"${keys[at]}"
  [ -z "$key" ] || all=("$key")
  [ "${#all[@]}" -gt 0 ] || return 0
  if rest=$(asks_platc "$at" "${all[@]}" --check); then return 0; fi
  [ -n "$rest" ] || fail "what is sealed of ${secrets[at]} can not be told"
  printf '%s\n' "$rest"
}

asks_platc() {
  local at=$1
  shift
  "${PLATC:-platc}" seal "${secrets[at]}" "$@" --scope "${scopes[at]}" -o "$source/${kept[0]}"
}

# -- What is done ----------------------------------------------------------------------------------------------------

status_all() {
  local at key rest count=0
  for at in ${chosen[@]+"${chosen[@]}"}; do
    rest=$(missing "$at" "$1")
    for key in $rest; do
      printf '%s %s\n' "${secrets[at]}" "$key"
      count=$((count + 1))
    done
  done
  [ "$count" -eq 0 ] || exit "$MISSING"
  say "everything is sealed in ${kept[0]}"
}

seal_all() {
  local at key due count=0
  [ -f "$source/${certificate[0]}" ] || refuse "the certificate of the controller is not at $source/${certificate[0]}" \
    "kubeseal --fetch-cert --controller-name ${controller[0]} --controller-namespace ${space[0]} > $source/${certificate[0]}"
  for at in ${chosen[@]+"${chosen[@]}"}; do
    if [ "$rotate" = yes ]; then due=${1:-${keys[at]}}; else due=$(missing "$at" "$1"); fi
    for key in $due; do
      can_ask "$1"
      seal_one "$at" "$key"
      count=$((count + 1))
    done
  done
  if [ "$count" -eq 0 ]; then say "everything is sealed in ${kept[0]}"; else finish "sealed $(some "$count" value) into ${kept[0]}"; fi
}

can_ask() {
  [ -n "$from" ] || [ -t 0 ] || [ -n "$1" ] || misuse "there is no terminal to ask at: name one secret and one key, or --from DIR"
}

seal_one() {
  local at=$1 key=$2 file=$from/${secrets[$1]}/$2 more=()
  [ "$rotate" = no ] || more+=(--rotate)
  if [ -n "$from" ]; then
    [ -f "$file" ] || fail "there is no file $file"
    more+=(-i "$file")
  fi
  run "${PLATC:-platc}" seal "${secrets[at]}" "$key" --cert "$source/${certificate[0]}" --scope "${scopes[at]}" \
    -o "$source/${kept[0]}" ${more[@]+"${more[@]}"} || fail "${secrets[at]} $key is not sealed"
}
