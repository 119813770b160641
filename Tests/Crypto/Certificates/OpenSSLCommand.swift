import Foundation
import Testing

/// The `openssl` program in a folder of its own that goes away with this value: a second opinion
/// on what we issue, and a maker of certificates that our own code refuses to make.
final class OpenSSLCommand {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("artel-crypto-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit {
    // Nothing can be done about a folder that stays.
    try? FileManager.default.removeItem(at: folder)
  }

  struct Outcome {
    var status: Int32
    var output: String
  }

  func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: folder.appendingPathComponent(name))
  }

  func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
  }

  /// Runs with arguments separated by spaces, in the folder; both outputs come together.
  func attempt(_ arguments: String) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["openssl"] + arguments.split(separator: " ").map(String.init)
    process.currentDirectoryURL = folder
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(status: process.terminationStatus, output: String(decoding: data, as: UTF8.self))
  }

  @discardableResult
  func run(_ arguments: String) throws -> String {
    let outcome = try attempt(arguments)
    try #require(outcome.status == 0, "openssl \(arguments): \(outcome.output)")
    return outcome.output
  }
}

/// How `OpenSSLCommand.issue` makes a certificate.
struct Recipe {
  var key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256"
  var digest = "sha256"
  var days = 30
  var names: String? = "URI:spiffe://bank.example/partner/acme"
  var usage: String? = "critical,digitalSignature"
  var purpose: String? = "clientAuth"
  var constraints = "critical,CA:FALSE"
  /// Further lines of an extension section.
  var lines = ""

  static let authority = Recipe(
    names: nil, usage: "critical,keyCertSign,cRLSign", purpose: nil,
    constraints: "critical,CA:TRUE")

  var section: String {
    var text = "[x]\nbasicConstraints=\(constraints)\nsubjectKeyIdentifier=hash\n"
    if let names { text += "subjectAltName=\(names)\n" }
    if let usage { text += "keyUsage=\(usage)\n" }
    if let purpose { text += "extendedKeyUsage=\(purpose)\n" }
    return text + lines
  }
}

extension OpenSSLCommand {
  private static let settings = "[req]\ndistinguished_name=dn\n[dn]\n"

  /// Makes `name.key` and `name.pem`, signed by itself.
  func issue(_ name: String, _ recipe: Recipe) throws {
    try write("\(name).cnf", Self.settings + recipe.section + "authorityKeyIdentifier=keyid\n")
    try run(
      "req -x509 \(recipe.key) -noenc -keyout \(name).key -out \(name).pem -subj /CN=\(name)"
        + " -\(recipe.digest) -days \(recipe.days) -config \(name).cnf -extensions x")
  }

  /// Makes `name.key` and `name.pem`, signed by `issuer`.
  func issue(_ name: String, by issuer: String, _ recipe: Recipe = Recipe()) throws {
    try write("\(name).cnf", Self.settings + recipe.section + "authorityKeyIdentifier=keyid\n")
    try run(
      "req -new \(recipe.key) -noenc -keyout \(name).key -out \(name).csr -subj /CN=\(name)"
        + " -sha256 -config \(name).cnf")
    try run(
      "x509 -req -in \(name).csr -CA \(issuer).pem -CAkey \(issuer).key -out \(name).pem"
        + " -\(recipe.digest) -days \(recipe.days) -extfile \(name).cnf -extensions x")
  }
}
