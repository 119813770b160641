import CPostgres
import Glibc

/// An epoll instance, closed when this value ends.
struct Poller: ~Copyable {
  struct Interest: OptionSet {
    let rawValue: UInt32
    static let readable = Interest(rawValue: 1)  // EPOLLIN
    static let writable = Interest(rawValue: 4)  // EPOLLOUT
  }

  private let descriptor: Int32

  init() {
    descriptor = epoll_create1(Int32(bitPattern: 0x80000))  // EPOLL_CLOEXEC
    precondition(descriptor >= 0, "the process has no file descriptor for a reactor")
  }

  deinit { close(descriptor) }

  /// Watches the descriptor, or changes what is watched. False when the kernel refuses.
  func watch(_ socket: Int32, _ interest: Interest, tag: UInt64) -> Bool {
    // Closing a socket removes it silently; a new one may have its number: then it has to be added.
    artel_epoll_modify(descriptor, socket, interest.rawValue, tag) == 0
      || artel_epoll_add(descriptor, socket, interest.rawValue, tag) == 0
  }

  func forget(_ socket: Int32) { _ = artel_epoll_remove(descriptor, socket) }

  /// The tags that have something to do, after at most `milliseconds` (-1: without end).
  func wait(milliseconds: Int32) -> [UInt64] {
    let capacity = Int(artel_epoll_capacity)
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: capacity) { tags in
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: capacity) { events in
        let count = artel_epoll_wait(
          descriptor, tags.baseAddress, events.baseAddress, milliseconds)
        return count > 0 ? Array(tags[..<Int(count)]) : []
      }
    }
  }
}
