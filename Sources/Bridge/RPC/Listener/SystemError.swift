internal import Glibc

/// An errno of the C library.
struct SystemError: Equatable, CustomStringConvertible {
  let code: Int32

  /// That of this thread's last failed call.
  static var last: SystemError { SystemError(code: errno) }

  /// Nothing can be done now; the descriptor becomes ready again.
  var isTransient: Bool { code == EAGAIN || code == EINTR }

  /// The process or the system has no descriptor left.
  var isDescriptorShortage: Bool { code == EMFILE || code == ENFILE }

  // glibc's text is in memory of the thread.
  var description: String { strerror(code).map { String(cString: $0) } ?? "error \(code)" }
}
