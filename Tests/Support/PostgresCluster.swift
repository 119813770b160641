import Foundation
import Synchronization

/// A private PostgreSQL server for tests: its data in a temporary folder, reachable by a Unix socket
/// in the same folder, passwords by SCRAM. It and its folder disappear with the test process, even
/// when that is killed.
///
/// PostgreSQL refuses to run as root: started by root, the server runs as `postgres`.
public final class PostgresCluster: Sendable {
  /// The folder of the socket.
  public let socketDirectory: String
  public let port: Int
  public let superuser = "postgres"
  public let superuserPassword: String

  private static let sharedStart = Mutex<Task<PostgresCluster, any Error>?>(nil)

  /// The one cluster of this process, made at first use.
  public static func shared() async throws -> PostgresCluster {
    let task = sharedStart.withLock { start in
      let task = start ?? Task { try await PostgresCluster() }
      start = task
      return task
    }
    return try await task.value
  }

  /// A cluster of its own, for a test that stops or kills the server.
  /// - Parameter port: part of the socket's name; of a TCP port only if a test lets it listen.
  public init(port: Int = 5432) async throws {
    self.port = port
    var template = Array("/tmp/artel-pg-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw Failure("mkdtemp failed: errno \(errno)") }
    socketDirectory = String(cString: made)
    superuserPassword = Self.randomName()
    try Watchdog.guardFolder(socketDirectory, stop: Self.asServer(Self.tool("pg_ctl")))
    try await create()
    try await start()
  }

  /// Starts the server and waits until it answers.
  public func start() async throws {
    try await run("pg_ctl", ["-D", data, "-w", "-s", "-l", "\(socketDirectory)/log", "start"])
  }

  /// Stops the server: at once, as by a power failure, or after its sessions were ended.
  public func stop(immediately: Bool = false) async throws {
    try await run(
      "pg_ctl", ["-D", data, "-w", "-s", "-m", immediately ? "immediate" : "fast", "stop"])
  }

  /// A fresh database.
  public func createDatabase() async throws -> DatabaseFixture {
    let name = "t_" + Self.randomName()
    let template = DatabaseFixture(cluster: self, name: "postgres")
    try await template.sql("CREATE DATABASE \(name) TEMPLATE template0")
    return DatabaseFixture(cluster: self, name: name)
  }

  static func randomName() -> String {
    (0..<2).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined()
  }

  private var data: String { "\(socketDirectory)/data" }

  private func create() async throws {
    let passwordFile = "\(socketDirectory)/password"
    try Data(superuserPassword.utf8).write(to: URL(fileURLWithPath: passwordFile))
    if geteuid() == 0 {
      try await Subprocess.run("/bin/chown", ["-R", "postgres:", socketDirectory])
    }
    try await run(
      "initdb",
      [
        "-D", data, "-U", superuser, "--auth=scram-sha-256", "--pwfile=\(passwordFile)",
        "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions",
      ])
    // Has to survive a crash of the server, but no power failure.
    let settings = """

      listen_addresses = ''
      unix_socket_directories = '\(socketDirectory)'
      port = \(port)
      max_connections = 200
      shared_buffers = 32MB
      fsync = off
      full_page_writes = off
      log_min_messages = fatal
      """
    let handle = try FileHandle(forUpdating: URL(fileURLWithPath: "\(data)/postgresql.conf"))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(settings.utf8))
    try handle.close()
  }

  @discardableResult
  private func run(_ name: String, _ arguments: [String]) async throws -> String {
    let command = try Self.asServer(Self.tool(name)) + arguments
    return try await Subprocess.run(command[0], Array(command.dropFirst()))
  }

  /// The newest server's program.
  static func tool(_ name: String) throws -> String {
    let root = "/usr/lib/postgresql"
    let versions = try FileManager.default.contentsOfDirectory(atPath: root)
      .sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }
    guard let version = versions.first else { throw Failure("PostgreSQL is not installed") }
    return "\(root)/\(version)/bin/\(name)"
  }

  static func asServer(_ program: String) -> [String] {
    geteuid() == 0 ? ["/usr/sbin/runuser", "-u", "postgres", "--", program] : [program]
  }

  struct Failure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
  }
}

/// One database of a cluster, with the superuser's hands on it.
public struct DatabaseFixture: Sendable {
  public let cluster: PostgresCluster
  public let name: String

  /// For libpq and psql, as superuser.
  public var superuserConninfo: String {
    "host=\(cluster.socketDirectory) port=\(cluster.port) dbname=\(name) "
      + "user=\(cluster.superuser) password=\(cluster.superuserPassword)"
  }

