# -- Who is let in -----------------------------------------------------------------------------------------------------

# Which firewall runs, in FIREWALL.
which_firewall() {
    local ruleset
    FIREWALL=none
    if command -v firewall-cmd >/dev/null && firewall-cmd --state >/dev/null 2>&1; then
        FIREWALL=firewalld
    elif command -v ufw >/dev/null && ruleset=$(ufw status 2>/dev/null) && [[ $ruleset == *'Status: active'* ]]; then
        FIREWALL=ufw
    elif command -v nft >/dev/null && ruleset=$(nft list ruleset 2>/dev/null) && [[ $ruleset == *'hook input'* ]]; then
        FIREWALL=nftables
    fi
}

# The rules of the current step, in RULES: `PORT PROTOCOL FROM`, with - for all.
rules_of_step() {
    local port from protocol ports=() froms=()
    list port
    ports=(${LIST[@]+"${LIST[@]}"})
    list from
    froms=(${LIST[@]+"${LIST[@]}"})
    get protocol
    protocol=$REPLY
    ((${#ports[@]})) || ports=(-)
    ((${#froms[@]})) || froms=(-)
    RULES=()
    for port in "${ports[@]}"; do
        for from in "${froms[@]}"; do
            RULES+=("${port/../-} $protocol $from")
        done
    done
}

# `ask`, `add` or `remove` a rule of firewalld, for now and for later.
firewalld_rule() {
    local verb=$1 port=$2 protocol=$3 from=$4 family=ipv4 what when rule found zone=()
    [[ $from != *:* ]] || family=ipv6
    if [[ $from == - ]]; then
        what="port=$port/$protocol"
    elif [[ $port == - ]]; then
        what="source=$from"
        zone=(--zone=trusted)
    else
        rule="rule family=\"$family\" source address=\"$from\" port port=\"$port\" protocol=\"$protocol\" accept"
        what="rich-rule=$rule"
    fi
    # One of the two may be so already: whoever did both was ended in between.
    for when in --permanent ''; do
        found=no
        ! run firewall-cmd --quiet ${when:+"$when"} ${zone[@]+"${zone[@]}"} "--query-$what" || found=yes
        case $verb:$found in
        ask:no) return 1 ;;
        add:no | remove:yes) run firewall-cmd --quiet ${when:+"$when"} ${zone[@]+"${zone[@]}"} "--$verb-$what" ;;
        esac
    done
}

ufw_rule() {
    local verb=$1 port=${2/-/:} protocol=$3 from=$4 rule
    if [[ $from == - ]]; then
        rule=(allow "$port/$protocol")
    elif [[ $2 == - ]]; then
        rule=(allow from "$from")
    else
        rule=(allow from "$from" to any port "$port" proto "$protocol")
    fi
    case $verb in
    ask) [[ $'\n'$(ufw show added)$'\n' == *$'\n'"ufw ${rule[*]}"$'\n'* ]] ;;
    add) run ufw "${rule[@]}" >&2 ;;
    remove) run ufw --force delete "${rule[@]}" >&2 ;;
    esac
}

# Rules of nftables stand in the chains that the machine has, for a verdict of another table would not let anybody in.
nftables_rule() {
    local verb=$1 port=$2 protocol=$3 from=$4 name chain handle rule=() family=ip
    name="platc $port $protocol $from"
    [[ $from != *:* ]] || family=ip6
    [[ $from == - ]] || rule+=("$family" saddr "$from")
    [[ $port == - ]] || rule+=("$protocol" dport "$port")
    rule+=(accept comment "\"$name\"")
    local line table='' found=no
    local chains=()
    while IFS= read -r line; do
        case $line in
        table\ *) table=${line#table } table=${table% \{*} ;;
        *chain\ *\{) chain=${line#*chain } chain=${chain% \{*} ;;
        *'hook input'*) [[ $table != inet\ * && $table != ip\ * ]] || chains+=("$table $chain") ;;
        esac
    done < <(nft list ruleset)
    for chain in ${chains[@]+"${chains[@]}"}; do
        split "$chain"
        while IFS= read -r line; do
            [[ $line == *"comment \"$name\" # handle "* ]] || continue
            handle=${line##* }
            found=yes
            [[ $verb != remove ]] || run nft delete rule "${LIST[@]}" handle "$handle"
        done < <(nft -a list chain "${LIST[@]}")
        [[ $verb != add || $found == yes ]] || run nft insert rule "${LIST[@]}" "${rule[@]}"
    done
    [[ $verb != ask || $found == yes || ${#chains[@]} -eq 0 ]]
}

# nftables keeps nothing when the machine starts again, and what stands in files of its own is of others. So a service lets in again
# then what the notes of all steps say: it is there as long as one of them is.

KEEPER=$STATE/nftables.sh

keeper_script() {
    printf '%s\n' '#!/usr/bin/env bash' '# Lets in, when the machine starts, what steps of its plan let in by nftables.' 'set -euo pipefail'
    declare -f split nftables_rule let_in_again
    printf '%s\n' 'run() { "$@" </dev/null; }' let_in_again
}

# What it does.
let_in_again() {
    local file rule
    for file in /var/lib/platc/steps/*/rules; do
        [[ -e $file ]] || continue
        while IFS= read -r rule; do
            split "$rule"
            nftables_rule ask "${LIST[@]}" || {
                split "$rule"
                nftables_rule add "${LIST[@]}"
            }
        done <"$file"
    done
}

# What starts it, with its path in REPLY and its text in TEXT.
keeper_unit() {
    case $INIT in
    systemd)
        REPLY=/etc/systemd/system/platc-nftables.service
        TEXT="[Unit]
Description=what platc lets in by nftables
After=nftables.service
PartOf=nftables.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/bin/env bash $KEEPER

[Install]
WantedBy=multi-user.target"
        ;;
    *)
        REPLY=/etc/init.d/platc-nftables
        TEXT="#!/sbin/openrc-run
description='what platc lets in by nftables'
depend() {
  after nftables
}
start() {
  /usr/bin/env bash $KEEPER
}"
        ;;
    esac
}

# Whether it stands as it shall.
keeper_stands() {
    local TEXT
    keeper_unit
    keeper_script | cmp -s -- - "$KEEPER" || return 1
    printf '%s\n' "$TEXT" | cmp -s -- - "$REPLY" || return 1
    look_unit "${REPLY##*/}"
    [[ $UNIT_ENABLED == yes ]]
}

keeper_look() {
    [[ $INIT != none ]] || return 0
    keeper_stands || drift 'nftables would forget this when the machine starts again'
}

keeper_do() {
    local TEXT path made
    if [[ $INIT == none ]]; then
        tell 'nftables forgets this when the machine starts again: apply then'
        return
    fi
    # Of several steps one makes it. Made again, it could be left half made, and nobody would look for that.
    ! keeper_stands || return 0
    keeper_script >"$KEEPER.new"
    settle "$KEEPER.new"
    mv -f -- "$KEEPER.new" "$KEEPER"
    keeper_unit
    path=$REPLY
    make_parents "$path"
    unread "$path"
    begin "$path"
    made=$REPLY
    printf '%s\n' "$TEXT" >"$made"
    chmod -- "$([[ $INIT == openrc ]] && printf 0755 || printf 0644)" "$made"
    place "$made" "$path"
    if [[ $INIT == systemd ]]; then
        run systemctl daemon-reload
        rm -f -- "$STATE/unread"
        run systemctl enable -- "${path##*/}" >&2
    else
        look_unit "${path##*/}"
        [[ $UNIT_ENABLED == yes ]] || run rc-update add "${path##*/}" default >&2
    fi
}

keeper_undo() {
    local TEXT path kind
    for kind in "$STATE"/steps/*/kind; do
        [[ $kind == "$RECORD/kind" || $(<"$kind") != firewall ]] || return 0
    done
    keeper_unit
    path=$REPLY
    beside "$path"
    rm -f -- "$REPLY"
    if [[ -e $path ]]; then
        look_unit "${path##*/}"
        if [[ $UNIT_ENABLED == yes ]]; then
            case $INIT in
            systemd) run systemctl disable -- "${path##*/}" >&2 ;;
            openrc) run rc-update del "${path##*/}" >&2 ;;
            esac
        fi
        unread "$path"
        rm -f -- "$path"
    fi
    rm -f -- "$KEEPER" "$KEEPER.new"
    drop_parents
}

firewall_rule() {
    case $FIREWALL in
    firewalld) firewalld_rule "$@" ;;
    ufw) ufw_rule "$@" ;;
    nftables) nftables_rule "$@" ;;
    esac
}

