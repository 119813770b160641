import Transcoding

/// A path template in the form of OpenAPI: every segment that a caller chooses is a parameter of its
/// own, since a parameter of OpenAPI cannot hold a slash.
///
/// `/v1/{name=properties/*/accessPoints/*}:open` becomes
/// `/v1/properties/{property}/accessPoints/{accessPoint}:open`.
struct PathShape {
  struct Parameter {
    var name: String
    /// The field path that it is a part of; nil where no field takes it.
    let variable: String?
    /// Whether it is the whole variable.
    let isWhole: Bool
    /// Whether it stands for all segments that follow.
    let takesRest: Bool
  }

  private enum Piece {
    case literal(String)
    case parameter(Int)
  }

  private(set) var parameters: [Parameter] = []
  private var pieces: [Piece] = []
  private let verb: String?

  /// - Parameter input: The request, for the JSON names of its fields.
  init(_ template: PathTemplate, input: MessageSchema) {
    verb = template.verbText
    let parts = template.parts
    var count: [String: Int] = [:]
    for part in parts {
      if case .one(let name?) = part { count[name, default: 0] += 1 }
      if case .rest(let name?) = part { count[name, default: 0] += 1 }
    }
    // A literal inside of a variable's pattern counts as a part of it.
    for capture in template.multiSegmentVariables { count[capture, default: 0] += 1 }
    var before: String?
    for part in parts {
      switch part {
      case .literal(let text):
        pieces.append(.literal(text))
        before = text
      case .one(let variable), .rest(let variable):
        let isWhole = variable.map { count[$0] == 1 } ?? false
        var takesRest = false
        if case .rest = part { takesRest = true }
        let name: String
        if isWhole, let variable {
          name = Self.jsonPath(variable, of: input)
        } else {
          name = before.flatMap(Self.singular) ?? variable ?? "segment"
        }
        pieces.append(.parameter(parameters.count))
        parameters.append(
          Parameter(
            name: unused(name), variable: variable, isWhole: isWhole, takesRest: takesRest))
        before = nil
      }
    }
  }

  /// The path with names of parameters in braces.
  var text: String { joined { "{\(parameters[$0].name)}" } }

  /// The path without names: paths that differ in nothing else are one to OpenAPI.
  var key: String { joined { _ in "{}" } }

  /// Takes the names that another template of the same path has.
  mutating func rename(_ names: [String]) {
    for index in parameters.indices { parameters[index].name = names[index] }
  }

  private func joined(_ parameter: (Int) -> String) -> String {
    let segments = pieces.map { piece in
      switch piece {
      case .literal(let text): PercentText.segment(text)
      case .parameter(let index): parameter(index)
      }
    }
    return "/" + segments.joined(separator: "/")
      + (verb.map { ":" + PercentText.segment($0) } ?? "")
  }

  private func unused(_ name: String) -> String {
    let taken = Set(parameters.map(\.name))
    var number = 2
    var candidate = name
    while taken.contains(candidate) {
      candidate = "\(name)\(number)"
      number += 1
    }
    return candidate
  }

  private static func jsonPath(_ path: String, of message: MessageSchema) -> String {
    let fields = message.fields(along: path)
    return fields.isEmpty ? path : fields.map(\.field.jsonName).joined(separator: ".")
  }

  private static let irregular = [
    "shelves": "shelf", "people": "person", "children": "child", "series": "series",
    "statuses": "status", "leaves": "leaf", "lives": "life",
  ]

  /// One of what a collection's name says; nil where the name is none.
  static func singular(_ plural: String) -> String? {
    guard plural.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x7A).contains($0) }),
      plural.first?.isLetter == true
    else { return nil }
    if let irregular = irregular[plural] { return irregular }
    if plural.hasSuffix("ies"), plural.utf8.count > 4 { return plural.dropLast(3) + "y" }
    for ending in ["sses", "shes", "ches", "xes", "uses"] where plural.hasSuffix(ending) {
      return String(plural.dropLast(2))
    }
    return plural.hasSuffix("s") && !plural.hasSuffix("ss") ? String(plural.dropLast()) : plural
  }
}

/// Percent-coding of what stands in paths.
enum PercentText {
  /// A segment of a path (RFC 3986 section 3.3), braces coded.
  static func segment(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E, 0x21, 0x24, 0x26...0x2C,
        0x3A, 0x3B, 0x3D, 0x40:
        result.unicodeScalars.append(UnicodeScalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (byte < 16 ? "0" : "") + digits
      }
    }
    return result
  }
}
