/// What a caller's HTTP/2 may ask of the core on one connection.
struct FrameLimits: Sendable, Equatable {
  /// So many at once, and so many in a second on average.
  struct Rate: Sendable, Equatable {
    var burst: Int
    var perSecond: Int
  }

  /// The most bytes of a header list as RFC 9113, section 6.5.2, counts them: names, values, and
  /// 32 for each field. It is the core's own limit, which libgrpc 1.51.1 must not be made to pass.
  var headerListBytes: Int

  /// The most bytes of the dynamic table. The core announces none, so it is the protocol's own.
  var headerTableBytes = 4096

  /// The most CONTINUATION frames of one header block.
  var continuations = 16

  /// The most bytes of a frame that has no flow control and no length of its own by the protocol.
  var controlFrameBytes = 16_384

  /// Streams that the client cancels: rapid reset (CVE-2023-44487).
  var resets = Rate(burst: 1000, perSecond: 200)

  /// Pings that are no answers. The core answers what comes too often without calls with GOAWAY; a
  /// client that measures its bandwidth pings often.
  var pings = Rate(burst: 2000, perSecond: 500)

  /// Settings that are no answers: each is answered.
  var settings = Rate(burst: 100, perSecond: 10)

  /// DATA without data that does not end its stream.
  var emptyData = Rate(burst: 1000, perSecond: 200)

  /// Frames that mean nothing here: PRIORITY, and types that nobody knows.
  var others = Rate(burst: 1000, perSecond: 100)

  init(headerListBytes: Int) { self.headerListBytes = headerListBytes }
}
