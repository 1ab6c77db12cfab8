#!/bin/sh
# suite_labs.sh - the labs for learners, with the real clients, as learners start
# them: a model solution of each is graded as done, and mistakes as mistakes.
. "$SRCDIR/tests/lib/suite.sh"
need ipmitool

USER_NAME=ADMIN
PASS=ADMIN
lesson=
trap 'code=$?; [ -z "$lesson" ] || kill "$lesson"; test_end $code' EXIT

# learn NAME: start a lab as "ipmilab run" does, and wait until it is ready.
learn()
{
    [ -z "$lesson" ] || kill "$lesson" 2>/dev/null
    : >"$WORK/lesson"
    "$IPMILAB" run "$SRCDIR/scenarios/labs/$1/lab.lua" --traces "$WORK" -- \
        --port 0 --minutes 5 >"$WORK/lesson" 2>&1 &
    lesson=$!
    left=$((READY_S * 20))
    while ! grep -q '^ready ' "$WORK/lesson"; do
        left=$((left - 1))
        if [ "$left" -eq 0 ] || ! kill -0 "$lesson" 2>/dev/null; then
            fail "$(cat "$WORK/lesson")"
            exit 1
        fi
        sleep 0.05
    done
    HOST=$(awk '/^ready / { print $2 }' "$WORK/lesson")
    PORT=$(awk '/^ready / { print $3 }' "$WORK/lesson")
}

# expect_grade STATUS: the lab ends with that; what it said is the output then.
expect_grade()
{
    said="the lab is graded"
    wait "$lesson"
    status=$?
    lesson=
    cp "$WORK/lesson" "$OUT"
    [ "$status" -eq "$1" ] || fail_command "exit status $status, expected $1"
}

# expect_said REGEX: the lab says so, or will in a moment.
expect_said()
{
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        ! grep -Eq -e "$1" "$WORK/lesson" || return 0
        sleep 0.1
    done
    said="the lab says"
    cp "$WORK/lesson" "$OUT"
    fail_command "expected in the output: $1"
}

finish()
{
    expect_ok lanplus "$@" raw 0x30 3
}

cd "$WORK" || exit 2

it "does not wait for a learner who is not there"
expect_ok "$IPMILAB" test --verbose "$SRCDIR/scenarios/labs"
expect_text 'a learner does this: ipmilab run'

it "grades the server that will not boot as solved"
learn no-boot
expect_ok lanplus chassis status
expect_text 'System Power +: off'
expect_text 'Power Restore Policy +: always-off'
expect_ok lanplus sel elist
expect_text 'Fan 2A .*Lower Critical going low'
expect_ok lanplus raw 0x30 1
expect_said 'Hint 1 of 3 for task 3: The technician looks'
expect_ok lanplus dcmi set_asset_tag 'Fan 2A'
expect_ok lanplus chassis identify force
expect_ok lanplus chassis policy always-on
expect_ok lanplus chassis bootdev disk options=persistent
expect_said 'swaps Fan 2A'
expect_ok lanplus sensor get 'Fan 2A'
expect_text 'Status +: ok'
expect_ok lanplus chassis identify 0
expect_ok lanplus chassis power on
expect_grade 0
expect_text '^7 of 7 tasks are done'

if command -v ipmi-chassis ipmi-sel ipmi-dcmi ipmi-config ipmipower >/dev/null; then
    it "grades it as solved with FreeIPMI as well"
    learn no-boot
    expect_ok free20 ipmi-chassis --get-chassis-status
    expect_ok free20 ipmi-sel --tail=6
    expect_text 'Fan 2A .*Lower Critical - going low'
    expect_ok free20 ipmi-dcmi --set-asset-tag='Fan 2A'
    expect_ok free20 ipmi-chassis --chassis-identify=FORCE
    expect_ok free20 ipmi-chassis --set-power-restore-policy=RESTORE
    expect_ok free20 ipmi-config --category=chassis --commit \
        --key-pair='Chassis_Boot_Flags:Boot_Device=HARD-DRIVE' \
        --key-pair='Chassis_Boot_Flags:Boot_Flags_Persistent=Yes'
    expect_said 'swaps Fan 2A'
    expect_ok free20 ipmi-chassis --chassis-identify=TURN-OFF
    expect_ok free20 ipmipower --on
    expect_grade 0
    expect_text '^7 of 7 tasks are done'
fi

it "tells mistakes apart from what was not done"
learn no-boot
expect_ok lanplus sel clear
expect_ok lanplus dcmi set_asset_tag 'Fan 3B'
expect_ok lanplus chassis identify force
expect_said 'swaps Fan 3B'
expect_ok lanplus chassis power on
sleep 0.5
finish
expect_grade 1
expect_text '^  wrong +2\. '
expect_text 'The log was cleared before anybody had read it'
expect_text 'Fan 3B was swapped, and was well'
expect_text 'started without its fan'
expect_text '^  not done +4\. '
expect_text 'The restore policy is always-off'

