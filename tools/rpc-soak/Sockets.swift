import Glibc

/// Breaks connections from below.
enum Sockets {
  /// Shuts down a part of this process's connected sockets, whoever's they are: for their owners it
  /// is as if the network had cut them. The descriptors stay open, so that nobody's is closed twice.
  ///
  /// - Returns: How many.
  static func shutDownSome() -> Int {
    var count = 0
    for descriptor in Int32(3)..<1024 where Int.random(in: 0..<4) == 0 {
      var (listens, size) = (Int32(0), socklen_t(MemoryLayout<Int32>.size))
      // Fails for what is no socket; one that listens would never be heard again.
      guard getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) == 0, listens == 0
      else { continue }
      let how = Int32.random(in: 0...2)  // SHUT_RD, SHUT_WR, SHUT_RDWR.
      if shutdown(descriptor, how) == 0 { count += 1 }
    }
    return count
  }
}
