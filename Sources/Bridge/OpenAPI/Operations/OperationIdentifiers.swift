import Transcoding

/// The names of operations and of their tags: none is there twice, and none changes because another
/// version of its service, or another method, is added.
struct OperationIdentifiers {
  private var services: [String: String] = [:]
  private var operations: [String: String] = [:]

  /// - Parameter methods: Everything that is served, in the order of the contracts.
  init(_ methods: [MethodSchema]) {
    var owners: [String: Set<String>] = [:]
    for method in methods { owners[Self.short(method), default: []].insert(method.serviceName) }
    for method in methods {
      let short = Self.short(method)
      services[method.serviceName] =
        owners[short]?.count == 1 ? short : method.serviceName.replacing(".", with: "_")
    }
    // First bindings first: those behind them give way.
    var taken: Set<String> = []
    for method in methods {
      operations[method.path] = Self.unused("\(tag(method))_\(method.name)", &taken)
    }
    for method in methods where method.bindings.count > 1 {
      for number in 2...method.bindings.count {
        operations["\(method.path) \(number)"] = Self.unused(
          "\(operation(method, 1))_\(number)", &taken)
      }
    }
  }

  /// What a service is called: its name, with the version where that is not the first.
  func tag(_ method: MethodSchema) -> String {
    services[method.serviceName] ?? method.shortServiceName
  }

  /// What a binding of a method is called.
  ///
  /// - Parameter number: Which binding it is, from 1.
  func operation(_ method: MethodSchema, _ number: Int) -> String {
    operations[number == 1 ? method.path : "\(method.path) \(number)"]
      ?? "\(tag(method))_\(method.name)_\(number)"
  }

  private static func short(_ method: MethodSchema) -> String {
    guard let version = method.version, version != "v1" else { return method.shortServiceName }
    return "\(method.shortServiceName)_\(version)"
  }

  private static func unused(_ name: String, _ taken: inout Set<String>) -> String {
    var candidate = name
    var number = 1
    while !taken.insert(candidate).inserted {
      number += 1
      candidate = "\(name)_binding\(number)"
    }
    return candidate
  }
}
