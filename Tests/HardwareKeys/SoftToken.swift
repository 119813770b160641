import Foundation
import Synchronization

/// A token of SoftHSM in a folder of this process, with an AES key that was made in it.
enum SoftToken {
  static let module = "/usr/lib/softhsm/libsofthsm2.so"
  private static let isMade = Mutex(false)

  static var isThere: Bool { FileManager.default.fileExists(atPath: module) }

  /// Makes it, once; SoftHSM reads its configuration when it is loaded.
  static func make() throws {
    try isMade.withLock { isMade in
      guard !isMade else { return }
      let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("artel-softhsm-\(UUID().uuidString)")
      let tokens = folder.appendingPathComponent("tokens")
      try FileManager.default.createDirectory(at: tokens, withIntermediateDirectories: true)
      atexit { SoftToken.remove() }
      path.withLock { $0 = folder.path }
      let configuration = folder.appendingPathComponent("softhsm2.conf")
      try "directories.tokendir = \(tokens.path)\nobjectstore.backend = file\nlog.level = ERROR\n"
        .write(to: configuration, atomically: true, encoding: .utf8)
      setenv("SOFTHSM2_CONF", configuration.path, 1)
      try run(
        "/usr/bin/softhsm2-util",
        "--init-token", "--free", "--label", "artel", "--so-pin", "5678", "--pin", "1234")
      // Nobody gets into this one: who is in a token once has its whole process in.
      try run(
        "/usr/bin/softhsm2-util",
        "--init-token", "--free", "--label", "closed", "--so-pin", "5678", "--pin", "1234")
      for key in ["kek", "next"] {
        try run(
          "/usr/bin/pkcs11-tool", "--module", module, "--token-label", "artel", "--login", "--pin",
          "1234", "--keygen", "--key-type", "AES:32", "--label", key, "--sensitive")
      }
      isMade = true
    }
  }

  private static let path = Mutex("")

  /// Takes the token out, or puts it back.
  static func take(away: Bool) throws {
    let folder = path.withLock { $0 }
    let places = away ? ["tokens", "away"] : ["away", "tokens"]
    try FileManager.default.moveItem(
      atPath: "\(folder)/\(places[0])", toPath: "\(folder)/\(places[1])")
  }

  private static func remove() {
    try? FileManager.default.removeItem(atPath: path.withLock { $0 })
  }

  private struct Failure: Error { let output: String }

  private static func run(_ program: String, _ arguments: String...) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(output: String(decoding: output, as: UTF8.self))
    }
  }
}
