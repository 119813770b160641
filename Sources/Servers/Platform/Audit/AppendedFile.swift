import Dispatch
import Foundation

/// A file to which whole records are added; opened anew for each batch, so that it may be rotated.
///
/// A batch that cannot be written whole is taken back, and what a crash has left of a record is cut
/// off before the next one: no record takes another one along. Processes may share a file.
struct AppendedFile: Sendable {
  /// What the last line of a record is.
  enum Record: Sendable {
    /// Any line is a record.
    case line
    /// An empty line behind a line that begins so.
    case note(signature: String)
  }

  let path: String
  var record = Record.line

  /// Where files are waited for: nowhere that calls run.
  private static let disk = DispatchQueue(label: "artel.audit.files")
  /// The longest record that is looked for at the end.
  private static let tail = 1 << 16

  /// Adds records, all of them or none.
  func append(_ text: String) async throws {
    try await Self.onDisk { try add(Array(text.utf8)) }
  }

  /// Runs what waits for the disk.
  static func onDisk<R: Sendable>(_ body: @escaping @Sendable () throws -> R) async throws -> R {
    try await withCheckedThrowingContinuation { continuation in
      disk.async { continuation.resume(with: Result { try body() }) }
    }
  }

  private func add(_ bytes: [UInt8]) throws {
    let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure }
    defer { close(descriptor) }
    // Given back when it is closed.
    while flock(descriptor, LOCK_EX) != 0 { guard errno == EINTR else { throw failure } }
    let end = try cut(descriptor)
    do {
      var offset = 0
      while offset < bytes.count {
        let count = bytes[offset...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { throw failure }
        offset += count
      }
      guard fdatasync(descriptor) == 0 else { throw failure }
    } catch {
      // Where even this is refused, the next batch cuts it off.
      _ = ftruncate(descriptor, off_t(end))
      throw error
    }
  }

  /// Cuts off what is no whole record; returns where the file ends.
  private func cut(_ descriptor: Int32) throws -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure }
    let size = Int(status.st_size)
    let start = max(0, size - Self.tail)
    var bytes = [UInt8](repeating: 0, count: size - start)
    var read = 0
    while read < bytes.count {
      let count = bytes[read...].withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress, $0.count, off_t(start + read))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure }
      read += count
    }
    guard let whole = wholeBytes(of: bytes, isAll: start == 0), whole < bytes.count else {
      return size
    }
    guard ftruncate(descriptor, off_t(start + whole)) == 0 else { throw failure }
    return start + whole
  }

  /// How many bytes are whole records; nil where the end of none is in sight.
  private func wholeBytes(of bytes: [UInt8], isAll: Bool) -> Int? {
    let feed = UInt8(ascii: "\n")
    guard case .note(let signature) = record else {
      return bytes.lastIndex(of: feed).map { $0 + 1 } ?? (isAll ? 0 : nil)
    }
    var end = bytes.count
    while let last = bytes[..<end].lastIndex(of: feed) {
      if last > 0, bytes[last - 1] == feed {
        let line = bytes[..<(last - 1)].lastIndex(of: feed).map { $0 + 1 } ?? 0
        if bytes[line...].starts(with: Array(signature.utf8)) { return last + 1 }
      }
      end = last
    }
    return isAll ? 0 : nil
  }

  private var failure: FileFailure { FileFailure(path: path, number: errno) }
}

/// A file that the system would not let be written.
struct FileFailure: Error, CustomStringConvertible {
  let path: String
  let number: Int32
  var description: String { "\(path): \(String(cString: strerror(number)))" }
}
