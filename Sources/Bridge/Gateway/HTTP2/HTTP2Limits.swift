import NIOCore
import NIOHTTP2

/// What one HTTP/2 connection may ask for, beside what holds for every request.
///
/// Whoever goes beyond a rate loses the connection with ENHANCE_YOUR_CALM (RFC 9113 section 10.5).
enum HTTP2Limits {
  /// Requests at a time.
  static let streams = 100
  /// What may arrive on a stream before its reader has taken any of it.
  static let streamWindow = 65_535
  /// What may arrive on all streams together before the connection has read it.
  static let connectionWindow = 1 << 20
  /// The most bytes of a header list that are decoded at all: a longer one ends the connection. One
  /// beyond the door's own limit, and not this one, is answered.
  static func headerList(_ configuration: GatewayConfiguration) -> Int {
    4 * configuration.maxHeaderBytes
  }
  /// The bytes of answers that wait for their readers, beyond which no request begins.
  static let unsent = 16 << 20
  /// The bytes of bodies that have not come whole, beyond which no more are kept.
  static let kept = 16 << 20
  /// Bytes of an answer beyond which its stream waits, and below which it goes on.
  static let highWatermark = 64 << 10
  static let lowWatermark = 32 << 10
  /// Requests that are no requests.
  static let faults = 100
  /// WINDOW_UPDATE frames that come without anything having been sent between.
  static let idleUpdates = 1_000
  /// How long a peer that has to go may take to read why.
  static let linger = TimeAmount.seconds(1)
  /// How long the rest of a request may come whose answer has left.
  static let restPatience = Duration.seconds(1)
  /// How long a silent peer may take to answer a PING.
  static let pingPatience = TimeAmount.seconds(20)

  static func connection(
    _ configuration: GatewayConfiguration
  ) -> NIOHTTP2Handler.ConnectionConfiguration {
    var connection = NIOHTTP2Handler.ConnectionConfiguration()
    connection.initialSettings = [
      HTTP2Setting(parameter: .maxConcurrentStreams, value: streams),
      HTTP2Setting(parameter: .initialWindowSize, value: streamWindow),
      HTTP2Setting(parameter: .maxHeaderListSize, value: headerList(configuration)),
    ]
    connection.maximumSequentialEmptyDataFrames = 10
    // What is on its way to a stream that this door has reset is no fault: all may be reset at once.
    connection.maximumRecentlyResetStreams = streams
    connection.maximumBufferedControlFrames = 1_000
    connection.maximumSequentialContinuationFrames = 5
    connection.maximumConnectionGlitches = faults
    // gRPC measures its bandwidth with PINGs, up to ten a second.
    connection.controlFrameRateLimit.maximumCount = 500
    return connection
  }

  static var stream: NIOHTTP2Handler.StreamConfiguration {
    var stream = NIOHTTP2Handler.StreamConfiguration()
    // CVE-2023-44487: a request that is taken back costs as much as one that is not.
    stream.streamResetFrameRateLimit.maximumCount = 200
    stream.streamErrorRateLimit.maximumCount = faults
    return stream
  }
}
