import ArgumentParser
import Foundation
import GeneratedDescriptors
import OpenAPI
import Transcoding
import Upstream

/// `artel openapi`: writes the descriptions of methods that a door would serve.
struct OpenAPICommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "openapi",
    abstract: "Writes OpenAPI 3.1 documents and Postman collections of contracts.",
    discussion: """
      Without --descriptors they are the platform's own. Writes openapi.json, postman.json and \
      docs.html of all methods, and below a folder for each domain those of its methods.
      """)

  @Option(
    help: ArgumentHelp(
      "A file with a serialized FileDescriptorSet, imports included. May be given several times.",
      valueName: "file"))
  var descriptors: [String] = []

  @Option(help: ArgumentHelp("Where to write; made where it is not there.", valueName: "folder"))
  var output: String

  @Option(
    help: ArgumentHelp(
      "Where the methods are, such as https://api.example.com. May be given several times.",
      valueName: "url"))
  var server: [String] = []

  @Option(help: "The title of the documents.") var title: String?

  @Flag(help: "Describes methods without a rule, too, as artel bridge --auto-map serves them.")
  var autoMap = false

  private struct Written: Encodable { let written: [String] }

  func run() throws {
    let origins = try origins()
    let documents = try documents()
    var written: [String] = []
    for document in [documents.whole] + documents.domains {
      let folder = URL(fileURLWithPath: output).appending(path: document.domain)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let files = [
        ("openapi.json", document.json), ("postman.json", document.postman),
        ("docs.html", ReadingPage(document, destinations: ["'self'"] + origins).html),
      ]
      for (name, bytes) in files {
        try Data(bytes).write(to: folder.appending(path: name), options: .atomic)
        written.append(document.domain.isEmpty ? name : "\(document.domain)/\(name)")
      }
    }
    try Output.json(Written(written: written))
  }

  /// Where a written page may send requests: the origins of the servers.
  ///
  /// - Throws: `SettingsError` for a server that is no place of methods.
  private func origins() throws -> [String] {
    var origins: [String] = []
    var problems: [String] = []
    for text in server where !Self.isPath(text) {
      guard let origin = Self.origin(text) else {
        problems.append("--server \(text): neither an http or https URL nor a path")
        continue
      }
      if !origins.contains(origin) { origins.append(origin) }
    }
    guard problems.isEmpty else { throw SettingsError(problems: problems) }
    return origins
  }

  private static func isPath(_ text: String) -> Bool {
    text.hasPrefix("/") && !text.hasPrefix("//") && !text.contains { $0.isWhitespace || $0 == "?" }
  }

  /// Scheme, host and port alone: it goes into the page's policy.
  private static func origin(_ text: String) -> String? {
    guard let url = URLComponents(string: text), let scheme = url.scheme?.lowercased(),
      scheme == "https" || scheme == "http", let host = url.host, !host.isEmpty,
      host.utf8.allSatisfy(isOfHost), url.user == nil, url.password == nil, url.query == nil,
      url.fragment == nil
    else { return nil }
    return "\(scheme)://\(host)" + (url.port.map { ":\($0)" } ?? "")
  }

  private static func isOfHost(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x3A, 0x41...0x5B, 0x5D, 0x61...0x7A, 0x2D, 0x2E: true
    default: false
    }
  }

  private func documents() throws -> OpenAPIDocuments {
    let servers = server.isEmpty ? ["/"] : server
    guard !descriptors.isEmpty else {
      let schema = try Schema(descriptorSet: ArtelDescriptors.descriptorSet)
      let own = schema.methods.filter { $0.serviceName.hasPrefix("artel.") }.map(\.path)
      return try PublishedDocuments.platform(
        schema, own, title: title ?? PublishedDocuments.title, servers: servers)
    }
    let joined = try DescriptorSets(
      joining: try descriptors.map { try BridgeSettings.contents($0) }, names: descriptors)
    let schema = try Schema(
      descriptorSet: joined.merged,
      options: SchemaOptions(isTolerant: true, mapsUnboundMethods: autoMap))
    guard schema.methods.contains(where: { !$0.bindings.isEmpty }) else {
      throw ContractsError(
        description: schema.methods.isEmpty || autoMap
          ? "the contracts have no methods that can be described"
          : "no method of the contracts has a google.api.http rule: --auto-map describes them")
    }
    return OpenAPIDocuments(
      schema: schema, notes: try ContractNotes(descriptorSet: joined.merged),
      options: OpenAPIOptions(title: title, servers: servers))
  }
}
