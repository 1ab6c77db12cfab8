#!/bin/sh
# examples.sh - each example of README.md and doc/tutorial.md does what it shows.
# Those of ipmilab-lua(3): tests/lua_manual.sh.
#
# Blocks of a text are done in their order, in one folder:
#
#   lua FILE, emu FILE, ...  becomes the file. A scenario that no command names is
#                            played by itself.
#   console                  lines with "$ " are commands ("> " goes on with one), those
#                            below what they say; "..." stands for anything, a line
#                            "..." for any lines, and nothing for anything at all. The
#                            last one's exit status stands behind the word, "console 1".
#                            A server runs beside the rest until "^C", and so does
#                            what ends in "&".
#   console elsewhere        wants what a test has not; not run.
#   yaml                     its lines with "ipmilab test" are run.
#   sh, json, ...            not run; sh is checked for its grammar.
#
# Port 9001 and those behind it are others here. What a program that is not installed
# would say is left out. FreeIPMI keeps its cache of SDRs here, not in the user's home.
. "$SRCDIR/tests/lib/sh.sh"

mkdir "$WORK/bin"
ln -s "$IPMILAB" "$WORK/bin/ipmilab"
PATH=$WORK/bin:$PATH
IPMILAB_MACHINES=$MACHINES
HOME=$WORK
export PATH IPMILAB_MACHINES HOME

sensors=$(command -v ipmi-sensors) && {
    printf '#!/bin/sh\nexec %s --sdr-cache-directory=%s "$@"\n' "$sensors" "$WORK" \
        >"$WORK/bin/ipmi-sensors"
    chmod +x "$WORK/bin/ipmi-sensors"
}

servers=
base=$((20000 + $$ % 500 * 10))       # in place of port 9000

stop_servers()
{
    for server in $servers; do
        kill "$server" 2>/dev/null
        wait "$server"
    done
    servers=
}
trap 'stop_servers; test_end $?' EXIT

