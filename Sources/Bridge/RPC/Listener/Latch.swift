internal import Glibc
internal import Synchronization

/// Opens once; a thread, not a task, may wait for it.
final class Latch: Sendable {
  private let opened = Atomic<Bool>(false)

  func open() { opened.store(true, ordering: .releasing) }

  /// Blocks the calling thread. The waits of this library are short: a loop ends its round.
  func wait() {
    var pause: UInt32 = 10
    while !opened.load(ordering: .acquiring) {
      usleep(pause)
      pause = min(pause * 2, 1000)
    }
  }
}
