import Foundation
import GeneratedOptions
import SwiftProtobuf

/// The policies of methods whose contracts are not ours: every `*.textproto` of a folder, each a
/// `artel.options.v1.ForeignPolicies`.
struct ForeignPolicies {
  private var policies: [String: (policy: Artel_Options_V1_MethodPolicy, file: String)] = [:]

  /// The methods, in the order of the files.
  private(set) var names: [String] = []

  /// What is wrong with the entries themselves.
  private(set) var problems: [String] = []

  init() {}

  /// - Throws: ``Refusal`` for a folder or a file that cannot be read.
  init(folder: String) throws {
    let files: [String]
    do {
      files = try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      throw Refusal("the policy folder \(folder) cannot be read: \(error)")
    }
    for file in files.filter({ $0.hasSuffix(".textproto") }).sorted() {
      try add(file: "\(folder)/\(file)")
    }
  }

  private mutating func add(file: String) throws {
    let entries: Artel_Options_V1_ForeignPolicies
    do {
      entries = try Artel_Options_V1_ForeignPolicies(
        textFormatString: String(contentsOfFile: file, encoding: .utf8))
    } catch {
      throw Refusal("\(file): not a artel.options.v1.ForeignPolicies: \(error)")
    }
    for entry in entries.methods {
      if let other = policies[entry.name] {
        problems.append("\(file): \(entry.name): \(other.file) has a policy for it already")
      } else if !entry.hasPolicy {
        problems.append("\(file): \(entry.name): the entry has no policy")
      } else {
        names.append(entry.name)
        policies[entry.name] = (entry.policy, file)
      }
    }
  }

  /// The policy of the method `package.Service/Method`.
  subscript(name: String) -> Artel_Options_V1_MethodPolicy? { policies[name]?.policy }

  /// The file that has the method's policy.
  func place(of name: String) -> String { policies[name]?.file ?? "" }
}
