import SwiftProtobufPluginLibrary

/// The two protocols that an implementation may choose from, and how each is registered.
struct ServiceProtocols {
  let service: ServiceDescriptor
  let names: SwiftNames

  private var namespace: String { names.namespace(of: service) }

  func write(to out: inout CodePrinter) {
    writeProtocols(to: &out)
    out.print()
    writeRegistration(
      of: "ServiceProtocol", comment: "Registers every method, with metadata both ways.",
      to: &out, body: fullRegistration)
    out.print()
    writeRegistration(
      of: "SimpleServiceProtocol", comment: "Registers every method, with messages alone.",
      to: &out, body: leanRegistration)
    out.print()
    writeDefaults(to: &out)
  }

  // MARK: Requirements

  private func writeProtocols(to out: inout CodePrinter) {
    out.print("extension \(namespace) {")
    out.withIndentation { out in
      out.print(
        service.documentation(or: "The service `\(service.fullName)`."),
        "///",
        "/// Implement this one to see a call's metadata as part of the request, or to answer with",
        "/// metadata; `SimpleServiceProtocol` needs messages alone.",
        "public protocol ServiceProtocol: RPC.RegistrableRPCService {")
      writeRequirements(to: &out, signature: fullSignature)
      out.print(
        "}",
        "",
        service.documentation(or: "The service `\(service.fullName)`."),
        "public protocol SimpleServiceProtocol: \(namespace).ServiceProtocol {")
      writeRequirements(to: &out, signature: leanSignature)
      out.print("}")
    }
    out.print("}")
  }

  private func writeRequirements(
    to out: inout CodePrinter, signature: (MethodDescriptor) -> String
  ) {
    out.withIndentation { out in
      for (index, method) in service.methods.enumerated() {
        if index > 0 { out.print() }
        out.print(
          method.documentation(or: "Serves `\(method.policyName)`."), signature(method))
      }
    }
  }

  private func fullSignature(_ method: MethodDescriptor) -> String {
    signature(
      method, request: "RPC.ServerRequest<\(names.input(of: method))>",
      response: "RPC.ServerResponse<\(names.output(of: method))>")
  }

  private func leanSignature(_ method: MethodDescriptor) -> String {
    signature(method, request: names.input(of: method), response: names.output(of: method))
  }

  private func signature(
    _ method: MethodDescriptor, request: String, response: String
  ) -> String {
    let function = names.function(of: method)
    return method.serverStreaming
      ? """
      func \(function)(
        request: \(request),
        response: RPC.RPCWriter<\(names.output(of: method))>,
        context: RPC.ServerContext
      ) async throws
      """
      : """
      func \(function)(
        request: \(request),
        context: RPC.ServerContext
      ) async throws -> \(response)
      """
  }

  // MARK: Registration

  private func writeRegistration(
    of name: String, comment: String, to out: inout CodePrinter,
    body: (MethodDescriptor) -> String
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
            router.\(method.serverStreaming ? "registerServerStreaming" : "registerUnary")(
              \(type).descriptor,
              request: \(type).Input.self, response: \(type).Output.self,
            """,
            body(method))
        }
      }
      out.print("}")
    }
    out.print("}")
  }

  private func fullRegistration(_ method: MethodDescriptor) -> String {
    let function = names.function(of: method)
    return method.serverStreaming
      ? """
        handler: { request, response, context in
          try await self.\(function)(
            request: RPC.ServerRequest(metadata: context.metadata, message: request),
            response: response, context: context)
        })
      """
      : """
        fullHandler: { request, context in
          try await self.\(function)(request: request, context: context)
        })
      """
  }

  private func leanRegistration(_ method: MethodDescriptor) -> String {
    let function = names.function(of: method)
    return method.serverStreaming
      ? """
        handler: { request, response, context in
          try await self.\(function)(request: request, response: response, context: context)
        })
      """
      : """
        handler: { request, context in
          try await self.\(function)(request: request, context: context)
        })
      """
  }

  // MARK: Defaults

  private func writeDefaults(to out: inout CodePrinter) {
    out.print("extension \(namespace).SimpleServiceProtocol {")
    out.withIndentation { out in
      for (index, method) in service.methods.enumerated() {
        if index > 0 { out.print() }
        let function = names.function(of: method)
        out.print(
          "/// Hands the message over, and answers without metadata.",
          "public \(fullSignature(method)) {",
          method.serverStreaming
            ? """
              try await self.\(function)(
                request: request.message, response: response, context: context)
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
