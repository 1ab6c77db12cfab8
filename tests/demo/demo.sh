#!/bin/sh
# demo.sh IPMILAB MACHINES - a rack of three BMCs, asked by two real clients.
#
# Starts the program IPMILAB with three machines of the folder MACHINES on
# free ports of the loopback address, asks each with ipmitool and FreeIPMI for
# its sensors, event log, inventory and power, and stops it again. Leaves the
# trace of all that was said in demo/rack.pcap beside the program. Exit 0, or
# 1 at the first command that fails.

set -u

ipmilab=$(realpath "$1")
machines=$(realpath "$2")
user=ADMIN      # as the shipped machines have it
password=ADMIN
lines_shown=12  # of a client's output; sensor lists are long

PATH=$PATH:/usr/sbin:/sbin
LC_ALL=C
export PATH LC_ALL

work=$(dirname "$ipmilab")/demo
trace=$work/rack.pcap
lab=

# Only a terminal gets colours.
if [ -t 1 ]; then
    bold=$(printf '\033[1m') dim=$(printf '\033[2m') plain=$(printf '\033[0m')
else
    bold='' dim='' plain=''
fi

say()
{
    printf '%s\n' "$*"
}

title()
{
    say ""
    say "$bold== $* ==$plain"
}

stop_lab()
{
    [ -n "$lab" ] || return 0
    kill -TERM "$lab" 2>/dev/null
    wait "$lab"
    ended=$?
    lab=
    return "$ended"
}

# Show a command and the beginning of what it says. One that fails ends the
# demonstration.
ask()
{
    say ""
    say "$bold\$ $*$plain"
    timeout 20 "$@" >"$work/out" 2>&1 </dev/null
    status=$?
    head -n "$lines_shown" "$work/out" | sed 's/^/  /'
    more=$(($(wc -l <"$work/out") - lines_shown))
    [ "$more" -le 0 ] || say "  $dim... and $more lines more$plain"
    [ "$status" -eq 0 ] && return
    say "demo.sh: that command failed with status $status; the lab said:" >&2
    cat "$work/stderr" >&2
    exit 1
}

ask_ipmitool()
{
    port=$1
    shift
    ask ipmitool -I lanplus -H 127.0.0.1 -p "$port" -U "$user" -P "$password" "$@"
}

ask_freeipmi()
{
    tool=$1
    hosts=$2
    shift 2
    ask "$tool" -D LAN_2_0 -h "$hosts" -u "$user" -p "$password" "$@"
}

# FreeIPMI keeps the SDRs it has read in a file for each host name, and ours
# are all 127.0.0.1: each gets a folder.
ask_freeipmi_sdr()
{
    cache=sdr.${2##*:}
    mkdir -p "$cache"
    ask_freeipmi "$@" --quiet-cache --sdr-cache-directory="$cache"
}

tour()
{
    name=$1
    port=$2
    title "$name, at 127.0.0.1 port $port: $3"
    ask_ipmitool "$port" sdr elist
    ask_ipmitool "$port" sel elist
    ask_ipmitool "$port" fru print
    ask_ipmitool "$port" chassis power status
    ask_freeipmi_sdr ipmi-sensors "127.0.0.1:$port"
    ask_freeipmi_sdr ipmi-sel "127.0.0.1:$port"
    ask_freeipmi_sdr ipmi-fru "127.0.0.1:$port"
    ask_freeipmi ipmipower "127.0.0.1:$port" --stat
}

port_of()
{
    awk -v name="$1" '$1 == "ready" && $2 == name { print $4 }' "$work/ready"
}

for client in ipmitool ipmi-sensors; do
    command -v "$client" >/dev/null && continue
    say "demo.sh: $client is missing; on Debian and Ubuntu: apt install ipmitool freeipmi-tools" >&2
    exit 2
done

rm -rf "$work"
mkdir -p "$work" && cd "$work" || exit 2
trap 'stop_lab' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

title "A rack of three machines that do not exist"
say "One process is three BMCs, each made from a description and on a port of its own:"
say ""
say "$bold\$ ipmilab serve server-1u.emu twin.emu shelf.emu --port 0 --trace rack.pcap$plain"
: >"$work/ready"
"$ipmilab" serve "$machines/server-1u.emu" "$machines/twin.emu" "$machines/shelf.emu" \
    --port 0 --trace "$trace" >>"$work/ready" 2>"$work/stderr" &
lab=$!

for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    [ "$(grep -c '^ready ' "$work/ready")" -lt 3 ] || break
    kill -0 "$lab" 2>/dev/null || break
    sleep 0.25
done
sed 's/^/  /' "$work/ready"
if [ "$(grep -c '^ready ' "$work/ready")" -lt 3 ]; then
    say "demo.sh: the lab did not get ready:" >&2
    cat "$work/stderr" >&2
    exit 1
fi

server=$(port_of server-1u)
twin=$(port_of twin)
shelf=$(port_of shelf)

tour server-1u "$server" "a server of one rack unit"
tour twin "$twin" "two servers in one chassis, more controllers behind the BMC on the IPMB"
tour shelf "$shelf" "a small telecom shelf"

title "Three at once"
say "A BMC remembers what it is told. All are switched on, then the last is switched off."
say "The client prints them in the order of their answers:"
all=127.0.0.1:$server,127.0.0.1:$twin,127.0.0.1:$shelf
ask_freeipmi ipmipower "$all" --on --wait-until-on
ask_freeipmi ipmipower "127.0.0.1:$shelf" --off --wait-until-off
ask_freeipmi ipmipower "$all" --stat

title "What was said"
if ! stop_lab; then
    say "demo.sh: the lab did not end well:" >&2
    cat "$work/stderr" >&2
    exit 1
fi
say "The lab has ended. Every datagram of it is in"
say ""
say "  $bold$trace$plain"
say ""
say "Open it with Wireshark, or: tshark -r $trace"
say "Start a lab of your own:    $ipmilab serve $machines/server-2s.emu"
