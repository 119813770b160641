import Glibc

/// The process's own streams. A command waits for whoever reads what it writes; a log does not.
public enum StandardStreams {
  /// The process's log, at standard error.
  public static let log = LineWriter(descriptor: STDERR_FILENO, lost: JSONLogHandler.lost)

  /// Writes a whole line to standard error; what cannot be written is lost, as there is nowhere
  /// left to say so.
  public static func writeError(_ line: [UInt8]) {
    write(line, to: STDERR_FILENO)
  }

  /// Writes a whole line to standard output.
  public static func writeOutput(_ line: [UInt8]) {
    write(line, to: STDOUT_FILENO)
  }

  private static func write(_ line: [UInt8], to descriptor: Int32) {
    line.withUnsafeBytes { bytes in
      var offset = 0
      while offset < bytes.count {
        let written = Glibc.write(descriptor, bytes.baseAddress! + offset, bytes.count - offset)
        if written < 0 && errno == EINTR { continue }
        guard written > 0 else { return }
        offset += written
      }
    }
  }
}