  /// Runs SQL by psql as superuser and gives its output: unaligned, tuples only.
  @discardableResult
  public func sql(_ text: String) async throws -> String {
    try await Subprocess.run(
      PostgresCluster.tool("psql"),
      ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", superuserConninfo], input: text)
  }

  /// Creates a login role. Roles belong to the whole cluster, so the name gets a random end.
  /// - Parameter attributes: what follows `LOGIN`, for instance `BYPASSRLS`.
  public func createRole(
    _ prefix: String, _ attributes: String = ""
  ) async throws -> (user: String, password: String) {
    let role = (
      user: "\(prefix)_\(PostgresCluster.randomName())", password: PostgresCluster.randomName()
    )
    try await sql("CREATE ROLE \(role.user) LOGIN \(attributes) PASSWORD '\(role.password)'")
    return role
  }
}

/// Child processes, started by posix_spawn: Foundation's `Process` takes a daemon that a child
/// leaves behind for the child, and waits for it.
public enum Subprocess {
  /// Runs a program to its end and gives what it printed.
  @discardableResult
  public static func run(
    _ program: String, _ arguments: [String], input: String = ""
  ) async throws -> String {
    try await withCheckedThrowingContinuation { continuation in
      // Its own thread: the queues' threads are those of Swift's tasks.
      Thread.detachNewThread {
        continuation.resume(with: Result { try runBlocking(program, arguments, input) })
      }
    }
  }

  private static func runBlocking(
    _ program: String, _ arguments: [String], _ input: String
  ) throws -> String {
    let child = try start(program, arguments)
    // A command is smaller than the pipe, or is read while it runs.
    let standardInput = FileHandle(fileDescriptor: child.input, closeOnDealloc: true)
    let output = FileHandle(fileDescriptor: child.output, closeOnDealloc: true)
    try standardInput.write(contentsOf: Data(input.utf8))
    try standardInput.close()
    let text = String(decoding: try output.readToEnd() ?? Data(), as: UTF8.self)
    var status: Int32 = 0
    while waitpid(child.process, &status, 0) < 0 {
      guard errno == EINTR else { throw PostgresCluster.Failure("waitpid: errno \(errno)") }
    }
    guard status == 0 else { throw PostgresCluster.Failure("\(program) failed: \(text)") }
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Starts a program in /tmp. Gives the ends of its input and its output, which the caller closes.
  static func start(
    _ program: String, _ arguments: [String]
  ) throws -> (process: pid_t, input: Int32, output: Int32) {
    // Sockets, because they can be closed on exec from the start: no other child keeps an end.
    var (input, output): ([Int32], [Int32]) = ([0, 0], [0, 0])
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &input) == 0, socketpair(AF_UNIX, kind, 0, &output) == 0
    else { throw PostgresCluster.Failure("socketpair: errno \(errno)") }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input[0], 0)
    posix_spawn_file_actions_adddup2(&actions, output[1], 1)
    posix_spawn_file_actions_adddup2(&actions, output[1], 2)
    for descriptor in 3..<Int32(256) { posix_spawn_file_actions_addclose(&actions, descriptor) }
    let words = ["env", "-C", "/tmp", program] + arguments
    var copies = words.map { strdup($0) } + [nil]
    defer { for copy in copies { free(copy) } }
    var process = pid_t()
    let failure = posix_spawn(&process, "/usr/bin/env", &actions, nil, &copies, environ)
    close(input[0])
    close(output[1])
    guard failure == 0 else {
      close(input[1])
      close(output[0])
      throw PostgresCluster.Failure("\(program) does not start: errno \(failure)")
    }
    return (process, input[1], output[0])
  }
}

/// A shell that waits for the end of this process, however it comes, and then stops the server and
/// removes its folder.
private enum Watchdog {
  private static let folders = Mutex<[(folder: String, input: Int32)]>([])

  static func guardFolder(_ folder: String, stop: [String]) throws {
    // The pipe of its input ends with this process.
    let script = """
      trap '' INT TERM HUP
      exec >/dev/null 2>&1
      read -r line
      \(stop.joined(separator: " ")) -D \(folder)/data -s -w -m immediate stop
      rm -rf \(folder)
      """
    let shell = try Subprocess.start("/bin/sh", ["-c", script])
    close(shell.output)
    folders.withLock { folders in
      if folders.isEmpty { atexit { Watchdog.removeAll() } }
      folders.append((folder, shell.input))
    }
  }

  /// At a normal exit: waits until nothing is left.
  private static func removeAll() {
    let all = folders.withLock { $0 }
    for entry in all { close(entry.input) }
    for entry in all {
      for _ in 0..<1000 where access(entry.folder, F_OK) == 0 { usleep(10_000) }
    }
  }
}
