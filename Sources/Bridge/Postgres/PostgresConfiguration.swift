/// How to reach one database as one login role, and the limits of that role's pool.
public struct PostgresConfiguration: Sendable {
  /// How the connection is protected on its way. A Unix socket never uses TLS.
  public enum TransportSecurity: Sendable {
    /// No TLS: for Unix sockets and loopback only.
    case plaintext
    /// TLS; the server's chain and host name are checked against the PEM file of trusted roots.
    case verified(rootCertificateFile: String)
  }

  /// The folder of the server's Unix socket (begins with `/`), or a host name or address.
  public var host: String
  /// The port, which is part of the socket's file name too.
  public var port: Int
  /// The database's name.
  public var database: String
  /// The login role.
  public var user: String
  /// The role's password; never part of a description.
  public var password: String
  /// Protection of a TCP connection.
  public var transportSecurity: TransportSecurity = .plaintext
  /// Whether a pooler stands before the server that hands its connections from transaction to
  /// transaction, such as PgBouncer with `pool_mode = transaction`. Statements are then not kept
  /// prepared, and what else is said to a connection once is said to every transaction.
  public var hasTransactionPooler = false
  /// What `pg_stat_activity` shows.
  public var applicationName = "artel"

  /// The most connections that this role's pool opens.
  public var poolSize = 4
  /// The most callers that wait for a connection; one more is refused at once.
  public var maxWaiters = 256
  /// The longest wait for a connection when the caller's deadline is later or absent.
  public var acquireTimeout: Duration = .seconds(5)
  /// The longest time for connecting and authenticating.
  public var connectTimeout: Duration = .seconds(5)
  /// The longest time of one statement when the caller sets no deadline.
  public var statementTimeout: Duration = .seconds(30)
  /// How long a transaction may sit open without a statement before the server ends it.
  public var idleInTransactionTimeout: Duration = .seconds(60)
  /// How long a cancelled statement may take to end before its connection is closed.
  public var cancelGrace: Duration = .seconds(2)
  /// The most bytes of rows that the statements of one round trip may return.
  public var resultByteLimit = 64 << 20

  public init(
    host: String, port: Int = 5432, database: String, user: String, password: String
  ) {
    self.host = host
    self.port = port
    self.database = database
    self.user = user
    self.password = password
  }
}

extension PostgresConfiguration: CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// Where and as whom; no password.
  public var description: String { "\(user)@\(host):\(port)/\(database)" }
  public var debugDescription: String { description }
  /// Empty: `dump` and interpolation must not find the password.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension PostgresConfiguration {
  /// A host name has to be looked up, which blocks; a socket's folder or an address does not.
  var needsResolution: Bool {
    !host.hasPrefix("/") && !host.utf8.contains(UInt8(ascii: ":"))
      && host.utf8.contains { !($0 == UInt8(ascii: ".") || (0x30...0x39).contains($0)) }
  }

  /// The keywords of libpq. Everything that the environment could otherwise decide is said.
  /// - Parameter addresses: what `host` resolved to; empty when it needs no look-up.
  func keywords(addresses: [String] = []) -> [(String, String)] {
    let hosts = Array(repeating: host, count: max(1, addresses.count)).joined(separator: ",")
    var result = [
      ("host", hosts), ("port", String(port)), ("dbname", database), ("user", user),
      ("password", password), ("application_name", applicationName), ("client_encoding", "UTF8"),
      ("gssencmode", "disable"), ("target_session_attrs", "any"),
      ("connect_timeout", String(max(2, connectTimeout.components.seconds))),
      ("keepalives_idle", "30"), ("keepalives_interval", "10"), ("keepalives_count", "3"),
      ("tcp_user_timeout", "30000"),
    ]
    // A pooler refuses them: the server's session is not this client's.
    if !hasTransactionPooler {
      let timeout = idleInTransactionTimeout.milliseconds
      result.append(
        ("options", "-c timezone=UTC -c idle_in_transaction_session_timeout=\(timeout)"))
    }
    if !addresses.isEmpty { result.append(("hostaddr", addresses.joined(separator: ","))) }
    switch transportSecurity {
    case .plaintext:
      result.append(("sslmode", "disable"))
    case .verified(let file):
      result += [("sslmode", "verify-full"), ("sslrootcert", file)]
    }
    return result
  }
}

extension Duration {
  /// Whole milliseconds, rounded up, so that a positive duration never becomes 0.
  var milliseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
  }
}
