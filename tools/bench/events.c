// Reads Server-Sent Events on connections that are open already, and says how late each came.
//
//   events SECONDS DESCRIPTOR…
//
// Each event has `"time":"2026-01-02T03:04:05.678901Z"`, the moment at which it was made. What comes
// in the first second is not counted. Prints: events, and the 50th, 99th and 100th percentile in µs.
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

enum { buffer_size = 1 << 16, most_samples = 1 << 24 };

struct reader {
  int descriptor;
  size_t length;
  char buffer[buffer_size];
};

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_REALTIME, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

// Seconds since 1970 of an RFC 3339 time; the minute is worked out only when it is another one.
static double moment(const char *text) {
  static char known[17];
  static double base;
  if (memcmp(known, text, 17)) {
    struct tm parts = {0};
    if (!strptime(text, "%Y-%m-%dT%H:%M:", &parts)) return -1;
    base = timegm(&parts);
    memcpy(known, text, 17);
  }
  return base + strtod(text + 17, NULL);
}

static int ascending(const void *left, const void *right) {
  float a = *(const float *)left, b = *(const float *)right;
  return (a > b) - (a < b);
}

int main(int count, char **arguments) {
  if (count < 3) return 64;
  double begin = now() + 1, end = begin + atof(arguments[1]);
  int poll = epoll_create1(0);
  float *late = malloc(most_samples * sizeof *late);
  size_t samples = 0;
  for (int index = 2; index < count; index++) {
    struct reader *reader = calloc(1, sizeof *reader);
    reader->descriptor = atoi(arguments[index]);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = reader};
    if (epoll_ctl(poll, EPOLL_CTL_ADD, reader->descriptor, &event)) return perror("epoll"), 1;
  }
  while (now() < end) {
    struct epoll_event events[256];
    int ready = epoll_wait(poll, events, 256, 100);
    for (int index = 0; index < ready; index++) {
      struct reader *reader = events[index].data.ptr;
      ssize_t got = read(reader->descriptor, reader->buffer + reader->length,
                         buffer_size - 1 - reader->length);
      if (got <= 0) return fprintf(stderr, "a stream ended\n"), 1;
      double arrived = now();
      reader->length += got;
      reader->buffer[reader->length] = 0;
      char *rest = reader->buffer, *found;
      // A time that is not whole yet waits for the rest of it.
      while ((found = strstr(rest, "\"time\":\"")) && strchr(found + 8, '"')) {
        double made = moment(found + 8);
        if (made < 0) return fprintf(stderr, "an event has no time\n"), 1;
        if (arrived >= begin && samples < most_samples) late[samples++] = arrived - made;
        rest = strchr(found + 8, '"');
      }
      reader->length -= rest - reader->buffer;
      memmove(reader->buffer, rest, reader->length);
      if (reader->length == buffer_size - 1) return fprintf(stderr, "an event is too long\n"), 1;
    }
  }
  if (!samples) return fprintf(stderr, "no event came\n"), 1;
  qsort(late, samples, sizeof *late, ascending);
  printf("%zu %.0f %.0f %.0f\n", samples, late[samples / 2] * 1e6, late[samples * 99 / 100] * 1e6,
         late[samples - 1] * 1e6);
}
