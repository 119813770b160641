import Glibc

/// Finds the addresses of names.
public protocol EgressResolver: Sendable {
  /// The addresses of a name, best first; none where it has none.
  ///
  /// - Throws: where nobody says which it has.
  func addresses(of host: String) async throws -> [IPAddress]
}

/// Asks the system, as its settings want: files, DNS.
///
/// The system's question holds its thread for as long as the name's server likes, which may be most
/// of a minute. It has a thread of its own therefore, which nobody else waits for; how many there
/// are at once is bounded by whoever asks.
public struct SystemResolver: EgressResolver {
  /// Nobody says which addresses a name has.
  struct Unanswered: Error {
    let code: CInt
  }

  private let ask: @Sendable (String) throws -> [IPAddress]

  /// Creates it.
  public init() { self.init(ask: Self.system) }

  /// - Parameter ask: The question, which may hold its thread.
  init(ask: @escaping @Sendable (String) throws -> [IPAddress]) { self.ask = ask }

  public func addresses(of host: String) async throws -> [IPAddress] {
    try await withCheckedThrowingContinuation { continuation in
      BlockingThread.run { [ask] in
        continuation.resume(with: Result { try ask(host) })
      } otherwise: { code in
        continuation.resume(throwing: Unanswered(code: code))
      }
    }
  }

  private static func system(_ host: String) throws -> [IPAddress] {
    var hints = addrinfo()
    hints.ai_family = AF_UNSPEC
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_ADDRCONFIG
    var list: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, nil, &hints, &list)
    // EAI_NODATA and EAI_ADDRFAMILY, which are GNU's: the name is there, and has no address.
    if [EAI_NONAME, -5, -9].contains(code) { return [] }
    guard code == 0 else { throw Unanswered(code: code) }
    defer { freeaddrinfo(list) }
    var found: [IPAddress] = []
    var next = list
    while let info = next?.pointee {
      if let address = address(info), !found.contains(address) { found.append(address) }
      next = info.ai_next
    }
    return found
  }

  private static func address(_ info: addrinfo) -> IPAddress? {
    guard let socket = info.ai_addr else { return nil }
    switch info.ai_family {
    case AF_INET:
      return socket.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { socket in
        withUnsafeBytes(of: socket.pointee.sin_addr) { IPAddress(bytes: Array($0)) }
      }
    case AF_INET6:
      return socket.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { socket in
        withUnsafeBytes(of: socket.pointee.sin6_addr) { IPAddress(bytes: Array($0)) }
      }
    default: return nil
    }
  }
}
