import ArgumentParser
import Gateway

/// Where `artel bridge` listens, and how it maps.
struct DoorOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Where to listen; port 0 takes a free one. Without TLS only addresses of this machine.",
      valueName: "host:port"))
  var listen = "127.0.0.1:8080"

  @Option(help: ArgumentHelp("The door's certificate chain, in PEM.", valueName: "file"))
  var tlsCertificate: String?

  @Option(help: ArgumentHelp("The certificate's key, in PEM.", valueName: "file"))
  var tlsKey: String?

  @Flag(help: "Ignores unknown query parameters and JSON fields, and names them in the answer.")
  var lenient = false

  @Flag(
    help: "Serves methods without a rule, too: POST /package.Service/Method, the message as body.")
  var autoMap = false

  @Flag(help: "Serves no descriptions of the methods: neither /openapi.json nor /docs.")
  var noDocuments = false

  @Option(
    help: ArgumentHelp(
      "An origin whose pages may call: https://app.example, or '*'. May be given several times.",
      valueName: "origin"))
  var corsOrigin: [String] = []

  @Option(help: ArgumentHelp("How long a unary call may take.", valueName: "seconds"))
  var timeout = 30

  @Option(
    help: ArgumentHelp("How long running requests may go on at the end.", valueName: "seconds"))
  var grace = 10

  /// - Throws: `SettingsError` with everything that is wrong.
  func configuration() throws(SettingsError) -> GatewayConfiguration {
    var problems: [String] = []
    var configuration = GatewayConfiguration()
    configuration.callsUnmapped = autoMap
    if let (host, port) = BridgeSettings.address(listen) {
      (configuration.host, configuration.port) = (host, port)
    } else {
      problems.append("--listen \(listen) is not host:port")
    }
    switch (tlsCertificate, tlsKey) {
    case (nil, nil): break
    case (let certificate?, let key?):
      do {
        configuration.tls = .init(
          certificateChain: try BridgeSettings.contents(certificate),
          privateKey: try BridgeSettings.contents(key))
      } catch {
        problems += error.problems
      }
    default: problems.append("--tls-certificate and --tls-key go together")
    }
    if !(1...86_400).contains(timeout) {
      problems.append("--timeout is not a number from 1 to 86400")
    }
    if !(0...3600).contains(grace) { problems.append("--grace is not a number from 0 to 3600") }
    if !corsOrigin.isEmpty {
      do {
        configuration.cors = try CORS(origins: corsOrigin)
      } catch {
        problems.append("--cors-origin: \(error)")
      }
    }
    configuration.isLenient = lenient
    configuration.headers = .all
    configuration.requestTimeout = .seconds(timeout)
    configuration.shutdownGrace = .seconds(grace)
    guard problems.isEmpty else { throw SettingsError(problems: problems) }
    return configuration
  }
}
