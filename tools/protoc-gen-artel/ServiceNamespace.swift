import SwiftProtobufPluginLibrary

/// The enum that holds all of a service: what it and its methods are called on the wire.
struct ServiceNamespace {
  let service: ServiceDescriptor
  let names: SwiftNames

  func write(to out: inout CodePrinter) {
    out.print(
      service.documentation(or: "The service `\(service.fullName)`."),
      "public enum \(names.namespace(of: service)) {")
    out.withIndentation { out in
      out.print(
        "/// The service's name.",
        """
        public static let descriptor = RPC.ServiceDescriptor(
          fullyQualifiedService: "\(service.fullName)")
        """,
        "",
        "/// The service's methods.",
        "public enum Method {")
      out.withIndentation { out in
        for method in service.methods {
          write(method, to: &out)
          out.print()
        }
        out.print(
          "/// All methods, in the order of the contract.",
          "public static let descriptors: [RPC.MethodDescriptor] = [")
        for method in service.methods {
          out.printIndented("\(names.type(of: method)).descriptor,")
        }
        out.print("]")
      }
      out.print("}")
    }
    out.print("}")
  }

  private func write(_ method: MethodDescriptor, to out: inout CodePrinter) {
    out.print(
      "/// `\(method.policyName)`.",
      "public enum \(names.type(of: method)) {",
      "  /// What a caller sends.",
      "  public typealias Input = \(names.input(of: method))",
      "",
      "  /// What a caller gets.",
      "  public typealias Output = \(names.output(of: method))",
      "",
      "  /// The method's name and shape.",
      """
        public static let descriptor = RPC.MethodDescriptor(
          service: \(names.namespace(of: service)).descriptor, method: "\(method.name)",
          kind: .\(method.shape.rawValue))
      """,
      "}")
  }
}
