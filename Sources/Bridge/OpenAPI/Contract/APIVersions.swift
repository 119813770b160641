import Transcoding

/// The versions that a document has of each domain, and since when one is not to be used any more:
/// since all of its methods are.
struct APIVersions {
  private struct Version {
    let domain: String
    let name: String
    /// The latest day of all; nil while a method stays.
    var deprecation: String?
    var sunset: String?
  }

  private var versions: [Version] = []

  mutating func add(_ method: MethodSchema) {
    guard let name = method.version else { return }
    let lifetime = method.policy?.hasDeprecation == true ? method.policy?.deprecation : nil
    let sunset = lifetime.flatMap { $0.sunset.isEmpty ? nil : $0.sunset }
    guard
      let index = versions.firstIndex(where: { $0.domain == method.domain && $0.name == name })
    else {
      versions.append(
        Version(
          domain: method.domain, name: name, deprecation: lifetime?.date, sunset: sunset))
      return
    }
    versions[index].deprecation = Self.later(versions[index].deprecation, lifetime?.date)
    versions[index].sunset = Self.later(versions[index].sunset, sunset)
  }

  /// A list in the order of the methods; nil without versions.
  var value: JSONValue? {
    guard !versions.isEmpty else { return nil }
    return .array(
      versions.map { version in
        var object: JSONObject = [
          "domain": .string(version.domain), "version": .string(version.name),
        ]
        if let day = version.deprecation { object["deprecationDate"] = .string(day) }
        if let day = version.sunset { object["sunsetDate"] = .string(day) }
        return .object(object)
      })
  }

  /// Days as RFC 3339 writes them are in the order of texts.
  private static func later(_ one: String?, _ other: String?) -> String? {
    guard let one, let other else { return nil }
    return max(one, other)
  }
}
