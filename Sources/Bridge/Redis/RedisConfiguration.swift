/// Where a Redis server is, and how long it may take.
public struct RedisConfiguration: Sendable {
  /// A name or an address, or the path of a Unix socket.
  public var host: String
  /// The port; of no meaning with a Unix socket.
  public var port: Int
  /// The user (ACL); nil for the default one.
  public var user: String?
  /// The password; nil where none is asked for.
  public var password: String?
  /// A PEM file of the authorities that may have signed the server's certificate; nil speaks without
  /// TLS.
  public var trustRootsFile: String?
  /// How long a connection may take to stand, and a command to be answered.
  public var timeout: Duration

  /// Creates a configuration.
  public init(
    host: String, port: Int = 6379, user: String? = nil, password: String? = nil,
    trustRootsFile: String? = nil, timeout: Duration = .milliseconds(250)
  ) {
    self.host = host
    self.port = port
    self.user = user
    self.password = password
    self.trustRootsFile = trustRootsFile
    self.timeout = timeout
  }
}
