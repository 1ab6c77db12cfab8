/*
 * installed.c MACHINE - a user of the installed library.
 *
 * Makes one BMC with a command of the user's, and pings it (ASF presence ping,
 * ASF 2.0 3.2.4.3); exit 0 when it answers with a pong.
 */
#include <ipmilab/ipmilab.h>
#include <stdio.h>

static const unsigned char ping[] = {
    0x06, 0x00, 0xff, 0x06, 0x00, 0x00, 0x11, 0xbe, 0x80, 0x2a, 0x00, 0x00,
};

#define ASF_TYPE 8 /* of the message, after RMCP header and enterprise number */
#define ASF_PONG 0x40

static int
nothing(void *ctx, const struct ipmilab_request *request, struct ipmilab_answer *answer)
{
    (void)ctx;
    (void)request;
    (void)answer;
    return 0;
}

static const struct ipmilab_command own = {
    .netfn = 0x30, .cmd = 0x01, .privilege = IPMILAB_USER, .fn = nothing,
};

static int
is_pong(struct ipmilab *lab)
{
    struct ipmilab_address to;
    const void *datagram;
    size_t len;
    int bmc;

    while (ipmilab_output(lab, &bmc, &to, &datagram, &len) == 1)
        if (len > ASF_TYPE && ((const unsigned char *)datagram)[ASF_TYPE] == ASF_PONG)
            return 1;
    return 0;
}

int
main(int argc, char **argv)
{
    struct ipmilab_address console = { { 192, 0, 2, 1 }, 40000, 4 };
    const char *const *files = (const char *const *)argv + 1;
    struct ipmilab_machines *machines;
    struct ipmilab *lab;
    int bmc, answered;

    if (argc != 2 || ipmilab_load(files, 1, NULL, NULL, &machines) != 0)
        return 2;
    if (ipmilab_new(1, &lab) != 0)
        return 2;
    bmc = ipmilab_add(lab, machines, 0, 0);
    if (bmc < 0 || ipmilab_on_command(lab, bmc, &own) < 0)
        return 2;
    if (ipmilab_input(lab, bmc, 0, &console, ping, sizeof ping) != 0)
        return 2;
    answered = is_pong(lab);
    printf("%s %s\n", ipmilab_machine_name(machines, 0),
           answered ? "answers" : "is silent");
    ipmilab_free(lab);
    ipmilab_machines_free(machines);
    return answered ? 0 : 1;
}
