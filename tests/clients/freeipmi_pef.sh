#!/bin/sh
# freeipmi_pef.sh - ipmi-config's PEF category, ipmi-pef-config and ipmi-pet.
. "$SRCDIR/tests/lib/clients.sh"
need ipmi-config ipmi-pet

lab_start "$MACHINES/server-1u.emu"

it "survives a checkout, a commit and another checkout unchanged"
expect_clean free20 ipmi-config -g pef -o -n "$WORK/before"
expect_text '^Section Event_Filter_24' cat "$WORK/before"
expect_text '^Section Alert_Policy_16' cat "$WORK/before"
expect_text '^Section Alert_String_8' cat "$WORK/before"
expect_clean free20 ipmi-config -g pef -c -n "$WORK/before"
expect_clean free20 ipmi-config -g pef -o -n "$WORK/after"
expect_ok cmp "$WORK/before" "$WORK/after"

it "keeps what is written, and changes nothing else"
set -- -e PEF_Conf:Enable_PEF_Event_Messages=Yes -e PEF_Conf:Startup_Delay=17 \
    -e Community_String:Community_String=mercury \
    -e Lan_Alert_Destination_2:Alert_IP_Address=192.0.2.99 \
    -e Alert_String_3:Alert_String=the_quick_brown_fox_jumps_over_the_lazy_dog \
    -e Alert_String_3:Event_Filter_Number=20 -e Alert_Policy_7:Policy_Enabled=Yes \
    -e Alert_Policy_7:Policy_Number=3 -e Event_Filter_20:Enable_Filter=Yes \
    -e Event_Filter_20:Event_Severity=Non_Critical -e Event_Filter_20:Sensor_Number=0x33
expect_clean free20 ipmi-config -g pef -c "$@"
expect_clean free20 ipmi-config -g pef -o -n "$WORK/changed"
diff "$WORK/before" "$WORK/changed" | sed -n 's/^> *	*//p' | tr -s ' ' >"$WORK/changes"
for want in 'Enable_PEF_Event_Messages Yes' 'Startup_Delay 17' 'Community_String mercury' \
    'Alert_IP_Address 192.0.2.99' 'Event_Filter_Number 20' 'Policy_Enabled Yes' \
    'Alert_String the_quick_brown_fox_jumps_over_the_lazy_dog' 'Policy_Number 3' \
    'Enable_Filter Yes' 'Event_Severity Non_Critical' 'Sensor_Number 0x33'; do
    expect_text "^$want\$" cat "$WORK/changes"
done
expect_same "$(wc -l <"$WORK/changes" | tr -d ' ')" 11

# A trap of "Inlet Temp", sensor 1 of the BMC, as ipmi-pet is given it.
trap='65801 01 70 41 20 1b 6c 3a 9d 0e 4b c4 51 7a 2d 8e 0f 00 01 34 aa dc 80 ff ff
    20 20 10 20 01 37 01 59 2e 2b 00 00 00 00 00 ff 00 00 7e d9 01 01 c1'

pet()
{
    free20 ipmi-pet --sdr-cache-directory="$WORK" --quiet-cache "$@" $trap
}

it "reads a trap"
fine='Critical'
expect_answer 'Inlet Temp .* Upper Critical - going high' pet --no-header-output

it "takes an acknowledgement, also without a session"
expect_clean pet --pet-acknowledge
expect_clean timeout 20 ipmi-pet -D LAN -h "$HOST:$PORT" --pet-acknowledge $trap
