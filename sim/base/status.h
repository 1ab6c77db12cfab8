/*
 * status.h - how a call that the world can fail ends.
 *
 * Three kinds of error are never mixed: a wrong peer gets a completion code
 * or a counted drop; the world failing is one of these; our own mistakes are
 * assertions.
 */
#ifndef IPMILAB_BASE_STATUS_H
#define IPMILAB_BASE_STATUS_H

enum status {
    ST_OK,
    ST_NOMEM,    /* out of memory */
    ST_IO,       /* a system call failed; errno tells */
    ST_INVALID,  /* an argument or a file's content is wrong */
    ST_FULL,     /* a bound was reached */
    ST_MISSING,  /* what was asked for is not there */
    ST_EXISTS,   /* it is there already */
    ST_DENIED,   /* a right is missing */
    ST_CRYPTO,   /* the crypto library lacks or refused something */
};

/* One status in words, for a person; never NULL. */
const char *status_text(enum status st);

#endif
