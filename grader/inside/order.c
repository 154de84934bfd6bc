/* order.c - receives an order and takes it apart.
 *
 * An option that is not known fails the whole order: a stub that is older than its grader must not
 * run a program with less than was asked for. */
#include "order.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

const char *order_value(const char *word, const char *option)
{
    size_t length = strlen(option);

    return strncmp(word, option, length) == 0 ? word + length : NULL;
}

static bool take_purpose(struct order *order, const char *name)
{
    static const char *const names[] = {
#define PURPOSE_NAME(name, text) [PURPOSE_##name] = text,
        PURPOSES(PURPOSE_NAME)
#undef PURPOSE_NAME
    };

    for (size_t i = 0; i < sizeof names / sizeof *names && !order->seccomp; i++) {
        order->seccomp = strcmp(names[i], name) == 0;
        order->purpose = (enum purpose)i;
    }
    return order->seccomp;
}

static bool take_variable(struct order *order, char *variable)
{
    int count = 0;

    while (order->variables[count])
        count++;
    order->variables[count] = variable;
    return true;
}

/* Those that are read again, by the one who needs them. */
static bool is_for_later(const char *word)
{
    static const char *const options[] = {INSIDE_CPUS, INSIDE_CPU_SECONDS, INSIDE_ADDRESS,
                                          INSIDE_FILE, INSIDE_READ,        INSIDE_EXECUTE,
                                          INSIDE_WRITE};

    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (order_value(word, options[i]))
            return true;
    return false;
}

/* Takes in one option; false if it is none. */
static bool take_option(struct order *order, char *word)
{
    const char *purpose = order_value(word, INSIDE_SECCOMP);
    const char *directory = order_value(word, INSIDE_DIRECTORY);
    const char *variable = order_value(word, INSIDE_VARIABLE);

    if (purpose)
        return take_purpose(order, purpose);
    if (variable)
        return take_variable(order, word + strlen(INSIDE_VARIABLE));
    if (directory) {
        order->directory = directory;
        return true;
    }
    if (strcmp(word, INSIDE_LANDLOCK) == 0)
        return order->landlock = true;
    if (strcmp(word, INSIDE_DROP_USER) == 0)
        return (order->drop = DROP_USER);
    if (strcmp(word, INSIDE_DROP_CAPABILITIES) == 0)
        return (order->drop = DROP_CAPABILITIES);
    return is_for_later(word);
}

/* Finds the words in `size` bytes of text. */
static bool take_words(struct order *order, size_t size)
{
    size_t count = 0;

    if (size == 0 || order->text[size - 1] != '\0')
        return false;
    for (char *word = order->text; word < order->text + size; word += strlen(word) + 1) {
        if (count == ORDER_WORDS - 1)
            return false;
        order->words[count++] = word;
    }
    for (char **word = order->words; *word; word++) {
        if (strcmp(*word, "--") == 0) {
            *word = NULL; /* the end of the options */
            order->program = word + 1;
            return *order->program != NULL;
        }
        if (!take_option(order, *word))
            return false;
    }
    return false;
}

static void take_descriptors(struct order *order, struct msghdr *packet)
{
    struct cmsghdr *header = CMSG_FIRSTHDR(packet);

    if (!header || header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS)
        return;
    order->descriptors_count = (int)((header->cmsg_len - CMSG_LEN(0)) / sizeof(int));
    memcpy(order->descriptors, CMSG_DATA(header),
           (size_t)order->descriptors_count * sizeof *order->descriptors);
}

int order_receive(int control, struct order *order)
{
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(sizeof order->descriptors)];
    } ancillary;
    struct iovec content = {order->text, sizeof order->text};
    struct msghdr packet = {.msg_iov = &content,
                            .msg_iovlen = 1,
                            .msg_control = &ancillary,
                            .msg_controllen = sizeof ancillary};
    ssize_t got;

    memset(order, 0, sizeof *order);
    do
        got = recvmsg(control, &packet, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    if (got <= 0)
        return (int)got;
    take_descriptors(order, &packet);
    errno = EINVAL;
    return packet.msg_flags & (MSG_TRUNC | MSG_CTRUNC) || !take_words(order, (size_t)got) ? -1 : 1;
}
