import Configuration
import Foundation
import Gateway
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

  /// Where the database is.
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

  /// What calls to other systems may do.
  struct Egress: Sendable {
    var trustRootsPEM: String?
    var allowLoopback: Bool
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
  var egress: Egress
  var messages: Messages
  /// How many times the usual number of calls a caller may make.
  var rateLimitFactor: Int
  var shutdownGrace: Duration
  var logLevel: String
  var secretsDirectory: String

  private static let known: Set<String> = [
    "ARTEL_BASE_DOMAIN", "ARTEL_SECRETS_DIRECTORY", "ARTEL_DATABASE_HOST", "ARTEL_DATABASE_PORT",
    "ARTEL_DATABASE_NAME", "ARTEL_DATABASE_TRUST_ROOTS_FILE", "ARTEL_DATABASE_TRANSACTION_POOLER",
    "ARTEL_GRPC_ADDRESS",
    "ARTEL_GRPC_LOOPS", "ARTEL_GRPC_MAX_CONNECTIONS", "ARTEL_GRPC_REFLECTION",
    "ARTEL_OPERATOR_TENANT", "ARTEL_CELL", "ARTEL_GRPC_TLS_CERTIFICATE_FILE",
    "ARTEL_GRPC_TLS_KEY_FILE",
    "ARTEL_REST_HOST", "ARTEL_REST_PORT", "ARTEL_REST_TLS_CERTIFICATE_FILE",
    "ARTEL_REST_TLS_KEY_FILE", "ARTEL_REST_HSTS_SECONDS", "ARTEL_REST_DOCUMENTS",
    "ARTEL_CORS_ORIGINS",
    "ARTEL_EGRESS_TRUST_ROOTS_FILE", "ARTEL_EGRESS_ALLOW_LOOPBACK",
    "ARTEL_RATE_LIMIT_FACTOR", "ARTEL_SHUTDOWN_GRACE_SECONDS", "ARTEL_LOG_LEVEL",
    // Read by tools/run and the tests, which start the program with their own environment.
    "ARTEL_HOME", "ARTEL_LONG", "ARTEL_COVERAGE_FILE",
  ]

  /// Reads the environment.
  ///
  /// - Throws: `SettingsError` with every setting that is wrong.
  init(environment: [String: String]) throws {
    var problems = environment.keys.filter {
      $0.hasPrefix("ARTEL_") && !Self.known.union(Messages.names).contains($0)
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
    {
      guard let text = config.string(forKey: key) else { return value }
      guard let number = Int(text), range.contains(number) else {
        problems.append("\(name) is not a number from \(range.lowerBound) to \(range.upperBound)")
        return value
      }
      return number
    }
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
    rateLimitFactor = number(
      "rate.limit.factor", "ARTEL_RATE_LIMIT_FACTOR", 1...10_000, default: 1)
    shutdownGrace = .seconds(
      number("shutdown.grace.seconds", "ARTEL_SHUTDOWN_GRACE_SECONDS", 0...3600, default: 10))
    logLevel = config.string(forKey: "log.level", default: "info")
    var roots: String?
    if let path = config.string(forKey: "egress.trust.roots.file") {
      do {
        roots = try Self.contents(path)
      } catch {
        problems.append("ARTEL_EGRESS_TRUST_ROOTS_FILE: \(error)")
      }
    }
    egress = Egress(
      trustRootsPEM: roots,
      allowLoopback: flag("egress.allow.loopback", "ARTEL_EGRESS_ALLOW_LOOPBACK", default: false))
    messages = Messages(config, problems: &problems)
    guard problems.isEmpty else { throw SettingsError(problems: problems) }
  }

  private static func contents(_ path: String) throws -> String {
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
