import Foundation

@testable import OpenAPI

/// A document as a reader of JSON has it.
struct ReadDocument {
  private let root: Any

  init(_ json: [UInt8]) throws {
    root = try JSONSerialization.jsonObject(with: Data(json), options: .fragmentsAllowed)
  }

  /// What is at the end of a way of names and places; nil where the way ends before.
  func value(_ way: Any...) -> Any? { walk(way) }
  func text(_ way: Any...) -> String? { walk(way) as? String }
  func list(_ way: Any...) -> [Any] { walk(way) as? [Any] ?? [] }
  func texts(_ way: Any...) -> [String] { walk(way) as? [String] ?? [] }
  func names(_ way: Any...) -> Set<String> { Set((walk(way) as? [String: Any] ?? [:]).keys) }
  func number(_ way: Any...) -> Int? { walk(way) as? Int }
  func flag(_ way: Any...) -> Bool? { walk(way) as? Bool }

  /// The parameters of an operation by name.
  func parameters(_ path: String, _ verb: String) -> [String: [String: Any]] {
    let list = walk(["paths", path, verb, "parameters"]) as? [[String: Any]] ?? []
    return Dictionary(
      list.compactMap { one in (one["name"] as? String).map { ($0, one) } },
      uniquingKeysWith: { first, _ in first })
  }

  private func walk(_ way: [Any]) -> Any? {
    way.reduce(Optional(root)) { current, step in
      switch step {
      case let name as String: (current as? [String: Any])?[name]
      case let index as Int:
        (current as? [Any]).flatMap { $0.indices.contains(index) ? $0[index] : nil }
      default: nil
      }
    }
  }
}
