import CHiredis
import COpenSSL
import Glibc

/// One connection to a server, for one thread: it waits for no longer than the configuration says,
/// however slowly something comes.
final class RedisConnection {
  private let context: UnsafeMutablePointer<redisContext>
  private let reader: UnsafeMutablePointer<redisReader>
  private var tlsContext: OpaquePointer?
  private var tls: OpaquePointer?
  private let timeout: Duration
  private var buffer = [UInt8](repeating: 0, count: 16 << 10)

  /// Connects and says who we are.
  init(_ configuration: RedisConfiguration) throws(RedisError) {
    timeout = configuration.timeout
    // One for all of it: what comes a byte at a time has no more.
    let deadline = ContinuousClock.now + timeout
    let limit = timeval(configuration.timeout)
    let made =
      configuration.host.hasPrefix("/")
      ? redisConnectUnixWithTimeout(configuration.host, limit)
      : redisConnectWithTimeout(configuration.host, Int32(configuration.port), limit)
    // Owned by this object, and given back in `deinit`.
    guard let made, let reader = redisReaderCreate() else { throw .unreachable("no memory") }
    context = made
    self.reader = reader
    let flags = fcntl(made.pointee.fd, F_GETFL)
    guard made.pointee.err == 0, flags >= 0,
      fcntl(made.pointee.fd, F_SETFL, flags | O_NONBLOCK) == 0
    else {
      throw .unreachable("\(configuration.host) cannot be reached")
    }
    if let roots = configuration.trustRootsFile {
      tlsContext = artel_tls_client_context(roots)
      tls = tlsContext.flatMap {
        artel_tls_client_new($0, context.pointee.fd, configuration.host)
      }
      guard let tls else { throw .tlsFailed }
      try shakeHands(tls, by: deadline)
    }
    if let password = configuration.password {
      _ = try perform(
        (["AUTH"] + [configuration.user].compactMap { $0 } + [password]).map { Array($0.utf8) },
        by: deadline)
    }
  }

  deinit {
    // TLS before its socket, which the context closes.
    SSL_free(tls)
    SSL_CTX_free(tlsContext)
    redisReaderFree(reader)
    redisFree(context)
  }

  /// Sends a command and waits for its answer. After an error other than `.refused` the connection
  /// is not to be used again: what still comes would answer another command.
  func perform(_ arguments: [[UInt8]]) throws(RedisError) -> RedisValue {
    try perform(arguments, by: .now + timeout)
  }

  private func perform(
    _ arguments: [[UInt8]], by deadline: ContinuousClock.Instant
  ) throws(RedisError) -> RedisValue {
    try send(Self.encoded(arguments), by: deadline)
    while true {
      var reply: UnsafeMutableRawPointer?
      guard redisReaderGetReply(reader, &reply) == REDIS_OK else { throw .protocolBroken }
      if let reply {
        // The reply is ours, and copied before it is given back.
        defer { freeReplyObject(reply) }
        return try RedisValue(reply.assumingMemoryBound(to: redisReply.self))
      }
      let count = try receive(by: deadline)
      let fed = buffer.withUnsafeBytes {
        redisReaderFeed(reader, $0.baseAddress?.assumingMemoryBound(to: CChar.self), count)
      }
      guard fed == REDIS_OK else { throw .protocolBroken }
    }
  }

  /// A command as the protocol has it: an array of bulk strings.
  private static func encoded(_ arguments: [[UInt8]]) -> [UInt8] {
    var bytes = Array("*\(arguments.count)\r\n".utf8)
    for argument in arguments {
      bytes += Array("$\(argument.count)\r\n".utf8) + argument + [0x0d, 0x0a]
    }
    return bytes
  }

  private func send(
    _ bytes: [UInt8], by deadline: ContinuousClock.Instant
  ) throws(RedisError) {
    var sent = 0
    while sent < bytes.count {
      sent += try transfer(POLLOUT, by: deadline) { tls, socket in
        bytes.withUnsafeBytes { all in
          let rest = UnsafeRawBufferPointer(rebasing: all[sent...])
          if let tls { return Int(SSL_write(tls, rest.baseAddress, Int32(rest.count))) }
          return Glibc.send(socket, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
        }
      }
    }
  }

  private func receive(by deadline: ContinuousClock.Instant) throws(RedisError) -> Int {
    // Taken out, so that nobody else holds it while it is written to.
    var buffer = [UInt8]()
    swap(&buffer, &self.buffer)
    defer { swap(&buffer, &self.buffer) }
    return try transfer(POLLIN, by: deadline) { tls, socket in
      buffer.withUnsafeMutableBytes { bytes in
        if let tls { return Int(SSL_read(tls, bytes.baseAddress, Int32(bytes.count))) }
        return recv(socket, bytes.baseAddress, bytes.count, 0)
      }
    }
  }

  private func shakeHands(
    _ tls: OpaquePointer, by deadline: ContinuousClock.Instant
  ) throws(RedisError) {
    do throws(RedisError) {
      _ = try transfer(POLLIN, by: deadline) { _, _ in Int(SSL_connect(tls)) }
    } catch {
      ERR_clear_error()
      throw .tlsFailed
    }
  }

  /// Reads or writes as soon as the socket lets it.
  ///
  /// - Parameters:
  ///   - events: What is waited for without TLS, which says itself what it waits for.
  ///   - body: Reads or writes once; returns how much, or what says that it cannot.
  private func transfer(
    _ events: Int32, by deadline: ContinuousClock.Instant,
    _ body: (_ tls: OpaquePointer?, _ socket: Int32) -> Int
  ) throws(RedisError) -> Int {
    let socket = context.pointee.fd
    while true {
      // What is left there would be taken for this one's.
      if tls != nil { ERR_clear_error() }
      let count = body(tls, socket)
      let fault = errno
      if count > 0 { return count }
      var wanted = events
      if let tls {
        switch SSL_get_error(tls, Int32(count)) {
        case SSL_ERROR_WANT_READ: wanted = POLLIN
        case SSL_ERROR_WANT_WRITE: wanted = POLLOUT
        default: throw .unreachable("the connection ended")
        }
      } else if count == 0 || (fault != EAGAIN && fault != EINTR) {
        throw .unreachable("the connection ended")
      }
      let left = ContinuousClock.now.duration(to: deadline) / .milliseconds(1)
      guard left > 0 else { throw .unreachable("no answer in time") }
      var waiting = pollfd(fd: socket, events: Int16(wanted), revents: 0)
      guard poll(&waiting, 1, Int32(left.rounded(.up))) >= 0 || errno == EINTR else {
        throw .unreachable("the socket cannot be waited for")
      }
    }
  }
}

extension timeval {
  fileprivate init(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    self.init(tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
  }
}
