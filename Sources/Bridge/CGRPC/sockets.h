// The kernel calls of the port's own listener: what Swift's view of the C library cannot say, or
// says with packed structures.
#pragma once

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <grpc/grpc_posix.h>

// ---- epoll: struct epoll_event is packed on x86-64, so it is built and read here -------------

enum {
  artel_poll_capacity = 128,
  artel_poll_in = EPOLLIN,
  artel_poll_out = EPOLLOUT,
  artel_poll_error = EPOLLERR,
  artel_poll_hangup = EPOLLHUP,
  artel_poll_peer_closed = EPOLLRDHUP,
};

// Tells of what arrives, not of what is there: for a reader that leaves it there.
static const uint32_t artel_poll_edge = EPOLLET;

static inline int artel_poll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

static inline int artel_poll_add(int poll, int fd, uint32_t events, uint64_t tag) {
  struct epoll_event event = {.events = events, .data = {.u64 = tag}};
  return epoll_ctl(poll, EPOLL_CTL_ADD, fd, &event);
}

static inline int artel_poll_modify(int poll, int fd, uint32_t events, uint64_t tag) {
  struct epoll_event event = {.events = events, .data = {.u64 = tag}};
  return epoll_ctl(poll, EPOLL_CTL_MOD, fd, &event);
}

static inline int artel_poll_remove(int poll, int fd) {
  return epoll_ctl(poll, EPOLL_CTL_DEL, fd, NULL);
}

// Fills both arrays, each of artel_poll_capacity elements; gives the number of events or -1.
static inline int artel_poll_wait(int poll, uint64_t *tags, uint32_t *events, int timeout_ms) {
  struct epoll_event ready[artel_poll_capacity];
  int count = epoll_wait(poll, ready, artel_poll_capacity, timeout_ms);
  for (int i = 0; i < count; i++) {
    tags[i] = ready[i].data.u64;
    events[i] = ready[i].events;
  }
  return count;
}

// ---- Sockets ---------------------------------------------------------------------------------

static inline int artel_bell(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

static inline int artel_socket(int family) {
  return socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

static inline int artel_accept(int fd, struct sockaddr_storage *address, socklen_t *length) {
  return accept4(fd, (struct sockaddr *)address, length, SOCK_CLOEXEC | SOCK_NONBLOCK);
}

// Two connected ends, of which one goes to the core.
static inline int artel_socket_pair(int *ours, int *theirs) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) != 0) return -1;
  *ours = ends[0];
  *theirs = ends[1];
  return 0;
}

// A number that the kernel gives to a socket and to no other until it restarts; 0 for what is no
// socket or not open.
static inline uint64_t artel_socket_cookie(int fd) {
  uint64_t cookie = 0;
  socklen_t length = sizeof(cookie);
  return getsockopt(fd, SOL_SOCKET, SO_COOKIE, &cookie, &length) == 0 ? cookie : 0;
}

// Ends both directions of the socket that has this cookie, where the descriptor, which somebody
// else may close at any time, is still its. Looks and ends on a duplicate, which nobody else knows.
// -1 where there is no descriptor for it.
static inline int artel_shut_down(int fd, uint64_t cookie) {
  int duplicate = fcntl(fd, F_DUPFD_CLOEXEC, 0);
  if (duplicate < 0) return errno == EBADF ? 0 : -1;
  if (artel_socket_cookie(duplicate) == cookie) shutdown(duplicate, SHUT_RDWR);
  close(duplicate);
  return 0;
}

static inline int artel_set_option(int fd, int level, int option, int value) {
  return setsockopt(fd, level, option, &value, sizeof(value));
}

static inline ssize_t artel_send(int fd, const void *bytes, size_t count) {
  return send(fd, bytes, count, MSG_NOSIGNAL | MSG_DONTWAIT);
}

static inline ssize_t artel_receive(int fd, void *bytes, size_t count) {
  return recv(fd, bytes, count, MSG_DONTWAIT);
}

// What has come and stays there for the next reader.
static inline ssize_t artel_peek(int fd, void *bytes, size_t count) {
  return recv(fd, bytes, count, MSG_PEEK | MSG_DONTWAIT);
}

// A descriptor that means nothing, kept to be given up when there is no other.
static inline int artel_spare_descriptor(void) { return open("/dev/null", O_RDONLY | O_CLOEXEC); }

// Closes what `fd` is and makes it a spare descriptor in one step, so that nobody gets the number
// in between. 0 where it fails; then `fd` is what it was.
static inline int artel_replace_by_spare(int fd, int null) {
  return dup3(null, fd, O_CLOEXEC) == fd;
}

// Whether a path names a socket; its device and number tell it from one made later.
static inline int artel_socket_at(const char *path, uint64_t *device, uint64_t *number) {
  struct stat status;
  if (lstat(path, &status) != 0 || !S_ISSOCK(status.st_mode)) return 0;
  *device = (uint64_t)status.st_dev;
  *number = (uint64_t)status.st_ino;
  return 1;
}

// A Unix address; a leading NUL in `name` makes it abstract. 0 where the name is too long.
static inline socklen_t artel_unix_address(
    struct sockaddr_storage *storage, const char *name, size_t length, int is_abstract) {
  struct sockaddr_un *address = (struct sockaddr_un *)storage;
  if (length == 0 || length + 1 > sizeof(address->sun_path)) return 0;
  memset(storage, 0, sizeof(*storage));
  address->sun_family = AF_UNIX;
  memcpy(address->sun_path + (is_abstract ? 1 : 0), name, length);
  return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length + 1);
}

// ---- Threads ---------------------------------------------------------------------------------

// Blocks every signal for the calling thread: libssl writes without MSG_NOSIGNAL, and a SIGPIPE
// that is blocked stays with the thread that caused it.
static inline void artel_block_signals(void) {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, NULL);
}

// ---- Descriptors of the process --------------------------------------------------------------

// Raises the soft limit of open descriptors to the hard one, and both to `wanted` where the
// process may. Gives the soft limit that holds now, or -1.
static inline int64_t artel_raise_descriptor_limit(int64_t wanted) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return -1;
  if (limit.rlim_max != RLIM_INFINITY && limit.rlim_max < (rlim_t)wanted) {
    struct rlimit more = {.rlim_cur = (rlim_t)wanted, .rlim_max = (rlim_t)wanted};
    if (setrlimit(RLIMIT_NOFILE, &more) == 0) return wanted;
  }
  if (limit.rlim_cur < limit.rlim_max) {
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0 && getrlimit(RLIMIT_NOFILE, &limit) != 0) return -1;
  }
  if (limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur > (rlim_t)INT32_MAX) return INT32_MAX;
  return (int64_t)limit.rlim_cur;
}
