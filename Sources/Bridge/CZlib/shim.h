// zlib: messages and bodies are inflated here, under their limits, and not by the gRPC core, which
// inflates a whole message before it looks at its size; answers of the REST door are deflated here.
#pragma once

#include <string.h>
#include <zlib.h>

// `inflateInit2` is a macro. 47: a window of 32 KiB, and the header says whether it is gzip or zlib.
static inline int artel_inflate_init(z_stream *stream) {
  memset(stream, 0, sizeof(*stream));
  return inflateInit2(stream, 47);
}

// One format only. Bits: 31 is gzip, 15 zlib, -15 deflate without a header.
static inline int artel_inflate_init_bits(z_stream *stream, int bits) {
  memset(stream, 0, sizeof(*stream));
  return inflateInit2(stream, bits);
}

// `deflateInit2` is a macro, too. The window has 2^window_bits bytes, and the output is gzip.
static inline int artel_gzip_init(z_stream *stream, int level, int window_bits, int memory_level) {
  memset(stream, 0, sizeof(*stream));
  return deflateInit2(
      stream, level, Z_DEFLATED, 16 + window_bits, memory_level, Z_DEFAULT_STRATEGY);
}
