import Foundation
import TestSupport
import Testing

@Suite("A search for what is sealed")
struct SearchTests {
  /// The modules that were built beside this test.
  private static let modules = URL(fileURLWithPath: CommandLine.arguments[0])
    .deletingLastPathComponent().appendingPathComponent("Modules").path

  /// Whether the compiler takes a line, with the columns of a contract in front of it.
  private func compiles(_ line: String) throws -> Bool {
    let source = """
      import Sealing
      let login = SealedColumn<String, BlindIndex>(
        table: "person", name: "sealed_login", key: "person_id", subject: "person_id",
        index: "login_index", normalization: .lowercase)
      let name = SealedColumn<String, NoSearch>(
        table: "person", name: "sealed_display_name", key: "person_id", subject: "person_id")
      \(line)
      """
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("artel-search-\(UUID().uuidString).swift")
    try source.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    let compiler = Process()
    compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    compiler.arguments = ["swiftc", "-typecheck", "-I", Self.modules, file.path]
    compiler.standardOutput = FileHandle.nullDevice
    compiler.standardError = FileHandle.nullDevice
    try compiler.run()
    compiler.waitUntilExit()
    return compiler.terminationStatus == 0
  }

  @Test(
    "compiles for a column with a blind index, and for no other", .covers("A10"),
    .enabled(
      if: FileManager.default.fileExists(atPath: "\(SearchTests.modules)/Sealing.swiftmodule")))
  func types() throws {
    #expect(try compiles("print(login.index, login.normalization)"))
    #expect(try compiles("print(name.table, login.table)"))
    #expect(try !compiles("print(name.index)"))
    #expect(
      try !compiles(
        """
        _ = SealedColumn<String, NoSearch>(
          table: "a", name: "b", key: "c", subject: nil, index: "d", normalization: .exact)
        """))
    #expect(try !compiles("print(login.value)"))
  }
}
