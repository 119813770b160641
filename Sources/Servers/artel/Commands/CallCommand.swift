import ArgumentParser
import Foundation
import GeneratedDescriptors
import RPC
import Telemetry
import Transcoding

/// `artel call`: calls any method of the contracts over gRPC, with JSON in and out.
struct CallCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "call",
    abstract: "Calls a method over gRPC: JSON in, one line of JSON out per message.")

  @Argument(help: "host:port or unix:/path.") var address: String
  @Argument(help: "package.Service/Method.") var method: String
  @Argument(help: "The request as JSON.") var message = "{}"
  @Option(help: "The client certificate, in PEM.") var cert: String?
  @Option(help: "Its key, in PEM.") var key: String?
  @Option(help: "The roots that the server's certificate chains to; without them, no TLS.") var ca:
    String?
  @Option(help: "The name expected in the server's certificate.") var serverName: String?
  @Option(help: "A bearer token.") var token: String?
  @Option(help: "More metadata, as key:value.") var header: [String] = []
  @Option(help: "How long to wait, in seconds.") var timeout: Int?

  func run() async throws {
    let schema = try Schema(descriptorSet: ArtelDescriptors.descriptorSet)
    guard let described = schema.method(path: "/\(method)") else {
      throw OperatorError(description: "the contracts have no method \(method)")
    }
    let request: MessageBytes
    do {
      request = MessageBytes(try described.input.wire(fromJSON: Array(message.utf8)))
    } catch {
      throw OperatorError(description: "the request is not a \(described.input.fullName): \(error)")
    }
    let client = RPCClient(configuration: try configuration())
    let options = CallOptions(timeout: timeout.map { .seconds($0) })
    do {
      if described.serverStreaming {
        try await client.serverStreaming(
          path: described.path, request, metadata: try metadata(), options: options
        ) { try show($0, described) }
      } else {
        try show(
          try await client.unary(
            path: described.path, request, metadata: try metadata(), options: options), described)
      }
    } catch let error as RPCError {
      let json = StatusPrinter(schema: schema).json(
        httpCode: error.code.rawValue, statusName: error.code.name, message: error.message,
        statusDetails: error.statusDetails)
      Output.fail([String(decoding: json, as: UTF8.self)], code: 1)
    }
  }

  private func show(_ bytes: MessageBytes, _ method: MethodSchema) throws {
    let json = try bytes.withUnsafeBytes { try method.output.json(fromWire: $0) }
    StandardStreams.writeOutput(json + [UInt8(ascii: "\n")])
  }

  private func metadata() throws -> Metadata {
    var metadata = Metadata()
    if let token { metadata.add("Bearer \(token)", for: "authorization") }
    for pair in header {
      guard let colon = pair.firstIndex(of: ":") else {
        throw ValidationError("--header takes key:value")
      }
      metadata.add(
        pair[pair.index(after: colon)...].trimmingCharacters(in: .whitespaces),
        for: String(pair[..<colon]))
    }
    return metadata
  }

  private func configuration() throws -> ClientConfiguration {
    var configuration = ClientConfiguration(target: address)
    configuration.serverName = serverName
    guard let ca else {
      if cert != nil || key != nil { throw ValidationError("--cert and --key need --ca") }
      let local = ["unix:", "127.0.0.1:", "localhost:", "[::1]:"]
      if token != nil && !local.contains(where: address.hasPrefix) {
        throw ValidationError("a token goes to another machine over TLS only: give --ca")
      }
      return configuration
    }
    var identity: ClientConfiguration.Identity?
    if let cert, let key {
      identity = .init(
        certificateChainPEM: try String(contentsOfFile: cert, encoding: .utf8),
        privateKeyPEM: try String(contentsOfFile: key, encoding: .utf8))
    } else if cert != nil || key != nil {
      throw ValidationError("--cert and --key go together")
    }
    configuration.security = .tls(
      rootsPEM: try String(contentsOfFile: ca, encoding: .utf8), identity: identity)
    return configuration
  }
}