firewall_look() {
    local rule
    which_firewall
    [[ $FIREWALL != none ]] || return 0
    rules_of_step
    for rule in "${RULES[@]}"; do
        split "$rule"
        firewall_rule ask "${LIST[@]}" || drift "$FIREWALL does not let in: $rule"
    done
    [[ $FIREWALL != nftables ]] || keeper_look
}

firewall_do() {
    local rule
    rules_of_step
    if [[ ! -d $RECORD ]]; then
        note
        keep firewall "$FIREWALL"
        record
    fi
    due
    for rule in "${RULES[@]}"; do
        split "$rule"
        if ! firewall_rule ask "${LIST[@]}"; then
            # Noted before it is there; to take back what is not there does no harm.
            grep -qxF -- "$rule" "$RECORD/rules" 2>/dev/null || printf '%s\n' "$rule" >>"$RECORD/rules"
            settle "$RECORD/rules"
            split "$rule"
            firewall_rule add "${LIST[@]}"
        fi
    done
    [[ $FIREWALL != nftables ]] || keeper_do
}

firewall_undo() {
    local rule firewall rules=()
    keeper_undo
    [[ -e $RECORD/rules ]] || return 0
    kept firewall
    firewall=$REPLY
    which_firewall
    if [[ $FIREWALL != "$firewall" ]]; then
        tell "$firewall does not run, so its rules of this step stay"
        return 0
    fi
    while IFS= read -r rule; do
        rules+=("$rule")
    done <"$RECORD/rules"
    for rule in ${rules[@]+"${rules[@]}"}; do
        split "$rule"
        # What firewalld has by halves only is asked for by halves.
        if [[ $FIREWALL == firewalld ]] || firewall_rule ask "${LIST[@]}"; then
            split "$rule"
            firewall_rule remove "${LIST[@]}"
        fi
    done
}

