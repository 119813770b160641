#pragma once

// The door to libpq, and to the few kernel calls that a connection's event loop needs.

#include <stdint.h>
#include <postgresql/libpq-fe.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>

// struct epoll_event is packed on x86-64: it is built and read here, never in Swift.

static inline int artel_epoll_add(int epoll, int fd, uint32_t events, uint64_t tag) {
  struct epoll_event event = {.events = events, .data = {.u64 = tag}};
  return epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

static inline int artel_epoll_modify(int epoll, int fd, uint32_t events, uint64_t tag) {
  struct epoll_event event = {.events = events, .data = {.u64 = tag}};
  return epoll_ctl(epoll, EPOLL_CTL_MOD, fd, &event);
}

static inline int artel_epoll_remove(int epoll, int fd) {
  return epoll_ctl(epoll, EPOLL_CTL_DEL, fd, 0);
}

enum { artel_epoll_capacity = 64 };

// Fills both arrays, each of artel_epoll_capacity elements; gives the number of events or -1.
static inline int artel_epoll_wait(int epoll, uint64_t *tags, uint32_t *events, int timeout_ms) {
  struct epoll_event ready[artel_epoll_capacity];
  int count = epoll_wait(epoll, ready, artel_epoll_capacity, timeout_ms);
  for (int i = 0; i < count; i++) {
    tags[i] = ready[i].data.u64;
    events[i] = ready[i].events;
  }
  return count;
}

// Bytes that TLS has already taken from the socket: epoll will not report them again.
struct ssl_st;
extern int SSL_pending(const struct ssl_st *);

static inline int artel_tls_pending(PGconn *connection) {
  if (!PQsslInUse(connection)) return 0;
  const struct ssl_st *tls = (const struct ssl_st *)PQsslStruct(connection, "OpenSSL");
  return tls ? SSL_pending(tls) : 0;
}

// Names the calling thread, in at most 15 bytes.
static inline void artel_name_thread(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }
