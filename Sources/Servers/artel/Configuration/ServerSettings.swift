import Configuration
import Foundation
import Gateway
import HardwareKeys
import Pipeline
import Postgres
import SystemPackage

/// Everything that the program can be told, read once and checked before anything starts.
///
/// Plain settings are environment variables that begin with `ARTEL_`; secrets are files of the
/// secrets folder, so that no process listing and no crash report shows them.
struct ServerSettings: Sendable {
  /// A certificate with its key, as PEM, and the files that they stand in.
  struct Identity: Sendable {
    var certificateChainPEM: String
    var privateKeyPEM: String
    var certificateFile: String
    var keyFile: String

    /// Reads the files.
    init(certificateFile: String, keyFile: String) throws {
      self.certificateFile = certificateFile
      self.keyFile = keyFile
      certificateChainPEM = try ServerSettings.contents(certificateFile)
      privateKeyPEM = try ServerSettings.contents(keyFile)
    }
  }

  /// Where a database is.
  struct Database: Sendable {
    var host: String
    var port: Int
    var name: String
    /// The authorities of the server's certificate; without them the connection is not encrypted,
    /// which is allowed on this machine only.
    var trustRootsFile: String?
    /// Whether `host` is a pooler that hands connections from transaction to transaction.
    var hasTransactionPooler: Bool

    /// Whether the server is on this machine.
    var isLocal: Bool {
      host.hasPrefix("/") || host == "localhost" || host == "::1"
        || host.hasPrefix("127.") && host.utf8.allSatisfy { "0123456789.".utf8.contains($0) }
    }
  }

  var baseDomain: String
  var database: Database
  var grpcAddress: String
  var grpcLoops: Int
  var grpcMaxConnections: Int
  /// Whether callers may ask for the contracts.
  var grpcReflection: Bool
  /// The tenant whose administrators administer the process.
  var operatorTenant: String?
  /// The database cell that this process serves.
  var cell: String
  /// Where the keys are that seal the rows of `database`.
  var keyStore: Database
  /// The token's key that wraps the tenants' keys; nil where a key in a file does.
  var tokenKey: TokenKeyEncryption.Location?
  /// A token's key that only unwraps.
  var otherTokenKey: TokenKeyEncryption.Location?
  /// Whether keys and rows may be in one cluster, which no erasure survives.
  var keysSameCluster = false
  var grpcIdentity: Identity?
  var restHost: String
  var restPort: Int
  var restIdentity: Identity?
  /// Whether the REST door tells everybody what it serves.
  var restDocuments: Bool
  /// For how long browsers come by TLS alone.
  var restStrictTransport: Duration
  /// The pages that may call the REST door from browsers.
  var restOrigins: CORS?
  /// The proxies that may say whom they speak for.
  var restProxies: TrustedProxies?
  var egress: Outgoing
  var messages: Messages
  var sharing: Sharing?
  var connections: Connections
  /// The file that says which networks may call.
  var networksFile: String?
  /// How many calls of one tenant may run at once.
  var callsPerTenant: Int
  var telemetry: Telemetry
  var audit: Audit
  /// How many times the usual number of calls a caller may make.
  var rateLimitFactor: Int
  var shutdownGrace: Duration
  var logLevel: String
  var secretsDirectory: String

  private static let known: Set<String> = [
    "ARTEL_BASE_DOMAIN", "ARTEL_SECRETS_DIRECTORY", "ARTEL_DATABASE_HOST", "ARTEL_DATABASE_PORT",
    "ARTEL_DATABASE_NAME", "ARTEL_KEYS_DATABASE_HOST", "ARTEL_KEYS_DATABASE_PORT",
    "ARTEL_KEYS_DATABASE_NAME", "ARTEL_PKCS11_MODULE", "ARTEL_PKCS11_TOKEN", "ARTEL_PKCS11_KEY",
    "ARTEL_PKCS11_OTHER_MODULE", "ARTEL_PKCS11_OTHER_TOKEN", "ARTEL_PKCS11_OTHER_KEY",
    "ARTEL_KEYS_SAME_CLUSTER",
    "ARTEL_DATABASE_TRUST_ROOTS_FILE",
    "ARTEL_DATABASE_TRANSACTION_POOLER",
    "ARTEL_GRPC_ADDRESS",
    "ARTEL_GRPC_LOOPS", "ARTEL_GRPC_MAX_CONNECTIONS", "ARTEL_GRPC_REFLECTION",
    "ARTEL_OPERATOR_TENANT", "ARTEL_CELL", "ARTEL_GRPC_TLS_CERTIFICATE_FILE",
    "ARTEL_GRPC_TLS_KEY_FILE",
    "ARTEL_REST_HOST", "ARTEL_REST_PORT", "ARTEL_REST_TLS_CERTIFICATE_FILE",
    "ARTEL_REST_TLS_KEY_FILE", "ARTEL_REST_HSTS_SECONDS", "ARTEL_REST_DOCUMENTS",
    "ARTEL_CORS_ORIGINS", "ARTEL_REST_TRUSTED_PROXIES",
    "ARTEL_RATE_LIMIT_FACTOR", "ARTEL_NETWORKS_FILE", "ARTEL_CALLS_PER_TENANT",
    "ARTEL_SHUTDOWN_GRACE_SECONDS", "ARTEL_LOG_LEVEL",
    // Read by tools/run and the tests, which start the program with their own environment.
    "ARTEL_HOME", "ARTEL_LONG", "ARTEL_COVERAGE_FILE",
  ]

  /// Reads the environment.
  ///
  /// - Throws: `SettingsError` with every setting that is wrong.
  init(environment: [String: String]) throws {
    var problems = environment.keys.filter {
      let own = Self.known.union(Messages.names).union(Sharing.names).union(Telemetry.names)
        .union(Outgoing.names).union(Audit.names).union(Connections.names)
      return $0.hasPrefix("ARTEL_") && !own.contains($0)
    }
    .sorted().map { "\($0) is not a setting" }
    let config = ConfigReader(
      provider: EnvironmentVariablesProvider(environmentVariables: environment)
    ).scoped(to: "artel")

    func required(_ key: ConfigKey, _ name: String) -> String {
      if let value = config.string(forKey: key), !value.isEmpty { return value }
      problems.append("\(name) is not set")
      return ""
    }
    func number(_ key: ConfigKey, _ name: String, _ range: ClosedRange<Int>, default value: Int)
      -> Int
    { config.number(key, name, range, default: value, problems: &problems) }
    func flag(_ key: ConfigKey, _ name: String, default value: Bool) -> Bool {
      let text = config.string(forKey: key, default: "\(value)")
      if !["true", "false"].contains(text) { problems.append("\(name) is neither true nor false") }
      return text == "true"
    }
    func identity(_ certificate: ConfigKey, _ key: ConfigKey, _ name: String) -> Identity? {
      switch (config.string(forKey: certificate), config.string(forKey: key)) {
      case (nil, nil): return nil
      case (let chain?, let key?):
        do {
          return try Identity(certificateFile: chain, keyFile: key)
        } catch {
          problems.append("\(name): \(error)")
          return nil
        }
      default:
        problems.append("\(name): a certificate needs its key, and a key its certificate")
        return nil
      }
    }

    baseDomain = required("base.domain", "ARTEL_BASE_DOMAIN")
    secretsDirectory = required("secrets.directory", "ARTEL_SECRETS_DIRECTORY")
    database = Database(
      host: required("database.host", "ARTEL_DATABASE_HOST"),
      port: number("database.port", "ARTEL_DATABASE_PORT", 1...65535, default: 5432),
      name: config.string(forKey: "database.name", default: "artel"),
      trustRootsFile: config.string(forKey: "database.trust.roots.file"),
      hasTransactionPooler: flag(
        "database.transaction.pooler", "ARTEL_DATABASE_TRANSACTION_POOLER", default: false))
    keyStore = Database(
      host: config.string(forKey: "keys.database.host", default: database.host),
      port: number(
        "keys.database.port", "ARTEL_KEYS_DATABASE_PORT", 1...65535, default: database.port),
      name: config.string(forKey: "keys.database.name", default: "artel_keys"),
      trustRootsFile: database.trustRootsFile, hasTransactionPooler: false)
    tokenKey = Self.tokenKey(
      config, "pkcs11", "ARTEL_PKCS11_MODULE, ARTEL_PKCS11_TOKEN and ARTEL_PKCS11_KEY",
      problems: &problems)
    otherTokenKey = Self.tokenKey(
      config, "pkcs11.other",
      "ARTEL_PKCS11_OTHER_MODULE, ARTEL_PKCS11_OTHER_TOKEN and ARTEL_PKCS11_OTHER_KEY",
      problems: &problems)
    switch config.string(forKey: "keys.same.cluster") {
    case nil: break
    case "development": keysSameCluster = true
    default: problems.append("ARTEL_KEYS_SAME_CLUSTER is not development")
    }
    if keyStore.host == database.host, keyStore.port == database.port,
      keyStore.name == database.name
    {
      problems.append("ARTEL_KEYS_DATABASE_NAME is the database that its keys seal")
    }
    if !keyStore.host.isEmpty && !keyStore.isLocal && keyStore.trustRootsFile == nil {
      problems.append(
        "ARTEL_KEYS_DATABASE_HOST is another machine: ARTEL_DATABASE_TRUST_ROOTS_FILE is needed")
    }
    if !database.host.isEmpty && !database.isLocal && database.trustRootsFile == nil {
      problems.append(
        "ARTEL_DATABASE_HOST is another machine: ARTEL_DATABASE_TRUST_ROOTS_FILE is needed")
    }
    grpcAddress = config.string(forKey: "grpc.address", default: "127.0.0.1:9090")
    grpcLoops = number("grpc.loops", "ARTEL_GRPC_LOOPS", 1...64, default: 2)
    grpcMaxConnections = number(
      "grpc.max.connections", "ARTEL_GRPC_MAX_CONNECTIONS", 1...1_000_000, default: 20_000)
    grpcReflection = flag("grpc.reflection", "ARTEL_GRPC_REFLECTION", default: true)
    restDocuments = flag("rest.documents", "ARTEL_REST_DOCUMENTS", default: true)
    restStrictTransport = .seconds(
      number("rest.hsts.seconds", "ARTEL_REST_HSTS_SECONDS", 0...63_072_000, default: 31_536_000))
    operatorTenant = config.string(forKey: "operator.tenant").flatMap { $0.isEmpty ? nil : $0 }
    cell = config.string(forKey: "cell", default: "main")
    grpcIdentity = identity(
      "grpc.tls.certificate.file", "grpc.tls.key.file", "the gRPC port's certificate")
    restHost = config.string(forKey: "rest.host", default: "127.0.0.1")
    restPort = number("rest.port", "ARTEL_REST_PORT", 0...65535, default: 8080)
    restIdentity = identity(
      "rest.tls.certificate.file", "rest.tls.key.file", "the REST port's certificate")
    if let origins = config.string(forKey: "cors.origins") {
      let list = origins.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
      do {
        restOrigins = list.isEmpty ? nil : try CORS(origins: list)
      } catch {
        problems.append("ARTEL_CORS_ORIGINS: \(error)")
      }
    }
    if let ranges = config.string(forKey: "rest.trusted.proxies"), !ranges.isEmpty {
      restProxies = TrustedProxies(
        ranges.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) })
      if restProxies == nil {
        problems.append("ARTEL_REST_TRUSTED_PROXIES is no list of ranges as CIDR writes them")
      }
    }
    rateLimitFactor = number(
      "rate.limit.factor", "ARTEL_RATE_LIMIT_FACTOR", 1...10_000, default: 1)
    shutdownGrace = .seconds(
      number("shutdown.grace.seconds", "ARTEL_SHUTDOWN_GRACE_SECONDS", 0...3600, default: 10))
    logLevel = config.string(forKey: "log.level", default: "info")
    egress = Outgoing(config, problems: &problems)
    messages = Messages(config, problems: &problems)
    sharing = Sharing(config, problems: &problems)
    connections = Connections(config, problems: &problems)
    networksFile = config.string(forKey: "networks.file")
    callsPerTenant = number(
      "calls.per.tenant", "ARTEL_CALLS_PER_TENANT", 1...100_000, default: 500)
    telemetry = Telemetry(config, problems: &problems)
    audit = Audit(config, problems: &problems)
    guard problems.isEmpty else { throw SettingsError(problems: problems) }
  }

  static func contents(_ path: String) throws -> String {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw SettingsError(problems: ["\(path) cannot be read"])
    }
    return String(decoding: data, as: UTF8.self)
  }
}

/// What is wrong with the settings.
struct SettingsError: Error, Sendable, CustomStringConvertible {
  let problems: [String]
  var description: String { problems.joined(separator: "; ") }
}
