internal import Synchronization

/// What every call of a server shares.
final class ServerHost: Sendable {
  /// Accepted calls that are not released. With the posted slots, what still uses the server's
  /// queues: a queue may be shut down only when both are gone, because a batch started behind that
  /// aborts the process, and the core's own shutdown does not wait for calls whose handlers run on.
  let runningCalls = Atomic<Int>(0)

  /// Places that wait for a call.
  let postedSlots = Atomic<Int>(0)

  /// The most bytes of a request's message, inflated.
  let maxReceiveMessageBytes: Int

  /// Whether responses are compressed.
  let compression: Compression

  /// Is told of calls that come to no method.
  let refused: (@Sendable (RefusedCall) -> Void)?

  init(configuration: ServerConfiguration) {
    maxReceiveMessageBytes = configuration.maxReceiveMessageBytes
    compression = configuration.compression
    refused = configuration.refused
  }

  /// Whether nothing uses the server's queues any more.
  var isIdle: Bool {
    // In this order: a slot that a call comes to counts the call before it goes itself. Who looked
    // at the calls first could miss one that comes in between.
    postedSlots.load(ordering: .acquiring) == 0 && runningCalls.load(ordering: .acquiring) == 0
  }
}
