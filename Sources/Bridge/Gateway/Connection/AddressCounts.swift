import Glibc
import NIOCore
import Synchronization

/// How many connections each remote address has.
final class AddressCounts: Sendable {
  private let counts = Mutex<[String: Int]>([:])

  /// Counts a connection in, which has to be counted out; false where there are too many.
  func enter(_ address: String, most: Int) -> Bool {
    counts.withLock { counts in
      let count = counts[address, default: 0]
      guard count < most else { return false }
      counts[address] = count + 1
      return true
    }
  }

  func leave(_ address: String) {
    counts.withLock { counts in
      let count = counts[address, default: 0]
      counts[address] = count > 1 ? count - 1 : nil
    }
  }

  /// Under which name an address is counted: whoever has one IPv6 address has all of its network
  /// (RFC 6177 section 2), whose first 64 bits say it, however the address is written.
  static func name(_ address: SocketAddress?) -> String {
    guard case .v6(let address)? = address else { return address?.ipAddress ?? "" }
    var bytes = address.address.sin6_addr
    return withUnsafeBytes(of: &bytes) { bytes in
      // An IPv4 address, over a socket of either kind.
      let mapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xff && bytes[11] == 0xff
      return mapped
        ? bytes[12...].map { String($0) }.joined(separator: ".")
        : bytes[..<8].map { String($0, radix: 16) }.joined(separator: ":")
    }
  }
}
