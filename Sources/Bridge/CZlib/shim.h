// zlib: messages are inflated here, under the message limit, and not by the gRPC core, which
// inflates a whole message before it looks at its size.
#pragma once

#include <string.h>
#include <zlib.h>

// `inflateInit2` is a macro. 47: a window of 32 KiB, and the header says whether it is gzip or zlib.
static inline int artel_inflate_init(z_stream *stream) {
  memset(stream, 0, sizeof(*stream));
  return inflateInit2(stream, 47);
}
