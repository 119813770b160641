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
    let documents = try documents()
    var written: [String] = []
    for document in [documents.whole] + documents.domains {
      let folder = URL(fileURLWithPath: output).appending(path: document.domain)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let files = [
        ("openapi.json", document.json), ("postman.json", document.postman),
        ("docs.html", ReadingPage(document).html),
      ]
      for (name, bytes) in files {
        try Data(bytes).write(to: folder.appending(path: name), options: .atomic)
        written.append(document.domain.isEmpty ? name : "\(document.domain)/\(name)")
      }
    }
    try Output.json(Written(written: written))
  }

  private func documents() throws -> OpenAPIDocuments {
    let servers = server.isEmpty ? ["/"] : server
    guard !descriptors.isEmpty else {
      let schema = try Schema(descriptorSet: ArtelDescriptors.descriptorSet)
      let own = schema.methods.filter { $0.serviceName.hasPrefix("artel.") }.map(\.path)
      return try PublishedDocuments.platform(schema, own, servers: servers)
    }
    let joined = try DescriptorSets(
      joining: try descriptors.map { try BridgeSettings.contents($0) }, names: descriptors)
    let schema = try Schema(
      descriptorSet: joined.merged,
      options: SchemaOptions(isTolerant: true, mapsUnboundMethods: autoMap))
    return OpenAPIDocuments(
      schema: schema, notes: try ContractNotes(descriptorSet: joined.merged),
      options: OpenAPIOptions(title: title, servers: servers))
  }
}
