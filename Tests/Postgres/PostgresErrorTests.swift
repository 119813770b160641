import TestSupport
import Testing

@testable import Postgres

@Suite("Errors")
struct PostgresErrorTests {
  @Test(
    "each SQLSTATE has its class",
    arguments: [
      ("23505", PostgresError.Code.uniqueViolation), ("23503", .foreignKeyViolation),
      ("23001", .foreignKeyViolation), ("23514", .checkViolation), ("23502", .notNullViolation),
      ("23P01", .exclusionViolation), ("42501", .insufficientPrivilege),
      ("40001", .serializationFailure), ("40P01", .serializationFailure), ("55P03", .lockTimeout),
      ("57014", .cancelled), ("53300", .tooManyConnections), ("53100", .resourcesExhausted),
      ("53200", .resourcesExhausted), ("57P01", .unavailable), ("57P03", .unavailable),
      ("08006", .unavailable), ("25P03", .unavailable), ("22P02", .invalidValue),
      ("42703", .server),
      ("XX000", .server), ("25P02", .transactionAborted),
    ])
  func classes(_ sqlState: String, _ code: PostgresError.Code) {
    #expect(PostgresError.Code(sqlState: sqlState) == code)
  }

  @Test("each class has its failure for domains")
  func failures() {
    func failure(_ code: PostgresError.Code) -> PostgresError.Failure {
      PostgresError(code: code, constraint: "c").failure
    }
    #expect(failure(.uniqueViolation) == .uniqueViolation(constraint: "c"))
    #expect(failure(.foreignKeyViolation) == .foreignKeyViolation(constraint: "c"))
    for code in [PostgresError.Code.checkViolation, .notNullViolation, .invalidValue] {
      #expect(failure(code) == .checkViolation(constraint: "c"))
    }
    #expect(failure(.serializationFailure) == .serialization)
    #expect(failure(.lockTimeout) == .serialization)
    #expect(failure(.tooManyConnections) == .poolExhausted)
    #expect(failure(.resourcesExhausted) == .poolExhausted)
    #expect(failure(.shutDown) == .unavailable)
    #expect(failure(.deadlineExceeded) == .deadlineExceeded)
    #expect(failure(.decoding) == .other)
  }

  @Test("the description is code, SQLSTATE and constraint", .covers("S-D18"))
  func description() {
    let error = PostgresError(code: .uniqueViolation, sqlState: "23505", constraint: "note_pkey")
    #expect("\(error)" == "PostgresError(uniqueViolation, SQLSTATE 23505, constraint note_pkey)")
  }

  @Test("timestamps keep microseconds on both sides of the epoch")
  func timestamps() {
    let before = Timestamp(seconds: -1, nanoseconds: 250_000_999)
    #expect(before.microseconds == -750_000)
    #expect(before.seconds == -1)
    #expect(before.nanoseconds == 250_000_000)
    #expect(Timestamp(microseconds: 1_500_000).seconds == 1)
    #expect(before < Timestamp.now())
  }

  @Test(
    "only names need a look-up",
    arguments: [
      ("/run/x", false), ("127.0.0.1", false), ("::1", false), ("db", true),
      ("db.example.org", true),
    ])
  func hosts(_ host: String, _ needed: Bool) {
    let configuration = PostgresConfiguration(host: host, database: "d", user: "u", password: "p")
    #expect(configuration.needsResolution == needed)
  }

  @Test("a name's addresses go to libpq beside the name, for the certificate's sake")
  func keywords() {
    var configuration = PostgresConfiguration(
      host: "db.example.org", database: "d", user: "u", password: "p")
    configuration.transportSecurity = .verified(rootCertificateFile: "/roots.pem")
    let keywords = Dictionary(
      uniqueKeysWithValues: configuration.keywords(addresses: ["10.0.0.1", "10.0.0.2"]))
    #expect(keywords["host"] == "db.example.org,db.example.org")
    #expect(keywords["hostaddr"] == "10.0.0.1,10.0.0.2")
    #expect(keywords["sslmode"] == "verify-full")
    #expect(HostLookup.addresses(of: "localhost").contains("127.0.0.1"))
  }
}
