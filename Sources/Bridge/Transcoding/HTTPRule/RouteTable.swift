/// Finds the route of a request: an immutable tree over path segments.
///
/// At each segment a literal goes before `*`, and `*` before `**`; where the way taken ends nowhere
/// the search turns back, so the order of declaration never matters. A segment's last `:` begins
/// a verb where some route of that shape has it; then routes without the verb are out, even if
/// only their method would fit. Anywhere else a colon is part of the value, as is `%3A` always.
///
/// `.` and `..`, encoded or not, match nothing; nothing is normalised. A match allocates only the
/// values it returns.
public struct RouteTable<Target: Sendable>: Sendable {
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
    /// An index of `routes`.
    var route: Int
  }

  // Flat and trivial but for `routes`, so that a search touches no reference count.
  private(set) var nodes: [Node] = []
  private(set) var edges: [Edge] = []
  private(set) var endings: [Ending] = []
  private(set) var methodRoutes: [MethodRoute] = []
  private(set) var bytes: [UInt8] = []
  private(set) var methods: [String] = []
  private(set) var hasVerbs = false
  private let routes: [RouteTableBuilder<Target>.Route]

  init(_ builder: RouteTableBuilder<Target>) {
    routes = builder.routes
    nodes = builder.nodes.map { _ in Node() }
    for (index, node) in builder.nodes.enumerated() {
      nodes[index].any = node.any ?? -1
      let first = edges.count
      let sorted = node.literals.sorted { a, b in
        a.key.lexicographicallyPrecedes(b.key)
      }
      for (literal, child) in sorted { edges.append(Edge(literal: store(literal), child: child)) }
      nodes[index].edges = first..<edges.count
      nodes[index].exact = store(node.exact)
      nodes[index].rest = store(node.rest)
    }
  }

  /// Whether there is no route at all.
  public var isEmpty: Bool { routes.isEmpty }

  /// Finds the route of a request.
  ///
  /// - Parameters:
  ///   - method: The HTTP method as sent. `HEAD` finds `GET`'s route where it has none of its own.
  ///   - path: The path as sent, percent-encoded, without `?` and what follows.
  public func match(method: String, path: Span<UInt8>) -> RouteMatch<Target> {
    guard path.count > 0, path[0] == UInt8(ascii: "/"), !PercentCoding.hasDotSegment(path) else {
      return .notFound
    }
    if hasVerbs, let colon = verbColon(path), colon + 1 < path.count {
      var search = Search(
        table: self, method: method, end: colon, verb: colon + 1..<path.count)
      if let answer = run(&search, path) { return answer }
    }
    var search = Search(table: self, method: method, end: path.count, verb: 0..<0)
    return run(&search, path) ?? .notFound
  }

  private func run(_ search: inout Search, _ path: Span<UInt8>) -> RouteMatch<Target>? {
    if let index = search.visit(0, at: 0, path) {
      let route = routes[index]
      var values: [String] = []
      guard let fault = decode(route.template, path.extracting(0..<search.end), into: &values)
      else { return .found(route.target, values: values) }
      return .malformed(variable: fault)
    }
    return search.missed.isEmpty ? nil : .methodNotAllowed(allow: allow(search.missed))
  }

  /// The values of a template's variables; the name of a malformed one, if any.
  private func decode(
    _ template: PathTemplate, _ path: Span<UInt8>, into values: inout [String]
  ) -> String? {
    guard !template.captures.isEmpty else { return nil }
    values.reserveCapacity(template.captures.count)
    var segment = 0
    var position = min(1, path.count)
    for capture in template.captures {
      while segment < capture.segments.lowerBound {
        position = min(segmentEnd(path, position) + 1, path.count)
        segment += 1
      }
      var end = path.count
      if !capture.takesRest {
        end = segmentEnd(path, position)
        for _ in capture.segments.dropFirst() { end = segmentEnd(path, end + 1) }
      }
      let part = path.extracting(position..<max(end, position))
      guard let value = PercentCoding.decode(part, keepingSlashes: capture.isMultiSegment) else {
        return capture.variable ?? ""
      }
      if capture.variable != nil { values.append(value) }
    }
    return nil
  }

  private func segmentEnd(_ path: Span<UInt8>, _ start: Int) -> Int {
    var end = start
    while end < path.count, path[end] != UInt8(ascii: "/") { end += 1 }
    return end
  }

  /// The last colon of the last segment.
  private func verbColon(_ path: Span<UInt8>) -> Int? {
    var index = path.count - 1
    while index > 0, path[index] != UInt8(ascii: "/") {
      if path[index] == UInt8(ascii: ":") { return index }
      index -= 1
    }
    return nil
  }

  private func allow(_ missed: [Int]) -> [String] {
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

  private mutating func store(_ literal: [UInt8]) -> Range<Int> {
    let first = bytes.count
    bytes += literal
    return first..<bytes.count
  }

  private mutating func store(_ building: [RouteTableBuilder<Target>.Ending]) -> Range<Int> {
    let first = endings.count
    for ending in building {
      let firstRoute = methodRoutes.count
      for (method, route) in ending.routes.sorted(by: { $0.key < $1.key }) {
        var index = methods.firstIndex(of: method)
        if index == nil {
          methods.append(method)
          index = methods.count - 1
        }
        methodRoutes.append(MethodRoute(method: index ?? 0, route: route))
      }
      if ending.verb != nil { hasVerbs = true }
      endings.append(
        Ending(verb: store(ending.verb ?? []), routes: firstRoute..<methodRoutes.count))
    }
    return first..<endings.count
  }
}
