/*
 * planted.h - bugs that a build for tests can be told to have.
 *
 * The scenarios claim what a BMC does; do they notice one that does not? In a
 * build configured with --enable-planted-bugs each bug below stands where a
 * careless author would have put it, asleep until a process is told its name
 * (IPMILAB_PLANT, read once in main). tests/planted.sh wakes one after the
 * other and wants a scenario to fail under each.
 *
 * In every other build PLANTED() is the constant false: nothing of this is
 * compiled, and there is no planted.c. In this build alone one variable is
 * global and mutable: the bug must be seen from places that share nothing
 * else, and it is set before anything runs.
 */
#ifndef IPMILAB_BASE_PLANTED_H
#define IPMILAB_BASE_PLANTED_H

#include <stdbool.h>
#include <stddef.h>

/* BUG(name, clause that it breaks, what the BMC does). Sections are those of
 * IPMI v2.0, but for those of the IPMB protocol v1.0. */
#define PLANTED_BUGS(BUG) \
    /* ---- LAN: datagrams ---- */ \
    BUG(RMCP_CLASS_IGNORED, "13.1.3", "takes messages of any RMCP class for IPMI's") \
    BUG(PONG_TAG_WRONG, "13.2.4", "answers each presence ping with the tag 00h") \
    BUG(LAN_HEADER_SUM_UNCHECKED, "13.8", "takes messages whose first checksum is wrong") \
    BUG(LAN_DATA_SUM_UNCHECKED, "13.8", "takes messages whose second checksum is wrong") \
    BUG(LAN_ANSWER_SEQ_WRONG, "13.8", "answers with another rqSeq than it was asked with") \
    /* ---- LAN: log-ins ---- */ \
    BUG(LAN15_AUTHCODE_UNCHECKED, "22.17.1", "takes IPMI 1.5 packets with any AuthCode") \
    BUG(LAN15_CHALLENGE_UNCHECKED, "22.17", "activates sessions without their challenge") \
    BUG(OPEN_TAG_WRONG, "13.18", "answers Open Session with another tag") \
    BUG(OPEN_SUITE_UNCHECKED, "13.17", "lets in with cipher suites that it does not offer") \
    BUG(OPEN_LEVEL_UNCHECKED, "13.18", "opens sessions above the channel's privilege limit") \
    BUG(RAKP_TAG_WRONG, "13.21", "answers RAKP message 1 with another tag") \
    BUG(RAKP_STATUS_WRONG, "13.24", "calls an unknown user name one of invalid length") \
    BUG(RAKP2_CODE_MISSING, "13.21", "proves nothing of itself in RAKP message 2") \
    BUG(RAKP3_CODE_UNCHECKED, "13.22", "lets in with any password") \
    BUG(RAKP4_CODE_MISSING, "13.23", "sends RAKP message 4 without its check value") \
    BUG(KG_IGNORED, "13.31", "derives keys without the channel's key K_g") \
    BUG(NULL_USER_LET_IN, "22.28", "lets the null user in although it is disabled") \
    BUG(DISABLED_USER_LET_IN, "22.30", "lets disabled users in") \
    BUG(USER_LIMIT_IGNORED, "22.26", "lets users have more than their privilege limit") \
    BUG(SESSIONS_UNBOUNDED, "22.17", "never refuses a session for want of room") \
    BUG(LOCKOUT_IGNORED, "23.1", "lets bad passwords be tried without end") \
    /* ---- LAN: sessions ---- */ \
    BUG(SESSION_ID_REUSED, "13.14", "gives a new session the id of the last") \
    BUG(SESSION_STARTS_HIGH, "22.18", "starts sessions with the privilege asked for, not User") \
    BUG(LAN15_SEQUENCE_UNCHECKED, "6.12.12", "takes IPMI 1.5 packets of any sequence number") \
    BUG(LAN20_SEQUENCE_UNCHECKED, "6.12.13", "takes RMCP+ packets of any sequence number") \
    BUG(REPLAY_ANSWERED, "6.12.13", "answers a packet that comes twice both times") \
    BUG(LAN_REPEAT_CARRIED_OUT, "5.2", "carries a request out again that it answered") \
    BUG(INTEGRITY_UNCHECKED, "13.28.4", "takes packets with any integrity code") \
    BUG(UNSIGNED_ACCEPTED, "13.28.4", "takes packets without a code in an authenticated session") \
    BUG(PLAIN_ACCEPTED, "13.29", "takes plain packets in an encrypted session") \
    BUG(SESSION_STAYS, "22.19", "says that it closed a session, and keeps it") \
    BUG(SESSION_NEVER_TIMES_OUT, "6.12", "keeps sessions that nobody uses for ever") \
    BUG(SESSION_TIMES_OUT_LATE, "6.12", "keeps sessions that nobody uses twice as long") \
    /* ---- the gate ---- */ \
    BUG(PRIVILEGE_UNCHECKED, "6.8", "carries commands out for whomever asks") \
    BUG(LENGTH_UNCHECKED, "5.2", "takes requests that are too long") \
    BUG(LUN_IGNORED, "7.2", "answers at LUNs that it does not have") \
    BUG(UNKNOWN_COMMAND_CC, "5.2", "calls unknown commands invalid data (CCh)") \
    BUG(FIREWALL_IGNORED, "21", "carries disabled commands out") \
    /* ---- SEL ---- */ \
    BUG(SEL_RESERVATION_UNCHECKED, "31.4", "deletes records under any reservation") \
    BUG(SEL_CLEARED_WITHOUT_CLR, "31.9", "clears the log whatever the letters are") \
    BUG(SEL_OVERFLOW_FORGOTTEN, "31.2", "does not say that an event found no room") \
    BUG(SEL_IDS_REUSED, "31.6", "numbers records by their place, and so twice") \
    BUG(SEL_TIME_STANDS, "31.10", "has a clock that stands still") \
    /* ---- SDR repository ---- */ \
    BUG(SDR_RESERVATION_KEPT, "33.11", "keeps reservations when the repository changes") \
    BUG(SDR_LAST_NEXT_WRONG, "33.12", "names a next record after the last one") \
    BUG(SDR_READ_PAST_END, "33.12", "reads past a record's end without a word") \
    /* ---- sensors ---- */ \
    BUG(HYSTERESIS_IGNORED, "35.6", "ends threshold events without hysteresis") \
    BUG(DEASSERTIONS_UNSENT, "35.10", "sends no deassertion events") \
    BUG(THRESHOLDS_REVERSED, "35.9", "gives thresholds in the order of the SDR") \
    BUG(REARM_DOES_NOTHING, "35.12", "answers Re-arm Sensor Events and does nothing") \
    /* ---- FRU ---- */ \
    BUG(FRU_WRITE_WRAPS, "34.3", "writes what goes past the end to the beginning") \
    /* ---- chassis ---- */ \
    BUG(BOOT_FLAGS_STAY, "28.13", "boots from the one-time device every time") \
    BUG(BOOT_FLAGS_NO_TIMEOUT, "28.13", "keeps boot flags valid without a restart") \
    BUG(RESTART_CAUSE_WRONG, "28.11", "never knows why the system was restarted") \
    BUG(CYCLE_WHEN_OFF, "28.3", "says that it cycles the power of a system that is off") \
    /* ---- watchdog ---- */ \
    BUG(WATCHDOG_LATE, "27.6", "lets the watchdog expire after twice the time") \
    BUG(WATCHDOG_DONT_LOG_IGNORED, "27.6", "logs what it was told not to log") \
    BUG(PRETIMEOUT_FLAG_MISSING, "22.4", "does not flag the pre-time-out interrupt") \
    BUG(WATCHDOG_SURVIVES_OFF, "27", "lets the watchdog run on without the system") \
    /* ---- users, channels, parameters ---- */ \
    BUG(PASSWORD_SIZE_UNCHECKED, "22.30", "finds a 20-octet password right by its first 16") \
    BUG(PASSWORD_LENGTH_LOST, "22.30", "keeps the first 16 octets of a 20-octet password") \
    BUG(CHANNEL_ACCESS_SWAPPED, "22.22", "sets the volatile access where the other is meant") \
    BUG(LAN_READ_ONLY_WRITTEN, "23.1", "says that it wrote a read-only parameter") \
    BUG(SET_IN_PROGRESS_IGNORED, "23.1", "lets two writers be in progress at once") \
    /* ---- PEF ---- */ \
    BUG(PEF_DISABLED_FILTER, "17.7", "acts upon filters that are disabled") \
    /* ---- bridging, IPMB ---- */ \
    BUG(BRIDGE_MIXES_ANSWERS, "6.13", "hands a bridged answer to another asker") \
    BUG(BRIDGE_SEQ_WRONG, "6.13", "does not put the asker's rqSeq back into the answer") \
    BUG(IPMB_DUPLICATE_EXECUTED, "IPMB 1.0", "carries a repeated request out again") \
    BUG(IPMB_SUM_UNCHECKED, "IPMB 1.0", "takes frames whose data checksum is wrong")

#define PLANTED_NUMBER(name, clause, what) PLANT_##name,

enum planted {
    PLANT_NONE,
    PLANTED_BUGS(PLANTED_NUMBER)
    PLANTED_END
};

#ifdef IPMILAB_PLANTED_BUGS

/* True while the process has this bug. */
#define PLANTED(name) (planted_bug == PLANT_##name)

/* For PLANTED() and planted_choose() only. */
extern enum planted planted_bug;

struct planted_facts {
    const char *name, *clause, *what;
};

/* The n-th bug, from 0; NULL past the last. */
const struct planted_facts *planted_nth(size_t n);

/* Have this bug from now on; NULL or "": none. False: there is none so called. */
bool planted_choose(const char *name);

#else

/* False; a name that is not in the table does not compile here either. */
#define PLANTED(name) (PLANT_##name == PLANT_NONE)

#endif

#endif
