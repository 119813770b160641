internal import CGRPC

/// What a stream of responses keeps until the core takes it.
extension ServerCall {
  struct QueuedMessage {
    let bytes: MessageBytes
    let flags: UInt32
  }

  /// How a call ends, once what is queued is sent.
  struct Ending {
    var initial: Metadata = [:]
    var message: QueuedMessage?
    var trailing: Metadata = [:]
    var code: Int32 = 0
    var details = ""

    /// The same end behind a message that goes out with it.
    func behind(_ message: QueuedMessage?) -> Ending {
      guard let message else { return self }
      var ending = self
      ending.message = message
      return ending
    }
  }

  /// A writer that waits for room, from the moment when it filled the queue.
  struct Writer {
    let ticket: Int
    /// Nil until it sleeps.
    var continuation: UnsafeContinuation<Bool, Never>?
  }

  struct Writing {
    /// A handler that writes is put to sleep at so many bytes, and woken at half of them.
    static let limit = 64 << 10
    /// What a queued message costs beside its bytes.
    static let overhead = 64

    var queue: [QueuedMessage] = []
    /// What of `queue` was taken.
    var head = 0
    var bytes = 0
    /// A message is under way.
    var active = false
    /// The peer is gone: nothing is sent any more.
    var broken = false
    /// Who waits for room.
    var writer: Writer?
    var lastTicket = 0
    var ending: Ending?

    var isEmpty: Bool { head == queue.count }

    mutating func append(_ message: QueuedMessage) {
      queue.append(message)
      bytes += message.bytes.count + Self.overhead
    }

    mutating func popFirst() -> QueuedMessage? {
      guard head < queue.count else { return nil }
      let message = queue[head]
      head += 1
      bytes -= message.bytes.count + Self.overhead
      if head == queue.count {
        queue.removeAll(keepingCapacity: true)
        head = 0
      } else if head >= 512 {
        queue.removeSubrange(..<head)
        head = 0
      }
      return message
    }

    /// Notes who will wait for room; the ticket says who.
    mutating func reserveWriter() -> Int {
      lastTicket += 1
      writer = Writer(ticket: lastTicket)
      return lastTicket
    }

    /// The handler that sleeps, once there is room.
    mutating func takeWriterWithRoom() -> UnsafeContinuation<Bool, Never>? {
      guard bytes < Self.limit / 2 else { return nil }
      defer { writer = nil }
      return writer?.continuation
    }

    mutating func discard() {
      queue.removeAll()
      head = 0
      bytes = 0
      broken = true
    }
  }
}
