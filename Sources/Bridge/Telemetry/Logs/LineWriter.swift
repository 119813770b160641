import Dispatch
import Glibc
import Synchronization

/// Writes lines to a descriptor, and never lets the writer wait for its reader.
///
/// A line is written at once, in its caller, for as long as the descriptor takes it: what is behind
/// it in a file or a pipe is the usual order of things, and nothing is lost at an exit. When a pipe is
/// full, because whoever reads the log has stopped, lines wait in memory for a thread that writes
/// them, and beyond `capacity` they are dropped and counted: calls go on (S-H9).
public final class LineWriter: Sendable {
  /// POSIX's smallest PIPE_BUF is less; Linux takes this much at once where poll(2) says POLLOUT.
  private static let portion = 4096

  private struct Contents {
    var waiting: [[UInt8]] = []
    var waitingBytes = 0
    var isDraining = false
    var dropped = 0
    var untold = 0
  }

  private let descriptor: Int32
  private let capacity: Int
  private let lost: @Sendable (Int) -> [UInt8]
  private let contents = Mutex(Contents())
  private let queue = DispatchQueue(label: "artel.log")

  /// Creates a writer. The descriptor stays its owner's.
  ///
  /// - Parameters:
  ///   - capacity: The most bytes that wait.
  ///   - lost: The line that tells how many were dropped, written once there is room again.
  public init(
    descriptor: Int32, capacity: Int = 4 << 20, lost: @escaping @Sendable (Int) -> [UInt8]
  ) {
    self.descriptor = descriptor
    self.capacity = capacity
    self.lost = lost
  }

  /// How many lines were dropped.
  public var dropped: Int { contents.withLock(\.dropped) }

  /// Writes a line with its line break, or keeps it until there is room.
  public func write(_ line: [UInt8]) {
    let begins = contents.withLock { contents in
      var rest = line[...]
      if !contents.isDraining { rest = atOnce(rest) }
      guard !rest.isEmpty else { return false }
      // A line that has begun is ended, so that the next one has a line of its own.
      guard rest.count < line.count || contents.waitingBytes + rest.count <= capacity else {
        contents.dropped += 1
        contents.untold += 1
        return false
      }
      contents.waiting.append(Array(rest))
      contents.waitingBytes += rest.count
      defer { contents.isDraining = true }
      return !contents.isDraining
    }
    if begins { queue.async { self.drain() } }
  }

  /// Writes as much as can be written without waiting.
  ///
  /// - Returns: what could not; nothing where the descriptor is broken, as there is nowhere to say so.
  private func atOnce(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = line
    while !rest.isEmpty {
      guard isReady(milliseconds: 0) else { return rest }
      guard let count = writeOnce(rest) else { return [] }
      rest = rest.dropFirst(count)
    }
    return rest
  }

  /// Writes what waits, and then what came meanwhile.
  private func drain() {
    while true {
      let next = contents.withLock { contents -> [[UInt8]]? in
        var lines = contents.waiting
        if contents.untold > 0 {
          lines.append(lost(contents.untold))
          contents.untold = 0
        }
        contents.waiting = []
        contents.waitingBytes = 0
        if lines.isEmpty { contents.isDraining = false }
        return lines.isEmpty ? nil : lines
      }
      guard let next else { return }
      for line in next {
        var rest = line[...]
        while !rest.isEmpty {
          _ = isReady(milliseconds: -1)
          guard let count = writeOnce(rest) else { break }
          rest = rest.dropFirst(count)
        }
      }
    }
  }

  private func isReady(milliseconds: Int32) -> Bool {
    var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    while true {
      let count = Glibc.poll(&poll, 1, milliseconds)
      if count < 0 && errno == EINTR { continue }
      // An error is the write's to find.
      return count != 0
    }
  }

  /// - Returns: how much was written, nil where nothing ever will be.
  private func writeOnce(_ bytes: ArraySlice<UInt8>) -> Int? {
    bytes.prefix(Self.portion).withUnsafeBytes { bytes in
      let written = Glibc.write(descriptor, bytes.baseAddress!, bytes.count)
      if written < 0 { return errno == EINTR || errno == EAGAIN ? 0 : nil }
      return written
    }
  }
}
