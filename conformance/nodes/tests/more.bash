# shellcheck shell=bash disable=SC2154
# Texts that are hostile, what is fetched, secrets, and two scripts at once.

# Every text comes out as the same bytes, and none is run.
test_hostile() {
    local texts=() at
    machine hostile debian none
    mkdir -p "$work/platform"
    # The last text has a character that is null, which only contents may have.
    sed 's/, "a\\u0000b-is-for-text-only"//' "$here/plans/texts.json" >"$work/platform/texts.json"
    build hostile.pl
    use
    script 0 apply
    [[ ! -e $root/merged/srv/owned ]] || problem 'a text was run'
    "$platc" eval "$work/platform/main.pl" -e 'texts.map((t) => t.base64())' --format json 2>/dev/null >"$root/texts" ||
        problem 'the texts can not be read'
    while IFS= read -r at; do
        texts+=("$at")
    done < <(tr -d '[]" \n' <"$root/texts" | tr ',' '\n'; printf '\n')
    ((${#texts[@]} > 50)) || problem "there are only ${#texts[@]} texts"
    for at in "${!texts[@]}"; do
        [[ $(base64 -w0 <"$root/merged/srv/hostile/$at") == "${texts[at]}" ]] || problem "text $at has other bytes"
        [[ $(readlink -n "$root/merged/srv/links/$at" | base64 -w0) == "$({ printf x && base64 -d <<<"${texts[at]}"; } | base64 -w0)" ]] ||
            problem "text $at leads elsewhere"
        [[ $(cat "$root/merged/srv/said/$at") == ok ]] || problem "command $at was not run"
    done
    at=$(find "$root/merged/srv/paths" -type f | wc -l)
    [[ $(find "$root/merged/srv/paths" -type f -print0 | tr -dc '\0' | wc -c) == "${#texts[@]}" ]] || problem "there are other paths: $at"
    # What is shown of them does nothing to a terminal.
    ! LC_ALL=C grep -q $'[\001-\010\013-\037\177]' "$root/said" || problem 'what is said has control characters'
    script 0 apply
    says 'nothing was done'
    script 0 reset lab/cp-1
    rm -rf "$root/upper/srv/said"
    same 'reset leaves something' '' "$(left)"
    away
}

test_fetch() { fetch debian; }
test_fetch_alpine() { fetch alpine; }

fetch() {
    local sum
    machine fetch "$1" none
    mkdir -p "$work/tree/tree-1.0/bin"
    printf 'one\n' >"$work/tree/tree-1.0/bin/one"
    tar -C "$work/tree" -czf "$root/stub/web/tree.tar.gz" tree-1.0
    sum=$(sha256sum <"$root/stub/web/tree.tar.gz")
    printf 'something else\n' >"$root/stub/web/wrong"
    build fetch.pl 0000000000000000000000000000000000000000000000000000000000000000 "${sum%% *}"
    use
    script 0 apply
    says 'wrong gave something with another SHA-256, which is not used'
    has_file /opt/bin/demo $'#!/bin/sh\necho demo'
    has_file /opt/tree/bin/one one
    script 0 check
    printf 'two\n' >"$root/merged/opt/tree/bin/two"
    script 3 check
    says '/opt/tree has another content'
    script 0 apply
    [[ ! -e $root/merged/opt/tree/bin/two ]] || problem 'a file of others stays in the archive'
    script 0 reset lab/cp-1
    same 'reset leaves something' '' "$(left)"

    # Without internet, from the directory.
    : >"$root/stub/state/log"
    mv "$root/stub/web/"* "$root/stub/files/"
    script 0 apply
    says '[program] taken from /stub/files/demo'
    same 'it asked the internet' '' "$(log_of)"
    script 0 reset lab/cp-1
    printf 'damaged\n' >"$root/stub/files/demo"
    script 1 apply
    says '/stub/files/demo has another SHA-256, and is not used'
    says '[program] error: none of its addresses gave it, and /stub/files/demo is not there'
    [[ ! -e $root/merged/opt/bin/demo ]] || problem 'something unchecked was placed'
    script 0 reset lab/cp-1
    same 'reset leaves something' '' "$(left)"
    away
}

test_secret() {
    machine secret debian none
    build secret.pl
    use
    script 1 apply
    says 'error: nobody handed over /etc/demo/token: `/stub/script put token` reads it from its input'
    printf 'hunter2' >"$root/stub/handed"
    on_machine sh -c 'bash /stub/script put token </stub/handed' || problem 'put fails'
    has_file /etc/demo/token hunter2
    [[ $(stat -c %a "$root/merged/etc/demo/token") == 600 ]] || problem 'the secret can be read'
    script 0 apply
    : >"$root/stub/state/log"
    on_machine sh -c 'bash /stub/script put token </stub/handed' || problem 'put fails'
    script 0 apply
    says 'nothing was done'
    printf 'other' >"$root/stub/handed"
    on_machine sh -c 'bash /stub/script put token </stub/handed' || problem 'put fails'
    script 0 apply
    same 'the service was not started again' 'systemctl restart -- demo.service' "$(log_of | grep restart)"
    script 2 put tokens
    ! grep -rqs hunter2 "$root/stub/state" "$root/merged/var/lib/platc" || problem 'the secret is elsewhere too'
    script 0 reset lab/cp-1
    same 'reset leaves something' '' "$(left)"
    away
}

# Two at once: the second waits, or fails and says so. What the first started does not hold the lock.
test_lock() {
    local code=0
    machine lock debian none
    build all.pl 'run: "touch /srv/done"' 'run: "touch /srv/begun; sleep 3; touch /srv/done; sleep 30 & true"'
    use
    on_machine bash /stub/script apply &
    until [[ -e $root/merged/srv/begun ]]; do sleep 0.1; done
    root=$root/. WAIT=0 script 4 apply
    says 'another run works on this machine'
    root=$root/. WAIT=20 script 0 apply
    wait $! || problem 'the first one fails'
    root=$root/. WAIT=0 script 0 apply
    kill "$(pgrep -f '^sleep 30$' | head -n 1)" 2>/dev/null || true
    script 0 reset lab/cp-1
    away
}

# A service that never says that it has started does not hold a script for ever, and the next run starts it.
test_slow_service() {
    machine slow debian none
    build all.pl
    use
    : >"$root/stub/state/hangs"
    START=1 script 1 apply
    says 'of demo.service is not done after 1 s, and goes on: journalctl -u demo.service says why'
    rm "$root/stub/state/hangs"
    script 0 apply
    script 0 check
    script 0 reset lab/cp-1
    same 'reset leaves something' '' "$(left)"
    away
}

# A script for another machine is refused, and so are wrong arguments.
test_refused() {
    machine refused debian none
    build secret.pl 'host cp-1' 'host cp-2'
    cp "$work/out/lab/nodes/cp-2.sh" "$root/stub/other"
    build all.pl
    use
    script 0 apply
    on_machine bash /stub/other apply && problem 'the script of another machine was taken'
    says 'this machine is lab/cp-1, and this script is for another one'
    script 2 aply
    script 2 apply now
    script 0 --help
    says 'exit codes: 0 done'
    script 0 reset lab/cp-1
    away
}
