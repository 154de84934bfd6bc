/* tcp.c - connections: accepting and making them; listening and dialing by numeric address. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "io.h"
#include "scheduler.h"

/* ---- Accept and connect ---------------------------------------------------------------------- */

static bool attempt_accept(struct rt__io_call *call, int fd)
{
    int connection;
    do {
        connection = accept4(fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        /* ECONNABORTED: the caller gave up while it was queueing. The next one may not have. */
    } while (connection < 0 && (errno == EINTR || errno == ECONNABORTED));
    call->result = connection >= 0 ? connection : -errno;
    return call->result != -EAGAIN;
}

int rt_io_accept_at(rt_io listener, rt_io *connection, rt_site here)
{
    struct rt__io_call call = {.attempt = attempt_accept,
                               .direction = RT__READ,
                               .wait = RT__WAIT_ACCEPT,
                               .name = "rt_io_accept",
                               .here = here};
    rt__call_begin("rt_io_accept", here);
    int64_t result = rt__io_perform(listener, &call);
    if (result >= 0) {
        int fd = (int)result;
        int error = rt__io_register(fd, call.kind, connection);
        result = RT_OK;
        if (error != 0) {
            close(fd);
            result = rt__io_fail(error);
        }
    }
    rt__call_end();
    return (int)result;
}

struct connecting {
    struct rt__io_call call;
    const struct sockaddr *address;
    socklen_t length;
};

/* Asked again, connect says what has become of it; SO_ERROR could not tell "done" from "under way",
 * and an event from before the first attempt may have come late. */
static bool attempt_connect(struct rt__io_call *call, int fd)
{
    struct connecting *connecting = (struct connecting *)call;
    bool done = connect(fd, connecting->address, connecting->length) == 0 || errno == EISCONN;
    call->result = done ? RT_OK : -errno;
    return done || (errno != EINPROGRESS && errno != EALREADY && errno != EINTR);
}

static int connect_within(rt_io io, const struct sockaddr *address, socklen_t length, rt_site here)
{
    struct connecting connecting = {.call = {.attempt = attempt_connect,
                                             .direction = RT__WRITE,
                                             .wait = RT__WAIT_CONNECT,
                                             .name = "rt_io_connect",
                                             .here = here},
                                    .address = address,
                                    .length = length};
    return (int)rt__io_perform(io, &connecting.call);
}

int rt_io_connect_at(rt_io io, const struct sockaddr *address, size_t length, rt_site here)
{
    rt__call_begin("rt_io_connect", here);
    int status = connect_within(io, address, (socklen_t)length, here);
    rt__call_end();
    return status;
}

/* ---- TCP by numeric address ------------------------------------------------------------------ */

struct address {
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
    } socket;
    socklen_t length; /* 0: not an address */
};

static struct address parse(const char *host, int port)
{
    struct address address = {.length = 0};
    if (port < 0 || port > UINT16_MAX) {
        return address;
    }
    if (inet_pton(AF_INET, host, &address.socket.v4.sin_addr) == 1) {
        address.socket.v4.sin_family = AF_INET;
        address.socket.v4.sin_port = htons((uint16_t)port);
        address.length = sizeof address.socket.v4;
    } else if (inet_pton(AF_INET6, host, &address.socket.v6.sin6_addr) == 1) {
        address.socket.v6.sin6_family = AF_INET6;
        address.socket.v6.sin6_port = htons((uint16_t)port);
        address.length = sizeof address.socket.v6;
    }
    return address;
}

/* A socket for the address. Small messages go out at once (Go's default too): else one could wait
 * 40 ms for the acknowledgement of the one before. -1 and errno on failure. */
static int tcp_socket(const struct address *address)
{
    int on = 1;
    int fd = socket(address->socket.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd >= 0) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    return fd;
}

/* Binds and listens. 0 or an errno. SO_REUSEADDR: a server can be started again while connections
 * of the last one linger. Accepted connections inherit TCP_NODELAY. */
static int listen_on(int fd, const struct address *address)
{
    int on = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    bool listens =
        bind(fd, &address->socket.any, address->length) == 0 && listen(fd, SOMAXCONN) == 0;
    return listens ? 0 : errno;
}

int rt_io_listen_tcp_at(const char *host, int port, rt_io *listener, rt_site here)
{
    struct address address = parse(host, port);
    if (address.length == 0) {
        return RT_EINVAL;
    }
    rt__call_begin("rt_io_listen_tcp", here);
    int fd = tcp_socket(&address);
    int error = fd < 0 ? errno : listen_on(fd, &address);
    if (error == 0) {
        error = rt__io_register(fd, RT__IO_STREAM, listener);
    }
    if (error != 0 && fd >= 0) {
        close(fd);
    }
    int status = error == 0 ? RT_OK : rt__io_fail(error);
    rt__call_end();
    return status;
}

int rt_io_dial_tcp_at(const char *host, int port, rt_io *connection, rt_site here)
{
    struct address address = parse(host, port);
    if (address.length == 0) {
        return RT_EINVAL;
    }
    rt__call_begin("rt_io_dial_tcp", here);
    int fd = tcp_socket(&address);
    int error = fd < 0 ? errno : rt__io_register(fd, RT__IO_STREAM, connection);
    int status;
    if (error == 0) {
        status = connect_within(*connection, &address.socket.any, address.length, here);
    } else {
        if (fd >= 0) {
            close(fd);
        }
        status = rt__io_fail(error);
    }
    rt__call_end();
    if (error == 0 && status != RT_OK) {
        int cause = *rt__errno_location();
        rt_io_close_at(*connection, here);
        *rt__errno_location() = cause;
    }
    return status;
}

int rt_io_port_at(rt_io io, rt_site here)
{
    struct address address = {.length = sizeof address.socket};
    int fd = rt_io_fd_at(io, here);
    if (fd < 0) {
        return fd;
    }
    if (getsockname(fd, &address.socket.any, &address.length) != 0) {
        return rt__io_fail(errno);
    }
    switch (address.socket.any.sa_family) {
    case AF_INET:
        return ntohs(address.socket.v4.sin_port);
    case AF_INET6:
        return ntohs(address.socket.v6.sin6_port);
    default:
        return RT_EINVAL;
    }
}
