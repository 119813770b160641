/// What a process has counted of one group and not written down yet.
struct ClientErrorTally: Sendable {
  /// Whose group it is.
  struct Key: Hashable, Sendable {
    let tenantID: String
    let fingerprint: String
  }

  /// The most versions and platforms that are kept of a group.
  static let mostVersions = 20
  static let mostPlatforms = 10

  let app: String
  let isAnonymous: Bool
  let kind: Int
  let title: String
  let culprit: String
  private(set) var severity: Int
  private(set) var screen = ""
  private(set) var traceID = ""
  private(set) var count = 0
  /// Of each its place in the order of versions, a tab, and how it is written.
  private(set) var versions: Set<String> = []
  private(set) var platforms: Set<String> = []

  init(_ report: ClientErrorReport) {
    app = report.app
    isAnonymous = report.reporter.isAnonymous
    kind = report.event.kind.rawValue
    title = report.title
    culprit = report.culprit
    severity = report.severity.rawValue
    add(report)
  }

  /// One more event of the group.
  mutating func add(_ report: ClientErrorReport) {
    severity = max(severity, report.severity.rawValue)
    count += report.count
    if !report.screen.isEmpty { screen = GroupedText.screen(report.screen) }
    if ClientErrorTally.isTrace(report.event.traceID) {
      traceID = report.event.traceID.lowercased()
    }
    if !report.version.isEmpty { add(version: VersionOrder.entry(report.version)) }
    if !report.platform.isEmpty, platforms.count < Self.mostPlatforms {
      platforms.insert(report.platform)
    }
  }

  /// What was counted before and could not be written.
  mutating func add(earlier other: ClientErrorTally) {
    severity = max(severity, other.severity)
    count += other.count
    if screen.isEmpty { screen = other.screen }
    if traceID.isEmpty { traceID = other.traceID }
    for version in other.versions { add(version: version) }
    for platform in other.platforms where platforms.count < Self.mostPlatforms {
      platforms.insert(platform)
    }
  }

  /// The latest ones stay.
  private mutating func add(version: String) {
    versions.insert(version)
    guard versions.count > Self.mostVersions,
      let first = versions.min(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    else { return }
    versions.remove(first)
  }

  /// Whether it is a trace's identifier: 32 hexadecimal digits.
  static func isTrace(_ text: String) -> Bool {
    text.utf8.count == 32 && text.utf8.allSatisfy(\.isHexadecimal)
  }
}
