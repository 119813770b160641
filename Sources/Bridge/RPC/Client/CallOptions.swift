/// How one call is made.
public struct CallOptions: Sendable {
  /// How long the caller waits; the server learns of it. Nil waits for ever, or as long as the call
  /// that the current task serves (`CallDeadline`). A time that is over refuses the call.
  public var timeout: Duration?

  /// Whether the call waits for a connection instead of failing while there is none.
  public var waitForReady: Bool

  /// Whether requests are compressed; nil leaves it to the client's configuration.
  public var compression: Compression?

  /// Creates options.
  public init(
    timeout: Duration? = nil, waitForReady: Bool = false, compression: Compression? = nil
  ) {
    self.timeout = timeout
    self.waitForReady = waitForReady
    self.compression = compression
  }

  /// No timeout, fails fast.
  public static let defaults = CallOptions()
}
