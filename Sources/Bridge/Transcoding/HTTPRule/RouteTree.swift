/// The tree of a route table, flat: what a search walks over.
final class RouteTree: Sendable {
  struct Node: Sendable {
    /// Its literal children, sorted, in `edges`.
    var edges: Range<Int> = 0..<0
    var any = -1
    var exact: Range<Int> = 0..<0
    var rest: Range<Int> = 0..<0
  }

  struct Edge: Sendable {
    /// The literal, in `bytes`.
    var literal: Range<Int>
    var child: Int
  }

  struct Ending: Sendable {
    /// The verb in `bytes`; empty without one.
    var verb: Range<Int>
    /// Its routes in `methodRoutes`.
    var routes: Range<Int>
  }

  struct MethodRoute: Sendable {
    /// An index of `methods`.
    var method: Int
    /// An index of the table's routes.
    var route: Int
  }

  // Flat and trivial, so that a search touches no reference count.
  let nodes: [Node]
  let edges: [Edge]
  let endings: [Ending]
  let methodRoutes: [MethodRoute]
  let bytes: [UInt8]
  let methods: [String]
  let hasVerbs: Bool

  init<Target>(_ builder: RouteTableBuilder<Target>) {
    var building = Building()
    building.take(builder)
    nodes = building.nodes
    edges = building.edges
    endings = building.endings
    methodRoutes = building.methodRoutes
    bytes = building.bytes
    methods = building.methods
    hasVerbs = building.hasVerbs
  }

  /// The last colon of the last segment.
  static func verbColon(_ path: Span<UInt8>) -> Int? {
    var index = path.count - 1
    while index > 0, path[index] != UInt8(ascii: "/") {
      if path[index] == UInt8(ascii: ":") { return index }
      index -= 1
    }
    return nil
  }

  /// The methods of endings that fit but for the method.
  func allow(_ missed: [Int]) -> [String] {
    var allowed: Set<String> = ["OPTIONS"]
    for ending in missed {
      for route in methodRoutes[endings[ending].routes] {
        switch methods[route.method] {
        case "*": allowed.formUnion(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
        case "GET": allowed.formUnion(["GET", "HEAD"])
        case let method: allowed.insert(method)
        }
      }
    }
    return allowed.sorted()
  }
}

/// The parts of a tree while they are laid out.
private struct Building {
  var nodes: [RouteTree.Node] = []
  var edges: [RouteTree.Edge] = []
  var endings: [RouteTree.Ending] = []
  var methodRoutes: [RouteTree.MethodRoute] = []
  var bytes: [UInt8] = []
  var methods: [String] = []
  var hasVerbs = false

  mutating func take<Target>(_ builder: RouteTableBuilder<Target>) {
    nodes = builder.nodes.map { _ in RouteTree.Node() }
    for (index, node) in builder.nodes.enumerated() {
      nodes[index].any = node.any ?? -1
      let first = edges.count
      let sorted = node.literals.sorted { a, b in
        a.key.lexicographicallyPrecedes(b.key)
      }
      for (literal, child) in sorted {
        edges.append(RouteTree.Edge(literal: store(literal), child: child))
      }
      nodes[index].edges = first..<edges.count
      nodes[index].exact = store(node.exact)
      nodes[index].rest = store(node.rest)
    }
  }

  private mutating func store(_ literal: [UInt8]) -> Range<Int> {
    let first = bytes.count
    bytes += literal
    return first..<bytes.count
  }

  private mutating func store<Target>(
    _ building: [RouteTableBuilder<Target>.Ending]
  ) -> Range<Int> {
    let first = endings.count
    for ending in building {
      let firstRoute = methodRoutes.count
      for (method, route) in ending.routes.sorted(by: { $0.key < $1.key }) {
        var index = methods.firstIndex(of: method)
        if index == nil {
          methods.append(method)
          index = methods.count - 1
        }
        methodRoutes.append(RouteTree.MethodRoute(method: index ?? 0, route: route))
      }
      if ending.verb != nil { hasVerbs = true }
      endings.append(
        RouteTree.Ending(verb: store(ending.verb ?? []), routes: firstRoute..<methodRoutes.count))
    }
    return first..<endings.count
  }
}
