internal import CGRPC
internal import Glibc

/// An epoll instance, closed when this value ends.
struct EventPoll: ~Copyable {
  /// What is asked of a descriptor, and what is told of it.
  struct Events: OptionSet {
    let rawValue: UInt32
    static let input = Events(rawValue: UInt32(artel_poll_in))
    static let output = Events(rawValue: UInt32(artel_poll_out))
    /// The other end has sent its last.
    static let peerClosed = Events(rawValue: UInt32(artel_poll_peer_closed))
    /// Tells of each arrival once, instead of for as long as something is there.
    static let arrivals = Events(rawValue: artel_poll_edge)
    /// Told without being asked for.
    static let error = Events(rawValue: UInt32(artel_poll_error))
    /// Both directions are closed. Told without being asked for.
    static let hangup = Events(rawValue: UInt32(artel_poll_hangup))
  }

  private static let capacity = Int(artel_poll_capacity)

  private let descriptor: Int32
  private let tags: UnsafeMutablePointer<UInt64>
  private let events: UnsafeMutablePointer<UInt32>

  init() throws(ServerStartError) {
    descriptor = artel_poll_create()
    guard descriptor >= 0 else { throw ServerStartError(description: "epoll: \(SystemError.last)") }
    tags = .allocate(capacity: Self.capacity)
    events = .allocate(capacity: Self.capacity)
  }

  deinit {
    close(descriptor)
    tags.deallocate()
    events.deallocate()
  }

  /// Watches a descriptor; false where the kernel refuses.
  func add(_ socket: Int32, _ interest: Events, tag: UInt64) -> Bool {
    artel_poll_add(descriptor, socket, interest.rawValue, tag) == 0
  }

  /// Changes what is asked of a watched descriptor.
  func change(_ socket: Int32, _ interest: Events, tag: UInt64) {
    let status = artel_poll_modify(descriptor, socket, interest.rawValue, tag)
    precondition(status == 0, "a descriptor is not watched: \(SystemError.last)")
  }

  /// Ends watching. Needed before a descriptor is closed of which a duplicate lives.
  func remove(_ socket: Int32) { _ = artel_poll_remove(descriptor, socket) }

  /// Waits for events, `milliseconds` at most (-1: without end), and gives each to `body`.
  func wait(milliseconds: Int32, _ body: (_ tag: UInt64, _ events: Events) -> Void) {
    let count = artel_poll_wait(descriptor, tags, events, milliseconds)
    // -1 only for an interrupted wait: the caller waits again.
    for index in 0..<max(0, Int(count)) { body(tags[index], Events(rawValue: events[index])) }
  }
}
