import SwiftProtobufPluginLibrary

/// The two protocols that an implementation may choose from, and how each is registered.
struct ServiceProtocols {
  let service: ServiceDescriptor
  let names: SwiftNames

  private var namespace: String { names.namespace(of: service) }
  private var full: ServiceSignatures { ServiceSignatures(names: names, level: .full) }
  private var simple: ServiceSignatures { ServiceSignatures(names: names, level: .simple) }

  func write(to out: inout CodePrinter) {
    writeProtocols(to: &out)
    out.print()
    writeRegistration(
      of: "ServiceProtocol", comment: "Registers every method, with metadata both ways.",
      full, to: &out)
    out.print()
    writeRegistration(
      of: "SimpleServiceProtocol", comment: "Registers every method, with messages alone.",
      simple, to: &out)
    out.print()
    writeDefaults(to: &out)
  }

  private func writeProtocols(to out: inout CodePrinter) {
    out.print("extension \(namespace) {")
    out.withIndentation { out in
      out.print(
        service.documentation(or: "The service `\(service.fullName)`."),
        "///",
        "/// Implement this one to see a call's metadata as part of the request, or to answer with",
        "/// metadata: before the messages, or behind them, which is what a method that streams its",
        "/// responses returns. `SimpleServiceProtocol` needs messages alone.",
        "public protocol ServiceProtocol: RPC.RegistrableRPCService {")
      writeRequirements(full, to: &out)
      out.print(
        "}",
        "",
        service.documentation(or: "The service `\(service.fullName)`."),
        "public protocol SimpleServiceProtocol: \(namespace).ServiceProtocol {")
      writeRequirements(simple, to: &out)
      out.print("}")
    }
    out.print("}")
  }

  private func writeRequirements(_ signatures: ServiceSignatures, to out: inout CodePrinter) {
    out.withIndentation { out in
      for (index, method) in service.methods.enumerated() {
        if index > 0 { out.print() }
        out.print(
          method.documentation(or: "Serves `\(method.policyName)`."),
          signatures.signature(method))
      }
    }
  }

  private func writeRegistration(
    of name: String, comment: String, _ signatures: ServiceSignatures, to out: inout CodePrinter
  ) {
    out.print("extension \(namespace).\(name) {")
    out.withIndentation { out in
      out.print(
        "/// \(comment)", "public func registerMethods(with router: inout RPC.RPCRouter) {")
      out.withIndentation { out in
        for method in service.methods {
          let type = "\(namespace).Method.\(names.type(of: method))"
          out.print(
            """
            router.\(method.shape.registration)(
              \(type).descriptor,
              request: \(type).Input.self, response: \(type).Output.self,
            """,
            signatures.handler(method))
        }
      }
      out.print("}")
    }
    out.print("}")
  }

  private func writeDefaults(to out: inout CodePrinter) {
    out.print("extension \(namespace).SimpleServiceProtocol {")
    out.withIndentation { out in
      for (index, method) in service.methods.enumerated() {
        if index > 0 { out.print() }
        let function = names.function(of: method)
        out.print(
          "/// Hands over what the caller sent, and answers without metadata.",
          "public \(full.signature(method)) {",
          method.shape.streamsResponses
            ? """
              try await self.\(function)(
                request: request.message, response: response, context: context)
              return [:]
            """
            : """
              RPC.ServerResponse(
                message: try await self.\(function)(request: request.message, context: context))
            """,
          "}")
      }
    }
    out.print("}")
  }
}
