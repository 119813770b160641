import Glibc
import RPC

/// What the command line says.
struct Settings {
  private(set) var seconds = 30
  private var tls: String?

  /// - Throws: `SoakFailure` for arguments that are none.
  init(_ arguments: some Sequence<String>) throws {
    var rest = arguments.makeIterator()
    while let argument = rest.next() {
      switch (argument, rest.next()) {
      case ("--seconds", let value?):
        guard let number = Int(value), number > 0 else {
          throw SoakFailure(description: "--seconds has a number")
        }
        seconds = number
      case ("--tls", let folder?): tls = folder
      default: throw SoakFailure(description: "rpc-soak [--seconds N] [--tls FOLDER]")
      }
    }
  }

  /// The doors that are soaked; each has a server of its own.
  ///
  /// - Throws: `SoakFailure` where a file cannot be read.
  func makeDoors() throws -> [Door] {
    let socket = "unix:/tmp/rpc-soak-\(getpid()).sock"
    var doors = [Door(address: "127.0.0.1:0"), Door(address: socket)]
    if let tls {
      let server = ServerCredentials(
        certificateChainPEM: try Self.text("\(tls)/server.pem"),
        privateKeyPEM: try Self.text("\(tls)/server.key"),
        clientRootsPEM: try Self.text("\(tls)/roots.pem"))
      let client = ClientConfiguration.Identity(
        certificateChainPEM: try Self.text("\(tls)/client.pem"),
        privateKeyPEM: try Self.text("\(tls)/client.key"))
      doors.append(
        Door(
          address: "127.0.0.1:0", security: .mutualTLS(server),
          clientSecurity: .tls(rootsPEM: try Self.text("\(tls)/roots.pem"), identity: client)))
    }
    return doors
  }

  private static func text(_ path: String) throws -> String {
    guard let file = fopen(path, "r") else {
      throw SoakFailure(description: "\(path) cannot be read")
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while case let byte = fgetc(file), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