# blocks FILE - its blocks as NUMBER.body; a line NUMBER WORD ARGUMENTS LINE for each.
blocks()
{
    "${AWK-awk}" -v dir="$WORK" -v base="$base" '
        /^```/ && body == "" {
            n++
            word = $0
            sub(/^```/, "", word)
            body = sprintf("%s/%d.body", dir, n)
            printf "" >body
            print n, NR, word
            next
        }
        /^```/ { close(body); body = ""; next }
        body != "" {
            line = $0
            while (match(line, /(^|[^0-9])900[0-9]($|[^0-9])/)) {
                at = index(substr(line, RSTART), "900") + RSTART - 1
                line = substr(line, 1, at - 1) base + substr(line, at + 3, 1) substr(line, at + 4)
            }
            print line >body
        }' "$1"
}

# matches SHOWN OUTPUT - is the output as shown?
matches()
{
    "${AWK-awk}" '
        function like(line, shown,   parts, n, i, at) {
            n = split(shown, parts, /\.\.\./)
            if (n == 1) return line == shown
            if (substr(line, 1, length(parts[1])) != parts[1]) return 0
            line = substr(line, length(parts[1]) + 1)
            for (i = 2; i <= n; i++) {
                if (parts[i] == "") continue
                at = index(line, parts[i])
                if (at == 0) return 0
                line = substr(line, at + length(parts[i]))
            }
            return parts[n] == "" || line == ""
        }
        { sub(/[ \t\r]+$/, "") }
        FNR == NR { shown[++want] = $0; next }
        { said[++have] = $0 }
        END {
            j = 1
            for (i = 1; i <= want; i++) {
                if (shown[i] == "...") {
                    if (i == want) exit 0
                    while (j <= have && !like(said[j], shown[i + 1])) j++
                } else if (j > have || !like(said[j++], shown[i])) exit 1
            }
            exit j <= have
        }' "$1" "$2"
}

# Does every program that a command names exist?
installed()
{
    for word in $(printf '%s\n' "$1" | tr '|;&' '\n\n\n' | "${AWK-awk}" '{ print $1 }'); do
        command -v "$word" >/dev/null || return 1
    done
}

# await REGEX - until the last command has said so, 10 seconds at most.
await()
{
    tries=100
    while [ "$tries" -gt 0 ] && ! grep -q "$1" "$WORK/said"; do
        sleep 0.1
        tries=$((tries - 1))
    done
}

# serve COMMAND - run it beside the rest. One of ours that is to be quiet is not, or
# nobody knew when it is ready.
serve()
{
    words=$1
    case $words in ipmilab*) words=${words%--quiet} ;; esac
    # A shell that did not give way would still be there after control-C.
    eval "exec $words" >"$WORK/said" 2>&1 &
    servers="$servers $!"
    case $1 in ipmilab*) await '^ready' ;; esac
    # What it says later is not what the next command says.
    mv "$WORK/said" "$WORK/said.$!"
    cp "$WORK/said.$!" "$WORK/said"
}

# do_command COMMAND SHOWN STATUS - run it and look.
do_command()
{
    status=0
    if ! installed "$1"; then
        echo "not installed, left out: $1"
        return
    fi
    case $1 in
        ipmilab\ serve*) serve "$1" ;;
        *\ '&') serve "${1% &}" ;;
        *) eval "$1" >"$WORK/said" 2>&1 </dev/null || status=$? ;;
    esac
    [ "$status" -eq "$3" ] ||
        fail "$(printf '%s\nexit status %d, expected %d\n' "$1" "$status" "$3"; cat "$WORK/said")"
    [ ! -s "$2" ] || matches "$2" "$WORK/said" ||
        fail "$(printf '%s\nshown:\n' "$1"; cat "$2"; echo "said:"; cat "$WORK/said")"
}

# A file with one console block: its commands, each with what it shows.
do_console()
{
    command=
    : >"$WORK/shown"
    while IFS= read -r line; do
        case $line in
            '$ '*)
                [ -z "$command" ] || do_command "$command" "$WORK/shown" 0
                command=${line#??}
                : >"$WORK/shown" ;;
            '> '*) command="$command
${line#??}" ;;
            '^C')
                do_command "$command" "$WORK/shown" 0
                command=
                stop_servers ;;
            *) printf '%s\n' "$line" >>"$WORK/shown" ;;
        esac
    done <"$1"
    [ -z "$command" ] || do_command "$command" "$WORK/shown" "$2"
}

# do_block NUMBER WORD ARGUMENT TEXT
do_block()
{
    body=$WORK/$1.body
    case $2:$3 in
        console:elsewhere) ;;
        console:*) do_console "$body" "${3:-0}" ;;
        yaml:*)
            grep -o 'ipmilab test .*' "$body" >"$WORK/commands"
            [ -s "$WORK/commands" ] || fail "no command in $(cat "$body")"
            while IFS= read -r command; do
                : >"$WORK/shown"
                do_command "$command" "$WORK/shown" 0
            done <"$WORK/commands" ;;
        sh:*) sh -n "$body" || fail "$(cat "$body")" ;;
        *:?*)
            mkdir -p "$(dirname "$3")"
            cp "$body" "$3"
            case $3 in
                *.lua) grep -q "^\\$.*ipmilab.* $(basename "$3")\\|ipmilab test.* $(dirname "$3")" "$4" ||
                    expect_ok ipmilab test "$3" ;;
            esac ;;
    esac
}

for text in README.md doc/tutorial.md; do
    mkdir "$WORK/$(basename "$text" .md)"
    cd "$WORK/$(basename "$text" .md)" || exit 2
    cp "$MACHINES"/* .
    blocks "$SRCDIR/$text" >"$WORK/blocks"
    [ "$(wc -l <"$WORK/blocks")" -ge 5 ] || fail "$text has no examples"
    while read -r number line word argument; do
        it "$text:$line ($word $argument)"
        do_block "$number" "$word" "$argument" "$SRCDIR/$text"
    done <"$WORK/blocks"
    stop_servers
    rm -f "$WORK"/*.body
done
