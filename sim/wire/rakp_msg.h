/*
 * rakp_msg.h - the payloads that set an RMCP+ session up: Open Session
 * Request and Response, RAKP messages 1 to 4, and their status codes.
 * Spec: IPMI v2.0 13.17-13.24, table 13-15.
 *
 * Nothing here allocates or keeps pointers; spans lead into the input.
 * Parsers of our side's messages accept octets behind the message (some
 * consoles send RAKP 1 with a full name field) and judge nothing but length.
 * The keys and codes inside are sim/lan/rakp.h's.
 */
#ifndef IPMILAB_WIRE_RAKP_MSG_H
#define IPMILAB_WIRE_RAKP_MSG_H

#include <stdbool.h>

#include "sim/base/bytes.h"
#include "sim/base/wr.h"

#define RAKP_RANDOM_LEN 16
#define RAKP_GUID_LEN 16
#define RAKP_NAME_MAX 16
#define RAKP_CODE_MAX 32      /* key exchange code: HMAC-SHA256 */
#define RAKP_ERROR_LEN 8      /* an answer that only says no */
#define RAKP1_FIXED_LEN 28
#define RAKP_MSG_MAX 72       /* the longest of the six: RAKP 2 with 32 octets of code */

enum rakp_status {
    RAKP_OK = 0x00,
    RAKP_NO_RESOURCES = 0x01,
    RAKP_INVALID_SESSION_ID = 0x02,
    RAKP_INVALID_PAYLOAD_TYPE = 0x03,
    RAKP_INVALID_AUTH_ALG = 0x04,
    RAKP_INVALID_INTEGRITY_ALG = 0x05,
    RAKP_NO_MATCHING_AUTH = 0x06,
    RAKP_NO_MATCHING_INTEGRITY = 0x07,
    RAKP_INACTIVE_SESSION_ID = 0x08,
    RAKP_INVALID_ROLE = 0x09,
    RAKP_UNAUTHORIZED_ROLE = 0x0a,
    RAKP_NO_RESOURCES_AT_ROLE = 0x0b,
    RAKP_INVALID_NAME_LENGTH = 0x0c,
    RAKP_UNAUTHORIZED_NAME = 0x0d,
    RAKP_UNAUTHORIZED_GUID = 0x0e,
    RAKP_INVALID_INTEGRITY_CODE = 0x0f,
    RAKP_INVALID_CONF_ALG = 0x10,
    RAKP_NO_SUITE_MATCH = 0x11,
    RAKP_ILLEGAL_PARAMETER = 0x12,
};

/* A status in words; never NULL. */
const char *rakp_status_text(unsigned status);

/* The three algorithm blocks of Open Session, in their order. */
enum algorithm_kind { ALG_AUTH, ALG_INTEGRITY, ALG_CONF, ALG_KINDS };

#define ALG_BLOCK_LEN 8     /* length octet of a block that names an algorithm */
#define ALG_BLOCK_ANY 0     /* length octet that leaves the choice to the BMC */

struct algorithm_block {
    uint8_t kind;           /* enum algorithm_kind, as the peer has it */
    uint8_t len;            /* ALG_BLOCK_LEN or ALG_BLOCK_ANY */
    uint8_t alg;            /* bits 5:0 */
};

struct open_request {
    uint8_t tag;
    uint8_t privilege;      /* bits 3:0; 0 = highest */
    uint32_t console_sid;
    struct algorithm_block alg[ALG_KINDS];
};

struct open_response {
    uint8_t tag, status;
    uint8_t privilege;
    uint32_t console_sid, bmc_sid;
    uint8_t alg[ALG_KINDS];
};

#define RAKP_ROLE_LEVEL 0x0f     /* requested maximum privilege */
#define RAKP_ROLE_NAME_ONLY 0x10 /* look up by name alone, not name and level */

struct rakp1 {
    uint8_t tag;
    uint32_t bmc_sid;
    uint8_t random[RAKP_RANDOM_LEN];   /* Rc */
    uint8_t role;                      /* whole octet: it is hashed as sent */
    uint8_t name_len;                  /* as sent; more than RAKP_NAME_MAX is refused */
    uint8_t name[RAKP_NAME_MAX];       /* name_len octets, rest zero */
};

struct rakp2 {
    uint8_t tag, status;
    uint32_t console_sid;
    uint8_t random[RAKP_RANDOM_LEN];   /* Rm */
    uint8_t guid[RAKP_GUID_LEN];
    struct bytes code;                 /* key exchange code */
};

/* RAKP 3 and RAKP 4 have one shape. */
struct rakp34 {
    uint8_t tag, status;
    uint32_t sid;                      /* 3: the BMC's; 4: the console's */
    struct bytes code;                 /* 3: key exchange code; 4: integrity check value */
};

/* Parse or build. Parsers return false, *m untouched, on a short message.
 * Answers with a status other than RAKP_OK are RAKP_ERROR_LEN octets; parsed,
 * their other fields are zero. */
bool open_request_parse(struct bytes in, struct open_request *m);
void open_request_build(struct wr *w, const struct open_request *m);
bool open_response_parse(struct bytes in, struct open_response *m);
void open_response_build(struct wr *w, const struct open_response *m);
bool rakp1_parse(struct bytes in, struct rakp1 *m);
void rakp1_build(struct wr *w, const struct rakp1 *m);
bool rakp2_parse(struct bytes in, struct rakp2 *m);
void rakp2_build(struct wr *w, const struct rakp2 *m);
bool rakp34_parse(struct bytes in, struct rakp34 *m);
void rakp34_build(struct wr *w, const struct rakp34 *m);

#endif
