import ArgumentParser

/// Where `artel bridge` has its contracts from.
struct ContractOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A file with a serialized FileDescriptorSet, imports included. May be given several times.",
      valueName: "file"))
  var descriptors: [String] = []

  @Flag(help: "Asks the upstream for its contracts, by grpc.reflection.v1 or v1alpha.")
  var reflect = false

  @Option(
    help: ArgumentHelp(
      "A service configuration (google.api.Service in JSON) with HTTP rules by selector.",
      valueName: "file"))
  var rules: String?

  @Option(
    help: ArgumentHelp(
      "Serves only this service, by its full name. May be given several times.",
      valueName: "package.Service"))
  var service: [String] = []

  @Option(
    help: ArgumentHelp(
      "How often to look for changes; 0 for SIGHUP alone. Default: 2, with --reflect 30.",
      valueName: "seconds"))
  var refresh: Int?

  /// How often it is looked for changes; nil for never.
  var interval: Duration? {
    let seconds = refresh ?? (reflect ? 30 : 2)
    return seconds > 0 ? .seconds(seconds) : nil
  }

  /// - Throws: `SettingsError` for files that are not there, and for two origins or none.
  func source() throws(SettingsError) -> BridgeSettings.Contracts {
    var problems: [String] = []
    if let refresh, !(0...86_400).contains(refresh) {
      problems.append("--refresh is not a number from 0 to 86400")
    }
    for path in descriptors + (rules.map { [$0] } ?? []) {
      do {
        _ = try BridgeSettings.contents(path)
      } catch {
        problems += error.problems
      }
    }
    if reflect != descriptors.isEmpty {
      problems.append("either --descriptors or --reflect is needed, and not both")
    }
    guard problems.isEmpty else { throw SettingsError(problems: problems) }
    return reflect ? .reflection : .files(descriptors)
  }
}
