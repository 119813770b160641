import Glibc
import Postgres
import TestSupport
import Testing

@Suite("TLS to the server", .serialized)
struct TransportSecurityTests {
  /// A cluster that listens on 127.0.0.1 with a certificate for "localhost", which is its own root.
  private func makeDatabase() async throws -> (TenantDatabase, root: String) {
    let cluster = try await PostgresCluster(port: try freePort())
    let folder = cluster.socketDirectory
    let postgres = try await cluster.createDatabase()
    // The server's own user makes the key, so that it owns it.
    try await postgres.sql(
      """
      COPY (SELECT 1) TO PROGRAM 'openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 \
      -nodes -subj /CN=localhost -addext subjectAltName=DNS:localhost -days 2 \
      -keyout \(folder)/server.key -out \(folder)/server.crt 2>/dev/null';
      ALTER SYSTEM SET ssl_cert_file = '\(folder)/server.crt';
      ALTER SYSTEM SET ssl_key_file = '\(folder)/server.key';
      ALTER SYSTEM SET ssl = on;
      ALTER SYSTEM SET listen_addresses = '127.0.0.1';
      """)
    try await cluster.stop()
    try await cluster.start()
    return (try await TenantDatabase(on: cluster), "\(folder)/server.crt")
  }

  private func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(descriptor, address, length) == 0 && getsockname(descriptor, address, &length) == 0
      }
    }
    try #require(bound)
    return Int(UInt16(bigEndian: address.sin_port))
  }

  @Test("is verified against the host's name, and carries large results and cancellations")
  func verified() async throws {
    let (database, root) = try await makeDatabase()
    try await database.withPool {
      $0.host = "localhost"
      $0.transportSecurity = .verified(rootCertificateFile: root)
      $0.poolSize = 1
    } _: { pool in
      let encrypted = try await pool.query(
        Statement("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"), in: nil)
      #expect(try encrypted.first?.bool(0) == true)
      let block = [UInt8](repeating: 0x5A, count: 3 << 20)
      for _ in 0..<3 {
        let rows = try await pool.query(Statement("SELECT $1", .bytes(block)), in: nil)
        #expect(try rows.first?.bytes(0) == block)
      }
      let many = try await pool.read(
        Statement("SELECT n, repeat('x', n % 700) FROM generate_series(1, 20000) AS n"), in: nil)
      #expect(many.count == 20_000)
      #expect(try many.last?.int(0) == 20_000)
      let error = try await failure {
        _ = try await pool.read(
          Statement("SELECT pg_sleep(30)"), in: nil, deadline: .now + .milliseconds(500))
      }
      #expect(error.code == .deadlineExceeded)
      #expect(pool.statistics.created == 1)

      // The same server under a name that its certificate does not have, or with another root.
      for (host, file) in [("127.0.0.1", root), ("localhost", "/nowhere.pem")] {
        var configuration = pool.configuration
        configuration.host = host
        configuration.transportSecurity = .verified(rootCertificateFile: file)
        let other = PostgresPool(configuration, logger: .silent)
        let refused = try await failure { _ = try await other.query(.count, in: nil) }
        #expect(refused.code == .unavailable)
        await other.shutdown()
      }

      // A listener looks the name up as well.
      let listener = try PostgresListener(
        pool.configuration, channels: ["changes"], logger: .silent)
      for await event in listener.events {
        #expect(event == .connected)
        break
      }
      let status = try await Migrator(pool.configuration, migrations: [], logger: .silent).status()
      #expect(status == MigrationStatus())
    }
    try await database.fixture.cluster.stop()
  }
}
