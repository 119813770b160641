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
  /// Without the type of the targets: a search over it is the same code for all tables.
  private let tree: RouteTree
  private let routes: [RouteTableBuilder<Target>.Route]

  init(_ builder: RouteTableBuilder<Target>) {
    routes = builder.routes
    tree = RouteTree(builder)
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
    if tree.hasVerbs, let colon = RouteTree.verbColon(path), colon + 1 < path.count {
      var search = RouteSearch(
        tree: tree, method: method, end: colon, verb: colon + 1..<path.count)
      if let answer = run(&search, path) { return answer }
    }
    var search = RouteSearch(tree: tree, method: method, end: path.count, verb: 0..<0)
    return run(&search, path) ?? .notFound
  }

  private func run(_ search: inout RouteSearch, _ path: Span<UInt8>) -> RouteMatch<Target>? {
    if let index = search.visit(0, at: 0, path) {
      let route = routes[index]
      var values: [String] = []
      guard let fault = decode(route.template, path.extracting(0..<search.end), into: &values)
      else { return .found(route.target, values: values) }
      return .malformed(variable: fault)
    }
    return search.missed.isEmpty ? nil : .methodNotAllowed(allow: tree.allow(search.missed))
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
      let keepsSlashes = capture.isMultiSegment && !template.decodesReserved
      guard let value = PercentCoding.decode(part, keepingSlashes: keepsSlashes) else {
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
}
