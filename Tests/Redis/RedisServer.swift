import Foundation

/// A Redis server of a test's own, behind a Unix socket or on a port with TLS.
final class RedisServer {
  let folder: URL
  private let arguments: [String]
  private var process: Process?

  var socket: String { folder.appendingPathComponent("redis.sock").path }

  init(_ more: [String] = []) throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("redis-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    arguments =
      [
        "--port", "0", "--unixsocket", folder.appendingPathComponent("redis.sock").path,
        "--save", "", "--appendonly", "no", "--dir", folder.path, "--loglevel", "warning",
      ] + more
    try start()
  }

  /// Runs `body` with a server and leaves nothing behind.
  static func with<R>(
    _ more: [String] = [], _ body: (RedisServer) async throws -> R
  ) async throws -> R {
    let server = try RedisServer(more)
    defer { server.remove() }
    return try await body(server)
  }

  func start() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["redis-server"] + arguments
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    self.process = process
    for _ in 0..<500 where !FileManager.default.fileExists(atPath: socket) {
      usleep(20_000)
    }
  }

  /// As `kill -9` does.
  func kill() {
    guard let process else { return }
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    self.process = nil
    // Nothing is lost where it is gone already.
    try? FileManager.default.removeItem(atPath: socket)
  }

  func signal(_ number: Int32) {
    if let process { Foundation.kill(process.processIdentifier, number) }
  }

  private func remove() {
    kill()
    // A folder that stays is the test machine's own business.
    try? FileManager.default.removeItem(at: folder)
  }
}
