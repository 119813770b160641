import SwiftProtobuf
import SwiftProtobufPluginLibrary

/// One binding of `google.api.http`.
///
/// It is read from the option's bytes: the generated type is in a target that this program must not
/// need, as it helps to write it.
struct HTTPBinding {
  /// The pattern's field of `google.api.HttpRule`.
  enum Verb: Int {
    case get = 2
    case put = 3
    case post = 4
    case delete = 5
    case patch = 6
    case custom = 8
  }

  var verb: Verb?
  var body = ""

  private static let option = 72_295_728
  private static let bodyField = 7
  private static let additionalBindingsField = 11

  /// The method's binding and its additional ones; none without the option.
  ///
  /// - Throws: ``WireReader/Malformed``.
  static func all(of method: MethodDescriptor) throws -> [HTTPBinding] {
    // An option that is set field by field arrives in parts, which belong together.
    var rule: [UInt8] = []
    var options = WireReader(Array(method.options.unknownFields.data))
    while let field = try options.next() {
      if field.number == option { rule += field.content }
    }
    return rule.isEmpty ? [] : try bindings(of: rule)
  }

  private static func bindings(of rule: [UInt8]) throws -> [HTTPBinding] {
    var first = HTTPBinding()
    var others: [HTTPBinding] = []
    var reader = WireReader(rule)
    while let field = try reader.next() {
      switch field.number {
      case bodyField: first.body = String(decoding: field.content, as: UTF8.self)
      case additionalBindingsField: others += try bindings(of: Array(field.content))
      default: first.verb = Verb(rawValue: field.number) ?? first.verb
      }
    }
    return [first] + others
  }
}
