import GeneratedGreeter
import RPC

/// The service: the contract's methods, with messages in and out.
struct Greeter: Greeter_V1_Greeter.SimpleServiceProtocol {
  func greet(request: Greeter_V1_GreetRequest, context: ServerContext) async throws
    -> Greeter_V1_GreetResponse
  {
    guard !request.name.isEmpty else {
      throw RPCError(code: .invalidArgument, message: "name is required")
    }
    return .with { $0.text = "Hello, \(request.name)!" }
  }
}

// The server: port 0 takes a free one.
var router = RPCRouter()
router.register(Greeter())
let server = RPCServer(configuration: .init(address: "127.0.0.1:0"), methods: router.methods)
let port = try server.start()

// The client: connects with its first call.
let client = RPCClient(configuration: .init(target: "127.0.0.1:\(port)"))
let greeter = Greeter_V1_Greeter.Client(wrapping: client)
let options = CallOptions(timeout: .seconds(5))
let reply = try await greeter.greet(.with { $0.name = "Anna" }, options: options)
print(reply.text)
await server.shutdown()