it "grades the BMC that is open to everybody as closed"
learn who-was-here
expect_ok lanplus session info all
expect_text 'user id +: 3'
expect_ok lanplus user disable 3
expect_said 'done: 2\. '
expect_ok lanplus user disable 1
expect_ok lanplus user priv 4 2 1
expect_ok lanplus lan set 1 cipher_privs Xaaaaaaaaaaaaaa
expect_ok lanplus lan set 1 auth CALLBACK MD5
expect_ok lanplus lan set 1 auth USER MD5
expect_ok lanplus user set password 2 'not-in-the-manual'
PASS=not-in-the-manual
expect_ok lanplus raw 0x06 0x56 1 1 1 $(printf 'a key of the BMC' | od -An -v -tu1) 0 0 0 0
expect_said 'done: 8\. '
expect_grade 0
expect_text '^8 of 8 tasks are done'
PASS=ADMIN

it "sees who is back at once, and what is only half closed"
learn who-was-here
expect_ok lanplus session info all
handle=$(awk '/^session handle/ { h = $4 } /^user id +: 3/ { print h }' "$OUT")
expect_ok lanplus raw 0x06 0x3c 0 0 0 0 "$handle"
expect_ok lanplus user set password 1 ''
expect_ok lanplus lan set 1 auth USER MD5
expect_ok lanplus user priv 4 3 1
expect_ok lanplus user priv 2 3 1
expect_ok lanplus -L OPERATOR chassis status
expect_ok lanplus -L OPERATOR raw 0x30 3
expect_grade 1
expect_text '^1 of 8 tasks are done|^0 of 8 tasks are done'
expect_text 'The user svc can log in'
expect_text 'User 1, who has no name, can log in without a password'
expect_text 'monitor is more than a user'
expect_text 'The type NONE is enabled for a privilege level'

it "grades the silent satellite as found, heard and silenced"
learn silent-satellite
refused=0
for _ in 1 2 3; do
    lanplus -t 0x72 mc info >/dev/null 2>&1 || refused=$((refused + 1))
done
[ "$refused" -ge 2 ] || fail "72h answered $((3 - refused)) times of three"
expect_ok lanplus -t 0x74 mc info
expect_ok lanplus -t 0x76 mc info
expect_ok lanplus raw 0x30 0x10
expect_said '^  76h +[0-9]{2}'
expect_ok lanplus raw 0x30 0x11
expect_said 'The trace is in '
expect_ok "$IPMILAB" trace print "$WORK/silent-satellite.pcapng"
expect_text 'ipmb0 +76h > 72h +Get Sensor Reading: 01'
expect_text 'receive buffer is full'
expect_ok lanplus dcmi set_asset_tag 76
expect_ok lanplus -t 0x76 mc reset cold
expect_said 'done: 4\. '
expect_ok lanplus -t 0x72 raw 4 0x2d 1
expect_ok lanplus -t 0x72 raw 4 1
expect_text '^ ff 00'
expect_ok lanplus -t 0x72 raw 4 0 0x20 0
sleep 0.2
expect_ok lanplus sel elist
expect_text 'A CPU1 Temp .*Upper Non-critical going high'
expect_grade 0
expect_text '^7 of 7 tasks are done'

it "sees who was reset for nothing, and a wrong name"
learn silent-satellite
expect_ok lanplus dcmi set_asset_tag 74
expect_ok lanplus -t 0x74 mc reset cold
finish
expect_grade 1
expect_text '^  wrong +4\. '
expect_text '74h was reset, and had done nothing'
expect_text '^  not done +3\. '
expect_text '^0 of 7 tasks are done'

it "sees who has locked himself out"
learn who-was-here
expect_ok lanplus user disable 3
expect_ok lanplus user priv 4 2 1
expect_ok lanplus user priv 2 3 1
expect_ok lanplus -L OPERATOR raw 0x30 3
expect_grade 1
expect_text '^  wrong +4\. '
expect_text 'Nobody can administer this BMC any more'

it "has a lesson to begin with in its README.md"
awk '/^```lua/ { on = 1; next } /^```/ { on = 0 } on' "$SRCDIR/scenarios/labs/README.md" >"$WORK/first.lua"
expect_ok "$IPMILAB" check "$WORK/first.lua"
expect_exit 1 "$IPMILAB" run "$WORK/first.lua" -- --port 0 --minutes 0.01
expect_text '^0 of 2 tasks are done'
expect_text 'It is off'
