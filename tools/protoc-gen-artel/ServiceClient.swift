import SwiftProtobufPluginLibrary

/// The struct that calls a service.
struct ServiceClient {
  let service: ServiceDescriptor
  let names: SwiftNames

  func write(to out: inout CodePrinter) {
    out.print("extension \(names.namespace(of: service)) {")
    out.withIndentation { out in
      out.print(
        service.documentation(or: "The service `\(service.fullName)`."),
        "public struct Client: Sendable {",
        """
          private let client: RPC.RPCClient

          /// Calls the service over the client's channel.
          public init(wrapping client: RPC.RPCClient) {
            self.client = client
          }
        """)
      out.withIndentation { out in
        for method in service.methods {
          for call in ClientCall.all(of: method, names: names) {
            out.print()
            call.write(to: &out)
          }
        }
      }
      out.print("}")
    }
    out.print("}")
  }
}
