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
  var resets = Rate(burst: 200, perSecond: 100)

  /// Pings that are no answers. The core answers what comes too often without calls with GOAWAY; a
  /// client that measures its bandwidth pings often.
  var pings = Rate(burst: 500, perSecond: 100)

  /// Settings that are no answers: each is answered.
  var settings = Rate(burst: 50, perSecond: 10)

  /// DATA without data that does not end its stream.
  var emptyData = Rate(burst: 200, perSecond: 100)

  /// Windows that the client opens: one for every few frames that it reads.
  var windowUpdates = Rate(burst: 20_000, perSecond: 20_000)

  /// Messages of TLS behind the handshake: key updates.
  var lateMessages = Rate(burst: 16, perSecond: 1)

  /// How many size updates of HPACK's table a header block may have; the core takes no more.
  var tableSizeUpdates = 2

  /// Frames that mean nothing here: PRIORITY, GOAWAY, and types that nobody knows.
  var others = Rate(burst: 200, perSecond: 100)

  /// The most bytes of a message.
  var messageBytes: Int

  /// The most streams that stand in the middle of a message. Streams that the server has ended
  /// count until the client ends them too: many more than may run at once.
  var openMessages = 4096

  init(headerListBytes: Int, messageBytes: Int = 4 << 20) {
    self.headerListBytes = headerListBytes
    self.messageBytes = messageBytes
  }

  /// The rate of a kind of frame.
  func rate(of kind: FloodMeters.Kind) -> Rate {
    switch kind {
    case .resets: resets
    case .pings: pings
    case .settings: settings
    case .emptyData: emptyData
    case .windowUpdates: windowUpdates
    case .lateMessages: lateMessages
    case .others: others
    }
  }

  /// What all connections of one client may ask together: as much as eight of them alone.
  var ofClient: FrameLimits {
    func more(_ rate: Rate) -> Rate {
      Rate(burst: rate.burst * 8, perSecond: rate.perSecond * 8)
    }
    var limits = self
    limits.resets = more(resets)
    limits.pings = more(pings)
    limits.settings = more(settings)
    limits.emptyData = more(emptyData)
    limits.lateMessages = more(lateMessages)
    limits.others = more(others)
    return limits
  }
}
