internal import Glibc

/// Records that wait on the local disk until somebody else has them: append-only files of frames,
/// which survive a killed process. Bounded in bytes.
///
/// One process has a spool at a time, and one thread of it. A record that `append` returned for is
/// read again after a crash; one that was half written then is not, and nobody was told of it.
public final class Spool {
  /// A file of the spool that nothing is added to any more.
  public struct Segment: Sendable, Hashable {
    let number: UInt64
    /// How many bytes it has.
    public let size: Int
  }

  private let folder: String
  private let limit: Int
  private let segmentLimit: Int
  private let lock: Int32
  private var waiting: [Segment]
  private var next: UInt64
  private var current: (descriptor: Int32, size: Int)?

  /// How many bytes wait.
  public private(set) var size: Int

  /// Opens the spool in a folder, which is made where it is not there.
  ///
  /// - Parameters:
  ///   - limit: the most bytes that wait.
  ///   - segmentLimit: the bytes after which another file is begun.
  /// - Throws: `SpoolError` where another process has it, or the disk refuses.
  public convenience init(
    folder: String, limit: Int, segmentLimit: Int = 1 << 20
  ) throws(SpoolError) {
    guard let lock = try Self.lock(folder) else {
      throw SpoolError(code: .taken, description: "another process has \(folder)")
    }
    try self.init(folder: folder, limit: limit, segmentLimit: segmentLimit, lock: lock)
  }

  /// Takes over the lock, which is the descriptor of a file.
  init(folder: String, limit: Int, segmentLimit: Int = 1 << 20, lock: Int32) throws(SpoolError) {
    let found: [Segment]
    do {
      // Before it is whole: what is whole closes the lock itself.
      found = try Self.segments(of: folder)
    } catch {
      close(lock)
      throw error
    }
    self.lock = lock
    self.folder = folder
    self.limit = limit
    self.segmentLimit = segmentLimit
    waiting = found
    next = (found.last?.number ?? 0) + 1
    size = found.reduce(0) { $0 + $1.size }
  }

  deinit {
    if let current { close(current.descriptor) }
    close(lock)
  }

  /// Adds records: all of them are on the disk when it returns.
  ///
  /// - Throws: `SpoolError`, and nothing is added then.
  public func append(_ records: [[UInt8]]) throws(SpoolError) {
    let bytes = records.flatMap(SpoolFrame.bytes)
    guard !bytes.isEmpty else { return }
    guard size + bytes.count <= limit else {
      throw SpoolError(code: .full, description: "\(folder) holds \(size) bytes of \(limit)")
    }
    if let current, current.size + bytes.count > segmentLimit { finish() }
    if current == nil { current = try begin() }
    guard let (descriptor, written) = current else { return }
    do throws(SpoolError) {
      try Self.write(bytes, to: descriptor)
      guard fdatasync(descriptor) == 0 else { throw SpoolError.system("fdatasync", errno) }
    } catch {
      // What is there of the batch must not come back.
      if ftruncate(descriptor, off_t(written)) != 0 { finish() }
      throw error
    }
    current = (descriptor, written + bytes.count)
    size += bytes.count
  }

  /// The files that wait, the oldest first; what is added from now on goes to another one.
  public func segments() -> [Segment] {
    finish()
    return waiting
  }

  /// The records of a file.
  ///
  /// - Returns: the records, and whether the file holds nothing else: the tail of a file that a crash
  ///   cut off is passed over.
  public func records(of segment: Segment) throws(SpoolError) -> (
    records: [[UInt8]], isWhole: Bool
  ) {
    let (payloads, isWhole) = SpoolFrame.payloads(in: try Self.read(path(segment.number)))
    return (payloads, isWhole)
  }

  /// Deletes a file whose records somebody else has.
  public func remove(_ segment: Segment) throws(SpoolError) {
    guard unlink(path(segment.number)) == 0 || errno == ENOENT else {
      throw .system("a segment cannot be deleted", errno)
    }
    waiting.removeAll { $0 == segment }
    size -= segment.size
  }

  /// Takes a file out of the spool, and leaves it beside it for an operator: what is in it keeps
  /// nothing behind it waiting.
  public func setAside(_ segment: Segment) throws(SpoolError) {
    let path = path(segment.number)
    guard rename(path, "\(path).aside") == 0 else {
      throw .system("a segment cannot be set aside", errno)
    }
    waiting.removeAll { $0 == segment }
    size -= segment.size
  }

  private func begin() throws(SpoolError) -> (descriptor: Int32, size: Int) {
    let descriptor = open(path(next), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .system("a segment cannot be made", errno) }
    // So that the file's name survives a power cut as well as its bytes.
    let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if directory >= 0 {
      fsync(directory)
      close(directory)
    }
    return (descriptor, 0)
  }

  private func finish() {
    guard let current else { return }
    close(current.descriptor)
    waiting.append(Segment(number: next, size: current.size))
    next += 1
    self.current = nil
  }

  private func path(_ number: UInt64) -> String {
    let digits = String(number)
    return "\(folder)/\(String(repeating: "0", count: 20 - digits.count))\(digits).spool"
  }
}
