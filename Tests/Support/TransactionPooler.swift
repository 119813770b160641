import Foundation

/// PgBouncer before a cluster, handing connections from transaction to transaction. It ends with the
/// test process, however that ends.
public final class TransactionPooler: Sendable {
  /// The folder of its socket, which is the cluster's.
  public let socketDirectory: String
  public let port: Int
  private let process: pid_t
  private let input: Int32

  /// - Parameters:
  ///   - connections: how many it opens to the server for each database and role.
  ///   - port: part of its socket's name.
  public init(
    before cluster: PostgresCluster, user: String, password: String, connections: Int,
    port: Int = Int.random(in: 10_000...60_000)
  ) async throws {
    socketDirectory = cluster.socketDirectory
    self.port = port
    let folder = cluster.socketDirectory
    let settings = "\(folder)/pooler-\(port).ini"
    let users = "\(folder)/pooler-\(port).users"
    try Data(
      """
      [databases]
      * = host=\(folder) port=\(cluster.port)
      [pgbouncer]
      listen_addr =
      listen_port = \(port)
      unix_socket_dir = \(folder)
      auth_type = scram-sha-256
      auth_file = \(users)
      pool_mode = transaction
      default_pool_size = \(connections)
      max_client_conn = 500
      ; It refuses everybody for as long when a connection ends while it logs in, which tests do to
      ; it: by default, for 15 seconds.
      server_login_retry = 0.1
      logfile = \(folder)/pooler-\(port).log

      """.utf8
    ).write(to: URL(fileURLWithPath: settings))
    try Data("\"\(user)\" \"\(password)\"\n".utf8).write(to: URL(fileURLWithPath: users))
    if geteuid() == 0 {
      try await Subprocess.run("/bin/chown", ["postgres:", settings, users])
    }
    // The shell waits for the end of this process, and takes PgBouncer along.
    let script = """
      exec >/dev/null 2>&1
      /usr/sbin/pgbouncer \(settings) & child=$!
      read -r line
      kill -KILL $child
      """
    let shell = PostgresCluster.asServer("/bin/sh") + ["-c", script]
    let child = try Subprocess.start(shell[0], Array(shell.dropFirst()))
    close(child.output)
    process = child.process
    input = child.input
    let socket = "\(folder)/.s.PGSQL.\(port)"
    for _ in 0..<1000 where access(socket, F_OK) != 0 {
      try await Task.sleep(for: .milliseconds(10))
    }
    guard access(socket, F_OK) == 0 else { throw NotReady() }
  }

  deinit {
    close(input)
    // A child that nobody waits for keeps tests with processes of their own from seeing theirs end.
    Thread.detachNewThread { [process] in
      var status: Int32 = 0
      while waitpid(process, &status, 0) < 0, errno == EINTR {}
    }
  }

  /// Runs SQL by psql through it and gives its output: unaligned, tuples only.
  public func sql(
    _ text: String, database: String, user: String, password: String
  ) async throws -> String {
    try await Subprocess.run(
      PostgresCluster.tool("psql"),
      [
        "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d",
        "host=\(socketDirectory) port=\(port) dbname=\(database) user=\(user) password=\(password)",
      ], input: text)
  }

  struct NotReady: Error {}
}
