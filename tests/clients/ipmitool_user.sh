#!/bin/sh
# ipmitool_user.sh - ipmitool's user commands: who may log in.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool

# Log in as another: as_user NAME PASSWORD COMMAND...
as_user()
{
    name=$1
    word=$2
    shift 2
    timeout "$COMMAND_S" ipmitool -I lanplus -H "$HOST" -p "$PORT" \
        -U "$name" -P "$word" "$@"
}

lab_start "$MACHINES/server-1u.emu"

it "lists its users"
expect_answer '^2 +ADMIN .*ADMINISTRATOR' lanplus user list 1
expect_text '^3 +operator .*OPERATOR'
expect_text "^[0-9]+ +$USER_NAME .*ADMINISTRATOR"

it "counts them"
expect_answer '^Maximum IDs' lanplus user summary 1
expect_text '^Enabled User Count +: 4'

it "lets in who stands in its file"
expect_answer '^Device ID' as_user ADMIN ADMIN mc info

it "keeps a name"
expect_clean lanplus user set name 8 mallory
expect_answer '^8 +mallory ' lanplus user list 1

it "keeps a password of 16 characters, and knows it again"
expect_answer 'successful' lanplus user set password 8 sixteen-letters1 16
expect_answer 'Success' lanplus user test 8 16 sixteen-letters1
expect_fail lanplus user test 8 16 other-letters-16
expect_text 'password incorrect'

it "lets in whom it is told to"
expect_clean lanplus channel setaccess 1 8 callin=on ipmi=on link=on privilege=3
expect_clean lanplus user enable 8
expect_answer 'Chassis Power is' as_user mallory sixteen-letters1 -L OPERATOR power status
expect_answer 'Chassis Power is' as_user mallory sixteen-letters1 -L USER power status

it "gives nobody more than his privilege"
expect_fail as_user mallory sixteen-letters1 -L ADMINISTRATOR mc info
expect_clean lanplus user priv 8 4 1
expect_answer '^Device ID' as_user mallory sixteen-letters1 -L ADMINISTRATOR mc info

it "keeps a password of 20 characters"
expect_clean lanplus user set password 8 twenty-characters-ok 20
expect_answer 'Success' lanplus user test 8 20 twenty-characters-ok
expect_answer '^Device ID' as_user mallory twenty-characters-ok mc info

it "forgets the old password"
expect_fail as_user mallory sixteen-letters1 -R 1 -N 1 mc info

it "lets in who has no name, once he may"
expect_fail as_user "" nameless-secret -R 1 -N 1 mc info
expect_clean lanplus user set password 1 nameless-secret
expect_clean lanplus channel setaccess 1 1 callin=on ipmi=on link=on privilege=4
expect_clean lanplus user enable 1
expect_answer '^Device ID' as_user "" nameless-secret mc info

# With RMCP+ ipmitool finds out by itself that its password is wrong, before
# the BMC can; with IPMI 1.5 the BMC must.
it "locks out who guesses, until an administrator lets him in again"
expect_clean lanplus lan set 1 bad_pass_thresh 3 1 60 60
for guess in one two three; do
    expect_fail timeout "$COMMAND_S" ipmitool -I lan -H "$HOST" -p "$PORT" \
        -U operator -P "guess-$guess" -L OPERATOR -R 1 -N 1 mc info
done
expect_fail as_user operator operator -L OPERATOR -R 1 -N 1 mc info
expect_clean lanplus user enable 3
expect_answer '^Device ID' as_user operator operator -L OPERATOR mc info

it "shuts out whom it is told to"
expect_clean lanplus user disable 8
expect_fail as_user mallory twenty-characters-ok -R 1 -N 1 mc info
